"""The arguments that bound a run: its engine, its memory, a folder for more, the largest cell."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from hudna.ground.finding import CannotRun

if TYPE_CHECKING:
    from hudna.engine.limits import Limits
    from hudna.meaning.checks import Options

UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}
SIZE = re.compile(r"(?P<number>[0-9]+(\.[0-9]+)?) ?(?P<unit>[kmgt]?)b?", re.I)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    memory(parser)
    add = parser.add_argument
    add("--engine", choices=("duckdb", "spark"), default="duckdb",
        help="what runs the checks and queries (duckdb)")  # fmt: skip
    add("--master", metavar="URL",
        help="Spark's master, such as spark://host:7077 (local[*])")  # fmt: skip


def memory(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that bound what is held: those of a command that runs on this machine."""
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


def count(text: str) -> int:
    """A number of things to show: 0 or more."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no count; expected 0 or more")
    return int(text)


def options(args: argparse.Namespace) -> Options:
    """What the arguments ask for; raises CannotRun where they do not fit together."""
    from hudna.meaning.checks import Options

    if args.master and args.engine != "spark":
        raise CannotRun("--master is of Spark alone; expected --engine spark with it")
    return Options(limits=limits(args), engine=args.engine, master=args.master)


def limits(args: argparse.Namespace) -> Limits:
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
