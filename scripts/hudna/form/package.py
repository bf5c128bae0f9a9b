"""A package on disk: its descriptor, its tables and its documents, opened safely.

A package may be a workspace: rows of one's own beside those of another package, its base, whose
tables, schemas and codes it shares. Its tables hold the rows of both; the base is only read.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hudna.form.resources import DESCRIPTOR, Document, Resources, load_json
from hudna.form.schema import Table
from hudna.ground.finding import CannotRun, Finding

__all__ = ["DESCRIPTOR", "Document", "Package", "home", "locate", "read", "resting_on"]


@dataclass(frozen=True)
class Package:
    """A package: its folder, its descriptor, its tables and documents by name.

    left_out: names of the tables whose resource or schema is faulty. base: the package that a
    workspace rests on.
    """

    root: Path
    descriptor: dict[str, Any]
    tables: dict[str, Table]
    documents: dict[str, Document]
    left_out: frozenset[str] = frozenset()
    base: Package | None = None

    def path(self, relative: str) -> Path:
        return self.root / relative

    @property
    def version(self) -> str:
        return self.descriptor.get("version", "")

    @property
    def own(self) -> dict[str, Table]:
        """The tables that have a file in the package itself; in a workspace maybe not all."""
        return {n: t for n, t in self.tables.items() if t.path}


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


def read(folder: Path) -> tuple[Package, list[Finding]]:
    """The package in a folder, and what is wrong with its descriptor.

    Raises CannotRun where the descriptor, or the base of a workspace, cannot be read at all. A
    table whose resource or schema is faulty is left out of the package and told in a finding.
    """
    root = folder.resolve()
    descriptor = described(root)
    base = base_of(root, descriptor)
    held = Resources(root, lending(base) if base else {})
    held.read(descriptor["resources"])
    left_out = frozenset(held.left_out)
    made = Package(root, descriptor, held.tables, held.documents, left_out, base)
    return made, held.found


def described(root: Path) -> dict[str, Any]:
    """The descriptor of a package; raises CannotRun where it cannot be read."""
    try:
        descriptor = load_json(root / DESCRIPTOR)
    except ValueError as e:
        raise CannotRun(f"{DESCRIPTOR} {e.args[0]}") from None
    except OSError as e:
        raise CannotRun(f"{DESCRIPTOR} cannot be read: {e.strerror}") from None
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        raise CannotRun(f"{DESCRIPTOR} has no list of resources")
    return descriptor


def rests_on(descriptor: dict[str, Any]) -> dict[str, Any] | None:
    """What a descriptor says of the package that it rests on; None where it is no workspace."""
    own = descriptor.get("hudna")
    said = own.get("base") if isinstance(own, dict) else None
    return said if isinstance(said, dict) else None


def base_of(root: Path, descriptor: dict[str, Any]) -> Package | None:
    """The base of a workspace; without a path it is the package that hudna carries."""
    said = rests_on(descriptor)
    if said is None:
        return None
    path = said.get("path", "")
    if not isinstance(path, str) or "://" in path or path.startswith(("//", "\\\\")):
        raise CannotRun(f"{DESCRIPTOR}: the path of the base is {path!r}; expected a folder")
    folder = root / path if path else home()
    if not (folder / DESCRIPTOR).is_file():
        raise CannotRun(f"the base {path} of {root.name} has no {DESCRIPTOR}; expected the package "
                        f"{said.get('name', '')!r} there")  # fmt: skip
    if rests_on(described(folder)) is not None:
        raise CannotRun(f"the base {path} of {root.name} is itself a workspace; expected a package "
                        "that stands alone")  # fmt: skip
    base, found = read(folder)
    if found or base.left_out:
        raise CannotRun(f"the base of {root.name} has faults in its descriptor or schemas; "
                        f"`hudna validate {base.root}` tells them")  # fmt: skip
    return base


def lending(base: Package) -> dict[str, Table]:
    """The tables of a base as a workspace sees them: files and schemas by absolute path."""
    out = {}
    for name, table in base.tables.items():
        lent = tuple((base.root / p).as_posix() for p in table.paths)
        schema = (base.root / table.schema_path).as_posix()
        out[name] = replace(table, path="", paths=lent, lent=lent, schema_path=schema,
                            lender=base.root.as_posix())  # fmt: skip
    return out


def resting_on(base: Package, root: Path, carried: bool = False) -> dict[str, str]:
    """What the descriptor of a workspace in a folder says of its base.

    carried: the base is the package that hudna carries, wherever that lies.
    """
    digest = hashlib.sha256((base.root / DESCRIPTOR).read_bytes()).hexdigest()
    said = {"name": base.descriptor.get("name", ""), "version": base.version, "sha256": digest}
    return said if carried else {**said, "path": between(root, base.root)}


def between(start: Path, to: Path) -> str:
    """The path from one folder to another; absolute where there is no way between them."""
    try:
        return Path(os.path.relpath(to, start)).as_posix()
    except ValueError:  # two drives
        return to.as_posix()
