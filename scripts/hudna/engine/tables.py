"""All tables of a package into the engine, side by side; what one vouches for is not asked twice.

A foreign key, or a reference by table and id, mostly has the pattern of the key that it points at.
If it holds, and that key keeps its pattern, so does the foreign key: the pattern is looked at only
where one of the two fails.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from hudna.engine.loading import load
from hudna.engine.masked import LATER, Loaded, Pointer, catch_up, pointing
from hudna.engine.sources import Part
from hudna.engine.store import Store
from hudna.engine.typed import literal, quote
from hudna.form import patterns
from hudna.form.schema import ForeignKey, Reference, Table


def load_all(
    store: Store, tables: list[Table], parts: dict[str, list[Part]],
    around: Callable[[Table], AbstractContextManager] = lambda _: nullcontext(),
) -> dict[str, Loaded]:  # fmt: skip
    """Make the typed tables, side by side, in the order given. around: entered for each."""

    def one(table: Table) -> Loaded:
        with around(table):
            keys = deferrable(store, table, parts[table.name])
            return load(store, table, parts[table.name], keys)

    out = dict(zip([t.name for t in tables], store.side_by_side(one, tables), strict=True))
    waiting = [(t, k) for t in tables for k in out[t.name].deferred]
    bad = store.side_by_side(lambda one: doubtful(store, one[0], one[1], out), waiting)
    doubted: dict[str, set[str]] = {}
    for (table, key), wrong in zip(waiting, bad, strict=True):
        if wrong:
            doubted.setdefault(table.name, set()).add(pointing(key))

    def late(name: str) -> Loaded:
        return catch_up(store, store.tables[name], out[name], doubted[name])

    return out | dict(zip(doubted, store.side_by_side(late, doubted), strict=True))


def deferrable(store: Store, table: Table, parts: list[Part]) -> tuple[Pointer, ...]:
    """The keys of other records in a large table whose pattern need not be checked if they hold."""
    if not any(p.proof for p in parts):
        return ()
    patterns = {pattern_of(t, t.id_field) for t in store.tables.values() if t.id_field}
    references = tuple(
        r for r in table.references
        if r.record not in table.primary_key and {pattern_of(table, r.record)} == patterns != {None}
    )  # fmt: skip
    return references + tuple(
        k for k in table.foreign_keys
        if len(k.fields) == 1 and k.table != table.name and k.fields[0] not in table.primary_key
        and (pattern := pattern_of(table, k.fields[0])) is not None
        and pattern == pattern_of(store.tables[k.table], k.to[0])
    )  # fmt: skip


def pattern_of(table: Table, name: str) -> str | None:
    """The pattern of a column, if SQL reads it as it should be read."""
    pattern = table.field(name).constraints.get("pattern")
    return None if pattern is None or patterns.in_sql(pattern) is None else pattern


def doubtful(store: Store, table: Table, key: Pointer, loaded: dict[str, Loaded]) -> bool:
    """Whether a pattern that was not checked may be broken; a key that holds is noted."""
    doubt = astray if isinstance(key, Reference) else unkept
    if doubt(store, table, key, loaded):
        return True
    store.kept.add((table.name, key))
    return False


def astray(store: Store, table: Table, key: Reference, loaded: dict[str, Loaded]) -> bool:
    """Whether a pattern that was not checked may be broken: a record refers to none, or the pattern
    is broken where it points."""
    if not {key.table, key.record} <= store.present[table.name]:
        return True
    to, record, name = quote(key.table), quote(key.record), quote(table.name)
    some = f"SELECT {to} AS t, {record} AS id FROM {name} WHERE {record} IS NOT NULL"
    named = [n for (n,) in store.sql(f"SELECT DISTINCT t FROM ({some}) AS told")]
    if not all(n in loaded and vouches(loaded[n], store.tables[n].id_field) for n in named):
        return True
    keys = " UNION ALL ".join(
        f"SELECT {literal(n)} AS t, {quote(store.tables[n].id_field)} AS id FROM {quote(n)}"
        for n in named
    )
    return bool(named) and bool(store.sql(
        f"SELECT 1 FROM ({some}) AS r ANTI JOIN ({keys}) AS k ON k.id = r.id AND k.t = r.t LIMIT 1"
    ))  # fmt: skip


def vouches(loaded: Loaded, name: str) -> bool:
    """Whether a column's pattern was looked at, and nothing is wrong with the column."""
    own = (c for c in loaded.checks if c.name == name)
    held = any(c.constraint == "pattern" and c.broken != LATER for c in own)
    return held and not any(loaded.checks[i].name == name for i in loaded.failing)


def unkept(store: Store, table: Table, key: ForeignKey, loaded: dict[str, Loaded]) -> bool:
    """Whether a pattern that was not checked may be broken: the key does not hold, or the pattern
    is broken where it points."""
    if key.table not in loaded:
        return True  # A view reads only some tables: then the pattern is checked after all.
    if not vouches(loaded[key.table], key.to[0]) or key.fields[0] not in store.present[table.name]:
        return True
    name, to = quote(key.fields[0]), quote(key.to[0])
    some = f"SELECT {name} FROM {quote(table.name)} WHERE {name} IS NOT NULL"
    keys = f"ANTI JOIN {quote(key.table)} AS p ON p.{to} = c.{name}"
    return bool(store.sql(f"SELECT 1 FROM ({some}) AS c {keys} LIMIT 1"))
