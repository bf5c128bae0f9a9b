"""Records that fail the same checks as one: a pattern, with the number of its records.

A million faulty records mostly fail checks in a few ways. What hides what, and what is counted, is
decided once for each way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hudna.engine.store import Store
from hudna.engine.typed import MASK_BITS

# The table of faulty records; that of the checks that a pattern fails; that of patterns.
MARKS = {"place": "INTEGER", "_row": "BIGINT", "pattern": "BIGINT"}
PATTERNED = {"unit": "INTEGER", "place": "INTEGER", "pattern": "BIGINT"}
SIZES = {"place": "INTEGER", "pattern": "BIGINT", "records": "BIGINT"}
# Conditions on one relation from which on they are looked for together.
TOGETHER = 100


class Unit(NamedTuple):
    """One check of one column, or of a record as a whole (field "").

    to: the table in which a key should stand. columns: those of a key. told: whether it is told,
    or only hides what follows from it.
    """

    table: str
    field: str
    rule: str
    constraint: str = ""
    to: str = ""
    columns: tuple[str, ...] = ()
    told: bool = True


class Marked(NamedTuple):
    """The records of a table with their masks. held: SQL for them. bits: of each mask, those that
    tell a fault. conditions: the checks that some record may fail, as SQL over the masks."""

    held: str
    bits: dict[str, int]
    conditions: list[tuple[Unit, str]]


class Pattern(NamedTuple):
    """A table's patterns. place: of the table. faulty: SQL for its faulty records with the columns
    that tell their pattern. checks: units by number, each as a condition on these columns."""

    place: int
    faulty: str
    columns: list[str]
    checks: list[tuple[int, str]]

    @property
    def name(self) -> str:
        return f"_patterns{self.place}"


Wanted = dict[str, tuple[Marked, list[tuple[int, str]]]]


def mark(
    store: Store, order: dict[str, int], marked: Wanted, keyed: dict[str, list[int]]
) -> set[int]:
    """Make `_marks`, `_patterned` and `_sizes`; returns the units that some record fails.

    order: of the tables. marked: those with masks, and units with their conditions. keyed: of each
    table, the units whose records stand in `_found`.
    """
    for name, columns in {"_marks": MARKS, "_patterned": PATTERNED, "_sizes": SIZES}.items():
        store.define(name, columns)
    several = [
        pattern(place, marked.get(name), keyed.get(name, []))
        for name, place in order.items()
        if keyed.get(name) or (name in marked and marked[name][1])
    ]
    for p in several:
        names = ", ".join(p.columns)
        grouped = f"SELECT {names}, count(*) AS records, min(_row) AS first FROM ({p.faulty}) AS f"
        store.create(
            p.name,
            f"SELECT row_number() OVER (ORDER BY first) AS pattern, {names}, records "
            f"FROM ({grouped} GROUP BY {names}) AS grouped",
        )
    store.gather("_marks", MARKS, [marks(p) for p in several])
    store.gather("_sizes", SIZES, [
        f"SELECT {p.place} AS place, pattern, records FROM {p.name}" for p in several
    ])  # fmt: skip
    store.gather("_patterned", PATTERNED, [query for p in several for query in failing(p)])
    return {n for (n,) in store.sql("SELECT DISTINCT unit FROM _patterned")}


def pattern(
    place: int, marked: tuple[Marked, list[tuple[int, str]]] | None, keyed: list[int]
) -> Pattern:
    """The patterns of a table: what masks it has, and what is wrong with its keys."""
    columns: list[str] = []
    checks = list(marked[1]) if marked else []
    held, wrong = "", []
    if marked and marked[1]:
        bits = marked[0].bits
        held = ", ".join(f"{m} & {b} AS {m}" for m, b in bits.items())
        held = f"SELECT _row, {held} FROM {marked[0].held}"
        wrong = [f"{m} <> 0" for m in bits]
        columns += bits
    keys: dict[str, list[str]] = {}
    for n, unit in enumerate(keyed):
        name, bit = f"_keys{n // MASK_BITS}", 1 << n % MASK_BITS
        keys.setdefault(name, []).append(f"WHEN {unit} THEN {bit}")
        checks.append((unit, f"{name} & {bit} <> 0"))
    if not keys:
        return Pattern(place, f"SELECT * FROM ({held}) AS h WHERE {any_of(wrong)}", columns, checks)
    told = ", ".join(
        f"bit_or(CAST(CASE unit {' '.join(w)} ELSE 0 END AS BIGINT)) AS {k}"
        for k, w in keys.items()
    )
    units = ", ".join(map(str, keyed))
    found = f"SELECT _row, {told} FROM _found WHERE unit IN ({units}) GROUP BY _row"
    if not held:
        return Pattern(place, found, list(keys), checks)
    both = ", ".join(
        ["h._row", *(f"h.{m}" for m in columns), *(f"coalesce(k.{k}, 0) AS {k}" for k in keys)]
    )
    faulty = (
        f"SELECT {both} FROM ({held}) AS h LEFT JOIN ({found}) AS k ON k._row = h._row "
        f"WHERE k._row IS NOT NULL OR {any_of(f'h.{w}' for w in wrong)}"
    )
    return Pattern(place, faulty, [*columns, *keys], checks)


def any_of(conditions: Iterable[str]) -> str:
    return " OR ".join(conditions)


def marks(p: Pattern) -> str:
    """SQL for the faulty records of a table with their patterns."""
    same = " AND ".join(f"p.{c} = f.{c}" for c in p.columns)
    return (
        f"SELECT {p.place} AS place, f._row, p.pattern FROM ({p.faulty}) AS f "
        f"JOIN {p.name} AS p ON {same}"
    )


def failing(p: Pattern) -> Iterator[str]:
    """Queries for the checks that each pattern of a table fails; many of them are asked together,
    so that the patterns are not read for each."""
    if len(p.checks) <= TOGETHER:
        for unit, condition in p.checks:
            yield f"SELECT {unit} AS unit, {p.place} AS place, pattern FROM {p.name} " \
                  f"WHERE {condition}"  # fmt: skip
        return
    for start in range(0, len(p.checks), TOGETHER):
        some = p.checks[start : start + TOGETHER]
        numbers = ", ".join(f"CASE WHEN {condition} THEN {unit} END" for unit, condition in some)
        met = f"SELECT unnest([{numbers}]) AS unit, pattern FROM {p.name}"
        yield (
            f"SELECT unit, {p.place} AS place, pattern FROM ({met}) AS met WHERE unit IS NOT NULL"
        )
