"""Write an invented package of any size, valid or with faults that are known.

Tables, schemas and code lists are hudna's own; nothing in the rows is real. The same numbers give
the same bytes on every machine. PATH/faults.csv says of each planted fault where `hudna validate`
finds it: table, row (number of the record), record (its key), field, rule. At most one fault is
planted in a record; blank lines, doubled and stray records come on top of --rows.

Exit status: 0 written, 2 not written (nothing is left behind).
"""

from __future__ import annotations

import argparse
from pathlib import Path

EXAMPLE = """hudna generate /tmp/million --rows 1000000
  hudna generate /tmp/faulty --rows 10000 --faults 0.01 --seed 7"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("path", metavar="PATH", help="folder to write the package to")
    parser.add_argument(
        "--rows", type=rows, required=True, metavar="N", help="records over all tables"
    )
    parser.add_argument(
        "--faults", type=share, default=0.0, metavar="P", help="share of faulty records, 0 to 1 (0)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="another number, other rows (1)"
    )
    parser.add_argument(
        "--force", action="store_true", help="replace a package that was generated before"
    )
    parser.add_argument("--quiet", action="store_true", help="show no progress and no summary")


def rows(text: str) -> int:
    """A number of records; blanks of thousands may be written as _ or ,."""
    plain = text.replace("_", "").replace(",", "")
    if not (plain.isascii() and plain.isdigit()) or not int(plain):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of rows")
    return int(plain)


def share(text: str) -> float:
    """A share from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no share; expected 0 to 1")
    return value


def run(args: argparse.Namespace) -> int:
    """Write the package and say what is in it."""
    from hudna.doors.progress import Progress
    from hudna.outputs import generation

    with Progress(args.rows, args.quiet) as progress:
        counts, told = generation.generate(
            Path(args.path), args.rows, args.faults, args.seed, args.force, progress.step
        )
    if not args.quiet:
        faults = f"; {told:,} findings to expect in {generation.MANIFEST}" if told else ""
        print(f"{args.path}: {sum(counts.values()):,} records in {len(counts)} tables{faults}")
    return 0
