"""What brings a table into its canonical form, what that changes, and what forbids it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hudna.engine import whole
from hudna.engine.sources import Small
from hudna.form import canonical, rows
from hudna.form.csvfile import Records
from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.ground.finding import Finding
from hudna.meaning import shape

# Faults of bytes and shape that the canonical form mends without losing a cell.
MENDED = {
    "byte-order-mark": "byte order mark removed",
    "line-ending": "line ends made LF",
    "blank-row": "blank rows removed",
}


def obstacles(package: Package, table: Table, records: Records) -> Iterator[Finding]:
    """The faults for which a table cannot be formatted, since cells would be lost or misplaced."""
    part = Small(table.path, records)
    faults = [*shape.files(table, part)]
    if not records.fatal:
        faults += [*shape.header(table, part), *ragged(table, records)]
        faults += hidden_cells(package, table, records)
    yield from (f for f in faults if f.rule not in MENDED)


def ragged(table: Table, records: Records) -> Iterator[Finding]:
    """Records with too few or too many cells."""
    width = len(records.header)
    for number, cells in records.ragged.items():
        rule = "missing-cell" if len(cells) < width else "extra-cell"
        problem = f"the record has {len(cells)} cells; expected {width}"
        yield placed(table, records, number, rule, problem)


def hidden_cells(package: Package, table: Table, records: Records) -> Iterator[Finding]:
    """Records whose cells are all empty but for some beyond the header's width."""
    if not records.blank:
        return
    lines = package.path(table.path).read_text("utf-8-sig").split("\n")
    for number in records.blank:
        line = records.lines[number - 1]
        if lines[line - 1].strip('", \t\r'):
            problem = f"the record has cells beyond the {len(records.header)} of the header"
            yield placed(table, records, number, "extra-cell", problem)


def placed(table: Table, records: Records, row: int, rule: str, problem: str) -> Finding:
    """A finding on a record as a whole."""
    key, line = shape.key(table, records.rows[row - 1]), records.lines[row - 1]
    return Finding(rule, problem, table=table.name, record=key, file=table.path, line=line, row=row)


def given(table: Table, records: Records) -> list[dict[str, str]]:
    """The rows of a table without blank ones; a line break inside a cell is LF."""
    out = [r for n, r in enumerate(rows.dicts(table, records), 1) if n not in records.blank]
    for row in out:
        for name, cell in row.items() if "\r" in "".join(row.values()) else ():
            if "\r" in cell:
                row[name] = cell.replace("\r\n", "\n").replace("\r", "\n")
    return out


def lent(package: Package) -> dict[str, list[dict[str, str]]]:
    """The rows that each table of a workspace has from its base; none where there is no base."""
    if not package.base:
        return {name: [] for name in package.tables}
    base = package.base
    return {n: [] for n in package.tables} | rows.texts(base, whole.read(base))


def formatted(table: Table, records: Records, beside: Iterable[dict[str, str]] = ()) -> str:
    """The canonical text of a table that holds the given records (without obstacles).

    beside: rows whose ids are taken.
    """
    return canonical.text(table, given(table, records), list(beside))


def changes(table: Table, records: Records) -> list[str]:
    """What the canonical form changes in a table, in words."""
    before = given(table, records)
    spelled = [{f.name: canonical.cell(f, r[f.name]) for f in table.fields} for r in before]
    out = [MENDED[rule] for rule, _, _ in records.byte_faults if rule in MENDED]
    if records.blank:
        out.append(f"blank rows removed: {len(records.blank)}")
    if cells := sum(a[n] != b[n] for a, b in zip(before, spelled, strict=True) for n in a):
        out.append(f"cells spelled anew: {cells}")
    missing = [r for r in spelled if table.id_field and not r[table.id_field]]
    canonical.fill_ids(table, spelled)
    if ids := sum(bool(r[table.id_field]) for r in missing):
        out.append(f"ids given: {ids}")
    if spelled != sorted(spelled, key=lambda r: canonical.row_key(table, r)):
        out.append("rows put in order")
    return out or ["quoting and line ends"]
