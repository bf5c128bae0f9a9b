"""What a query gives, as a frame of pandas, polars or Arrow, made whole columns at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from hudna.engine.typed import INTEGERS, SQL_TYPES, quote
from hudna.form.schema import Field


class Kind(NamedTuple):
    """What a column holds: a type of a Table Schema; codes: of text, the only texts there are."""

    type: str
    codes: tuple[str, ...] = ()

    @property
    def sql(self) -> str:
        """Its type in the engine."""
        if not self.codes:
            return SQL_TYPES[self.type]
        codes = (c.replace("'", "''") for c in self.codes)
        return "ENUM(" + ", ".join(f"'{c}'" for c in codes) + ")"


def of_field(field: Field) -> Kind:
    """What a field of a schema holds."""
    return Kind(field.type, tuple(field.codes) if field.type == "string" else ())


def of_type(kind: str) -> Kind:
    """What a column of an SQL type is shown as; what no schema has is text."""
    bare = kind.partition("(")[0]
    types = {v: k for k, v in SQL_TYPES.items()} | dict.fromkeys(INTEGERS, "integer")
    types |= {"FLOAT": "number", "DECIMAL": "number"}
    return Kind(types.get(bare, "string"))


Columns = Mapping[str, Kind]


def select(columns: Columns) -> str:
    """SQL for the columns, each of its kind."""
    return ", ".join(f"CAST({quote(n)} AS {k.sql}) AS {quote(n)}" for n, k in columns.items())


def pandas(relation: Any, columns: Columns) -> Any:
    """A pandas.DataFrame; by way of Arrow where that is installed, which is the faster one."""
    import pandas as pd

    try:
        import pyarrow as pa
    except ImportError:
        frame = relation.df()
    else:
        types = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype(),
                 pa.bool_(): pd.BooleanDtype()}  # fmt: skip
        frame = pa.table(relation).to_pandas(types_mapper=types.get, date_as_object=False)
    named = dict(DTYPES)
    if pd.Series([""]).dtype != object:
        named["string"] = "str"
    dtypes = {n: pd.CategoricalDtype(k.codes) if k.codes else named.get(k.type)
              for n, k in columns.items()}  # fmt: skip
    return frame.astype({n: d for n, d in dtypes.items() if d is not None})


# Seconds reach from year 1 to 9999; nanoseconds would refuse dates before 1678. Texts are objects
# before pandas 3, where "str" would make a text of what is missing.
DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}


def polars(relation: Any, columns: Columns) -> Any:
    """A polars.DataFrame."""
    import polars as pl

    coded = {n: pl.Enum(k.codes) for n, k in columns.items() if k.codes}
    # What a frame takes at once it keeps hold of until Python ends, and the engine then complains.
    lazy = hasattr(pl, "scan_arrow_c_stream")
    frame = pl.scan_arrow_c_stream(relation).collect() if lazy else pl.DataFrame(relation)
    return frame.cast(coded)


def arrow(relation: Any, columns: Columns) -> Any:
    """A pyarrow.Table."""
    import pyarrow as pa

    return pa.table(relation)


class Maker(NamedTuple):
    """How a frame is made, the library that makes it, and the extra of hudna that brings it."""

    make: Callable[[Any, Columns], Any]
    library: str
    extra: str


MAKERS = {
    "pandas": Maker(pandas, "pandas", ""),
    "polars": Maker(polars, "polars", "polars"),
    "arrow": Maker(arrow, "pyarrow", "arrow"),
}


def maker(into: str) -> Maker:
    """The maker of a kind of frame; ValueError where there is none, ImportError where its library
    is not installed."""
    if into not in MAKERS:
        raise ValueError(f"into is {into!r}; expected one of {', '.join(MAKERS)}")
    found = MAKERS[into]
    try:
        __import__(found.library)
    except ImportError:
        brings = f"hudna[{found.extra}]" if found.extra else found.library
        raise ImportError(f"into={into!r} needs {found.library}, which is not installed; "
                          f"`pip install '{brings}'` brings it") from None  # fmt: skip
    return found
