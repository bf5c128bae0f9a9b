"""The package that an import makes: hudna's schemas, the tables, and what they rest on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from hudna.engine.typed import literal, quote
from hudna.form import package as packages
from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.outputs import generation
from hudna.outputs.importing import coding
from hudna.outputs.importing.mapping import Mapping
from hudna.outputs.importing.tables import fill

OWN = "hudna"


class Origin(NamedTuple):
    """The data set as a source. version and accessed as the user says, "" where not said."""

    id: str
    version: str
    accessed: str
    url: str


def holder(mapping: Mapping) -> str:
    """The id of the actor that publishes the data set."""
    from hudna.outputs.importing.naming import words

    return f"{mapping['name']}-{words(publisher(mapping))}"


def publisher(mapping: Mapping) -> str:
    """The name of who publishes the data set."""
    source = mapping["source"]
    return source.get("publisher") or source.get("author") or source["title"]


def describe(home: Package, folder: Path, mapping: Mapping, origin: Origin, facts: dict) -> None:
    """Write the descriptor, the schemas and the code lists."""
    source = mapping["source"]
    title = " ".join(filter(None, (source["title"], origin.version)))
    licence = str(source.get("licence") or "of the source; ask who publishes it")
    descriptor = {
        "$schema": home.descriptor["$schema"],
        "name": f"{mapping['name']}-import",
        "title": f"{title}, imported",
        "description": f"{title}, under the schema of hudna {home.version}. "
        "What was read, refused and warned of stands in report/report.md.",
        "version": "0.1.0",
        "licenses": [{"name": "other", "title": licence}],
        "sources": [{k: v for k, v in
                     {"title": title, "path": origin.url, "version": origin.version}.items() if v}],
        "imported": facts,
        "resources": [r for r in home.descriptor["resources"] if r["name"] in home.tables],
    }  # fmt: skip
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    generation.put(folder / packages.DESCRIPTOR, text)
    for table in home.tables.values():
        generation.put(folder / table.schema_path, generation.schema(home, table))
    for name in generation.CODE_LISTS:
        path = home.tables[name].path
        generation.put(folder / path, home.path(path).read_text("utf-8"))


def columns(table: Table) -> str:
    """SQL for the columns of a table, each in its one spelling."""
    told = []
    for f in table.fields:
        name = quote(f.name)
        if f.type == "number":
            whole = f"CAST(CAST({name} AS BIGINT) AS VARCHAR)"
            name = (f"CASE WHEN {name} = floor({name}) THEN {whole} "
                    f"ELSE CAST({name} AS VARCHAR) END AS {name}")  # fmt: skip
        told.append(name)
    return ", ".join(told)


def copy(con: Any, folder: Path, table: Table, query: str | None) -> int:
    """Write a table from a query, in the order of its key; returns the number of its records."""
    path = folder / table.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if query is None:
        path.write_text(",".join(table.names) + "\n", encoding="utf-8", newline="\n")
        return 0
    order = ", ".join(quote(k) for k in table.primary_key)
    done = con.execute(
        f"COPY (SELECT {columns(table)} FROM ({query}) ORDER BY {order}) TO {literal(str(path))} "
        "(FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '')"
    )
    return done.fetchone()[0]


def known(con: Any, home: Package) -> dict[str, str]:
    """Make the tables `known_*` of the actors that matched; queries by table, "" where none did."""
    matched = {
        r for (r,) in con.execute("SELECT DISTINCT actor_id FROM actor WHERE NOT made").fetchall()
    }
    out = {}
    for name in ("actors", "actor_names"):
        table = home.tables[name]
        rows = [r for r in coding.table(home, name) if r["actor_id"] in matched]
        columns = {f.name: "BOOLEAN" if f.type == "boolean" else "VARCHAR" for f in table.fields}
        fill(con, f"known_{name}", columns, [[r[n] or None for n in table.names] for r in rows])
        out[name] = f"SELECT * FROM known_{name}"
    return out


def actors(mapping: Mapping) -> str:
    """SQL of the actors: those that matched, those made, and who publishes the data set."""
    about = literal(f"Named in {mapping['source']['title']}; made by an import, not matched.")
    classes = "('category', 'population', 'proposed-body')"
    return f"""
SELECT * FROM known_actors
UNION ALL SELECT actor_id, any_value(name), any_value(kind), CASE WHEN any_value(kind) IN {classes}
  THEN NULL ELSE true END, NULL, {about}, NULL FROM actor WHERE made GROUP BY actor_id
UNION ALL SELECT {literal(holder(mapping))}, {literal(publisher(mapping))}, 'organisation', true,
  NULL,   {literal("Publishes " + mapping["source"]["title"] + ".")}, NULL"""


def sources(home: Package, mapping: Mapping, origin: Origin) -> str:
    """SQL of the sources: the data set, and hudna's own data where an actor of it is used."""
    told, accessed = mapping["source"], origin.accessed or None
    title = " ".join(filter(None, (told["title"], origin.version)))
    rows = "SELECT " + ", ".join(map(sql, [
        origin.id, title, told.get("author"), holder(mapping), None, origin.version or None,
        "database", told.get("language"), accessed, accessed, "day" if accessed else "unknown",
        "stated" if accessed else None, origin.url or None, None,
        told.get("access") or "read", None, None,
    ])) + " UNION ALL SELECT " + ", ".join(map(sql, [
        OWN, f"hudna {home.version}", None, None, None, home.version, "database", "en", None, None,
        "unknown", None, home.descriptor["homepage"], None, "read", None, None,
    ])) + " WHERE EXISTS (SELECT 1 FROM known_actors)"  # fmt: skip
    names = ", ".join(map(quote, home.tables["sources"].names))
    return f"SELECT * FROM ({rows}) AS s ({names})"


def sql(value: str | None) -> str:
    """SQL for a text or nothing."""
    return "NULL::VARCHAR" if value is None else literal(str(value))


def citations(mapping: Mapping, origin: Origin, rows: list[str], places: bool) -> str:
    """SQL of all citations. rows: queries with the columns that are named at the end here."""
    own, id = literal(OWN), literal(origin.id)
    who = literal(holder(mapping))
    several = [
        *rows,
        f"SELECT actor_id || '-c1', 'actors', actor_id, '*', {own}, actor_id FROM known_actors",
        f"SELECT actor_id || '-actor', 'actors', actor_id, '*', {id}, any_value(name) FROM actor "
        "WHERE made GROUP BY actor_id",
        f"SELECT {who} || '-c1', 'actors', {who}, '*', {id}, 'the data set'",
        f"SELECT {id} || '-c1', 'sources', {id}, '*', {id}, 'the data set'",
        f"SELECT {own} || '-c1', 'sources', {own}, '*', {own}, 'the data set' WHERE EXISTS "
        "(SELECT 1 FROM known_actors)",
    ]
    if places:
        several.append(
            f"SELECT place_id || '-place', 'places', place_id, '*', {id}, NULL FROM place"
        )
    union = " UNION ALL ".join(several)
    return (
        'SELECT citation_id, "table", record_id, field, source_id, NULL AS via, locator, '
        "'states' AS support, NULL AS value, NULL AS credibility, NULL AS digest FROM "
        f'({union}) AS c (citation_id, "table", record_id, field, source_id, locator)'
    )
