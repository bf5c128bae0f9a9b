"""What hudna and frictionless find in one package, in the same words, and where they may differ."""

from __future__ import annotations

import copy
import json
import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from hudna.engine.limits import Limits
from hudna.form import csvfile, package
from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.ground.finding import Finding
from hudna.meaning import checks, shape
from hudna.meaning.checks import Options

CASES = Path(__file__).parents[1] / "cases" / "oracle"
# Undeclared, frictionless guesses the dialect, and which line is the header, from the data.
DIALECT = {
    "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False,
    "header": True, "headerRows": [1],
}  # fmt: skip
# The kinds of finding that both know; what else hudna finds is its own.
SHARED = {
    "source-error", "encoding-error", "blank-label", "duplicate-label", "extra-label",
    "incorrect-label", "missing-label", "blank-row", "extra-cell", "missing-cell", "type-error",
    "constraint-error", "unique-error", "primary-key", "foreign-key",
}  # fmt: skip
WHOLE = "*"
LABELS = {k for k in SHARED if k.endswith("-label")}


class Found(NamedTuple):
    """One fault as both can say it: record number (None: no record), field ("" or several)."""

    table: str
    row: int | None
    field: str
    kind: str


class Difference(NamedTuple):
    """A listed difference: where it can show, what each of the two does, and why.

    where: "cell", "file", or "other file" (of a table that foreign keys point at). text: a regular
    expression that is found there. types: for "cell", the types of the columns. example: schemas
    and files of tables on which the two do not agree for this reason.
    """

    name: str
    where: str
    text: str
    types: list[str]
    hudna: str
    frictionless: str
    reason: str
    example: dict[str, Any]


def ours(root: Path) -> set[Found]:
    """What hudna finds, before anything is collapsed, of the kinds that both know.

    Raises AssertionError where the readers of small files and of large ones do not agree.
    """
    held, found = package.read(root)
    assert not found, found
    small, large = (findings(held, limits) for limits in (Limits(), Limits(small=-1)))
    assert small == large, ("small and large", small, large)
    return {one(held, f) for f in small if f.rule in SHARED}


def findings(held: Package, limits: Limits) -> list[Finding]:
    """What hudna finds before anything is collapsed."""
    options = Options(every=True, layers="keys", limits=limits)
    with checks.check(held, options=options) as done:
        return done.report.found


def one(held: Package, f: Finding) -> Found:
    """A finding of hudna in the common words."""
    table, kind, field = held.tables[f.table], f.rule, f.field
    if kind == "constraint-error":
        kind = f"{kind} {constraint(held, f)}"
    elif kind == "foreign-key":
        # The message names the columns; a finding has room for one only.
        keys = {k.fields for k in table.foreign_keys}
        names = [k for k in keys if f.problem.startswith(f"{' and '.join(k)} is ")]
        field = ",".join(max(names, key=len))
    elif kind == "primary-key":
        field = ""
    return Found(f.table, None if kind in LABELS else f.row, field, kind)


def constraint(held: Package, f: Finding) -> str:
    """The constraint that a finding tells, known by its words."""
    field = held.tables[f.table].field(f.field)
    for name in field.constraints:
        if name != "unique" and shape.explain(field, f.rule, name, f.value or "") == f.problem:
            return name
    raise AssertionError(f)


def theirs(root: Path) -> set[Found]:
    """What frictionless finds, in the common words; errors that are of no common kind stay."""
    import frictionless

    descriptor = json.loads((root / package.DESCRIPTOR).read_text("utf-8"))
    for resource in descriptor["resources"]:
        resource["dialect"] = copy.deepcopy(DIALECT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        held = frictionless.Package.from_descriptor(descriptor, basepath=str(root))
        report = held.validate(limit_errors=10**9)
    assert not report.errors, report.errors
    tables = package.read(root)[0].tables
    return {other(t.name, e, len(tables[t.name].fields)) for t in report.tasks for e in t.errors}


def other(table: str, e: Any, n: int) -> Found:
    """An error of frictionless in the common words; n: the number of the table's fields."""
    kind, field = e.type, getattr(e, "field_name", "")
    # Its record numbers count the header.
    row = None if kind in LABELS else getattr(e, "row_number", None)
    if kind == "constraint-error":
        kind = f"{kind} {re.match('constraint .(?P<name>[a-zA-Z]+)', e.note)['name']}"
    elif kind == "foreign-key":
        field = ",".join(e.field_names)
    elif kind in ("primary-key", "extra-label") or (kind == "missing-cell" and e.field_number > n):
        field = ""
    return Found(table, row and row - 1, field, kind)


def differences() -> list[Difference]:
    """The listed differences."""
    return [Difference(**d) for d in json.loads((CASES / "differences.json").read_text("utf-8"))]


def unlike(root: Path, known: Iterable[Difference]) -> list[str]:
    """Where the two do not agree on a package, save for what is listed; each with its side."""
    return apart(root, ours(root), theirs(root), known)


def apart(root: Path, a: set[Found], b: set[Found], known: Iterable[Difference]) -> list[str]:
    """What only one of the two finds, save for what is listed; each with its side."""
    if a == b:
        return []
    held, _ = package.read(root)
    listed = spread(held, set(columns_apart(held, known)))
    return sorted(
        f"only {side}: {f}"
        for side, found in (("hudna", a - b), ("frictionless", b - a))
        for f in found
        if not any((f.table, name) in listed for name in (WHOLE, *columns(held, f)))
    )


def columns(held: Package, f: Found) -> list[str]:
    """The columns that a finding speaks of."""
    if f.kind == "primary-key":
        return list(held.tables[f.table].primary_key)
    keys = {",".join(k.fields): k.fields for k in held.tables[f.table].foreign_keys}
    return list(keys[f.field]) if f.kind == "foreign-key" else [f.field]


def columns_apart(held: Package, known: Iterable[Difference]) -> Iterator[tuple[str, str]]:
    """Table and column (or the whole table) in which a listed difference can show."""
    for d in known:
        for table in held.tables.values():
            others = {k.table for k in table.foreign_keys}
            files = {"file": [table.name], "other file": others}.get(d.where, ())
            if any(re.search(d.text, content(held, name)) for name in files):
                yield table.name, WHOLE
            if d.where == "cell":
                yield from ((table.name, name) for name in cells_apart(held, table, d))


def content(held: Package, table: str) -> str:
    """The files of a table as text; what is no UTF-8 is U+FFFD."""
    paths = [held.path(p) for p in held.tables[table].paths]
    return "".join(p.read_bytes().decode("utf-8", "replace") for p in paths if p.is_file())


def cells_apart(held: Package, table: Table, d: Difference) -> Iterator[str]:
    """The columns of a table in which a difference that lies in a cell can show."""
    rows = [r for p in table.paths for r in csvfile.read(held.path(p)).rows]
    for i, field in enumerate(table.fields):
        cells = (r[i] or "" for r in rows if len(r) > i)
        if field.type in d.types and any(re.search(d.text, c) for c in cells):
            yield field.name


def spread(held: Package, apart: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """These columns, and those whose foreign keys point at one of them."""
    keys = [(t, k) for t in held.tables.values() for k in t.foreign_keys]
    return apart | {
        (t.name, n)
        for t, k in keys
        if any((k.table, to) in apart for to in (WHOLE, *k.to))
        for n in k.fields
    }


if __name__ == "__main__":
    from tests.meaning import long_run

    raise SystemExit(long_run.main())
