"""What a person reads in place of an id, a code or a column's name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hudna.engine.store import Store
from hudna.engine.typed import quote
from hudna.form import package as packages
from hudna.form.package import Package
from hudna.form.schema import Field, Table
from hudna.meaning import views
from hudna.outputs import loaders

NAMES = ("name", "title", "label", "summary")  # fields that say what a record is called
# Where the names of records in other languages stand, and which of several comes first.
NAMED, ORDER = "actor_names", ("name", "alias", "abbreviation", "title", "previous-name")


def labels(
    what: str, language: str | None = None, package: str | Path | None = None
) -> dict[str, str]:
    """Ids, codes or columns with what a person reads in their place.

    what: one of

    - a table: the names of its records (`actors`, `places`, `incidents`, `incident_types`);
    - a column of codes: `incidents.extent` (what each code means, from the schema) or
      `incidents.incident_type` (the labels of the list that it points into); also any other column
      that points at a record, such as `statements.speaker_id`;
    - `incidents.*`: the titles of a table's columns.

    language: of the names of actors and places, as BCP 47 tag (`ar`, `ar-Latn`, `fa`); where a
    record has no name in it, and without a language, its main name.
    package: as for `hudna.load`.

    Returns a dict from id (text) to label (text), in the order of the table or the schema; what has
    no label is its own.

    Raises ValueError for what has no labels, and for a language in which nothing is named.

    >>> import hudna
    >>> hudna.labels("actors")["kataib-hezbollah"]
    'Kataib Hezbollah'
    >>> hudna.labels("actors", language="ar")["kataib-hezbollah"]
    'كتائب حزب الله'
    >>> hudna.labels("incidents.*")["killed_low"]
    'Killed, lowest'
    """
    read, _ = packages.read(packages.locate(package))
    name, _, column = what.partition(".")
    if name not in read.tables:
        raise ValueError(f"there is no table {name!r}; expected {views.one_of(name, read.tables)}")
    table = read.tables[name]
    if column == "*":
        return {f.name: f.raw.get("title") or f.name for f in table.fields}
    if not column:
        return of_records(read, table, language)
    if column not in table.names:
        raise ValueError(f"{name} has no column {column!r}; "
                         f"expected {views.one_of(column, ['*', *table.names])}")  # fmt: skip
    field = table.field(column)
    if field.codes:
        return of_codes(field)
    for key in table.foreign_keys:
        if key.fields == (column,):
            return of_records(read, read.tables[key.table], language)
    raise ValueError(f"{what} holds neither codes nor ids of one table; so it has no labels")


def of_codes(field: Field) -> dict[str, str]:
    """What each code of a field means."""
    said = {c["value"]: c.get("label") for c in field.raw.get("categories", ())
            if isinstance(c, dict)}  # fmt: skip
    return {c: said.get(c) or c for c in field.codes}


def of_records(package: Package, table: Table, language: str | None) -> dict[str, str]:
    """The name of each record of a table."""
    shown = next((n for n in NAMES if table.has(n)), "")
    if not table.id_field or not shown:
        raise ValueError(f"the records of {table.name} have no names")
    key = quote(table.id_field)
    several = [table.name, *([NAMED] if table.name == "actors" and NAMED in package.tables else [])]
    with loaders.opened(package, several) as store:
        rows = store.sql(f"SELECT {key}, {quote(shown)} FROM {quote(table.name)} ORDER BY _row")
        names = {k: n or k for k, n in rows if k}
        if language is None:
            return names
        found = in_language(store, table, several, language)
    if not found:
        raise ValueError(f"language is {language!r}; no name of {table.name} is in it")
    return {k: found.get(k, n) for k, n in names.items()}


def in_language(store: Store, table: Table, several: list[str], language: str) -> dict[str, Any]:
    """The names that the records of a table have in a language."""
    column = f"name_{language}"
    if table.has(column):
        key, name = quote(table.id_field), quote(column)
        query = f"SELECT {key}, {name} FROM {quote(table.name)} WHERE {name} IS NOT NULL"
        return dict(store.sql(query))
    if NAMED not in several:
        return {}
    query = (
        f"SELECT actor_id, name FROM {NAMED} WHERE language = $language AND name IS NOT NULL "
        "ORDER BY coalesce(list_position($order, name_type), 99) DESC, _row DESC"
    )
    # Of several names, the last in this order stands.
    return dict(store.sql(query, {"language": language, "order": list(ORDER)}))
