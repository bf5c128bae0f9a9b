"""Count the private incidents of a workspace into rows that may be published.

Written is one file that `hudna add` takes: the counts, and the database as their source, without
an author or an address. A cell of fewer events than the floor is suppressed, and so is every other
one from which it could be computed, also together with what the workspace gave out before: it
keeps each release in its folder given-out. Counts of a new release are lowest and highest numbers
(the view incident-counts); the highest is given where it shows nothing more.

Exit status: 0 written, 1 nothing can be published, 2 could not run.
"""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hudna.form import package as packages
from hudna.form.package import Package
from hudna.ground.finding import CannotRun

if TYPE_CHECKING:
    from hudna.meaning.suppression import Decision
    from hudna.outputs.aggregates import Asked
    from hudna.outputs.given_out import Release

EXAMPLE = """
hudna aggregate ../my-incidents --from 2020-09-24 --to 2020-10-01 -o counts.json
hudna aggregate ../my-incidents --from 2020-01-01 --to 2020-12-31 --by type,month -o counts.json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add = parser.add_argument
    add("path", nargs="?", metavar="WORKSPACE", help="folder of the workspace (default: this one)")
    add("--from", dest="start", type=day, required=True, metavar="DATE", help="first day counted")
    add("--to", dest="end", type=day, required=True, metavar="DATE", help="last day counted")
    add("--by", default="", metavar="LIST", help="of type, target and one of month, week, year")
    add("--type", default="attack", metavar="CODE", help="type of incident (attack)")
    add("--target", default="", metavar="ACTOR", help="only what is on this target")
    add("--floor", type=floor, default=5, metavar="N", help="fewest events of a group (5)")
    add("--source", default="", metavar="ID", help="id of the source (private-database-DATE)")
    add("--title", default="Private incident database", help="title of a new source")
    add("--on", type=day, metavar="DATE", help="day of the release (today)")
    add("-o", "--output", metavar="FILE", help="file to write; without it, only told")


def day(text: str) -> datetime.date:
    """A day."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; expected YYYY-MM-DD") from None


def floor(text: str) -> int:
    """A number of events: 2 or more."""
    if not text.isdecimal() or int(text) < 2:
        raise argparse.ArgumentTypeError(f"{text!r} is no floor; expected 2 or more")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Count, decide, tell, and write what may be published."""
    from hudna.meaning import suppression
    from hudna.outputs import aggregates, given_out

    output = free(args.output)
    workspace = sound(args.path)
    asked = request(args, workspace)
    before = given_out.read(workspace)
    counts = aggregates.counts(workspace, asked)
    order, earlier = aggregates.order(counts, asked), [s for r in before for s in r.statements]
    broader = aggregates.broader(workspace.base)
    try:
        decided = suppression.decide(counts, order, earlier, broader, asked.floor)
    except suppression.Unsafe:
        least = min(r.floor for r in before)
        raise CannotRun(
            f"what was given out before shows groups of fewer than {asked.floor} events already; "
            f"expected a --floor of {least} or less, as then"
        ) from None
    print(*lines(decided, asked, before), sep="\n")
    told = sum(d.low is not None for d in decided)
    if not told:
        print("Nothing can be published: nothing was written.")
        return 1
    if output is None:
        print(f"{told} of {len(decided)} counts can be published (-o FILE writes them).")
        return 0
    made = aggregates.documents(decided, asked, workspace.base)
    kept = given_out.write(workspace, decided, made, asked.on, asked.floor, output)
    print(f"{output}: {told} of {len(decided)} counts; kept as {kept.relative_to(workspace.root)}")
    return 0


def free(path: str | None) -> Path | None:
    """The file to write; raises CannotRun where one is there."""
    if path and Path(path).exists():
        raise CannotRun(f"{path} exists; expected a new file")
    return Path(path) if path else None


def sound(path: str | None) -> Package:
    """The workspace, if it is valid; raises CannotRun where it is none, or is not."""
    from hudna.outputs import validation

    root = packages.locate(path)
    workspace, _ = packages.read(root)
    if not workspace.base:
        raise CannotRun(f"{root} is no workspace; expected one (`hudna workspace FOLDER`)")
    if errors := validation.validate(root).errors:
        raise CannotRun(f"the workspace has {errors:,} errors; `hudna validate {root}` tells them")
    return workspace


def request(args: argparse.Namespace, workspace: Package) -> Asked:
    """What is asked for; raises CannotRun where it makes no sense."""
    from hudna.outputs import aggregates

    by = tuple(b.strip() for b in args.by.split(",") if b.strip())
    if args.end < args.start:
        raise CannotRun(f"--to is {args.end} but --from is {args.start}")
    if wrong := [b for b in by if b not in aggregates.BY]:
        raise CannotRun(f"--by has {wrong[0]!r}; expected some of {', '.join(aggregates.BY)}")
    if len(set(by) & set(aggregates.PERIODS)) > 1:
        raise CannotRun("--by has two lengths of time; expected one of month, week, year")
    names = aggregates.known(workspace.base)
    for option, value, table in (("type", args.type, "incident_types"),
                                 ("target", args.target, "actors")):  # fmt: skip
        if value and value not in names[table]:
            raise CannotRun(f"--{option} is {value!r}, which the public package does not have")
    on = args.on or datetime.date.today()
    source = args.source or f"private-database-{on}"
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", source):
        raise CannotRun(f"--source is {source!r}; expected lower-case words joined by hyphens")
    return aggregates.Asked(args.start, args.end, args.type, by, args.target, source, args.title,
                            on, args.floor)  # fmt: skip


def lines(decided: list[Decision], asked: Asked, before: list[Release]) -> Iterator[str]:
    """Every cell of the table, and what becomes of it."""
    for d in decided:
        c = d.cell
        what = f"{c.start} to {c.end}  {c.type}" + (f" on {c.target}" if c.target != "*" else "")
        if d.low is not None:
            much = f"{d.low}" if d.high == d.low else f"at least {d.low}"
            much += f", at most {d.high}" if d.high not in (None, d.low) else ""
            yield f"{what}: {much}"
        else:
            yield f"{what}: suppressed, {reason(d, asked, before)}"


def reason(d: Decision, asked: Asked, before: list[Release]) -> str:
    """Why a cell is suppressed."""
    if d.why == "primary":
        return f"fewer than {asked.floor} events"
    if d.why == "complementary":
        return f"with the others it would show a group of fewer than {asked.floor} (complementary)"
    said = "; ".join(dict.fromkeys(
        f"{before[s.release - 1].path.name}: {s.cell.start} to {s.cell.end} {s.cell.type}"
        + (f" on {s.cell.target}" if s.cell.target != "*" else "")
        for s in d.against
    ))  # fmt: skip
    return f"its difference to what was given out shows a group of fewer than {asked.floor}: {said}"
