"""What a validation found: findings, collapsed so that one fault is told once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hudna.ground.finding import Finding

# What hides what. Of several findings on one cell the first stands; a fault of a whole record or
# table hides what it brings about in its cells. The order is part of the documentation.
TABLE_FAULTS = (
    "missing-file", "source-error", "encoding-error", "unterminated-quote",
    "incorrect-label", "duplicate-label", "blank-label", "missing-label", "extra-label",
)  # fmt: skip
RECORD_FAULTS = ("blank-row", "missing-cell", "extra-cell")
CELL_FAULTS = (
    "odd-character", "type-error", "constraint-error", "foreign-key", "reference",
    "primary-key", "unique-error",
)  # fmt: skip


@dataclass
class Report:
    """Findings as they are told, and what was done to find them.

    found: every finding before the collapse. counts: records per table. rules: names of the rules
    applied. not_applied: rule and reason. seconds: wall time by part.
    """

    findings: list[Finding] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)
    not_applied: list[tuple[str, str]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        return sum(f.severity == "error" for f in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors


def rank(finding: Finding) -> int:
    """The place of a finding in the order of what hides what; rules come last."""
    order = (*TABLE_FAULTS, *RECORD_FAULTS, *CELL_FAULTS)
    return order.index(finding.rule) if finding.rule in order else len(order)


def collapse(found: Iterable[Finding]) -> list[Finding]:
    """The findings without those that another one explains.

    - a table that cannot be read, or whose header is wrong, tells that and nothing else;
    - a record with too few or too many cells, or none, tells that and nothing else;
    - a cell tells its first fault: what it holds, its type, its constraint, its key;
    - a record whose key stands twice tells that, and no rule that follows from the doubling.
    """
    kept: list[Finding] = []
    tables: set[str] = set()
    records: set[tuple] = set()
    cells: set[tuple] = set()
    for f in sorted(found, key=lambda f: (rank(f), f.row or 0)):
        record, cell = (f.table, f.row), (f.table, f.row, f.field)
        if f.table and f.table in tables:
            continue
        if f.row is not None and (record in records or cell in cells):
            continue
        kept.append(f)
        if f.rule in TABLE_FAULTS:
            tables.add(f.table)
        elif f.rule in RECORD_FAULTS or f.rule == "primary-key":
            records.add(record)
        elif f.rule in CELL_FAULTS:
            cells.add(cell)
    return kept
