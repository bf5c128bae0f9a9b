"""Documents against their JSON Schema: one finding a fault, on its physical line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hudna.form import document_schema, jsontext, nesting
from hudna.form.package import Document, Package
from hudna.form.schema import Table
from hudna.ground.finding import Finding
from hudna.meaning import json_faults

RULE = "document-schema"


def check(package: Package, document: Document, made: str | None = None) -> Iterator[Finding]:
    """What is wrong with one document of a package.

    made: the text that the tables make of it. A document of these very bytes needs no second
    check, and no import of a validator: what is wrong in it is told of the tables. One that the
    tables make and that is missing is told as not generated, by another check.
    """
    name = document.name.removesuffix(document_schema.SUFFIX)
    tables = nesting.roots(package.tables).get(name, [])
    try:
        data = package.path(document.path).read_bytes()
    except OSError as e:
        if not tables:
            missing = isinstance(e, FileNotFoundError)
            problem = "the file does not exist" if missing else f"cannot be read: {e.strerror}"
            yield Finding("missing-file", problem, file=document.path)
        return
    if made is not None and data == made.encode("utf-8"):
        return
    try:
        schema = schema_of(package, document, name, tables)
        yield from findings(data, schema, document.path, package.tables, tables)
    except (ValueError, OSError) as e:
        yield Finding(RULE, f"the JSON Schema {e}", file=document.schema_path or document.path)


def schema_of(package: Package, document: Document, name: str, tables: list[Table]) -> Any:
    """The JSON Schema of a document: rendered where tables make it, else as the file says."""
    if tables:
        return document_schema.of(package, name, tables)
    if not document.schema_path:
        return True
    return jsontext.read(package.path(document.schema_path).read_bytes())


def check_record(package: Package, table: Table, data: bytes, file: str) -> list[Finding]:
    """What is wrong with the text of a single record of a table."""
    defined = document_schema.definitions(package.tables, [table])
    schema = {"$ref": f"#/$defs/{table.name}", "$defs": defined}
    return list(findings(data, schema, file, package.tables, [table], single=True))


def check_several(package: Package, tables: list[Table], data: bytes, file: str) -> list[Finding]:
    """What is wrong with a text that holds lists of records under the names of their tables."""
    lists = {t.name: {"type": "array", "items": {"$ref": f"#/$defs/{t.name}"}} for t in tables}
    defined = document_schema.definitions(package.tables, tables)
    schema = {"type": "object", "properties": lists, "$defs": defined}
    return list(findings(data, schema, file, package.tables, tables))


def findings(
    data: bytes,
    schema: Any,
    file: str,
    tables: nesting.Tables,
    roots: list[Table],
    single: bool = False,
) -> Iterator[Finding]:
    """The faults of a text, each with its table, record and field where the text has such."""
    found = json_faults.faults(data, schema)
    inside = nesting.nests(tables)
    value = jsontext.read(data) if any(f.path for f in found) else None
    for fault in found:
        table, record, path = top(value, fault.path, roots, single)
        where = place(table, record, path, inside) if table else ("", "", "")
        yield Finding(RULE, fault.problem, "error", *where, fault.value, file, fault.line)


def top(
    value: Any, path: jsontext.Path, roots: list[Table], single: bool
) -> tuple[Table | None, Any, jsontext.Path]:
    """The record of a root table that a path leads through: its table, itself, the path in it."""
    if single:
        return roots[0], value, path
    if len(path) > 1 and isinstance(path[1], int):
        table = next((t for t in roots if t.name == path[0]), None)
        return table, value[path[0]][path[1]], path[2:]
    if path and isinstance(path[0], int):
        return (roots[0] if roots else None), value[path[0]], path[1:]
    return None, value, path


def place(
    table: Table, record: Any, path: jsontext.Path, inside: Mapping[str, list[nesting.Nest]]
) -> tuple[str, str, str]:
    """Table, id and field of what a path inside a record leads to, through the nested lists."""
    held = identity(table, record, "")
    while path:
        nest = next((n for n in inside[table.name] if n.name == path[0]), None)
        if not nest or len(path) == 1:
            return table.name, held, str(path[0])
        table, record, path = nest.table, record[path[0]][path[1]], path[2:]
        held = identity(table, record, held)
    return table.name, held, ""


def identity(table: Table, record: Any, outer: str) -> str:
    """The id of a record, or that of the one around it where it has none."""
    known = isinstance(record, dict) and isinstance(record.get(table.id_field), str)
    return record[table.id_field] if known else outer
