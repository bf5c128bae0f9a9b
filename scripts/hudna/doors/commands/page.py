"""Write the package as one HTML page that opens from disk: pictures, views, records, search.

The page loads nothing from anywhere. A package too large for one page is shown in part, and the
page says what it leaves out; `hudna serve` shows all of it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hudna.form import package as packages
from hudna.ground.finding import CannotRun

EXAMPLE = """
hudna page
hudna page -o truce.html
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="folder of the package")
    parser.add_argument("-o", "--output", metavar="FILE", default="hudna.html",
                        help="file to write (default: hudna.html)")  # fmt: skip
    parser.add_argument("--private", action="store_true",
                        help="write the private rows of a workspace too")  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Write the page and say how large it is and what it leaves out."""
    from hudna.doors.progress import Progress
    from hudna.form import csvfile
    from hudna.outputs import exporting
    from hudna.outputs.page import drawings, writing

    package, _ = packages.read(packages.locate(args.path))
    exporting.guard(package, args.private)
    if not drawings.bundle():
        print("the page has no pictures: pip install 'hudna[pictures]' for them", file=sys.stderr)
    with Progress(1) as progress:
        made = writing.make(package, progress.at)
    try:
        csvfile.write(Path(args.output), made.text)
    except OSError as e:
        raise CannotRun(f"{args.output} cannot be written: {e.strerror}") from None
    print(f"{args.output}: {len(made.text.encode()) / 1e6:.2f} MB")
    if made.limit is not None:
        print(f"too large for one page: it holds and draws the latest {made.limit} rows of each "
              "table with what is theirs; `hudna serve` shows every row")  # fmt: skip
    return 0
