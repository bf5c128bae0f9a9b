"""Write a release: data zip, SQLite, Parquet, views, wheel, metadata, notes and hashes.

The same package gives the same bytes. With --since, the changes from the version before stand in
the notes, and the step of the version must do for them. With --tag, the tag must be the version.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hudna.form.package import Package

EXAMPLE = """
hudna release
hudna release -o dist --since hudna-0.1.0.zip --tag v0.2.0
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add = parser.add_argument
    add("path", nargs="?", metavar="PATH", help="the package: its folder or its datapackage.json")
    add("-o", "--output", metavar="FOLDER", default="dist", help="where to write it (dist)")
    add("--since", metavar="OLD", help="the version before: a folder or a zip file")
    add("--tag", metavar="TAG", help="refuse unless the version may be published under this tag")
    add("--quiet", action="store_true", help="show no progress")


def run(args: argparse.Namespace) -> int:
    """Write the folder and say what is in it."""
    from hudna.doors.progress import Progress
    from hudna.outputs import releasing

    package, folder = releasing.locate(args.path), Path(args.output)
    releasing.replaceable(folder)
    releasing.ready(package, args.tag)
    changes = since(args.since, package) if args.since else ""
    with Progress(len(releasing.FORMATS) + 2, args.quiet) as progress:
        releasing.build(package, folder, changes, progress.step)
    for path in sorted(folder.iterdir()):
        print(f"{path.stat().st_size:>12,}  {path}")
    return 0


def since(old: str, package: Package) -> str:
    """What differs from the version before; CannotRun where the version's step will not do."""
    from hudna.ground.finding import CannotRun
    from hudna.outputs import comparing, unpacking

    with unpacking.opened(old) as before:
        found = comparing.compare(before, package, limit=0)
        if not found.right:
            raise CannotRun(" ".join(comparing.verdict(found)))
        return comparing.summary(found)
