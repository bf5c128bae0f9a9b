"""Views: questions that a package answers, each a sentence and a query in one file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from hudna.engine import relations
from hudna.engine.store import Store
from hudna.engine.typed import quote
from hudna.form import csvfile
from hudna.form.package import Package
from hudna.ground.finding import CannotRun
from hudna.meaning import polarization, sqlfile, tracing
from hudna.meaning.checks import Options
from hudna.meaning.rules import first_line, lacking
from hudna.meaning.sqlfile import Param, SqlFile, Value

OWN = Path(__file__).resolve().parents[1] / "views"
FOLDER = "views"
WHY, PLACES = "why", "locators"
# What is computed from the rows of a view, by the name that its line `-- measure:` gives.
MEASURES = {"polarization": polarization.measure}


class Lacking(CannotRun):
    """The package has not the tables or columns that a view reads."""


class Answer(NamedTuple):
    """What a view shows. columns: name and SQL type, in order (`why` last). rows: typed values.

    unread: number of cells that are not what their schema asks for and were taken as empty.
    """

    columns: dict[str, str]
    rows: list[tuple]
    unread: int = 0


def own() -> dict[str, Path]:
    """The files of hudna's own views, by name."""
    return {p.stem: p for p in sorted(OWN.glob("*.sql"))}


def strangers(package: Package) -> dict[str, Path]:
    """The files of the views that lie in a package, by name; they run only where trusted."""
    return {p.stem: p for p in sorted((package.root / FOLDER).glob("*.sql"))}


def find(name: str, package: Package, trust: bool = False) -> SqlFile:
    """The view of a name, of hudna's own or (with trust) of the package's.

    CannotRun says which names there are, or why a package's view may not run.
    """
    ours, theirs = own(), strangers(package)
    if name in ours and name in theirs and trust:
        raise CannotRun(f"{FOLDER}/{name}.sql bears the name of a view of hudna; rename it")
    if name in ours:
        return sqlfile.read(ours[name])
    if name not in theirs:
        raise CannotRun(f"there is no view {name!r}; expected {one_of(name, [*ours, *theirs])}")
    if not trust:
        raise CannotRun(f"view {name} lies in the package; hudna runs it only with --trust")
    from hudna.meaning import trusted

    view = sqlfile.read(theirs[name])
    if reasons := trusted.check_sql(view.sql, set(package.tables)):
        raise CannotRun(f"view {name} is not run: {'; '.join(reasons)}")
    return view


def one_of(given: str, known: Iterable[str]) -> str:
    """The values there are, with the one nearest to what was given."""
    known = sorted(known)
    near = difflib.get_close_matches(given, known, 1)
    shown = known if len(known) <= 30 else [*known[:30], f"… ({len(known)} in all)"]
    return f"one of {', '.join(shown)}" + (f" (nearest: {near[0]})" if near else "")


def pairs(given: Iterable[str]) -> dict[str, str]:
    """PARAM=VALUE texts as a mapping; a later one stands for an earlier one."""
    out = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise CannotRun(f"{text!r} sets no parameter; expected PARAM=VALUE")
        out[name.strip()] = value.strip()
    return out


def arguments(view: SqlFile, given: Mapping[str, str], store: Store) -> dict[str, Value]:
    """The value of each parameter of a view: what is given, else its default."""
    params = {p.name: p for p in view.params}
    for name in given:
        if name not in params:
            expected = one_of(name, params) if params else "none"
            raise CannotRun(f"view {view.name} has no parameter {name!r}; expected {expected}")
    return {n: argument(p, given[n], store) if n in given else p.default for n, p in params.items()}


def argument(param: Param, text: str, store: Store) -> Value:
    """The value of one given parameter; CannotRun says what is expected."""
    try:
        value = sqlfile.value(param, text)
    except ValueError as e:
        raise CannotRun(f"parameter {param.name} {e}") from None
    if value is not None and param.column:
        known = column(store, *param.column)
        if value not in known:
            raise CannotRun(f"parameter {param.name} is {text!r}; expected {one_of(text, known)}")
    return value


def column(store: Store, table: str, field: str) -> list[str]:
    """The values that stand in a column."""
    query = f'SELECT DISTINCT "{field}" FROM "{table}" WHERE "{field}" IS NOT NULL'
    return [value for (value,) in store.sql(query)]


def reads(view: SqlFile, package: Package) -> list[str]:
    """The tables that a view reads: those that it names, or all where it asks for all records."""
    words = set(re.findall(r"\w+", view.sql)) | {p.column[0] for p in view.params if p.column}
    names = list(package.tables)
    return names if words & relations.MAKERS.keys() else [n for n in names if n in words]


@contextmanager
def load(
    package: Package, names: Iterable[str], options: Options | None = None
) -> Iterator[tuple[Store, int]]:
    """The named tables in the engine, and the number of cells that had to be taken as empty."""
    with (options or Options()).start(package.root, package.tables) as tables:
        store = tables.store
        tables.open(names)
        for part in (p for several in tables.parts.values() for p in several):
            named = next(n for n, several in tables.parts.items() if part in several)
            if part.fatal or part.header != package.tables[named].names:
                told = part.byte_faults[0][1] if part.fatal else "the header is not the schema's"
                raise CannotRun(f"{part.file}: {told}; `hudna validate` tells what is wrong")
        tables.load()
        unread = 0
        for name, loaded in tables.loaded.items():
            mistyped = [i for i in loaded.failing if loaded.checks[i].rule == "type-error"]
            if mistyped:
                counts = " + ".join(f"count_if({loaded.fails(i)})" for i in mistyped)
                unread += store.sql(f"SELECT {counts} FROM {quote(name)}")[0][0]
        yield store, unread


def run(
    view: SqlFile, package: Package, given: Mapping[str, str] | None = None,
    options: Options | None = None, trace: bool = False, why: bool = True,
) -> Answer:  # fmt: skip
    """What a view shows of a package. given: parameters as texts.

    trace: add a last column with the sources and places of the ids in `why`. why: as in `ask`.
    Raises Lacking where the package has not what the view reads, CannotRun for anything else.
    """
    names = list(package.tables) if trace else reads(view, package)
    with load(package, names, options) as (store, unread):
        answer = ask(view, store, given, why or trace)._replace(unread=unread)
        if not trace:
            return answer
        places = tracing.places(store, package.tables, (row[-1] for row in answer.rows))
        rows = [(*row, place) for row, place in zip(answer.rows, places, strict=True)]
        return answer._replace(columns=answer.columns | {PLACES: "VARCHAR"}, rows=rows)


@contextmanager
def failing(view: SqlFile, store: Store) -> Iterator[None]:
    """Errors of a view's query, told as `run` tells them."""
    try:
        yield
    except store.lacking as e:
        raise Lacking(f"view {view.name} cannot be shown: {lacking(e)}") from None
    except store.errors as e:
        raise CannotRun(f"view {view.name}: {first_line(e)}") from None


def question(
    view: SqlFile, store: Store, given: Mapping[str, str]
) -> tuple[dict[str, Value], dict[str, str]]:
    """The values of a view's parameters, and its columns with their SQL types."""
    with failing(view, store):
        values = arguments(view, given, store)
        return values, store.types(view.sql, values)


def ask(
    view: SqlFile, store: Store, given: Mapping[str, str] | None = None, why: bool = True
) -> Answer:
    """What a view shows of the tables in a store; raises as `run` does.

    why: with the column of that name. Without it the engine gathers no ids, which in a large
    package are most of the work and of the memory.
    """
    values, columns = question(view, store, given or {})
    if list(columns)[-1] != WHY:
        raise CannotRun(f"view {view.name} has no last column {WHY}; expected the ids behind a row")
    query, shown = view.sql, columns
    if not why and not view.measure:
        shown = dict(list(columns.items())[:-1])
        query = f"SELECT {', '.join(map(quote, shown))} FROM (\n{view.sql}\n) AS _asked"
    with failing(view, store):
        rows = store.run(query, values)[1]
    if not view.measure:
        return Answer(shown, rows)
    answer = measured(view, columns, rows)
    return answer if why else without_why(answer)


def measured(view: SqlFile, columns: Iterable[str], rows: list[tuple]) -> Answer:
    """What the measure of a view makes of its rows."""
    if view.measure not in MEASURES:
        expected = one_of(view.measure, MEASURES)
        raise CannotRun(f"view {view.name} has the measure {view.measure!r}; expected {expected}")
    try:
        return Answer(*MEASURES[view.measure]([dict(zip(columns, r, strict=True)) for r in rows]))
    except ModuleNotFoundError as e:
        words = f"view {view.name} needs {e.name}; `pip install 'hudna[network]'` brings it"
        raise Lacking(words) from None


def without_why(answer: Answer) -> Answer:
    """The answer without its last column."""
    kept = dict(list(answer.columns.items())[:-1])
    return answer._replace(columns=kept, rows=[row[:-1] for row in answer.rows])


def plain(value: Any) -> str:
    """A value as it stands in a CSV cell: true, 2020-10-10, empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        short = repr(value)
        return short[:-2] if short.endswith(".0") else short
    return str(value)


def csv(answer: Answer) -> str:
    """The answer as canonical CSV."""
    return csvfile.render(list(answer.columns), ([plain(v) for v in row] for row in answer.rows))
