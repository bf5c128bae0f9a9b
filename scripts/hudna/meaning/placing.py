"""Findings with their place: the record's key, its file and its physical line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from hudna.engine.sources import Found
from hudna.ground.finding import Finding
from hudna.meaning import keys, shape
from hudna.meaning.faults import Fault

if TYPE_CHECKING:
    from hudna.meaning.checks import Checked
    from hudna.meaning.rules import Told


def place(done: Checked, faults: list[Fault]) -> list[Finding]:
    """Faults of records, in words and with their places."""
    rows: dict[str, list[int]] = {}
    for f in faults:
        rows.setdefault(f.unit.table, []).append(f.row)
    found = {name: done.tables.find(name, numbers) for name, numbers in rows.items()}
    of_keys = keys.explain(done.store, [f for f in faults if f.unit.rule in keys.WORDS])
    out = []
    for f in faults:
        record = found[f.unit.table].get(f.row)
        problem = of_keys.get(f) or words(done, f, record)
        if f.extra is not None and done.package.tables[f.unit.table].lent:
            problem = problem.replace(f"record {f.extra}", earlier(done, f))
        out.append(one(done, f.unit.table, f.row, f.unit.rule, problem, f.unit.field, record))
    return out


def earlier(done: Checked, fault: Fault) -> str:
    """The record that has a key already, in a workspace: its number, or its place in the base."""
    (record,) = done.tables.find(fault.unit.table, [fault.extra]).values()
    if not Path(record.file).is_absolute():
        return f"record {fault.extra}"
    return f"the base ({record.file}:{record.line})"


def words(done: Checked, fault: Fault, record: Found) -> str:
    """What is wrong with the shape of a record or of a cell."""
    unit, table = fault.unit, done.package.tables[fault.unit.table]
    if unit.rule in ("blank-row", "missing-cell", "extra-cell"):
        width = max(len(p.header) for p in done.tables.parts[table.name] if p.file == record.file)
        return shape.record_words(unit, record.width, width)
    text = record.cells[table.names.index(unit.field)] or ""
    if unit.rule == "odd-character":
        return shape.character_words(unit.field, text)
    return shape.explain(table.field(unit.field), unit.rule, unit.constraint, text)


def place_rules(done: Checked, told: Iterable[Told]) -> list[Finding]:
    """The findings of rules, with their places: a record, a table's schema, or the package."""
    told = list(told)
    rows: dict[str, list[int]] = {}
    for fault in (f for one_ in told for f in one_.faults):
        if fault.row is not None:
            rows.setdefault(fault.table, []).append(fault.row)
    found = {name: done.tables.find(name, numbers) for name, numbers in rows.items()}
    out = []
    for rule, fault in ((t.rule, f) for t in told for f in t.faults):
        table = done.package.tables.get(fault.table)
        if table and fault.row is not None:
            record = found[table.name].get(fault.row)
            out.append(one(done, table.name, fault.row, rule.name, fault.problem,
                           fault.field or "", record, rule.severity))  # fmt: skip
        else:
            out.append(Finding(rule.name, fault.problem, rule.severity, fault.table or "",
                               field=fault.field or "",
                               file=table.schema_path if table else ""))  # fmt: skip
    return out


def one(
    done: Checked, name: str, row: int, rule: str, problem: str, field: str,
    record: Found | None, severity: str = "error",
) -> Finding:  # fmt: skip
    """A finding on one record of a table, with its value, file and line."""
    table = done.package.tables[name]
    if record is None:
        # A stranger's rule may name a record that there is not.
        return Finding(rule, problem, severity, name, field=field, file=table.path)
    if all(c is None or c in table.missing for c in record.cells):
        record = record._replace(cells=[None] * len(record.cells))
    value = None
    if field in table.names[: len(record.cells)]:
        value = record.cells[table.names.index(field)]
        if value is None and rule in shape.OF_TEXT:
            value = ""
    if rule in shape.OF_RECORD:
        value = None
    key = shape.key(table, record.cells)
    return Finding(rule, problem, severity, name, key, field, value, record.file, record.line, row)
