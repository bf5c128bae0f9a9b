"""Zip: the data package as one file, with the size and the SHA-256 of each table and document."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hudna.form import jsontext, parts
from hudna.form import schema as schemas
from hudna.form.package import DESCRIPTOR, Package
from hudna.ground.finding import CannotRun
from hudna.outputs import exporting, sums
from hudna.outputs.exporting import Tell

ENDING = ".zip"
MARK = "hudna export zip"
LICENCES = "LICENSE*"
TIME = (1980, 1, 1, 0, 0, 0)  # of every file: the earliest that a zip can say
UNIX, MODE = 3, 0o100644  # made on any system, a file of it says that it was made on one
CHUNK = 1 << 20


def write(package: Package, path: Path) -> None:
    """Write the file; the same package and the same zlib give the same bytes."""
    tell(package, path, exporting.silent)


def tell(package: Package, path: Path, said: Tell) -> None:
    """The same; said: told of the rows that are written."""
    with exporting.opened(package) as store:
        rows = {name: exporting.count(store, t) for name, t in package.tables.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.comment = MARK.encode()
        put(archive, DESCRIPTOR, [jsontext.text(descriptor(package)).encode()])
        for name, file in files(package):
            put(archive, file, chunks(package.path(file)))
            said(name, rows.pop(name, 0))


def descriptor(package: Package) -> dict[str, Any]:
    """The descriptor as it stands, with the bytes and the hash of each resource of one file."""
    several = []
    for resource in package.descriptor["resources"]:
        own = held(package, resource)
        more = sums.told(package.path(own[0])) if own == [resource["path"]] else {}
        several.append(resource | more)
    return package.descriptor | {"resources": several}


def held(package: Package, resource: dict[str, Any]) -> list[str]:
    """The files of a resource; CannotRun where one is missing."""
    name = resource["name"]
    if name in package.tables:
        out = parts.files(package.root, package.tables[name].paths)
    else:
        out = list(schemas.names(resource["path"]))
    for file in out:
        if not package.path(file).is_file():
            raise CannotRun(f"not exported: {file} of {name} does not exist")
    return out


def files(package: Package) -> Iterator[tuple[str, str]]:
    """What the archive holds beside the descriptor, each path once: name of the resource, path."""
    seen: set[str] = set()
    for resource in package.descriptor["resources"]:
        rules = (resource.get("schema"), resource.get("jsonSchema"))
        for file in (*held(package, resource), *rules):
            if isinstance(file, str) and file not in seen:
                seen.add(file)
                yield resource["name"], file
    for path in sorted(package.root.glob(LICENCES)):
        if path.is_file() and path.name not in seen:
            yield "", path.name


def chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a piece at a time."""
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def put(archive: zipfile.ZipFile, name: str, pieces: Any) -> None:
    """Put a file into the archive, without the time and the rights that it has here."""
    info = zipfile.ZipInfo(name, TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system, info.external_attr = UNIX, MODE << 16
    with archive.open(info, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece)


def ours(path: Path) -> bool:
    """Whether a file was exported before."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment == MARK.encode()
    except (OSError, zipfile.BadZipFile):
        return False
