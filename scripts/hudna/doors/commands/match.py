"""Match the names of a CSV file with the actors of a package, row by row.

Verdicts: match, ambiguous (the best candidate is given, a person must look), none. Scripts,
transliterations, abbreviations, word order and typing errors are seen through; docs/matching.md
says how far. What a person decides once (--resolve) is used again (--decisions).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.outputs.matches.names import Names

EXAMPLE = """
hudna match events.csv --column side_a --date event_date --country IRQ
hudna match events.csv --column side_a --format csv > matched.csv
hudna match events.csv --column side_a --resolve decisions.csv
hudna match events.csv --column side_a --decisions decisions.csv --propose new-names
"""
COLUMNS = ("name", "actor_id", "verdict", "score", "alias", "runner_up")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add = parser.add_argument
    add("file", metavar="FILE", help="a CSV file with a header")
    add("path", nargs="?", metavar="PATH", help="the package: its folder or its datapackage.json")
    add("--column", required=True, metavar="NAME", help="the column of the names")
    add("--date", metavar="NAME", help="the column of the days (YYYY-MM-DD) they speak of")
    add("--country", metavar="IRQ", help="what the names are about: an ISO 3166-1 alpha-3 code")
    add("--format", choices=("table", "csv", "json"), default="table", help="form of the rows")
    add("--decisions", metavar="FILE", help="decisions made before, name and actor_id")
    add("--resolve", metavar="FILE", help="ask for what is ambiguous; write the decisions there")
    add("--propose", metavar="FOLDER", help="write new spellings there, for `hudna add`")


def run(args: argparse.Namespace) -> int:
    """Print one row for each row of the file."""
    from hudna.meaning import matching
    from hudna.outputs.matches import decisions

    if args.country and not re.fullmatch("[A-Z]{3}", args.country):
        raise CannotRun(f"the country is {args.country!r}; expected three capitals, such as IRQ")
    if args.resolve and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise CannotRun("--resolve asks in a terminal, and there is none; "
                        "expected --decisions with what was decided in one")  # fmt: skip
    names = Names(Path(args.file), args.column, args.date)
    package, _ = packages.read(packages.locate(args.path))
    matcher = matching.matcher(package)
    decided: dict[str, str] = {}
    for path in [args.decisions, args.resolve]:
        if path and (path != args.resolve or Path(path).exists()):
            decided |= decisions.read(Path(path), matcher.index.actors)
    if args.resolve:
        decided |= resolve(args, names, matcher, decided)
    return answer(args, names, matcher, decided)


def answer(args: argparse.Namespace, names: Names, matcher, decided: dict[str, str]) -> int:
    """Print the rows, then what they amount to; write what is proposed."""
    from hudna.outputs.matches import proposals

    verdicts: Counter[str] = Counter()
    seen = set()

    def rows() -> Iterator:
        for match in matched(args, names, matcher, decided):
            verdicts[match.verdict] += 1
            seen.add(match)
            yield match

    show(rows(), args.format)
    told = ", ".join(f"{verdicts[v]:,} {v}" for v in ("match", "ambiguous", "none"))
    distinct = len({m.name for m in seen})
    say(f"{sum(verdicts.values()):,} rows, {distinct:,} names: {told}")
    if names.undated:
        line, text = names.undated
        say(f"{names.bad_dates:,} dates are none, the first on line {line}: {text!r}; expected "
            "YYYY-MM-DD; those rows are matched without")  # fmt: skip
    if args.propose:
        made = proposals.documents(seen, matcher, decided)
        proposals.write(Path(args.propose), made)
        count = sum(len(d["names"]) for d in made.values())
        say(f"{count:,} new spellings of {len(made):,} actors in {args.propose}: "
            "fill in language, source and place of each, then `hudna add`")  # fmt: skip
    return 0


def matched(args: argparse.Namespace, names: Names, matcher, decided: dict[str, str]) -> Iterator:
    """The matches of all rows, in their order."""
    from hudna.outputs.matches import decisions

    for some, dates in names.chunks():
        yield from decisions.settled(matcher.match(some, dates, args.country), decided)


def resolve(args: argparse.Namespace, names: Names, matcher, decided: dict[str, str]) -> dict:
    """What a person decides on the names that are ambiguous; each answer is kept at once."""
    from hudna.doors import resolving
    from hudna.outputs.matches import decisions

    count: Counter[str] = Counter()
    days: dict[str, date | None] = {}
    for some, dates in names.chunks():
        found = matcher.match(some, dates, args.country)
        for match, day in zip(found, dates or [None] * len(some), strict=True):
            if match.verdict == "ambiguous" and match.name not in decided:
                count[match.name] += 1
                days.setdefault(match.name, day)
    asked = [resolving.Question(n, rows, days[n]) for n, rows in count.most_common()]
    path = Path(args.resolve)
    held = decisions.read(path, matcher.index.actors) if path.exists() else {}
    for name, actor in resolving.ask(asked, matcher, args.country, prompt, say) if asked else ():
        held[name] = actor
        decisions.write(path, held)
    return held


def prompt(text: str) -> str:
    """A line from the terminal; the rows alone go to stdout."""
    sys.stderr.write(text)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def say(text: str) -> None:
    """A line for the person, not for what reads the rows."""
    print(text, file=sys.stderr, flush=True)


def show(rows: Iterator, form: str) -> None:
    """Print the rows in a format."""
    import csv
    import json

    out = sys.stdout
    if form == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    elif form == "json":
        start = "[\n"
        for row in rows:
            value = {k: v or None if k in ("actor_id", "alias", "runner_up") else v
                     for k, v in row._asdict().items()}  # fmt: skip
            out.write(start + json.dumps(value, ensure_ascii=False))
            start = ",\n"
        out.write("\n]\n" if start == ",\n" else "[]\n")
    else:
        table(rows)


def table(rows: Iterator) -> None:
    """Print the rows as a table that fits the terminal."""
    import shutil

    from hudna.doors import grid
    from hudna.ground.finding import shorten

    cells = [[shorten(m.name), *map(str, m[1:])] for m in rows]
    if cells:
        total = shutil.get_terminal_size((120, 24)).columns
        made = grid.render(list(COLUMNS), cells, {"score"}, total)
        sys.stdout.write(made.text)
        if made.left_out:
            say(f"not shown for want of room: {', '.join(made.left_out)} "
                "(a wider terminal or --format csv shows all)")  # fmt: skip
