"""All tables of a package into the engine, side by side; what one vouches for is not asked twice.

A foreign key mostly has the pattern of the key that it points at. If it holds, and that key keeps
its pattern, so does the foreign key: the pattern is looked at only where one of the two fails.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from hudna.engine.loading import Loaded, load
from hudna.engine.sources import Part
from hudna.engine.store import Store
from hudna.engine.typed import quote
from hudna.form.schema import ForeignKey, Table


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
    bad = store.side_by_side(lambda one: unkept(store, one[0], one[1], out), waiting)
    for name in {t.name for (t, _), wrong in zip(waiting, bad, strict=True) if wrong}:
        # Rare, and then every pattern is looked at.
        out[name] = load(store, store.tables[name], parts[name])
    return out


def deferrable(store: Store, table: Table, parts: list[Part]) -> tuple[ForeignKey, ...]:
    """The foreign keys of a large table whose pattern need not be checked if they hold."""
    if not any(p.proof for p in parts):
        return ()
    return tuple(
        k for k in table.foreign_keys
        if len(k.fields) == 1 and k.table != table.name and k.fields[0] not in table.primary_key
        and (pattern := table.field(k.fields[0]).constraints.get("pattern")) is not None
        and pattern == store.tables[k.table].field(k.to[0]).constraints.get("pattern")
    )  # fmt: skip


def unkept(store: Store, table: Table, key: ForeignKey, loaded: dict[str, Loaded]) -> bool:
    """Whether a pattern that was not checked may be broken: the key does not hold, or the pattern
    is broken where it points."""
    if key.table not in loaded:
        return True  # A view reads only some tables: then the pattern is checked after all.
    other = loaded[key.table]
    if any(other.checks[i].name == key.to[0] for i in other.failing):
        return True
    held = any(c.name == key.to[0] and c.constraint == "pattern" for c in other.checks)
    if not held or key.fields[0] not in store.present[table.name]:
        return True
    name, to = quote(key.fields[0]), quote(key.to[0])
    if store.sql(
        f"SELECT 1 FROM {quote(table.name)} AS c WHERE c.{name} IS NOT NULL AND NOT EXISTS "
        f"(SELECT 1 FROM {quote(key.table)} AS p WHERE p.{to} = c.{name}) LIMIT 1"
    ):
        return True
    store.kept.add((table.name, key))
    return False
