"""What the commands share: opening a package, and findings as lines of text."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from hudna.doors.reports import place
from hudna.form import package, parts
from hudna.form.package import Package
from hudna.ground.finding import CannotRun, Finding, ordered

BYTES = 100  # of a record, about


def path_argument(parser: argparse.ArgumentParser) -> None:
    """The argument PATH of a command that works on a package."""
    parser.add_argument(
        "path",
        nargs="?",
        metavar="PATH",
        help="folder of a package, or its datapackage.json (default: the current folder)",
    )


def writable(path: str | None) -> tuple[Package, list[Finding]]:
    """The package that a command is to change, and what is wrong with its descriptor.

    Raises CannotRun where there is none, or where it would be the installed copy of hudna's own.
    """
    folder = package.locate(path)
    if path is None and folder == package.home() and folder.name == "_package":
        raise CannotRun(f"{Path.cwd()} has no {package.DESCRIPTOR}; expected the path of a package")
    return package.read(folder)


def plain(package: Package) -> Package:
    """The package, if each of its tables is one CSV file; raises CannotRun where one is not.

    Of a workspace only its own files count: no other is written.
    """
    for table in package.own.values():
        if not parts.plain(table.own, package.root):
            raise CannotRun(f"the table {table.name} is not one plain CSV file ({table.path}); "
                            "this command writes no other")  # fmt: skip
    return package


def notice(package: Package) -> None:
    """Say on stderr that what a command shows of a workspace is private."""
    if package.base:
        print("private rows are among these: `hudna aggregate` makes what can be passed on",
              file=sys.stderr)  # fmt: skip


def line(package: Package, finding: Finding) -> str:
    """A finding on one line: where, which record, what is there and was wanted, which rule."""
    mark = "warning: " if finding.severity == "warning" else ""
    return f"{place(package.root, finding)}: {mark}{finding.problem} [{finding.rule}]"


def tell(package: Package, findings: Iterable[Finding]) -> int:
    """Print findings; returns 1 if any is an error, else 0."""
    found = ordered(findings)
    for one in found:
        print(line(package, one))
    return int(any(f.severity == "error" for f in found))


def records_by_size(package: Package) -> int:
    """About how many records a package has, by the size of its files: for a progress bar."""
    files = (package.root / f for t in package.tables.values()
             for f in parts.files(package.root, t.paths))  # fmt: skip
    return sum(f.stat().st_size for f in files if f.is_file()) // BYTES
