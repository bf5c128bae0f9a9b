"""A Table Schema as hudna reads it: fields, keys, and what the property `hudna` adds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


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

    @property
    def meaning(self) -> str:
        """What the field means, with the unit in which its numbers are told."""
        unit = f" Unit: {self.raw['unit']}." if self.raw.get("unit") else ""
        return str(self.raw.get("description", "")) + unit


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
    """One table of a package: where it lies and what its rows may be.

    path: its file, the first where it has several. paths: all of them; a folder stands for the
    files in it. In a workspace they are the base's files, which are absolute (lent, in the folder
    lender), then its own; path is the first of its own, "" where it has none.
    """

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
    paths: tuple[str, ...] = ()
    lent: tuple[str, ...] = ()
    lender: str = ""

    @property
    def own(self) -> tuple[str, ...]:
        """Its files without those that a base lends."""
        return self.paths[len(self.lent) :]

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


def read_table(
    name: str, paths: tuple[str, ...], schema_path: str, schema: dict[str, Any]
) -> Table:
    """The Table that a (faultless) Table Schema describes."""
    own = schema.get("hudna", {})
    return Table(
        name=name,
        path=paths[0],
        paths=paths,
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
