"""Tables and views of a package as data frames of pandas, polars or Arrow, typed by the schemas."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from hudna.engine import masked
from hudna.engine.local import Local
from hudna.engine.store import Store
from hudna.engine.typed import Check, quote
from hudna.form import package as packages
from hudna.form import values
from hudna.form.package import Package
from hudna.form.schema import Field, Table
from hudna.ground.finding import shorten
from hudna.outputs import frames
from hudna.outputs.frames import Maker

WORDS = {
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "date": "a date as YYYY-MM-DD",
    "string": "an address",
}
# The name that the answer of a view has where more than SQL made it.
ANSWER = "_answer"


def load(
    name: str | None = None,
    package: str | Path | None = None,
    *,
    into: str = "pandas",
    **params: Any,
) -> Any:
    """One table or view of a package as a data frame; without a name, every table by its name.

    package: a folder or its datapackage.json; without one, the package in the current folder,
    else the one that hudna carries.
    into: "pandas" (pandas.DataFrame), "polars" (polars.DataFrame; the extra `polars`) or "arrow"
    (pyarrow.Table; the extra `arrow`).
    params: those of a view, as `hudna view` lists them: `day="2020-11-18"`, also as date, number
    or bool. A name that Python keeps for itself takes an underscore: `from_="2020-09-01"`. The
    last column of a view, `why`, has the ids of the records behind each row.

    What a column is, by the type in the Table Schema (of a view: by its query):

    ==========  ================  ==========  ====================
    type        pandas            polars      Arrow
    ==========  ================  ==========  ====================
    string      str               String      string
    with enum   category          Enum        dictionary of string
    integer     Int64             Int64       int64
    number      Float64           Float64     double
    boolean     boolean           Boolean     bool
    date        datetime64[s]     Date        date32[day]
    ==========  ================  ==========  ====================

    Before pandas 3, str is object. A category has the codes in the order of the enum, also those
    that no row uses; codes that point into a code list (incident_type) stay text. An empty cell is
    missing (NA, NaT, null), whatever the type; the text "NA" is a text. Rows are in the order of
    the file.

    Raises ValueError for a name that is neither table nor view, for a parameter of a table and for
    a cell that is not what its schema says (`hudna validate` finds all of those); ImportError where
    the library is not installed; CannotRun where there is no package, or a view has no such
    parameter.

    >>> import hudna
    >>> incidents = hudna.load("incidents")
    >>> list(incidents["extent"].cat.categories)
    ['single', 'aggregate', 'state', 'container']
    >>> hudna.load("ceasefire-status", into="polars", day="2020-10-12")["ceasefire_id"].n_unique()
    1
    """
    from hudna.meaning import views

    maker = frames.maker(into)
    read, _ = packages.read(packages.locate(package))
    if name is None or name in read.tables:
        if params:
            whom = f"{name} is a table and has" if name else "tables have"
            raise ValueError(f"{whom} no parameter {next(iter(params))!r}; expected none")
        made = tables(read, [name] if name else list(read.tables), maker)
        return made[name] if name else made
    if name not in views.own():
        expected = views.one_of(name, [*read.tables, *views.own()])
        raise ValueError(f"there is no table or view {name!r}; expected {expected}")
    return view(read, views.own()[name], maker, params)


def tables(package: Package, names: list[str], maker: Maker) -> dict[str, Any]:
    """The named tables as frames."""
    out = {}
    with opened(package, names) as store:
        for name in names:
            columns = {f.name: frames.of_field(f) for f in package.tables[name].fields}
            # Where the engine numbers the records itself, they are in their order anyway.
            order = " ORDER BY _row" if name in store.numbered else ""
            query = f"SELECT {frames.select(columns)} FROM {quote(name)}{order}"
            out[name] = maker.make(store.relation(query), columns)
    return out


@contextmanager
def opened(package: Package, names: Iterable[str]) -> Iterator[Store]:
    """The named tables in the engine; ValueError where a cell is not what its schema says."""
    from hudna.meaning.checks import Options

    wanted = {n: bare(package.tables[n]) for n in names}
    with Options().start(package.root, wanted) as local:
        local.open(wanted)
        for table in wanted.values():
            for part in local.parts[table.name]:
                if part.fatal:
                    raise ValueError(f"{part.file}: {part.byte_faults[0][1]}{MORE}")
                if part.header != table.names:
                    told = f"the header is {','.join(part.header)}"
                    raise ValueError(f"{part.file}: {told}; expected {','.join(table.names)}{MORE}")
        local.load()
        for table in wanted.values():
            faultless(local, table)
        yield local.store


MORE = "; `hudna validate` tells all that is wrong"


def bare(table: Table) -> Table:
    """The table with nothing to be checked but what makes a value of a text."""

    def kept(f: Field) -> Field:
        return replace(f, constraints={k: v for k, v in f.constraints.items() if k == "enum"})

    return replace(table, fields=tuple(map(kept, table.fields)), foreign_keys=())


def faultless(local: Local, table: Table) -> None:
    """ValueError for the first record that is not what the schema says."""
    loaded = local.loaded[table.name]
    for i in loaded.failing:
        check = loaded.checks[i]
        if check.rule in SHAPE or check.rule in ("type-error", "constraint-error"):
            told = f"SELECT min(_row) FROM {masked.whole(local.store, table)}"
            ((row,),) = local.store.sql(f"{told} WHERE {loaded.fails(i)}")
            raise ValueError(problem(local, table, check, row) + MORE)


SHAPE = ("blank-row", "missing-cell", "extra-cell")


def problem(local: Local, table: Table, check: Check, row: int) -> str:
    """What is wrong with a record."""
    found = local.find(table.name, [row])[row]
    where = f"{found.file}:{found.line}" if found.line else f"{found.file}, row {row}"
    if check.rule in SHAPE:
        return f"{where}: the record has not {len(table.names)} cells"
    field = table.field(check.name)
    text = found.cells[table.names.index(check.name)] or ""
    return f"{where}: {field.name} is {shorten(text)!r}; expected {expected(field, text)}"


def expected(field: Field, text: str) -> str:
    """What a field wants that a text is not."""
    read = values.value(field, text)
    if field.type == "integer" and read is not None:
        return "at most 64 bits"
    codes = ", ".join(map(str, field.codes))
    return f"one of {codes}" if codes and read is not None else WORDS[field.type]


def view(package: Package, path: Path, maker: Maker, params: Mapping[str, Any]) -> Any:
    """What a view shows, as a frame."""
    from hudna.meaning import sqlfile, views

    asked = sqlfile.read(path)
    given = {n.removesuffix("_"): text(v) for n, v in params.items()}
    with views.load(package, views.reads(asked, package)) as (store, unread):
        if unread:
            warnings.warn(f"{unread:,} cells are not what their schema says and were taken as "
                          f"empty{MORE}", stacklevel=3)  # fmt: skip
        if asked.measure:
            answer = views.ask(asked, store, given)
            store.define(ANSWER, answer.columns)
            store.insert(ANSWER, answer.columns, answer.rows)
            query, held, types = f"SELECT * FROM {ANSWER}", {}, answer.columns
        else:
            held, types = views.question(asked, store, given)
            query = asked.sql
        columns = {n: frames.of_type(k) for n, k in types.items()}
        with views.failing(asked, store):
            query = f"SELECT {frames.select(columns)} FROM ({query}\n) AS _shown"
            return maker.make(store.relation(query, held), columns)


def text(value: Any) -> str:
    """The value of a parameter as `hudna view --set` takes it."""
    from hudna.meaning import views

    return views.plain(value.date() if isinstance(value, datetime.datetime) else value)
