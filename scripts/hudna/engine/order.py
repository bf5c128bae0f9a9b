"""In which order the records of a table stand, told in one pass without sorting."""

from __future__ import annotations

from hudna.engine.store import Store
from hudna.engine.typed import quote
from hudna.form.schema import Table


def climbs(store: Store, table: Table) -> bool:
    """Whether each key is greater than the one before: then each stands once, and in order.

    Only asked of keys of texts, none of them empty; a table in canonical form answers yes.
    """
    keys = table.primary_key
    if any(table.field(k).type != "string" for k in keys):
        return False
    if table.name not in store.climbing and not first(store, table, keys, strictly=True):
        store.climbing.add(table.name)
    return table.name in store.climbing


def descent(store: Store, table: Table) -> int | None:
    """The number of the first record whose key is less than that of the one before it.

    Keys are compared as texts, column by column; an empty one comes before all others.
    """
    if table.name in store.climbing:
        return None
    return first(store, table, table.primary_key or tuple(table.names), strictly=False)


def first(store: Store, table: Table, keys: tuple[str, ...], strictly: bool) -> int | None:
    """The number of the first record that does not stand after the one before it."""
    held, before, same = [], [], "TRUE"
    for i, name in enumerate(keys):
        column = quote(name)
        if table.field(name).type != "string":
            column = f"CAST({column} AS VARCHAR)"
        if not strictly:
            column = f"coalesce({column}, '')"
        held.append(f"{column} AS k{i}, lag({column}) OVER () AS e{i}")
        before.append(f"({same} AND e{i} < k{i})")
        same += f" AND e{i} = k{i}"
    if not strictly:
        before.append(f"({same})")
    # NULL where a key is empty: not in order, as far as one may say.
    query = f"SELECT _row, {', '.join(held)} FROM {quote(table.name)}"
    ((row,),) = store.sql(
        f"SELECT min(_row) FROM ({query}) AS placed "
        f"WHERE _row > 1 AND NOT coalesce({' OR '.join(before)}, FALSE)"
    )
    return row
