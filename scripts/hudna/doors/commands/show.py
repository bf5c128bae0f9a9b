"""Show a record with its links, names and citations, as a person would want to read it."""

from __future__ import annotations

import argparse
import shutil

from hudna.doors import common
from hudna.form import documents, package

EXAMPLE = """
  hudna show kataib-hezbollah
  hudna show actors/kataib-hezbollah --format json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="id of the record, or table/id")
    parser.add_argument("path", nargs="?", metavar="PATH", help="folder of the package")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="form")


def run(args: argparse.Namespace) -> int:
    from hudna.outputs import reading

    opened, _ = package.read(package.locate(args.path))
    common.notice(opened)
    library = reading.Library.read(opened)
    found = reading.find(library, args.id)
    if args.format == "json":
        values = [reading.document(library, t, k) for t, k in found]
        print(documents.text(values[0] if len(values) == 1 else values), end="")
        return 0
    width = min(shutil.get_terminal_size().columns, 100)
    for number, (table, key) in enumerate(found):
        print(*([""] if number else []), *reading.show(library, table, key, width), sep="\n")
    return 0
