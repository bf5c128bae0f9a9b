"""Show a view of the data, or list the views there are.

Without a name, every view is listed with its sentence and its parameters. A view that lies in the
package's own folder views/ runs only with --trust, and only if its query reads nothing but the
package's tables.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys

from hudna.doors import bounds, common
from hudna.form import package as packages
from hudna.form.package import Package
from hudna.ground.finding import CannotRun
from hudna.meaning import sqlfile, views
from hudna.meaning.sqlfile import SqlFile
from hudna.meaning.views import Answer

EXAMPLE = """
hudna view timeline --set from=2020-10-01 --set analysis=true
hudna view incident-counts --set by=week --format csv
hudna view provenance --set table=incidents --why
hudna view network --set day=2020-10-20 --format graphml > network.graphml
"""
NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DOUBLE", "FLOAT", "DECIMAL")
PIPED_WIDTH = 100


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add = parser.add_argument
    add("name", nargs="?", metavar="NAME", help="the view; without it, a list of all views")
    add("path", nargs="?", metavar="PATH", help="the package: its folder or its datapackage.json")
    add("--package", metavar="PATH", help="the package, where no NAME is given")
    add("--set", action="append", default=[], metavar="PARAM=VALUE", help="set a parameter")
    add(
        "--format",
        choices=("table", "csv", "json", "graphml"),
        default="table",
        help="graphml: views of relations, such as network",
    )
    add(
        "--why",
        action="store_true",
        help="also the records that each row rests on, and where its sources say so",
    )
    add("--trust", action="store_true", help="also run views that lie in the package")
    bounds.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Print the view or the list."""
    if args.path and args.package:
        raise CannotRun("the package is given twice; expected PATH or --package")
    package, _ = packages.read(packages.locate(args.path or args.package))
    if not args.name:
        sys.stdout.write(listing(package))
        return 0
    common.notice(package)
    view = views.find(args.name, package, args.trust)
    given = views.pairs(args.set)
    answer = views.run(view, package, given, bounds.options(args), args.why, args.why)
    tell(view, answer, given, shown=args.format == "table")
    show(answer, args)
    return 0


def listing(package: Package) -> str:
    """Every view with its sentence and its parameters."""
    ours, theirs = views.own(), views.strangers(package)
    out = [described(sqlfile.read(path)) for path in ours.values()]
    for name, path in theirs.items():
        if name not in ours:
            out.append(described(sqlfile.read(path), " (in the package: --trust)"))
    return "\n".join(out)


def described(view: SqlFile, mark: str = "") -> str:
    """One view of the list."""
    lines = [f"{view.name}{mark}", f"  {view.sentence}"]
    lines += [f"  Asks: {view.asks}"] if view.asks else []
    for p in view.params:
        kind = " | ".join(p.choices) or p.type.lower()
        lines.append(f"  --set {p.name}={views.plain(p.default)}  ({kind}) {p.means}")
    return "\n".join(lines) + "\n"


def tell(view: SqlFile, answer: Answer, given: dict[str, str], shown: bool) -> None:
    """What a reader must know beside the rows, on stderr. shown: as a table that people read."""
    if answer.unread:
        print(f"cells that could not be read and count as empty: {answer.unread} "
              "(`hudna validate` tells which)", file=sys.stderr)  # fmt: skip
    if not answer.rows:
        chosen = " with " + ", ".join(f"{k}={v}" for k, v in given.items()) if given else ""
        print(f"view {view.name} has no rows{chosen}", file=sys.stderr)
    elif shown and len(answer.rows) == 1:
        print(f"view {view.name} has one row", file=sys.stderr)


def show(answer: Answer, args: argparse.Namespace) -> None:
    """Print the rows in the format asked for."""
    if args.format == "csv":
        sys.stdout.write(views.csv(answer))
    elif args.format == "json":
        sys.stdout.write(json_text(answer))
    elif args.format == "graphml":
        from hudna.outputs.exports import graphml

        sys.stdout.write(graphml.text(answer))
    elif answer.rows:
        table(answer, args.why)


def json_text(answer: Answer) -> str:
    """The rows as a JSON array of objects; dates are texts, empty is null."""
    objects = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return json.dumps(objects, ensure_ascii=False, indent=2, default=str) + "\n"


def table(answer: Answer, why: bool) -> None:
    """Print the rows as a table that fits the terminal, and say which columns did not."""
    from hudna.doors import grid

    names = list(answer.columns)
    right = {n for n, kind in answer.columns.items() if kind.startswith(NUMBERS)}
    rows = [[views.plain(v) for v in row] for row in answer.rows]
    total = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns
    made = grid.render(names, rows, right, total, (views.WHY, views.PLACES) if why else ())
    sys.stdout.write(made.text)
    if made.left_out:
        print(f"not shown for want of room: {', '.join(made.left_out)} "
              "(a wider terminal or --format csv shows all)", file=sys.stderr)  # fmt: skip
