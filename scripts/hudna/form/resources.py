"""The resources of a descriptor: its tables and documents, and what is wrong with each."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path, PureWindowsPath
from typing import Any

from hudna.form import schema as schemas
from hudna.form import schema_faults
from hudna.form.schema import ForeignKey, Table
from hudna.ground.finding import Finding, shorten

DESCRIPTOR = "datapackage.json"
# What hudna reads, and so the only values that a descriptor may give.
DIALECT = {
    "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False,
    "header": True, "headerRows": [1], "caseSensitiveHeader": True,
}  # fmt: skip
NEUTRAL = ("$schema", "name", "title", "description", "lineTerminator", "csvddfVersion")
ENCODINGS = ("utf-8", "utf8")


@dataclass(frozen=True)
class Document:
    """One JSON resource: where it lies and which JSON Schema it must keep."""

    name: str
    path: str
    schema_path: str


@dataclass
class Resources:
    """The tables and documents of a descriptor, as far as they are sound.

    left_out: names of the resources that are not; each is told in a finding. lent: the tables of
    the base that a workspace rests on; a resource of such a name adds its rows to them.
    """

    root: Path
    lent: dict[str, Table] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    found: list[Finding] = field(default_factory=list)

    def fault(self, problem: str, name: str = "", file: str = DESCRIPTOR) -> None:
        self.found.append(Finding("descriptor", problem, table=name, file=file))

    def read(self, resources: list[Any]) -> None:
        """Read the resources one by one, then hold the foreign keys against each other."""
        seen: set[str] = set()
        for number, resource in enumerate(resources, 1):
            name = resource.get("name") if isinstance(resource, dict) else None
            if not isinstance(name, str) or not name:
                self.fault(f"resource {number} has no name")
            elif name.casefold() in seen:
                self.fault(f"resource {name!r} is listed twice (case is no difference)", name)
            else:
                seen.add(name.casefold())
                self.read_one(name, resource)
        order = [*self.lent, *(n for n in self.tables if n not in self.lent)]
        known = {n: self.tables.get(n) or self.lent[n] for n in order if n not in self.left_out}
        self.tables = known
        for name, table in known.items():
            self.tables[name] = self.with_sound_keys(table)

    def read_one(self, name: str, resource: dict[str, Any]) -> None:
        """Read one resource; where it is faulty, tell it and leave it out."""
        before = len(self.found)
        table = resource.get("type") == "table" or "schema" in resource
        paths = resource.get("path")
        several = paths if table and isinstance(paths, list) and paths else [paths]
        for path in several:
            if why := unsafe(self.root, path):
                self.fault(f"path {path!r} of resource {shorten(name)!r} {why}", name)
        if len(self.found) == before and table:
            self.read_table(name, resource)
        elif len(self.found) == before and (
            resource.get("format") == "json" or resource["path"].endswith(".json")
        ):
            self.read_document(name, resource)
        if len(self.found) > before and name not in self.documents:
            self.left_out.add(name)

    def read_document(self, name: str, resource: dict[str, Any]) -> None:
        path = resource.get("jsonSchema", "")
        if path and (why := unsafe(self.root, path)):
            self.fault(f"jsonSchema {path!r} of resource {name!r} {why}", name)
            path = ""
        self.documents[name] = Document(name, resource["path"], path)

    def read_table(self, name: str, resource: dict[str, Any]) -> None:
        """Read a tabular resource and its schema."""
        if reason := schema_faults.bad_name(name):
            self.fault(f"the name of resource {shorten(name)!r}: {reason}", name)
        for problem in form_faults(resource):
            self.fault(f"resource {shorten(name)!r} {problem}", name)
        if name in self.lent:
            return self.add_to(name, resource)
        schema, where = self.schema(name, resource.get("schema"))
        if schema is None:
            return
        faults = list(schema_faults.faults(schema))
        for problem in faults:
            self.fault(f"the schema of {shorten(name)!r} {problem}", name, where)
        if not faults and name not in {f.table for f in self.found}:
            self.tables[name] = schemas.read_table(
                name, schemas.names(resource["path"]), where, schema
            )

    def add_to(self, name: str, resource: dict[str, Any]) -> None:
        """Let a table of the base have the files of a workspace's resource too."""
        if "schema" in resource:
            self.fault(f"resource {name!r} has a schema; expected none: it is the base's", name)
        if name not in {f.table for f in self.found}:
            lent, own = self.lent[name], schemas.names(resource["path"])
            self.tables[name] = replace(lent, path=own[0], paths=(*lent.paths, *own))

    def schema(self, name: str, schema: Any) -> tuple[Any, str]:
        """The Table Schema of a resource and the file that holds it; None where it has none."""
        if not isinstance(schema, str):
            if schema is None:
                self.fault(f"resource {shorten(name)!r} has no schema", name)
            return schema, DESCRIPTOR
        if why := unsafe(self.root, schema):
            self.fault(f"schema {schema!r} of resource {shorten(name)!r} {why}", name)
            return None, schema
        try:
            return load_json(self.root / schema), schema
        except ValueError as e:
            self.fault(e.args[0], name, schema)
        except OSError:
            problem = f"schema {schema!r} of resource {shorten(name)!r} does not exist"
            self.fault(problem, name)
        return None, schema

    def with_sound_keys(self, table: Table) -> Table:
        """The table without foreign keys that can match nothing; those are told."""
        good = []
        for key in table.foreign_keys:
            if problem := self.key_fault(table, key):
                self.fault(problem, table.name, table.schema_path)
            elif key.table in self.tables:
                good.append(key)
        return replace(table, foreign_keys=tuple(good))

    def key_fault(self, table: Table, key: ForeignKey) -> str:
        """Why a foreign key can match nothing, or "" (also where the other table is left out)."""
        other = self.tables.get(key.table)
        if key.table in self.left_out:
            return ""
        if other is None:
            return f"refers to the table {key.table!r}, which the package does not have"
        if not other.has(*key.to):
            return f"refers to {key.table}.{', '.join(key.to)}, which is no field there"
        for name, to in zip(key.fields, key.to, strict=True):
            kinds = {table.field(name).type, other.field(to).type}
            if len(kinds) > 1 and kinds != {"integer", "number"}:
                return f"refers from {name} to {key.table}.{to}, which is of another type"
        return ""


def form_faults(resource: dict[str, Any]) -> list[str]:
    """What a tabular resource says of its file that hudna does not read."""
    out = []
    dialect, encoding = resource.get("dialect", {}), resource.get("encoding", "utf-8")
    if not isinstance(encoding, str) or encoding.lower() not in ENCODINGS:
        out.append(f"has the encoding {encoding!r}; hudna reads utf-8")
    if not isinstance(dialect, dict):
        return [*out, "has a dialect that is no object"]
    for name, value in dialect.items():
        if name not in NEUTRAL and DIALECT.get(name) != value:
            wanted = f"hudna reads {DIALECT[name]!r}" if name in DIALECT else "hudna reads no such"
            out.append(f"has the {name} {value!r} in its dialect; {wanted}")
    return out


def load_json(path: Path) -> Any:
    """The JSON value of a file; ValueError says what is wrong and on which line."""
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as e:
        raise ValueError(f"is no UTF-8 text (byte {e.start})", 1) from None
    except json.JSONDecodeError as e:
        where = f"line {e.lineno}, column {e.colno}"
        raise ValueError(f"is no JSON: {e.msg} at {where}", e.lineno) from None
    except RecursionError:
        raise ValueError("is nested too deep to be read", 1) from None


def unsafe(root: Path, path: Any) -> str:
    """Why a path of a descriptor may not be opened, or ""."""
    if not isinstance(path, str) or not path or "\x00" in path:
        return "is no path"
    if "://" in path or path.startswith("//"):
        return "is an address; hudna opens files of the package only"
    windows = PureWindowsPath(path)
    if windows.is_absolute() or windows.drive or path.startswith(("/", "\\", "~")):
        return "is absolute; expected a path relative to the package"
    if ".." in windows.parts:
        return "leads out of the package (..)"
    try:
        inside = (root / path).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return "cannot be followed (a link in a circle, or a name too long)"
    return "" if inside else "leads out of the package through a link"
