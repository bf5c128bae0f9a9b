"""Tell which citations a text confirms, without the package holding a copy of the text.

Each citation carries the digest of its sentence. Every stretch of the text that may be a sentence
is digested, and the two are compared. Exit 0 if every place of the source is confirmed, else 1.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from hudna.doors import common
from hudna.engine import whole
from hudna.form import package, rows
from hudna.form.csvfile import Records
from hudna.form.schema import Table
from hudna.ground.finding import CannotRun
from hudna.meaning import confirm

EXAMPLE = """hudna verify article.txt
  hudna verify article.txt path/to/package --source terrorism-monitor-18-19"""
NEEDED = ("source_id", "via", "locator", "digest")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("text", metavar="TEXT", help="file with the text of a source (UTF-8)")
    common.path_argument(parser)
    parser.add_argument("--source", metavar="ID", help="the source (default: the best fit)")


def run(args: argparse.Namespace) -> int:
    """Compare, and tell each place."""
    found, _ = package.read(package.locate(args.path))
    table = found.tables.get("citations")
    if table is None or not table.has(*NEEDED):
        raise CannotRun(f"the package has no table citations with {', '.join(NEEDED)}")
    text = read(args.text)
    sources = confirm.places(citations(table, whole.table(found, table)), text)
    if args.source and args.source not in sources:
        known = ", ".join(sorted(sources)) or "none"
        raise CannotRun(f"no digest belongs to {args.source!r}; expected one of {known}")
    if not sources:
        raise CannotRun("no citation of the package has a digest")
    source = args.source or confirm.best(sources)
    return tell(source, sources[source])


def tell(source: str, places: list[confirm.Place]) -> int:
    """Print each place and one line of counts; returns 0 if all are confirmed, else 1."""
    width = max(len(p.locator) for p in places)
    for p in places:
        verdict = "confirmed" if p.confirmed else "not found"
        print(f"{p.locator:<{width}}  {verdict}  {p.citations} citation{'s' * (p.citations != 1)}")
    good = [p for p in places if p.confirmed]
    cited, all_cited = (sum(p.citations for p in ps) for ps in (good, places))
    print(
        f"{source}: {len(good)} of {len(places)} places confirmed, {cited} of {all_cited} citations"
    )
    return int(len(good) < len(places))


def read(path: str) -> str:
    """The text of a file."""
    try:
        return Path(path).read_text("utf-8-sig")
    except UnicodeDecodeError as e:
        raise CannotRun(f"{path} is no UTF-8 text (byte {e.start})") from None
    except OSError as e:
        raise CannotRun(f"{path} cannot be read: {e.strerror}") from None


def citations(table: Table, records: Records) -> list[dict[str, str]]:
    """The rows of the table; raises CannotRun where its file has not its shape."""
    if not rows.sound(table, records):
        raise CannotRun(f"{table.path} has not the form of its table; `hudna validate` tells more")
    return rows.dicts(table, records)
