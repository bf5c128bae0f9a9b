"""Write the package in another format, or list the formats there are.

The file is written as a whole or not at all. What lies at its place is replaced only if it is an
older export of the format, or a file and --force is given.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLE = """
hudna export sqlite
hudna export sqlite path/to/package -o truce.db
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add = parser.add_argument
    add("name", nargs="?", metavar="FORMAT", help="the format; without it, a list of all")
    add("path", nargs="?", metavar="PATH", help="the package: its folder or its datapackage.json")
    add("-o", "--output", metavar="FILE", help="file to write (default: the package's name)")
    add("--force", action="store_true", help="replace a file, whatever it is")
    add("--private", action="store_true", help="write the private rows of a workspace too")
    add("--quiet", action="store_true", help="show no progress")


def run(args: argparse.Namespace) -> int:
    """Write the file or print the list."""
    from hudna.doors.common import records_by_size
    from hudna.doors.progress import Progress
    from hudna.form import package as packages
    from hudna.outputs import exporting

    if not args.name:
        for name in exporting.names():
            sys.stdout.write(f"{name}\n  {exporting.sentence(name)}\n")
        return 0
    exporting.module(args.name)
    package, _ = packages.read(packages.locate(args.path))
    path = Path(args.output) if args.output else exporting.default_path(args.name, package)
    with Progress(records_by_size(package), args.quiet) as progress:
        exporting.write(args.name, package, path, args.force, progress.step, args.private)
    print(path)
    return 0
