"""A package on disk: its descriptor, its tables and its documents, opened safely."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hudna.form.resources import DESCRIPTOR, Document, Resources, load_json
from hudna.form.schema import Table
from hudna.ground.finding import CannotRun, Finding

__all__ = ["DESCRIPTOR", "Document", "Package", "home", "locate", "read"]


@dataclass(frozen=True)
class Package:
    """A package: its folder, its descriptor, its tables and documents by name.

    left_out: names of the tables whose resource or schema is faulty.
    """

    root: Path
    descriptor: dict[str, Any]
    tables: dict[str, Table]
    documents: dict[str, Document]
    left_out: frozenset[str] = frozenset()

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
    held = Resources(root)
    held.read(descriptor["resources"])
    left_out = frozenset(held.left_out)
    return Package(root, descriptor, held.tables, held.documents, left_out), held.found
