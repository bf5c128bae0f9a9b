"""The checks of a package, layer by layer: descriptor, bytes and shape, keys, rules."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from hudna.engine.store import CellFault, Store
from hudna.form import csvfile
from hudna.form.csvfile import Records
from hudna.form.package import Package
from hudna.ground.finding import Finding, ordered
from hudna.meaning import descriptor_check, keys, rules, shape
from hudna.meaning.report import TABLE_FAULTS, Report, collapse

# Records below which planning a query takes longer than running it.
SMALL = 5000


@dataclass
class Checked:
    """A package with its records and its tables in the engine, and the report on them."""

    package: Package
    records: dict[str, Records] = field(default_factory=dict)
    store: Store | None = None
    report: Report = field(default_factory=Report)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Note the seconds that a part of the work takes."""
        start = time.perf_counter()
        yield
        seconds = self.report.seconds
        seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - start


def check(package: Package, descriptor: Iterable[Finding] = (), trust: bool = False) -> Checked:
    """Run layers 1 to 4 on a package.

    descriptor: what reading the package found already. trust: run the package's own rules too.
    """
    done = Checked(package)
    found: list[Finding] = list(descriptor)
    with done.part("descriptor"):
        found += descriptor_check.check(package.descriptor, {f.table for f in found})
    with done.part("load"):
        faults = load(done)
    with done.part("shape"):
        found += shapes(done, faults)
    unsound = {f.table for f in found if f.rule in TABLE_FAULTS} | package.left_out
    with done.part("keys"):
        fatal = {n for n, r in done.records.items() if r.fatal}
        key_faults = keys.check(done.store, fatal | package.left_out)
    explained = {f for f in key_faults if f.to in unsound}
    at = {id(f): place(done, f.table, f.row, f.rule, f.problem, f.field) for f in key_faults}
    with done.part("rules"):
        broken = defaultdict(set)
        for name, list_ in faults.items():
            done.store.empty_cells(package.tables[name], list_)
            for fault in list_:
                broken[name, fault.row].add(fault.field.name)
        for f in key_faults:
            if f.row is not None:
                broken[f.table, f.row] |= {f.field} if f.to else set(package.tables[f.table].names)
        told = list(rule_findings(done, trust, unsound, broken))
    # A warning on the package as a whole waits until its records are right: what they lack now
    # may be what is wrong with them.
    if any(f.severity == "error" for f in [*found, *at.values(), *told]):
        told = [f for f in told if f.row is not None or f.severity == "error"]
    done.report.found = ordered([*found, *at.values(), *told])
    done.report.findings = ordered(
        collapse([*found, *(at[id(f)] for f in key_faults if f not in explained), *told])
    )
    return done


def load(done: Checked) -> dict[str, list[CellFault]]:
    """Read every table's file and make its typed table; returns the faults of cells."""
    tables = done.package.tables
    done.store = Store(tables)
    for name, table in tables.items():
        records = csvfile.read(done.package.path(table.path), table.missing)
        done.records[name] = records
        done.report.counts[name] = len(records.rows)
    if sum(done.report.counts.values()) < SMALL:
        done.store.plan_plainly()
    faults = done.store.side_by_side(lambda n: done.store.load(tables[n], done.records[n]), tables)
    done.store.lock()
    return dict(zip(tables, faults, strict=True))


def shapes(done: Checked, faults: dict[str, list[CellFault]]) -> Iterator[Finding]:
    """What is wrong with bytes and shape, table by table."""
    for name, table in done.package.tables.items():
        records = done.records[name]
        yield from shape.files(table, records)
        if records.fatal:
            continue
        yield from shape.characters(table, records)
        yield from shape.header(table, records)
        yield from shape.widths(table, records)
        yield from shape.cells(table, records, faults[name])
        if table.primary_key and set(table.primary_key) <= done.store.present[name]:
            yield from blank_keys(done, name)


def blank_keys(done: Checked, name: str) -> Iterator[Finding]:
    """The missing key of each blank record, which is in no typed table (frictionless tells it)."""
    for row in sorted(done.records[name].blank):
        yield place(done, name, row, "primary-key", "the record is empty; expected a key")


def rule_findings(
    done: Checked, trust: bool, unsound: set[str], broken: dict[tuple, set[str]]
) -> Iterator[Finding]:
    """What the rules find, less what touches a cell that is known to be wrong."""
    chosen, held = rules.collect(done.package.root, set(done.package.tables), trust)
    for result in [*held, *rules.apply(done.store, chosen, unsound)]:
        if isinstance(result, rules.NotApplied):
            if result.crashed:
                file = (rules.FOLDER / f"{result.rule}.sql").as_posix()
                yield Finding("rule-crashed", f"rule {result.rule}: {result.reason}", file=file)
            else:
                done.report.not_applied.append((result.rule, result.reason))
            continue
        for fault in result:
            if not touched(fault, broken.get((fault.table, fault.row), set())):
                yield from placed(done, fault, unsound)
    skipped = {name for name, _ in done.report.not_applied}
    done.report.rules = [r.name for r in chosen if r.name not in skipped]


def placed(done: Checked, fault: rules.RuleFault, unsound: set[str]) -> Iterator[Finding]:
    """A rule's finding with its place: a record, a table's schema, or the package."""
    rule, table = fault.rule, done.package.tables.get(fault.table)
    if fault.table in unsound:
        return
    if table and fault.row is not None:
        yield place(done, fault.table, fault.row, rule.name, fault.problem,
                    fault.field or "", rule.severity)  # fmt: skip
    else:
        yield Finding(rule.name, fault.problem, rule.severity, fault.table or "",
                      field=fault.field or "", file=table.schema_path if table else "")  # fmt: skip


def touched(result: rules.RuleFault, cells: set[str]) -> bool:
    """Whether a rule's finding rests on a cell of its record that is known to be wrong."""
    return bool(cells & {result.field, *re.findall(r"\w+", result.rule.sql)})


def place(
    done: Checked, name: str, row: int, rule: str, problem: str, field: str = "",
    severity: str = "error",
) -> Finding:  # fmt: skip
    """A finding on one record of a table, with its value, file and line."""
    table, records = done.package.tables[name], done.records[name]
    value = None
    # A stranger's rule may name a record that there is not; then the finding has no line.
    if row > len(records.rows):
        return Finding(rule, problem, severity, name, field=field, file=table.path)
    if field in table.names[: len(records.header)]:
        value = records.rows[row - 1][table.names.index(field)]
    return shape.place(table, records, row, rule, problem, field, value, severity)
