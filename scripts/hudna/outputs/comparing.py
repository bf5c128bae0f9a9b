"""Two versions of a package held against each other: as text that people read, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hudna.engine.limits import Limits
from hudna.form.package import Package
from hudna.ground.finding import shorten
from hudna.meaning import differences, schema_changes, versions
from hudna.meaning.differences import Cell, Changed, Key
from hudna.meaning.schema_changes import Change
from hudna.meaning.versions import Step

KINDS = ("added", "withdrawn", "gone", "changed", "same")
WIDTH = 60  # of a cell's text that is told


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two versions, and the step between their numbers."""

    old: Package
    new: Package
    schema: list[Change]
    records: dict[str, Changed]
    step: Step

    @property
    def unlike(self) -> dict[str, Changed]:
        """The tables that differ."""
        return {n: c for n, c in self.records.items() if c.step() != "none"}

    @property
    def right(self) -> bool:
        """Whether the step is large enough, and no record went without a word."""
        return self.step.enough and not any(c.counts["gone"] for c in self.records.values())


def compare(
    old: Package, new: Package, limit: int | None = None, limits: Limits | None = None
) -> Comparison:
    """Hold two versions against each other; arguments and errors as of `differences`."""
    schema = schema_changes.changes(old, new)
    records = differences.differences(old, new, limit, limits)
    needed = differences.needed(schema, records)
    return Comparison(old, new, schema, records, versions.step(old.version, new.version, needed))


def text(found: Comparison) -> str:
    """The differences as lines: schema, counts, records, and what is wrong."""
    lines = [summary(found), ""]
    for name, changed in found.unlike.items():
        lines += [*of_table(name, changed), ""]
    return "\n".join([*lines, *verdict(found)]) + "\n"


def summary(found: Comparison) -> str:
    """The changes of the schema, and how many records differ."""
    lines = [f"{named(found.old)} -> {named(found.new)}"]
    if found.schema:
        lines += ["", "Schema", *(f"  {c.step:<7} {place(c)}: {c.what}" for c in found.schema)]
    if found.unlike:
        lines += ["", *counts(found.unlike)]
    if not found.schema and not found.unlike:
        lines += ["", "No record and no schema differs."]
    return "\n".join(lines)


def named(package: Package) -> str:
    """A package with its version."""
    return f"{package.descriptor.get('name', package.root.name)} {package.version}"


def place(change: Change) -> str:
    """Where a change of the schema is."""
    return f"{change.table}.{change.field}" if change.field else change.table


def counts(unlike: dict[str, Changed]) -> Iterator[str]:
    """How many records of each table are of which kind."""
    left = max(map(len, unlike))
    yield "  ".join(["Records".ljust(left), *(f"{k:>9}" for k in KINDS)])
    for name, c in unlike.items():
        yield "  ".join([name.ljust(left), *(f"{c.counts[k]:>9,}" for k in KINDS)])


def of_table(name: str, c: Changed) -> Iterator[str]:
    """The records of a table that differ."""
    yield f"{name}"
    for key in c.added:
        yield f"  + {told(c, key)}"
    yield from rest(c.counts["added"], len(c.added), "added")
    for key, reason, by in c.withdrawn:
        yield f"  - {told(c, key)}: withdrawn, {reason or 'no reason'}" + (
            f"; see {by}" if by else ""
        )
    yield from rest(c.counts["withdrawn"], len(c.withdrawn), "withdrawn")
    for key in c.gone:
        yield f"  ! {told(c, key)}: gone without a word; expected a row in withdrawn"
    yield from rest(c.counts["gone"], len(c.gone), "gone")
    for key, cells in c.changed.items():
        yield f"  ~ {told(c, key)}"
        yield from (f"      {cell_told(cell)}" for cell in cells)
    yield from rest(c.counts["changed"], len(c.changed), "changed")


def told(c: Changed, key: Key) -> str:
    """A record by its key and what people call it."""
    shown = " ".join(key)
    called = c.labels.get(key, "")
    return f"{shown} ({shorten(called, WIDTH)})" if called and called != shown else shown


def cell_told(cell: Cell) -> str:
    """A cell before and after."""
    if cell.old is None:
        return f"{cell.field}: {shorten(cell.new or '', WIDTH)} (was empty)"
    if cell.new is None:
        return f"{cell.field}: empty (was {shorten(cell.old, WIDTH)})"
    return f"{cell.field}: {shorten(cell.old, WIDTH)} -> {shorten(cell.new, WIDTH)}"


def rest(count: int, shown: int, kind: str) -> Iterator[str]:
    """That more is there than is told."""
    if count > shown:
        yield f"    and {count - shown:,} more {kind} (--limit)"


def verdict(found: Comparison) -> Iterator[str]:
    """Which step is needed and which was taken."""
    gone = sum(c.counts["gone"] for c in found.records.values())
    if gone:
        yield f"records gone without a word: {gone:,}; expected each in the table withdrawn"
    needed, taken, enough = found.step
    before = " (before 1.0.0 a minor step may do what a major one does)"
    note = before if needed == "major" and taken == "minor" and enough else ""
    if needed == "none" and taken == "none":
        yield "No step of the version is needed."
    elif taken == "unsaid":
        yield f"The changes ask for the step {needed}; a version is not said."
    elif enough:
        yield f"The changes ask for the step {needed}, the version takes {taken}{note}."
    else:
        done = {"back": "goes back", "none": "stays"}.get(taken, f"takes {taken}")
        asked = f"The changes ask for the step {needed}"
        yield f"{asked}, but the version {done}; expected a larger one"


def plain(found: Comparison) -> dict[str, Any]:
    """The differences as JSON values."""
    return {
        "old": {"name": found.old.descriptor.get("name"), "version": found.old.version},
        "new": {"name": found.new.descriptor.get("name"), "version": found.new.version},
        "step": {**found.step._asdict(), "right": found.right},
        "schema": [c._asdict() for c in found.schema],
        "records": {n: plain_table(c) for n, c in found.unlike.items()},
    }


def plain_table(c: Changed) -> dict[str, Any]:
    """The differing records of a table as JSON values."""
    return {
        "counts": c.counts,
        "fields": c.fields,
        "added": [list(k) for k in c.added],
        "withdrawn": [{"key": list(k), "reason": r, "replaced_by": by} for k, r, by in c.withdrawn],
        "gone": [list(k) for k in c.gone],
        "changed": [
            {"key": list(k), "fields": {x.field: {"old": x.old, "new": x.new} for x in cells}}
            for k, cells in c.changed.items()
        ],
    }
