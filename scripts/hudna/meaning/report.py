"""What a validation found: findings, collapsed so that one fault is told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from hudna.ground.finding import Finding

# What hides what. Of several findings on one cell the first stands; a fault of a whole record or
# table hides what it brings about in its cells. The order is part of the documentation.
TABLE_FAULTS = (
    "missing-file", "source-error", "encoding-error", "unterminated-quote", "column-type",
    "incorrect-label", "duplicate-label", "blank-label", "missing-label", "extra-label",
)  # fmt: skip
RECORD_FAULTS = ("blank-row", "missing-cell", "extra-cell")
CELL_FAULTS = (
    "odd-character", "type-error", "constraint-error", "foreign-key", "reference",
    "primary-key", "unique-error",
)  # fmt: skip

# What a fault is of, where it is not of a cell.
KINDS = {
    **dict.fromkeys(RECORD_FAULTS, "record"),
    "primary-key": "key",
    "unique-error": "unique",
    "odd-character": "odd",
}


@dataclass
class Report:
    """Findings as they are told, and what was done to find them.

    findings: the first of each rule, as many as were asked for. more: how many findings of each
    (rule, severity) are not among them. found: every finding before the collapse, if asked for.
    faulty: tables with an error. counts: records per table. rules: names of the rules applied.
    not_applied: rule and reason. seconds: wall time by part.
    """

    findings: list[Finding] = field(default_factory=list)
    more: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: list[Finding] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)
    not_applied: list[tuple[str, str]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        return self.count("error")

    @property
    def warnings(self) -> int:
        return self.count("warning")

    def count(self, severity: str) -> int:
        """The number of findings of a severity."""
        told = sum(f.severity == severity for f in self.findings)
        return told + sum(n for (_, kind), n in self.more.items() if kind == severity)

    @property
    def by_rule(self) -> dict[str, int]:
        """The number of findings of each rule."""
        told = Counter(f.rule for f in self.findings)
        for (rule, _), n in self.more.items():
            told[rule] += n
        return dict(sorted(told.items()))

    @property
    def unsound(self) -> bool:
        """Whether any finding is an error."""
        return self.errors > 0


def rank(rule: str) -> int:
    """The place of a rule in the order of what hides what; rules that are queries come last."""
    order = (*TABLE_FAULTS, *RECORD_FAULTS, *CELL_FAULTS)
    return order.index(rule) if rule in order else len(order)


def collapse(found: Iterable[Finding]) -> list[Finding]:
    """The findings on whole tables without those that another one explains.

    A table that cannot be read, or whose header is wrong, tells that and nothing else. Findings on
    single records hide one another in `faults`.
    """
    kept: list[Finding] = []
    tables: set[str] = set()
    for f in sorted(found, key=lambda f: (rank(f.rule), f.row or 0)):
        if f.table and f.table in tables:
            continue
        kept.append(f)
        if f.rule in TABLE_FAULTS:
            tables.add(f.table)
    return kept
