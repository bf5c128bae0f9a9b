"""What the page is told of a package: tables with their schemas, answers of views, letters."""

from __future__ import annotations

from typing import Any

from hudna.form import dates, nesting
from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.ground import folding
from hudna.outputs.page import sections
from hudna.outputs.page.cutting import Kept
from hudna.outputs.reading import NAMES, Library

WHEN = "when"


def tables(library: Library, kept: Kept) -> dict[str, Any]:
    """Each table: what its schema says of it, and the rows that the page carries, by column."""
    codes = code_lists(library)
    out = {}
    for name, table in library.tables.items():
        rows = kept[name]
        columns = {f.name: [r[f.name] for r in rows] for f in table.fields}
        if table.has(*dates.COLUMNS):
            columns[WHEN] = [dates.words(r) for r in rows]
        out[name] = {
            **about(table, codes),
            "total": len(library.rows[name]),
            "count": len(rows),
            "columns": columns,
        }
    return out


def about(table: Table, codes: dict[str, dict[str, str]]) -> dict[str, Any]:
    """What a reader and the page's program must know of a table."""
    links = {k.fields[0]: k.table for k in table.foreign_keys if len(k.fields) == 1}
    return {
        "title": table.title,
        "description": table.description,
        "id": table.id_field,
        "nests": table.nests,
        "host": nesting.host_column(table) if table.nests else "",
        "pairs": [[r.table, r.record] for r in table.references],
        "fields": [
            {
                "name": f.name,
                "title": f.raw.get("title", f.name),
                "description": f.meaning,
                "type": f.type,
                "to": links.get(f.name, ""),
                "codes": codes.get(links.get(f.name, ""), {})
                or {c["value"]: c["label"] for c in f.raw.get("categories", ())},
                "closed": bool(f.codes) or f.type == "boolean" or links.get(f.name, "") in codes,
            }
            for f in table.fields
        ],
    }


def code_lists(library: Library) -> dict[str, dict[str, str]]:
    """The tables that are closed lists of codes, with what each code means."""
    return {
        name: {r[table.id_field]: r.get("label") or r.get("description", "")
               for r in library.rows[name]}
        for name, table in library.tables.items()
        if name.endswith("_types") and table.id_field
    }  # fmt: skip


def answers(package: Package, whole: bool = True) -> dict[str, Any]:
    """The answer of each view that the page shows and the package can answer.

    whole: the package is not a part of a larger one; the measures of a part say nothing of it.
    """
    from hudna.meaning import sqlfile, views

    ours = views.own()
    asked = sections.asked(set(ours))
    files = {name: sqlfile.read(ours[name]) for name, _ in asked.values()}
    names = {n for f in files.values() for n in views.reads(f, package)}
    out = {}
    with views.load(package, [n for n in package.tables if n in names]) as (store, _):
        for key, (name, given) in asked.items():
            if files[name].measure and not whole:
                continue
            try:
                answer = views.ask(files[name], store, given)
            except views.Lacking:
                continue
            out[key] = {
                "name": name,
                "given": given,
                "asks": files[name].asks,
                "sentence": files[name].sentence,
                "columns": list(answer.columns),
                "rows": [[views.plain(v) for v in row] for row in answer.rows],
            }
    return out


def payload(package: Package, library: Library, kept: Kept) -> dict[str, Any]:
    """Everything that the page is told, but for the pictures."""
    texts = (v for rows in kept.values() for r in rows for v in r.values() if not v.isascii())
    return {
        "package": {k: package.descriptor.get(k) for k in
                    ("name", "title", "version", "description", "licenses", "homepage")},
        "names": NAMES,
        "folding": folding.twin(texts),
        "tables": tables(library, kept),
        "sections": [s._asdict() | {"views": [sections.key(*v) for v in s.views]}
                     for s in sections.SECTIONS],
    }  # fmt: skip
