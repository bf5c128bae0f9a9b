"""A Table Schema as hudna reads it: fields, keys, and what the property `hudna` adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

TYPES = ("string", "integer", "number", "boolean", "date")
FORMATS = {"string": ("default", "uri")}
CONSTRAINTS = {
    "string": {"required", "unique", "enum", "pattern", "minLength", "maxLength"},
    "boolean": {"required", "unique", "enum"},
    "integer": {"required", "unique", "enum", "minimum", "maximum"},
    "number": {"required", "unique", "enum", "minimum", "maximum"},
    "date": {"required", "unique", "enum", "minimum", "maximum"},
}
# Properties that change how a cell is read: other clients disagree on them, so hudna refuses them.
REFUSED = ("trueValues", "falseValues", "bareNumber", "decimalChar", "groupChar", "missingValues")
CITED = ("itself", "parent", "no")


@dataclass(frozen=True)
class Field:
    """One column: its name, type, format, constraints, and the descriptor it came from."""

    name: str
    type: str
    format: str
    constraints: dict[str, Any]
    raw: dict[str, Any]

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required"))

    @property
    def codes(self) -> list:
        return list(self.constraints.get("enum", ()))


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose values must stand in columns of another table, or of the same."""

    fields: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """A pair of columns that names a table and the id of a record in it."""

    table: str
    record: str


@dataclass(frozen=True)
class Table:
    """One table of a package: where it lies and what its rows may be."""

    name: str
    path: str
    schema_path: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    missing: tuple[str, ...] = ("",)
    cited: str = "no"
    document: str = ""
    nests: dict[str, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    reserved: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    description: str = ""

    @property
    def names(self) -> list[str]:
        return [f.name for f in self.fields]

    @property
    def id_field(self) -> str:
        """The column that alone is the primary key, or "" where the key is composite."""
        return self.primary_key[0] if len(self.primary_key) == 1 else ""

    def field(self, name: str) -> Field:
        return next(f for f in self.fields if f.name == name)

    def has(self, *names: str) -> bool:
        return set(names) <= set(self.names)


def names(value: Any) -> tuple[str, ...]:
    """A key of a Table Schema, which may be one name or a list of names, as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def read_table(name: str, path: str, schema_path: str, schema: dict[str, Any]) -> Table:
    """The Table that a (faultless) Table Schema describes."""
    own = schema.get("hudna", {})
    return Table(
        name=name,
        path=path,
        schema_path=schema_path,
        fields=tuple(
            Field(
                f["name"],
                f.get("type", "string"),
                f.get("format", "default"),
                f.get("constraints", {}),
                f,
            )
            for f in schema["fields"]
        ),
        primary_key=names(schema.get("primaryKey")),
        foreign_keys=tuple(
            ForeignKey(
                names(k["fields"]),
                k["reference"].get("resource") or name,
                names(k["reference"]["fields"]),
            )
            for k in schema.get("foreignKeys", ())
        ),
        missing=tuple(schema.get("missingValues", [""])),
        cited=own.get("cited", "no"),
        document=own.get("document", ""),
        nests=own.get("nests", {}),
        references=tuple(Reference(r["table"], r["record"]) for r in own.get("references", ())),
        reserved=own.get("reserved", {}),
        title=schema.get("title", ""),
        description=schema.get("description", ""),
    )


def faults(schema: Any) -> Iterator[str]:
    """What keeps hudna from reading a Table Schema, one sentence a fault."""
    if not isinstance(schema, dict) or not isinstance(schema.get("fields"), list):
        yield "has no list of fields"
        return
    if not schema["fields"]:
        yield "has an empty list of fields"
    seen: set[str] = set()
    for f in schema["fields"]:
        name = f.get("name") if isinstance(f, dict) else None
        if not isinstance(name, str) or not name:
            yield "has a field without a name"
            continue
        if name.casefold() in seen:
            yield f"has the field {name!r} twice (names that differ in case only count as one)"
        seen.add(name.casefold())
        if name.startswith("_"):
            yield f"names a field {name!r}; names that begin with _ are kept for hudna"
        yield from field_faults(name, f)
    yield from key_faults(schema)


def field_faults(name: str, f: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one field of a Table Schema."""
    kind = f.get("type", "string")
    if kind not in TYPES:
        yield f"gives field {name!r} the type {kind!r}; hudna reads {', '.join(TYPES)}"
        return
    form = f.get("format", "default")
    if form not in FORMATS.get(kind, ("default",)):
        yield f"gives field {name!r} the format {form!r}, which hudna does not read for {kind}"
    for p in REFUSED:
        if p in f:
            yield f"gives field {name!r} the property {p!r}, which clients read differently"
    constraints = f.get("constraints", {})
    if not isinstance(constraints, dict):
        yield f"gives field {name!r} constraints that are no object"
        return
    for c in constraints.keys() - CONSTRAINTS[kind]:
        yield f"gives field {name!r} the constraint {c!r}, which does not apply to {kind}"
    if "enum" in constraints and not (
        isinstance(constraints["enum"], list) and constraints["enum"]
    ):
        yield f"gives field {name!r} an enum that is no list of codes"


def key_faults(schema: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the keys and the property `hudna` of a Table Schema."""
    known = {f["name"] for f in schema["fields"] if isinstance(f, dict) and "name" in f}
    for n in names(schema.get("primaryKey")):
        if n not in known:
            yield f"has a primary key on {n!r}, which is no field"
    for k in schema.get("foreignKeys", ()):
        if not isinstance(k, dict) or not isinstance(k.get("reference"), dict):
            yield "has a foreign key without a reference"
            continue
        here, there = names(k.get("fields")), names(k["reference"].get("fields"))
        if not here or len(here) != len(there):
            yield f"has a foreign key of {len(here)} columns on {len(there)}"
        for n in here:
            if n not in known:
                yield f"has a foreign key on {n!r}, which is no field"
    own = schema.get("hudna", {})
    if own.get("cited", "no") not in CITED:
        yield f"has hudna.cited {own['cited']!r}; expected one of {', '.join(CITED)}"
    for r in own.get("references", ()):
        for n in (r.get("table"), r.get("record")):
            if n not in known:
                yield f"has a reference on {n!r}, which is no field"
