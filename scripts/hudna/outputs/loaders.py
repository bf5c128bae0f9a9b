"""Tables and views of a package as pandas data frames, with the types of their schemas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hudna.engine import whole
from hudna.form import package as packages
from hudna.form import values
from hudna.form.csvfile import Records
from hudna.form.package import Package
from hudna.form.schema import Field, Table
from hudna.ground.finding import shorten

if TYPE_CHECKING:
    from pandas import DataFrame, Series

SQL_TYPES = {"BIGINT": "integer", "DOUBLE": "number", "BOOLEAN": "boolean", "DATE": "date"}
WORDS = {
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "date": "a date as YYYY-MM-DD",
    "string": "an address",
}
DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "str"}


def load(
    name: str | None = None, package: str | Path | None = None
) -> DataFrame | dict[str, DataFrame]:
    """One table or view of a package as a data frame; without a name, every table by its name.

    package: a folder or its datapackage.json; without one, the package in the current folder,
    else the one that hudna carries. A view is shown with its default parameters and with `why`.

    dtypes, by the type in the Table Schema:

    =========  ==============================================================
    string     str (object before pandas 3); with an enum, category: the codes
               in the order of the enum, also those that no row uses
    integer    Int64
    number     Float64
    boolean    boolean
    date       datetime64 (at midnight, no time zone)
    =========  ==============================================================

    An empty cell is missing (NA, NaT), whatever the type; the text "NA" is a text. Codes that
    point into a code list (incident_type) stay str. The index is the order of the file.

    Raises ValueError for a name that is neither table nor view, and for a cell that is not what
    its schema says (`hudna validate` finds all of those); CannotRun where there is no package.

    >>> import hudna
    >>> incidents = hudna.load("incidents")
    >>> list(incidents["extent"].cat.categories)
    ['single', 'aggregate', 'state', 'container']
    """
    from hudna.meaning import views

    read, _ = packages.read(packages.locate(package))
    if name is None:
        return {n: frame(read, table) for n, table in read.tables.items()}
    if name in read.tables:
        return frame(read, read.tables[name])
    known = views.own()
    if name not in known:
        expected = views.one_of(name, [*read.tables, *known])
        raise ValueError(f"there is no table or view {name!r}; expected {expected}")
    return view_frame(read, known[name])


def frame(package: Package, table: Table) -> DataFrame:
    """The rows of a table, typed by its schema."""
    import pandas as pd

    records = whole.table(package, table)
    if told := unreadable(table, records):
        raise ValueError(f"{table.path}: {told}; `hudna validate` tells all that is wrong")
    columns = zip(*records.rows, strict=True) if records.rows else [()] * len(table.fields)
    made = {}
    for field, cells in zip(table.fields, columns, strict=True):
        texts = [None if c is None or c in table.missing else c for c in cells]
        made[field.name] = typed(field, texts, f"{table.path}: ")
    return pd.DataFrame(made)


def unreadable(table: Table, records: Records) -> str:
    """What keeps the records of a file from being a table, or ""."""
    if records.fatal:
        return records.byte_faults[0][1]
    if records.header != table.names:
        return f"the header is {','.join(records.header)}; expected {','.join(table.names)}"
    for row in sorted({*records.ragged, *records.blank}):
        line = records.lines[row - 1]
        return f"the record in line {line} has not {len(table.names)} cells"
    return ""


def typed(field: Field, texts: list[str | None], where: str) -> Series:
    """A column of texts as values of the field's type. where: how an error begins."""
    import pandas as pd

    if field.type == "string" and not field.codes:
        return pd.Series(texts, dtype="str")
    if field.type == "string":
        for text in dict.fromkeys(t for t in texts if t is not None and t not in field.codes):
            raise ValueError(f"{where}{field.name} is {shorten(text)!r}; "
                             f"expected one of {', '.join(field.codes)}")  # fmt: skip
        return pd.Series(texts, dtype=pd.CategoricalDtype(field.codes))
    # Each distinct text is read once, by the one definition of what it means.
    read = {text: value(field, text, where) for text in dict.fromkeys(texts) if text is not None}
    return column(field.type, [read.get(t) for t in texts])


def value(field: Field, text: str, where: str) -> Any:
    """The value of a text; ValueError where it has none that the column can hold."""
    found = values.value(field, text)
    if found is None:
        raise ValueError(f"{where}{field.name} is {shorten(text)!r}; expected {WORDS[field.type]}")
    if field.type == "integer" and not -(2**63) <= found < 2**63:
        raise ValueError(f"{where}{field.name} is {shorten(text)}; expected at most 64 bits")
    return float(found) if field.type == "number" else found


def column(kind: str, given: list[Any]) -> Series:
    """Python values (None = missing) as a series of the dtype that stands for the type."""
    import pandas as pd

    if kind == "date":
        # Seconds reach from year 1 to 9999; nanoseconds would refuse dates before 1678.
        return pd.Series(pd.array(given, dtype="datetime64[s]"))
    return pd.Series(pd.array([pd.NA if v is None else v for v in given], dtype=DTYPES[kind]))


def view_frame(package: Package, path: Path) -> DataFrame:
    """The rows of a view, typed as its query says."""
    import pandas as pd

    from hudna.meaning import sqlfile, views

    answer = views.run(sqlfile.read(path), package)
    columns = list(zip(*answer.rows, strict=True)) or [()] * len(answer.columns)
    kinds = [SQL_TYPES.get(kind, "string") for kind in answer.columns.values()]
    made = [column(k, list(c)) for k, c in zip(kinds, columns, strict=True)]
    return pd.DataFrame(dict(zip(answer.columns, made, strict=True)))
