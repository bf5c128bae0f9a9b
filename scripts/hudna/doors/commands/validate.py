"""Check a package: descriptor, bytes and shape, keys, rules, canonical form, generated files.

Exit status: 0 valid (there may be warnings), 1 findings, 2 the check could not run.
"""

from __future__ import annotations

import argparse

from hudna.doors import bounds, reports
from hudna.doors.progress import Progress
from hudna.form import package

EXAMPLE = """
  hudna validate                        the package in this folder, else hudna's own
  hudna validate my-incidents --format json
"""
FORMATS = ("text", "json", "github")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", metavar="PATH", help="folder of the package")
    parser.add_argument("--format", choices=FORMATS, default="text", help="form of the report")
    parser.add_argument(
        "--limit",
        type=bounds.count,
        default=100,
        metavar="N",
        help="show N findings of each rule (100)",
    )
    parser.add_argument("--seconds", action="store_true", help="tell the time of each part")
    parser.add_argument(
        "--trust", action="store_true", help="also run the rules that lie in the package"
    )
    parser.add_argument("--quiet", action="store_true", help="show no progress")
    bounds.configure(parser)


def run(args: argparse.Namespace) -> int:
    from hudna.outputs import validation

    root = package.locate(args.path)
    with Progress(1, args.quiet) as progress:
        options = bounds.options(args)
        options.trust, options.limit = args.trust, args.limit
        options.tell = None if args.quiet else progress.at
        report = validation.validate(root, options)
    if args.format == "json":
        print(reports.as_json(report, args.limit))
    elif args.format == "github":
        print(*reports.github(root, report, args.limit), sep="\n")
    else:
        print(*reports.text(root, report, args.limit, args.seconds), sep="\n")
    return 1 if report.errors else 0
