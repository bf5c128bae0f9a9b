"""A table's parts into the engine: typed columns, and masks that say what is wrong with a record.

One scan of each part reads it, types it and checks it. What only Python reads as it should (an
integer in Arabic digits, a pattern with a lookahead) is asked of Python once for each distinct
text, and the parts are then read a second time; few packages need it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from hudna.engine import asides, typed
from hudna.engine.asides import read, readable
from hudna.engine.checking import checks_of
from hudna.engine.sources import Facts, Part, Staged
from hudna.engine.store import Store
from hudna.engine.typed import Aside, Check, quote
from hudna.form.schema import ForeignKey, Reference, Table

Pointer = ForeignKey | Reference


class Loaded(NamedTuple):
    """A table in the engine.

    checks: what was checked of each record. failing: the numbers of the checks that some record
    does not pass. deferred: foreign keys and references whose pattern is that of the key they point
    at, and was not checked: what stands there keeps it.
    """

    checks: list[Check]
    failing: list[int]
    deferred: tuple[Pointer, ...] = ()

    def broken(self, name: str, rules: Iterable[str]) -> str:
        """SQL that is true where a cell of a column fails one of certain rules; "" where none."""
        bits: dict[int, int] = {}
        for i in self.failing:
            if self.checks[i].name == name and self.checks[i].rule in rules:
                mask, bit = divmod(i, typed.MASK_BITS)
                bits[mask] = bits.get(mask, 0) | 1 << bit
        return " OR ".join(f"_mask{m} & {b} <> 0" for m, b in sorted(bits.items()))

    def fails(self, i: int) -> str:
        """SQL that is true where a record fails a check; a type error hides the constraints, and
        a blank record fails no other."""
        mask, bit = divmod(i, typed.MASK_BITS)
        sql = f"_mask{mask} & {1 << bit} <> 0"
        if i and 0 in self.failing:
            sql += " AND _mask0 & 1 = 0"
        if self.checks[i].rule == "constraint-error":
            mistyped = self.broken(self.checks[i].name, ("type-error",))
            sql += f" AND NOT ({mistyped})" if mistyped else ""
        return sql


def load(
    store: Store, table: Table, parts: list[Part], deferred: tuple[Pointer, ...] = ()
) -> Loaded:
    """Make the typed table of some parts, under the table's name, with its masks.

    deferred: foreign keys and references whose pattern is not checked.
    """
    try:
        return attempt(store, table, parts, deferred)
    except Unlike as e:
        # The proof should have said so; what is certain is that Python reads it as it should.
        parts[e.number] = Staged(parts[e.number].file, parts[e.number].proof.path, store)
        return load(store, table, parts, deferred)


class Unlike(Exception):
    """The engine did not see in a part what its proof promised. number: of the part."""

    def __init__(self, number: int):
        self.number = number


def attempt(
    store: Store, table: Table, parts: list[Part], deferred: tuple[Pointer, ...] = (),
    facts: list[Facts] | None = None,
) -> Loaded:  # fmt: skip
    """Make the typed table of some parts; raises Unlike where a proof did not hold.

    facts: of all parts of the table, where these are only some.
    """
    sound = [p for p in parts if not p.fatal]
    width = min((len(p.header) for p in sound), default=0)
    store.present[table.name] = set(table.names[:width])
    held = [p for p in sound if p.count]
    if not held:
        store.empty.add(table.name)
        columns = {f.name: typed.SQL_TYPES[f.type] for f in table.fields}
        store.define(table.name, {"_row": "BIGINT", **columns})
        return Loaded([], [])
    known = asides.of_patterns(store, table, held)
    facts = facts or [p.facts for p in held]
    loaded = fill(store, table, parts, facts, known, deferred)
    mistyped = any(loaded.checks[i].rule == "type-error" for i in loaded.failing)
    if mistyped and (odd := asides.of_types(store, table, held)):
        loaded = fill(store, table, parts, facts, [*known, *odd], deferred)
    if loaded.failing:
        narrow(store, table, loaded, ("type-error",))
    return loaded


def fill(
    store: Store,
    table: Table,
    every: list[Part],
    facts: list[Facts],
    known: list[Aside],
    deferred: tuple[Pointer, ...],
) -> Loaded:
    """Read the parts into the table; facts: of all parts of the table with records."""
    parts = [p for p in every if p.count and not p.fatal]
    # The number of a record is that of its row, but for a small table, where a view would cost.
    numbered = len(parts) == 1 and parts[0].records is not None
    name = table.name if numbered else own(table)
    checks: list[Check] = []
    for n, part in enumerate(parts):
        checks = checks_of(table, part.facts, facts, known)
        left = {pointing(k) for k in deferred}
        checks = [c for c in checks if c.constraint != "pattern" or c.name not in left]
        query, params = typing(table, part, checks, known, numbered)
        verb = "INSERT INTO" if n else "CREATE OR REPLACE TABLE"
        try:
            done = store.execute(
                f"{verb} {quote(name)} {'' if n else 'AS '}{query}", params or None
            )
        except store.errors:
            if part.proof:
                raise Unlike(every.index(part)) from None
            raise
        if done.fetchone()[0] != part.count:
            raise Unlike(every.index(part))
    if numbered:
        store.numbered.add(table.name)
    else:
        store.view(table.name, f"SELECT rowid + 1 AS _row, * FROM {quote(name)}")
    return Loaded(checks, failing(store, table, len(typed.masks(checks))), deferred)


def pointing(key: Pointer) -> str:
    """The column in which a key of another record stands."""
    return key.record if isinstance(key, Reference) else key.fields[0]


def own(table: Table) -> str:
    """The name of what lies behind a table's name, where that is a view."""
    return f"_t_{table.name}"


def whole(store: Store, table: Table) -> str:
    """SQL for all records of a table with their masks, blank ones too."""
    if table.name not in store.views:
        return quote(table.name)
    row = "" if table.name in store.numbered else "rowid + 1 AS _row, "
    return f"(SELECT {row}* FROM {quote(own(table))}) AS records"


def failing(store: Store, table: Table, masks: int) -> list[int]:
    """The numbers of the checks that some record does not pass."""
    several = ", ".join(f"bit_or(_mask{i})" for i in range(masks))
    (held,) = store.sql(f"SELECT {several} FROM {quote(table.name)}")
    return [i for i in range(masks * typed.MASK_BITS) if typed.is_set(held, i)]


def typing(
    table: Table, part: Part, checks: list[Check], known: list[Aside], numbered: bool
) -> tuple[str, dict[str, Any]]:
    """The query that types and checks the records of a part, and its parameters."""
    relation, params = part.relation()
    inner, outer, joins, blank = [], [], "", []
    for i, field in enumerate(table.fields):
        name = quote(field.name)
        outer.append(name)
        if not readable(part.facts, field, i):
            inner.append(f"NULL::{typed.SQL_TYPES[field.type]} AS {name}")
            continue
        source, value = read(table, part, field, i)
        for aside in (a for a in known if a.field == field.name):
            joins += f" LEFT JOIN {aside.table} ON {aside.table}.t = {source}"
            if aside.pattern:
                inner.append(f"{aside.table}.t IS NOT NULL AS {aside.table}_is")
            else:
                plainly = f"CASE WHEN {typed.plain(field, source)} THEN {value} END"
                value = f"coalesce({plainly}, {aside.table}.v)"
        inner += [f"{source} AS r{i}", f"{value} AS {name}"]
        blank.append(f"{source} IS NULL")
    blank += [f"{typed.text(table, f'c{i}')} IS NULL"
              for i in range(len(table.fields), len(part.header)) if not part.kinds]  # fmt: skip
    # Nearly every record has its first cell, and then nothing else is looked at.
    first, rest = blank[:1] or ["FALSE"], blank[1:] or ["TRUE"]
    inner.append(f"CASE WHEN {first[0]} THEN {' AND '.join(rest)} ELSE FALSE END AS _blank")
    inner += ["_width"] * part.ragged
    outer += [f"{m} AS _mask{i}" for i, m in enumerate(typed.masks(checks))]
    if numbered or joins:
        if not part.numbered:
            relation = f"SELECT row_number() OVER () AS _row, * FROM ({relation}) AS _records"
        inner.append("_row")
    outer[:0] = ["_row"] * numbered
    query = f"SELECT {', '.join(inner)} FROM ({relation}) AS _raw{joins}"
    query = f"SELECT {', '.join(outer)} FROM ({query}) AS _read"
    return query + (" ORDER BY _row" if joins and not part.numbered else ""), params


def narrow(store: Store, table: Table, loaded: Loaded, rules: Iterable[str]) -> None:
    """Let the table's name show no blank record, and NULL in the cells that fail certain rules.

    The masks stay, and what the table held is still there under a name of its own.
    """
    numbered = table.name in store.numbered
    row = "_row" if numbered else "rowid + 1 AS _row"
    columns = shown(table, loaded, rules)
    if numbered and table.name not in store.views:
        store.execute(f"ALTER TABLE {quote(table.name)} RENAME TO {quote(own(table))}")
    store.view(table.name, f"SELECT {row}, {columns} FROM {quote(own(table))} WHERE {NOT_BLANK}")


NOT_BLANK = "_mask0 & 1 = 0"


def shown(table: Table, loaded: Loaded, rules: Iterable[str]) -> str:
    """The columns of a table, with NULL in the cells that fail certain rules, and its masks."""
    columns = []
    for field in table.fields:
        name = quote(field.name)
        wrong = loaded.broken(field.name, rules)
        columns.append(f"CASE WHEN {wrong} THEN NULL ELSE {name} END AS {name}" if wrong else name)
    return ", ".join([*columns, *masks(len(loaded.checks))])


def masks(checks: int) -> list[str]:
    """The names of the columns that say which of so many checks a record fails."""
    return [f"_mask{i}" for i in range(-(-checks // typed.MASK_BITS))]
