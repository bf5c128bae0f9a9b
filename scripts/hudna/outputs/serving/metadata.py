"""What Datasette is told of a package: titles, descriptions, labels, facets, queries."""

from __future__ import annotations

from html import escape
from typing import Any

from hudna.engine.typed import literal, quote
from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.meaning import views
from hudna.meaning.sqlfile import Param
from hudna.outputs import relational
from hudna.outputs.serving.answers import NONE, Answers

VIEW = "view-"  # before a view's name, since a table may bear the same
FACETS = 4  # more would hide the rows


def metadata(package: Package, database: str, answers: Answers) -> dict[str, Any]:
    """The metadata of Datasette for one package. database: the name that Datasette gives it."""
    told = package.descriptor
    licences = told.get("licenses") or [{}]
    about = {
        "title": told.get("title") or database,
        "description": told.get("description", ""),
        "license": licences[0].get("title") or licences[0].get("name"),
        "license_url": licences[0].get("path"),
        "source": f"{told.get('name', database)} {package.version}".strip(),
        "source_url": told.get("homepage"),
    }
    about = {k: v for k, v in about.items() if v}
    hidden = {name: {"hidden": True} for name in relational.about(package)}
    tables = {t.name: table(t, package.tables) for t in package.tables.values()}
    queries = {"search": search(package)} | {f"{VIEW}{n}": view(n, answers) for n in answers.views}
    return {**about, "databases": {
        database: {**about, "tables": tables | hidden, "queries": queries}
    }}  # fmt: skip


def table(table: Table, tables: dict[str, Table]) -> dict[str, Any]:
    """What is told of a table."""
    out: dict[str, Any] = {
        "title": table.title,
        "description": table.description,
        "columns": {f.name: relational.plain(f.meaning) for f in table.fields},
        "facets": facets(table, tables),
        "size": 50,
    }
    if relational.label(table):
        out["label_column"] = relational.label(table)
    if relational.searched(table):
        out |= {"fts_table": table.name + relational.WORDS, "fts_pk": "rowid"}
    return out


def facets(table: Table, tables: dict[str, Table]) -> list[str]:
    """The fields by which rows are told apart: codes, and truth."""
    lists = {k.fields[0] for k in table.foreign_keys if k.to == ("code",)}
    return [f.name for f in table.fields
            if f.codes or f.name in lists or f.type == "boolean"][:FACETS]  # fmt: skip


def search(package: Package) -> dict[str, Any]:
    """The query that looks for words in every table that has records with a name."""
    parts = []
    for t in package.tables.values():
        if label := relational.label(t):
            index = quote(t.name + relational.WORDS)
            parts.append(
                f"SELECT {literal(t.name)} || '/' || {quote(t.id_field)} AS record, "
                f"{quote(label)} AS said\n"
                f"FROM {quote(t.name)}\nWHERE rowid IN "
                f"(SELECT rowid FROM {index} WHERE {index} MATCH hudna_words(:text))"
            )
    return {
        "title": "Search",
        "description": "Records with these words, in any script and spelling.",
        "sql": "\nUNION ALL\n".join(parts) or "SELECT :text AS said",
        "params": ["text"],
        "hide_sql": True,
    }


def view(name: str, answers: Answers) -> dict[str, Any]:
    """The query that shows a view."""
    asked = answers.views[name]
    listed = "".join(f"<li>{param(p)}</li>" for p in asked.params)
    note = f"Empty stands for the default, <code>{NONE}</code> for no value."
    return {
        "title": name,
        "description_html": f"<p>{escape(asked.sentence)}</p>"
        + (f"<ul>{listed}</ul><p>{note}</p>" if listed else ""),
        "sql": answers.query(name),
        "params": [p.name for p in asked.params],
        "hide_sql": True,
    }


def param(asked: Param) -> str:
    """A parameter of a view, as HTML."""
    default = views.plain(asked.default) or NONE
    choices = f" (one of {', '.join(asked.choices)})" if asked.choices else ""
    return f"<code>{asked.name}</code> = {escape(default)}{choices}: {escape(asked.means)}"
