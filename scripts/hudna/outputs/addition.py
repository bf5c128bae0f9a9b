"""One document as new rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hudna.form import canonical, document_schema, documents, jsontext, nesting
from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.ground.finding import CannotRun, Finding

Rows = dict[str, list[dict[str, str]]]


def table_of(package: Package, value: Any) -> Table:
    """The table of a document: told by the key that it has.

    A document may hold keys of other tables too, and some tables share the name of their key:
    then its fields decide. Raises CannotRun where they leave none or several.
    """
    if not isinstance(value, dict):
        raise CannotRun("the file holds no object; expected one document, such as an incident")
    roots = [t for found in nesting.roots(package.tables).values() for t in found]
    keyed = [t for t in roots if t.primary_key and set(t.primary_key) <= set(value)]
    keys = {k for t in keyed for k in t.primary_key}
    fitting = [t for t in keyed if t.has(*keys)]
    if len(fitting) > 1:
        fitting = [t for t in fitting if fits(package, t, value)]
    if len(fitting) == 1:
        return fitting[0]
    known = ", ".join(sorted({t.id_field for t in roots if t.id_field}))
    seen = ", ".join(sorted(keys)) or "none"
    raise CannotRun(
        f"the document does not tell its table: of the id fields {known} it has {seen}; "
        "expected that of one table, or --table"
    )


def fits(package: Package, table: Table, value: dict[str, Any]) -> bool:
    """Whether a document has all that a table asks for and nothing that it does not know."""
    schema = document_schema.definitions(package.tables, [table])[table.name]
    return set(schema.get("required", ())) <= set(value) <= set(schema["properties"])


def new_rows(
    package: Package, table: Table, value: dict[str, Any], existing: Rows, onto: bool = False
) -> Rows:
    """The rows of a document that keeps its schema, link rows numbered after the existing ones.

    onto: the record itself is there; only what hangs on it is new.
    """
    out: Rows = {name: [] for name in package.tables}
    inside = nesting.nests(package.tables)
    documents.unfold(table, [value], {}, inside, out, existing)
    if onto:
        out[table.name] = []
    return {name: rows for name, rows in out.items() if rows}


def standing(table: Table, value: dict[str, Any], existing: Rows) -> dict[str, str] | None:
    """The row to which a document only adds: it has the row's key, and no other field of it."""
    if set(value) & set(table.names) != set(table.primary_key):
        return None
    wanted = [str(value[k]) for k in table.primary_key]
    return next((r for r in existing[table.name] if [r[k] for k in table.primary_key] == wanted),
                None)  # fmt: skip


def completed(table: Table, data: bytes, row: dict[str, str]) -> bytes:
    """The text of a document that only adds to a row, with the row's fields behind its own.

    They come last, on the line of the closing brace, so that lines told of it stay right.
    """
    fields = {
        f.name: documents.typed(table, f, row[f.name])
        for f in table.fields
        if row[f.name] not in table.missing and f.name not in table.primary_key
    }
    more = jsontext.text(fields).strip()[1:-1].replace("\n", " ").strip()
    return data.rstrip().removesuffix(b"}") + (f", {more}}}" if more else "}").encode()


def keys(package: Package, rows: Rows) -> set[tuple[str, str]]:
    """Table and key of each row, as findings have them."""
    return {
        (name, "/".join(row[k] for k in package.tables[name].primary_key))
        for name, of in rows.items()
        for row in of
    }


def known(package: Package, new: Rows, existing: Rows, file: str) -> Iterator[Finding]:
    """The new rows whose key is in the tables already; of a record and its links, the record."""
    twice = keys(package, new) & keys(package, existing)
    records = {(n, k) for n, k in twice if not package.tables[n].nests}
    for name, key in sorted(records or twice):
        problem = f"{key} is in {package.tables[name].path} already; expected a new record"
        yield Finding("known-record", problem, table=name, record=key, file=file)


def texts(package: Package, new: Rows, existing: Rows) -> dict[str, str]:
    """The canonical text of each table that gets rows, by path."""
    return {
        package.tables[n].path: canonical.text(package.tables[n], [*existing[n], *rows])
        for n, rows in new.items()
    }
