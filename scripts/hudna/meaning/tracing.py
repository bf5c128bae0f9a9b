"""From the ids behind a row of a view to the sources that support them, and the places in these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hudna.engine.typed import literal, quote
from hudna.form.schema import Table

CITATIONS = "citations"
AGAINST = "contradicts"
Ref = tuple[str, str]


def places(store: Any, tables: Mapping[str, Table], whys: Iterable[str]) -> list[str | None]:
    """For each text of ids (`incidents/a statements/b`), `source p4s2; other title`.

    A text that was read through another is `read (after cited)`; what contradicts is marked
    `against:`. A record that shares the citations of the one it belongs to has those. None where
    no citation is known. store: an engine with all tables loaded.
    """
    whys = [[ref(i) for i in why.split()] for why in whys]
    if CITATIONS not in tables:
        return [None] * len(whys)
    hosts = dict(parents(store, tables, {r for why in whys for r in why}))
    cited: dict[Ref, list[str]] = {}
    query = f"""SELECT citation_id, "table", record_id, source_id, via, locator, support
        FROM {CITATIONS} ORDER BY coalesce(via, source_id), locator NULLS FIRST, citation_id"""
    for own, table, record, *told in store.sql(query):
        if (table, record) != ("sources", told[0]):
            cited.setdefault((table, record), []).append(place(*told))
            cited[CITATIONS, own] = [place(*told)]
    return [
        "; ".join(dict.fromkeys(p for r in why for p in found(r, cited, hosts))) or None
        for why in whys
    ]


def ref(text: str) -> Ref:
    """Table and id."""
    table, _, record = text.partition("/")
    return table, record


def found(record: Ref, cited: Mapping[Ref, list[str]], hosts: Mapping[Ref, Ref]) -> list[str]:
    """The places of a record: its own, else those of the record that it belongs to."""
    return cited.get(record) or cited.get(hosts.get(record, record), [])


def parents(store: Any, tables: Mapping[str, Table], asked: set[Ref]) -> Iterator[tuple[Ref, Ref]]:
    """Each record that was asked for and shares the citations of another, with that other."""
    for name, table in tables.items():
        ids = sorted(record for held, record in asked if held == name)
        if not ids or table.cited != "parent" or "by" not in table.nests:
            continue
        by = table.nests["by"]
        query = f"""SELECT {quote(table.id_field)}, {quote(by)} FROM {quote(name)}
            WHERE {quote(table.id_field)} IN ({", ".join(map(literal, ids))})"""
        for own, host in store.sql(query):
            yield (name, own), (table.nests["in"], host)


def place(source: str, via: str | None, locator: str | None, support: str) -> str:
    """One citation as a reader would look it up."""
    read = f"{via or source}{f' {locator}' if locator else ''}"
    read += f" (after {source})" if via and via != source else ""
    return f"against: {read}" if support == AGAINST else read
