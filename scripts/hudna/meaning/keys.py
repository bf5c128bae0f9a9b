"""Layer 3: primary keys, unique columns, foreign keys, and references by table and id."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from hudna.engine.store import Store
from hudna.engine.typed import quote
from hudna.form.schema import ForeignKey, Table


class KeyFault(NamedTuple):
    """A record whose key is wrong.

    row: number of the record. field: "" where the key has several columns. to: the table in which
    the key should stand, "" for a key of its own.
    """

    table: str
    row: int
    field: str
    rule: str
    problem: str
    to: str = ""


def check(store: Store, unreadable: set[str]) -> list[KeyFault]:
    """Every fault of a key, in all tables that can be read."""
    work = [partial(references, store, unreadable)]
    for table in store.tables.values():
        if table.name in unreadable | store.empty:
            continue
        present = store.present[table.name]
        if table.primary_key and set(table.primary_key) <= present:
            work.append(partial(primary, store, table))
        for f in table.fields:
            if f.constraints.get("unique") and f.name in present:
                work.append(partial(unique, store, table, f.name))
        for key in table.foreign_keys:
            if set(key.fields) <= present:
                work.append(partial(dangling, store, table, key))
    return [f for found in store.side_by_side(lambda one: list(one()), work) for f in found]


def primary(store: Store, table: Table) -> Iterator[KeyFault]:
    """Records without a primary key, and each record that repeats the key of an earlier one."""
    names = ", ".join(map(quote, table.primary_key))
    empty = " AND ".join(f"{quote(k)} IS NULL" for k in table.primary_key)
    label = one(table.primary_key)
    some = " AND ".join(["TRUE", *(sound(table, k) for k in table.primary_key)])
    for row, earlier, *key in repeated(store, table.name, names, empty, some):
        problem = f"{' and '.join(table.primary_key)} is {shown(key)}, as in record {earlier}"
        if all(k is None for k in key):
            problem = f"{' and '.join(table.primary_key)} is empty"
        yield KeyFault(table.name, row, label, "primary-key", f"{problem}; expected a new key")


def unique(store: Store, table: Table, name: str) -> Iterator[KeyFault]:
    """Each record that repeats the value of a unique column."""
    some = f"{quote(name)} IS NOT NULL AND {sound(table, name)}"
    for row, earlier, *key in repeated(store, table.name, quote(name), "FALSE", some):
        problem = f"{name} is {shown(key)}, as in record {earlier}; expected a value of its own"
        yield KeyFault(table.name, row, name, "unique-error", problem)


def sound(table: Table, name: str, alias: str = "") -> str:
    """SQL that is false for NaN, which equals nothing (in SQL it equals itself)."""
    if table.field(name).type != "number":
        return "TRUE"
    return f"NOT coalesce(isnan({alias}{quote(name)}), FALSE)"


def repeated(store: Store, table: str, names: str, empty: str, where: str) -> list[tuple]:
    """Record, the record before it with the same key, and the key: each repeated or empty key.

    Keys are counted first: the records behind them are looked at only where one stands twice.
    """
    bad = store.sql(
        f"SELECT 1 FROM {quote(table)} WHERE {where} GROUP BY {names} "
        f"HAVING count(*) > 1 OR bool_or({empty}) LIMIT 1"
    )
    return bad and store.sql(
        f"SELECT _row, lag(_row) OVER (PARTITION BY {names} ORDER BY _row) AS earlier, {names} "
        f"FROM {quote(table)} WHERE {where} QUALIFY earlier IS NOT NULL OR {empty} ORDER BY _row"
    )


def dangling(store: Store, table: Table, key: ForeignKey) -> Iterator[KeyFault]:
    """Each record whose foreign key stands in no record of the other table.

    As frictionless has it: a key that is empty in all columns is none; in a key that is empty in
    some, empty equals empty.
    """
    other = store.tables[key.table]
    names = ", ".join(f"c.{quote(n)}" for n in key.fields)
    some = " OR ".join(f"c.{quote(n)} IS NOT NULL" for n in key.fields)
    pairs = zip(map(quote, key.to), map(quote, key.fields), strict=True)
    same = " AND ".join(f"p.{to} IS NOT DISTINCT FROM c.{name}" for to, name in pairs)
    same += "".join(f" AND {sound(table, n, 'c.')}" for n in key.fields)
    missing = f"SELECT 1 FROM {quote(other.name)} p WHERE {same}"
    for row, *values in store.sql(
        f"SELECT c._row, {names} FROM {quote(table.name)} c "
        f"WHERE ({some}) AND NOT EXISTS ({missing}) ORDER BY c._row"
    ):
        problem = (
            f"{' and '.join(key.fields)} is {shown(values)}, which does not stand in "
            f"{other.name}.{' and '.join(key.to)}{nearest(store, other, key.to, values)}"
        )
        yield KeyFault(table.name, row, one(key.fields), "foreign-key", problem, other.name)


# Looking for what was meant is for people with a typing error, not for a million strangers.
NEAR = 5000


def nearest(store: Store, other: Table, to: tuple[str, ...], values: list) -> str:
    """The key of the other table that is spelled most like a missing one, as a hint."""
    if len(to) > 1 or not isinstance(values[0], str):
        return ""
    keys = store.sql(f"SELECT DISTINCT {quote(to[0])} FROM {quote(other.name)} LIMIT {NEAR}")
    texts = sorted(k for (k,) in keys if isinstance(k, str))
    near = difflib.get_close_matches(values[0], texts, 1) if len(texts) < NEAR else []
    return f" (nearest: {near[0]})" if near else ""


def references(store: Store, unreadable: set[str]) -> Iterator[KeyFault]:
    """Each reference by table and id whose record does not exist."""
    for row, table, field, to_table, to_id in store.sql(
        'SELECT r._row, r."table", r.field, r.to_table, r.to_id FROM _references r '
        "WHERE r.to_table IS NOT NULL AND NOT EXISTS (SELECT 1 FROM _records k "
        'WHERE k."table" = r.to_table AND k.record_id = r.to_id) ORDER BY ALL'
    ):
        if table in unreadable or to_table in unreadable:
            continue
        if to_table not in store.tables:
            problem = f"{field} points into {to_table!r}, which is no table of the package"
        else:
            key = store.tables[to_table].id_field
            problem = f"{field} is {to_id!r}, which does not stand in {to_table}.{key}"
        yield KeyFault(table, row, field, "reference", problem, to_table)


def one(names: tuple[str, ...]) -> str:
    """The name of a key's only column, or "" where it has several."""
    return names[0] if len(names) == 1 else ""


def shown(values: list) -> str:
    """The values of a key as a message shows them."""
    texts = ("empty" if v is None else repr(v) if isinstance(v, str) else str(v) for v in values)
    return " and ".join(texts)
