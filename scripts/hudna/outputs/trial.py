"""A change of a package, tried on a copy: either all of it is valid, or nothing is written."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from hudna.form import csvfile, package
from hudna.form.package import Package
from hudna.ground.finding import Finding
from hudna.meaning.checks import Options
from hudna.outputs import blocks, files, generated, validation


def attempt(given: Package, texts: Mapping[str, str]) -> tuple[list[Finding], dict[str, str]]:
    """What is wrong with the package once the texts (by path) are written, and all that changes.

    The second value holds the texts and the generated files that follow from them; it is empty
    where a finding is an error. Nothing is written outside a temporary folder.
    """
    with tempfile.TemporaryDirectory(prefix="hudna-") as folder:
        root = Path(folder).resolve()
        for path in needed(given):
            copy(given.root, path, root)
        if given.base:
            stay_on(given.base, root)
        for path, text in texts.items():
            csvfile.write(root / path, text)
        copied, _ = package.read(root)
        generated.write(copied)
        report = validation.validate(root, Options(limit=10**9))
        made = generated.make(copied).texts
        if report.errors:
            return report.findings, {}
    return report.findings, files.differing(given.root, {**made, **texts})


def needed(given: Package) -> Iterator[str]:
    """The paths of the files by which a package is checked: all that it names, and its pages."""
    yield package.DESCRIPTOR
    for table in given.own.values():
        yield table.path
        if table.schema_path != package.DESCRIPTOR and not table.lent:
            yield table.schema_path
    for document in given.documents.values():
        yield document.path
        if document.schema_path:
            yield document.schema_path
    for path in blocks.pages(given):
        yield path.relative_to(given.root).as_posix()


def stay_on(base: Package, root: Path) -> None:
    """Let the copy of a workspace find its base."""
    descriptor = package.described(root)
    descriptor["hudna"]["base"]["path"] = base.root.as_posix()
    csvfile.write(root / package.DESCRIPTOR, json.dumps(descriptor))


def copy(root: Path, path: str, to: Path) -> None:
    """Copy one file of a package, where it exists."""
    if (root / path).is_file():
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, to / path)
