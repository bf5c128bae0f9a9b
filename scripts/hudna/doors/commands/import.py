"""Bring a file of another data set, or a table of your own, into a package of its own.

FORMAT is the name of a data set that is known (without arguments: a list), or csv for any table,
with a mapping file that says what its columns mean; --guess proposes one for you to edit. Codes go
through the crosswalk, names through `hudna match`. What the file breaks of its own rules is told
in PACKAGE/report, never lost and never mended in silence; rows in = rows out + rows refused.

Exit status: 0 imported (there may be warnings), 2 not imported (nothing is left behind).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLE = """
  hudna import ucdp-ged ged.csv -o my-ged --edition 25.1
  hudna import csv mine.csv --guess > mine.yaml
  hudna import csv mine.csv --mapping mine.yaml -o my-package
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    from hudna.doors import bounds

    add = parser.add_argument
    add("name", nargs="?", metavar="FORMAT", help="the format; without it, a list of all")
    add("file", nargs="?", metavar="FILE", help="the file: CSV, or with tabs or semicolons")
    add("-o", "--output", metavar="PACKAGE", help="folder to make; it must not exist")
    add("--mapping", metavar="M.yaml", help="mapping file (csv, or instead of a format's own)")
    add("--guess", action="store_true", help="propose a mapping file for a table, and stop")
    add("--edition", metavar="TEXT", default="", help="edition of the data set, such as 25.1")
    add("--accessed", type=day, metavar="DATE", help="day on which you got the file")
    add("--url", metavar="URL", default="", help="where you got it")
    add("--no-match", action="store_true", help="make every actor anew")
    add("--quiet", action="store_true", help="show no progress and no summary")
    add("--memory", type=bounds.size, metavar="SIZE",
        help="memory that may be used, such as 2GB (half the machine's, at least 1GB)")  # fmt: skip
    add("--temp", metavar="DIR", help="folder for what does not fit into memory (the system's)")
    parser.set_defaults(cell_limit=None)


def day(text: str) -> str:
    """A day of the calendar."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        words = f"{text!r} is no day; expected one such as 2020-10-31"
        raise argparse.ArgumentTypeError(words) from None


def run(args: argparse.Namespace) -> int:
    """Import, propose a mapping, or list the formats."""
    from hudna.ground.finding import CannotRun
    from hudna.outputs.importing import mapping as mappings

    if not args.name:
        for name in mappings.formats():
            known = mappings.of_format(name)
            sys.stdout.write(f"{name}\n  {known['title']} ({known['tried']})\n")
        sys.stdout.write("csv\n  any table, by a mapping file (--mapping, --guess)\n")
        return 0
    if not args.file:
        raise CannotRun("no file is named; expected FORMAT FILE -o PACKAGE")
    if args.guess:
        from hudna.outputs.importing import guessing

        sys.stdout.write(guessing.propose(Path(args.file)))
        return 0
    return bring(args)


def bring(args: argparse.Namespace) -> int:
    """Import a file and say what came of it."""
    from hudna.doors import bounds
    from hudna.doors.progress import Progress
    from hudna.ground.finding import CannotRun
    from hudna.outputs.importing import mapping as mappings
    from hudna.outputs.importing import reporting, whole
    from hudna.outputs.importing.writing import Origin

    if args.name == "csv" and not args.mapping:
        raise CannotRun(
            "csv needs a mapping file; expected --mapping M.yaml (--guess proposes one)"
        )
    if not args.output:
        raise CannotRun("no folder is named; expected -o PACKAGE")
    known = mappings.read(Path(args.mapping)) if args.mapping else mappings.of_format(args.name)
    if known["notice"] and not args.quiet:
        print(known["notice"].strip(), file=sys.stderr)
    url = args.url or known["source"].get("url", "")
    origin = Origin(known["name"], args.edition, args.accessed or "", url)
    with Progress(1, args.quiet) as progress:
        told = whole.run(known, Path(args.file), Path(args.output), origin, bounds.limits(args),
                         not args.no_match, progress.at)  # fmt: skip
    if not args.quiet:
        print(*reporting.summary(told), sep="\n")
        print(f"{args.output}: see {reporting.FOLDER}/report.md; `hudna validate {args.output}`")
    return 0
