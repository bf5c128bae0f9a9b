"""A package on disk: its descriptor, its tables and its documents, opened safely."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath
from typing import Any

from hudna.form import schema as schemas
from hudna.form import schema_faults
from hudna.form.schema import ForeignKey, Table
from hudna.ground.finding import CannotRun, Finding

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True)
class Document:
    """One JSON resource: where it lies and which JSON Schema it must keep."""

    name: str
    path: str
    schema_path: str


@dataclass(frozen=True)
class Package:
    """A package: its folder, its descriptor, its tables and documents by name."""

    root: Path
    descriptor: dict[str, Any]
    tables: dict[str, Table]
    documents: dict[str, Document]

    def path(self, relative: str) -> Path:
        return self.root / relative

    @property
    def version(self) -> str:
        return self.descriptor.get("version", "")


def home() -> Path:
    """The folder of hudna's own package: the checkout, or the copy inside the installed wheel."""
    here = Path(__file__).resolve().parents[1]
    checkout = here.parents[1]
    inside = here / "_package"
    return inside if (inside / DESCRIPTOR).is_file() else checkout


def locate(path: str | Path | None) -> Path:
    """The folder of the package that a user means: a folder, a datapackage.json, or the default.

    Without a path: the current folder if it holds a package, else hudna's own.
    Raises CannotRun where there is none.
    """
    if path is None:
        here = Path.cwd()
        return here if (here / DESCRIPTOR).is_file() else home()
    given = Path(path)
    folder = given.parent if given.name == DESCRIPTOR else given
    if not folder.is_dir():
        raise CannotRun(f"{given} does not exist; expected a folder with {DESCRIPTOR}")
    if not (folder / DESCRIPTOR).is_file():
        raise CannotRun(f"{folder} has no {DESCRIPTOR}; expected a data package there")
    return folder.resolve()


def load_json(path: Path) -> Any:
    """The JSON value of a file; ValueError says what is wrong and on which line."""
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as e:
        raise ValueError(f"is no UTF-8 text (byte {e.start})", 1) from None
    except json.JSONDecodeError as e:
        raise ValueError(
            f"is no JSON: {e.msg} at line {e.lineno}, column {e.colno}", e.lineno
        ) from None
    except RecursionError:
        raise ValueError("is nested too deep to be read", 1) from None


def unsafe(root: Path, path: Any) -> str:
    """Why a path of a descriptor may not be opened, or ""."""
    if not isinstance(path, str) or not path:
        return "is no path"
    if "://" in path or path.startswith("//"):
        return "is an address; hudna opens files of the package only"
    windows = PureWindowsPath(path)
    if windows.is_absolute() or windows.drive or path.startswith(("/", "~")):
        return "is absolute; expected a path relative to the package"
    if ".." in windows.parts:
        return "leads out of the package (..)"
    if not (root / path).resolve().is_relative_to(root.resolve()):
        return "leads out of the package through a link"
    return ""


def read(folder: Path) -> tuple[Package, list[Finding]]:
    """The package in a folder, and what is wrong with its descriptor.

    Raises CannotRun where the descriptor cannot be read at all. A table whose resource or schema
    is faulty is left out of the package and told in a finding.
    """
    root = folder.resolve()
    try:
        descriptor = load_json(root / DESCRIPTOR)
    except ValueError as e:
        raise CannotRun(f"{DESCRIPTOR} {e.args[0]}") from None
    except OSError as e:
        raise CannotRun(f"{DESCRIPTOR} cannot be read: {e.strerror}") from None
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        raise CannotRun(f"{DESCRIPTOR} has no list of resources")
    tables: dict[str, Table] = {}
    documents: dict[str, Document] = {}
    found: list[Finding] = []

    def fault(problem: str, table: str = "", file: str = DESCRIPTOR) -> None:
        found.append(Finding("descriptor", problem, table=table, file=file))

    for number, resource in enumerate(descriptor["resources"], 1):
        name = resource.get("name") if isinstance(resource, dict) else None
        if not isinstance(name, str) or not name:
            fault(f"resource {number} has no name")
        elif name in tables or name in documents:
            fault(f"resource {name!r} is listed twice", name)
        elif why := unsafe(root, resource.get("path")):
            fault(f"path {resource.get('path')!r} of resource {name!r} {why}", name)
        elif resource.get("type") == "table" or "schema" in resource:
            if table := read_resource(root, name, resource, fault):
                tables[name] = table
        elif resource.get("format") == "json" or resource["path"].endswith(".json"):
            schema_path = resource.get("jsonSchema", "")
            if schema_path and (why := unsafe(root, schema_path)):
                fault(f"jsonSchema {schema_path!r} of resource {name!r} {why}", name)
                schema_path = ""
            documents[name] = Document(name, resource["path"], schema_path)
    for name, table in tables.items():
        good = []
        for key in table.foreign_keys:
            if problem := key_fault(table, key, tables):
                fault(problem, name, table.schema_path)
            else:
                good.append(key)
        tables[name] = replace(table, foreign_keys=tuple(good))
    return Package(root, descriptor, tables, documents), found


def key_fault(table: Table, key: ForeignKey, tables: dict[str, Table]) -> str:
    """Why a foreign key can match nothing, or ""."""
    other = tables.get(key.table)
    if other is None:
        return f"refers to the table {key.table!r}, which the package does not have"
    if not other.has(*key.to):
        return f"refers to {key.table}.{', '.join(key.to)}, which is no field there"
    for name, to in zip(key.fields, key.to, strict=True):
        kinds = {table.field(name).type, other.field(to).type}
        if len(kinds) > 1 and kinds != {"integer", "number"}:
            return f"refers from {name} to {key.table}.{to}, which is of another type"
    return ""


def read_resource(root: Path, name: str, resource: dict[str, Any], fault: Any) -> Table | None:
    """The table of one resource, or None after telling what is wrong with it."""
    schema, where = resource.get("schema"), DESCRIPTOR
    if name.startswith("_"):
        fault(f"resource {name!r}: names that begin with _ are kept for hudna", name)
        return None
    if isinstance(schema, str):
        if why := unsafe(root, schema):
            fault(f"schema {schema!r} of resource {name!r} {why}", name)
            return None
        where = schema
        try:
            schema = load_json(root / schema)
        except ValueError as e:
            fault(e.args[0], name, where)
            return None
        except OSError:
            fault(f"schema {where!r} of resource {name!r} does not exist", name)
            return None
    faults = list(schema_faults.faults(schema))
    for problem in faults:
        fault(f"the schema of {name!r} {problem}", name, where)
    return None if faults else schemas.read_table(name, resource["path"], where, schema)
