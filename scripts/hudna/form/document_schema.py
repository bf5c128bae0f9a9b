"""The JSON Schema of each document file, rendered from the Table Schemas of its tables."""

from __future__ import annotations

from typing import Any

from hudna.form import nesting
from hudna.form.nesting import Nest, Tables
from hudna.form.package import Package
from hudna.form.schema import Field, Table
from hudna.form.values import bound

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SUFFIX = "-documents"
ID_MAY_MISS = "May be left out: then hudna numbers it after its parent."
# An empty text is a missing value, which a document leaves out.
TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string", "minLength": 1},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
}
URI = {"format": "uri", "pattern": "^[A-Za-z][A-Za-z0-9+.\\-]*:"}
LIMITS = ("minimum", "maximum", "minLength", "maxLength")


def all_of(package: Package) -> dict[str, dict[str, Any]]:
    """The JSON Schema of every document file that the package's tables make, by document."""
    roots = nesting.roots(package.tables)
    return {name: of(package, name, tables) for name, tables in roots.items()}


def of(package: Package, name: str, tables: list[Table]) -> dict[str, Any]:
    """The JSON Schema of one document file; `#/$defs/<table>` is that of a single record."""
    resource = next(
        (r for r in package.descriptor["resources"] if r.get("name") == name + SUFFIX), {}
    )
    out: dict[str, Any] = {"$schema": DIALECT, "$id": identifier(package, name)}
    for key in ("title", "description"):
        if resource.get(key):
            out[key] = resource[key]
    if nesting.is_list(name, tables):
        out |= listed(tables[0].name)
    else:
        out |= {
            "type": "object",
            "properties": {t.name: said(t) | listed(t.name) for t in tables},
            "required": [t.name for t in tables],
            "additionalProperties": False,
        }
    out["$defs"] = definitions(package.tables, tables)
    return out


def identifier(package: Package, name: str) -> str:
    """The `$id`: under the package's own id where that is an address, else a URN."""
    base = str(package.descriptor.get("id") or "")
    path = f"schemas/documents/{name}.schema.json"
    if base.startswith(("http://", "https://")):
        return f"{base.rstrip('/')}/{path}"
    return f"urn:hudna:{package.descriptor.get('name') or 'package'}:{path}"


def listed(table: str) -> dict[str, Any]:
    """The schema of an array of a table's records."""
    return {"type": "array", "items": {"$ref": f"#/$defs/{table}"}}


def said(table: Table) -> dict[str, Any]:
    """The title and the description of a table."""
    return {k: v for k, v in (("title", table.title), ("description", table.description)) if v}


def definitions(tables: Tables, roots: list[Table]) -> dict[str, Any]:
    """The schema of a record of each table that stands in a document, roots first."""
    inside = nesting.nests(tables)
    out: dict[str, Any] = {}
    queue: list[tuple[Table, Nest | None]] = [(t, None) for t in roots]
    for table, nest in queue:
        if table.name not in out:
            out[table.name] = record(table, nest, inside[table.name])
            queue += [(n.table, n) for n in inside[table.name]]
    return out


def record(table: Table, nest: Nest | None, inside: list[Nest]) -> dict[str, Any]:
    """The schema of one record: its own fields, then the lists nested in it."""
    fields = [f for f in table.fields if not nest or f.name not in nest.unsaid]
    # What `hudna format` numbers need not be given; a nested record's place tells its parent.
    numbered = table.id_field if nest and table.id_field != nest.by else ""
    needed = [
        f.name for f in fields if (f.required or f.name in table.primary_key) and f.name != numbered
    ]
    return {
        **said(table),
        "type": "object",
        "properties": {
            **{f.name: value(f, f.name == numbered) for f in fields},
            **{n.name: said(n.table) | listed(n.table.name) for n in inside},
        },
        **({"required": needed} if needed else {}),
        "additionalProperties": False,
    }


def value(field: Field, numbered: bool = False) -> dict[str, Any]:
    """The schema of one field's value: what its Table Schema says, in JSON Schema's words."""
    raw, constraints = field.raw, field.constraints
    told = {"title": raw.get("title"), "description": field.meaning}
    out: dict[str, Any] = {k: v for k, v in told.items() if v}
    if numbered:
        out["description"] = f"{out.get('description', '')} {ID_MAY_MISS}".strip()
    out |= TYPES[field.type]
    if field.format == "uri":
        out |= URI
    if field.codes:
        out["enum"] = [limit(field, code) for code in field.codes]
    if "pattern" in constraints:
        out["pattern"] = anchored(constraints["pattern"])
    if field.type != "date":
        out |= {k: limit(field, constraints[k]) for k in LIMITS if k in constraints}
    if "example" in raw:
        out["examples"] = [limit(field, raw["example"])]
    return out


def anchored(pattern: str) -> str:
    """A pattern that must fit the whole value, though JSON Schema searches for it anywhere.

    Table Schema readers put ^ and $ around it as it stands and look at the value's beginning; an
    outer group keeps that reading where the pattern has alternatives.
    """
    return f"^(?:^{pattern}$)" if "|" in pattern else f"^{pattern}$"


def limit(field: Field, given: Any) -> Any:
    """A code, limit or example of a Table Schema as the JSON value of the field's type."""
    if field.type in ("string", "date") or not isinstance(given, str):
        return given
    found = bound(field, given)
    if found is None or isinstance(found, (bool, int)):
        return given if found is None else found
    return int(found) if found == int(found) else float(found)
