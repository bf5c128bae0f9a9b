"""The arguments that bound a run: memory, a folder for what does not fit, the size of a cell."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from hudna.ground.finding import CannotRun

UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}
SIZE = re.compile(r"(?P<number>[0-9]+(\.[0-9]+)?) ?(?P<unit>[kmgt]?)b?", re.I)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add = parser.add_argument
    add("--memory", type=size, metavar="SIZE",
        help="memory that may be used, such as 4GB (half the machine's, at least 1GB)")  # fmt: skip
    add("--temp", metavar="DIR", help="folder for what does not fit into memory (the system's)")
    add("--cell-limit", type=size, metavar="SIZE", help="size of the largest cell (100MB)")


def size(text: str) -> int:
    """A number of bytes: 500000, 512MB, 1.5GB."""
    m = SIZE.fullmatch(text.strip())
    if not m or not float(m["number"]):
        raise argparse.ArgumentTypeError(f"{text!r} is no size; expected one such as 4GB or 512MB")
    return int(float(m["number"]) * UNITS[m["unit"].lower()])


def limits(args: argparse.Namespace):
    """The bounds that the arguments say; raises CannotRun for a folder that is none."""
    from hudna.engine.limits import Limits

    given = Limits()
    if args.memory:
        given = given._replace(memory=args.memory)
    if args.cell_limit:
        given = given._replace(cell=args.cell_limit)
    if args.temp:
        folder = Path(args.temp)
        if not folder.is_dir():
            raise CannotRun(f"{folder} does not exist; expected a folder (--temp)")
        given = given._replace(temp=folder)
    return given
