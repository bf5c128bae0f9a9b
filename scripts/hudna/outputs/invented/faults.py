"""What a planted fault is, and what the modules that plant them share."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from hudna.form.schema import Table
from hudna.outputs.invented.plan import Plan

# Records that stand before this one in their table keep their codes, so that every code that a
# list does not reserve stays in use.
EARLY = 104


class Planted(NamedTuple):
    """The rows that take a row's place, and what validation finds in them.

    findings: for each, which of the rows, the field, and the rule.
    """

    rows: list[list[str]]
    findings: list[tuple[int, str, str]]


class Context:
    """A table in which faults are planted: its plan, its columns by name, its key."""

    def __init__(self, plan: Plan, table: Table):
        self.plan, self.table = plan, table
        self.at = {name: i for i, name in enumerate(table.names)}
        self.key = [self.at[k] for k in table.primary_key]
        self.used: set[str] = set()

    def get(self, row: list[str], field: str) -> str:
        return row[self.at[field]]

    def changed(self, row: list[str], /, **cells: str) -> list[str]:
        """The row with other texts in some cells."""
        out = list(row)
        for name, text in cells.items():
            out[self.at[name]] = text
        return out

    def broken(self, row: list[str], rule: str, field: str, /, **cells: str) -> Planted:
        """The row with other cells, by which it breaks one rule."""
        return Planted([self.changed(row, **cells)], [(0, field, rule)])

    def doubled(
        self, row: list[str], findings: list[tuple[int, str, str]], /, **cells: str
    ) -> Planted:
        """The row and after it a copy with another id and other cells; the copy is uncited."""
        key = self.table.id_field
        copy = self.changed(row, **{key: row[self.at[key]] + "-x"} | cells)
        uncited = [(1, "", "records-are-cited")] if self.table.cited == "itself" else []
        if self.table.name == "incidents":
            uncited.append((1, key, "incidents-have-an-address"))
        return Planted([row, copy], [*findings, *uncited])

    def id(self, table: str, n: int) -> str:
        """The id of a record of any table."""
        return self.plan.id(table)(n)


# A fault looks at a row and its number in the plan, and either changes it or leaves it alone.
Fault = Callable[[Context, int, list[str]], Planted | None]
