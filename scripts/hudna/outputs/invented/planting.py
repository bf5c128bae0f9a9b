"""Faults planted in the rows of a table, each written down with what validation says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hudna.form.schema import Table
from hudna.outputs.invented import breaks_events, breaks_people, breaks_times, breaks_words, cells
from hudna.outputs.invented.faults import Context, Fault, Planted
from hudna.outputs.invented.plan import Plan

BREAKS = (breaks_people, breaks_times, breaks_events, breaks_words)


class Planter:
    """Plants faults in a table.

    share: of the rows that get a fault, from 0 to 1. tell: called with each line of the manifest.
    At most one fault is planted in a record, and none on which another record rests.
    """

    def __init__(self, plan: Plan, table: Table, share: float, tell: Callable[[list], object]):
        self.context, self.share, self.tell = Context(plan, table), share, tell
        # Faults of the schema and breaches of rules in turn, so that both are met everywhere.
        self.kinds: list[list[Fault]] = [list(cells.faults(self.context))]
        if rules := [f for b in BREAKS for f in b.FAULTS.get(table.name, ())]:
            self.kinds.append(rules)
        self.random = plan.random(f"faults of {table.name}")
        self.told = 0

    def plant(self, rows: Iterable[list[str]]) -> Iterator[list[str]]:
        """The rows with faults among them."""
        random, share, record = self.random, self.share, 0
        for n, row in enumerate(rows):
            planted = self.fault(n, row) if random() < share else None
            if planted is None:
                record += 1
                yield row
                continue
            for at, field, rule in planted.findings:
                self.write_down(planted.rows[at], record + at + 1, field, rule)
            record += len(planted.rows)
            yield from planted.rows

    def fault(self, n: int, row: list[str]) -> Planted | None:
        """A fault for a row: the first that fits it, from one drawn by lot; None without any."""
        if kept(self.context.table.name, n):
            return None
        kind = int(self.random() * len(self.kinds))
        for faults in (self.kinds[kind], self.kinds[kind - 1]):
            first = int(self.random() * len(faults))
            for i in range(len(faults)):
                fault = faults[(first + i) % len(faults)]
                if planted := fault(self.context, n, row):
                    return planted
        return None

    def write_down(self, row: list[str], record: int, field: str, rule: str) -> None:
        """A line of the manifest."""
        key = "/".join(row[k] for k in self.context.key if row and row[k])
        self.tell([self.context.table.name, record, key, field, rule])
        self.told += 1


def kept(table: str, n: int) -> bool:
    """Whether a record has no fault, because others rest on it in more ways than one."""
    if table == "actors":
        return breaks_people.unfaulted(n)
    if table == "incidents":
        return n % 8 == 0
    return table == "places" and n < 16
