"""Put the tables of a package into their canonical form.

One spelling of every value, Unicode NFC, LF, minimal quotes, rows in the order of their key, link
rows with an id. No cell is ever lost: where a file has not the shape of its table (ragged rows,
another header, a quote that never closes, another encoding) nothing is written, and the faults
are told.
"""

from __future__ import annotations

import argparse

from hudna.doors import common
from hudna.form import rows
from hudna.meaning.report import collapse
from hudna.outputs import files, formatting

EXAMPLE = """hudna format
  hudna format --check path/to/package"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    common.path_argument(parser)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if not canonical"
    )


def run(args: argparse.Namespace) -> int:
    """Format, or tell what would be changed."""
    package, found = common.writable(args.path)
    records = rows.read(common.plain(package))
    tables, beside = package.own, formatting.lent(package)
    found += [f for n in tables for f in formatting.obstacles(package, tables[n], records[n])]
    if found:
        common.tell(package, collapse(found))
        print("Nothing was written: these faults come first.")
        return 1
    texts = {tables[n].path: formatting.formatted(tables[n], records[n], beside[n]) for n in tables}
    changed = files.differing(package.root, texts)
    said = {t.path: ", ".join(formatting.changes(t, records[t.name])) for t in tables.values()}
    for path in changed:
        print(f"{path}: {said[path]}")
    total = f"{len(changed)} of {len(texts)} tables"
    if args.check:
        print(
            f"{total} are not canonical; `hudna format` mends them" if changed else "All canonical."
        )
        return int(bool(changed))
    files.write(package.root, changed)
    print(f"{total} formatted." if changed else "All tables are canonical already.")
    return 0
