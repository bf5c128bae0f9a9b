"""Tell what differs between two versions: schema, records, fields, and the version's step.

OLD and NEW are folders of packages, their datapackage.json, or zip files of a release. The exit
code is 1 where the version's step is too small for what changed, or where records went without a
word in the table of withdrawn records.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack

from hudna.doors import bounds

EXAMPLE = """
hudna diff hudna-0.1.0.zip .
hudna diff old new --limit 5
hudna diff old new --format json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add = parser.add_argument
    add("old", metavar="OLD", help="the older version: a folder or a zip file")
    add("new", metavar="NEW", nargs="?", help="the newer one (default: the current folder)")
    add("--format", choices=("text", "json"), default="text")
    add("--limit", type=bounds.count, metavar="N",
        help="records that are told of each kind and table (default: 10; in JSON all)")  # fmt: skip
    bounds.memory(parser)


def run(args: argparse.Namespace) -> int:
    """Print the differences."""
    from hudna.outputs import comparing, unpacking

    limit = args.limit if args.limit is not None or args.format == "json" else 10
    with ExitStack() as stack:
        old, new = (stack.enter_context(unpacking.opened(p)) for p in (args.old, args.new))
        found = comparing.compare(old, new, limit, bounds.limits(args))
        if args.format == "json":
            made = json.dumps(comparing.plain(found), ensure_ascii=False, indent=2) + "\n"
        else:
            made = comparing.text(found)
        sys.stdout.write(made)
        return int(not found.right)
