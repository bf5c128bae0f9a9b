"""Write all that is generated: documents, their JSON Schemas, parts of pages, and every view.

Views go to build/views/<view>.csv. With --check nothing is written: what is stale, missing or left
over is told.
"""

from __future__ import annotations

import argparse
import sys

from hudna.doors import common
from hudna.form.package import Package
from hudna.outputs import generated

EXAMPLE = """hudna build
  hudna build --check"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    common.path_argument(parser)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")


def run(args: argparse.Namespace) -> int:
    """Write what differs, or tell it."""
    package, found = common.writable(args.path)
    if found:
        return common.tell(package, found)
    if args.check:
        failed = common.tell(package, generated.stale(package))
        if not failed:
            print("All that is generated is fresh.")
        return failed
    return write(package)


def write(package: Package) -> int:
    """Write what differs; what cannot be made, and what is left over, is told."""
    from hudna.outputs import view_files

    written, faults = generated.write(package)
    for path in written:
        print(f"{path}: written")
    for note in (f for f in faults if f.severity == "warning"):
        print(common.line(package, note), file=sys.stderr)
    faults = [f for f in faults if f.severity == "error"]
    if common.tell(package, faults or generated.stale(package)):
        return 1
    view_files.write(package)
    print(f"{len(written)} generated files changed; the views are in build/views.")
    return 0
