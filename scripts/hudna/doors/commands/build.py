"""Write all that is generated: documents, their JSON Schemas, parts of pages, and every view.

Views go to build/views/<view>.csv. With --check nothing is written: what is stale, missing or left
over is told.
"""

from __future__ import annotations

import argparse
import sys

from hudna.doors import common
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
        failed = common.tell(package, f for f in generated.stale(package) if f.severity == "error")
        print("Mend the above." if failed else "All that is generated is fresh.")
        return failed
    from hudna.outputs import view_files

    written, faults = generated.write(package)
    for path in written:
        print(f"{path}: written")
    for warning in (f for f in faults if f.severity == "warning"):
        print(common.line(package, warning), file=sys.stderr)
    if common.tell(package, f for f in faults if f.severity == "error"):
        return 1
    leftovers = common.tell(package, generated.leftovers(package, generated.make(package).texts))
    view_files.write(package)
    print(f"{len(written)} generated files written; views in build/views.")
    return leftovers
