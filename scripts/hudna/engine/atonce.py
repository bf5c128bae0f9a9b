"""What Python sees at once of small tables: keys in ascending order, and references that hold.

To plan a query takes longer than to look through a few thousand texts. Only what is sure is noted,
of columns of plain texts in files that Python holds; all else is asked of the engine.
"""

from __future__ import annotations

from itertools import pairwise

from hudna.engine.sources import Part
from hudna.engine.store import Store
from hudna.form.schema import Reference, Table

Columns = dict[str, list[str | None]]


def note(store: Store, parts: dict[str, list[Part]]) -> None:
    """Note which tables have climbing keys, and which foreign keys and references are kept."""
    held = {n: columns(store.tables[n], several) for n, several in parts.items()}
    ids = {
        n: set(held[n][key]) - {None}
        for n in held
        if (key := store.tables[n].id_field) and key in held[n]
    }
    for name, texts in held.items():
        table = store.tables[name]
        if table.primary_key and climbs([texts.get(k, [None]) for k in table.primary_key]):
            store.climbing.add(name)
        for key in table.foreign_keys:
            there = held.get(key.table, {}) if len(key.fields) == 1 else {}
            known = {None, *there[key.to[0]]} if key.to[0] in there else set()
            if known.issuperset(texts.get(key.fields[0], "?")):
                store.kept.add((name, key))
        for reference in table.references:
            if refers(texts, reference, ids):
                store.kept.add((name, reference))


def columns(table: Table, several: list[Part]) -> Columns:
    """The columns of plain texts of a table that is one sound file which Python holds."""
    records = several[0].records if len(several) == 1 else None
    if records is None or records.fatal or records.blank or table.missing != ("",):
        return {}
    return {
        f.name: [row[i] or None for row in records.rows]
        for i, f in enumerate(table.fields[: len(records.header)])
        if f.type == "string" and f.format == "default"
    }


def climbs(keys: list[list[str | None]]) -> bool:
    """Whether no part of a key is empty and each key is greater than the one before."""
    if any(None in texts for texts in keys):
        return False
    return all(a < b for a, b in pairwise(zip(*keys, strict=True)))


def refers(texts: Columns, reference: Reference, ids: dict[str, set[str | None]]) -> bool:
    """Whether every record that a table and an id refer to is there."""
    if not {reference.table, reference.record} <= texts.keys():
        return False
    pairs = set(zip(texts[reference.table], texts[reference.record], strict=True))
    return all(to in ids and record in ids[to] for to, record in pairs if record is not None)
