"""Add one document (an incident, a statement, an actor ... with its links and citations).

The document is checked against its JSON Schema and split into the rows of the tables; link rows
without an id get one. One that has nothing of a record that is there but its id adds its links to
it, such as names to an actor. Then the whole package is checked with the new rows in it. Either
all is valid and everything is written, documents included, or nothing is.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from hudna.doors import common
from hudna.form import jsontext, rows
from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.ground.finding import CannotRun, Finding
from hudna.meaning import document_check
from hudna.outputs import addition, files, formatting, trial

EXAMPLE = """hudna add new-incident.json
  hudna add --dry-run new-actor.json path/to/package"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE.json", help="one document, as JSON")
    common.path_argument(parser)
    parser.add_argument("--table", help="table of the document, where its id field does not tell")
    parser.add_argument("--dry-run", action="store_true", help="check only; write nothing")


def run(args: argparse.Namespace) -> int:
    """Add the document, or tell why not."""
    package, found = common.writable(args.path)
    records = rows.read(common.plain(package))
    for name, table in package.tables.items():
        found += formatting.obstacles(package, table, records[name])
    if found:
        return refuse(package, found)
    data = read(args.file)
    try:
        value = jsontext.read(data)
    except jsontext.Broken as e:
        fault = Finding(document_check.RULE, e.problem, file=args.file, line=e.line)
        return refuse(package, [fault])
    table = chosen(package, args.table) if args.table else addition.table_of(package, value)
    existing = {n: formatting.given(t, records[n]) for n, t in package.tables.items()}
    held = addition.standing(table, value, existing) if isinstance(value, dict) else None
    whole = addition.completed(table, data, held) if held else data
    if found := document_check.check_record(package, table, whole, args.file):
        return refuse(package, found)
    new = addition.new_rows(package, table, jsontext.read(whole), existing, onto=bool(held))
    if not new:
        raise CannotRun(f"{args.file} has nothing to add to {'/'.join(value.values())}")
    if found := list(addition.known(package, new, existing, args.file)):
        return refuse(package, found)
    return enter(package, new, addition.texts(package, new, existing), args.dry_run)


def enter(package: Package, new: addition.Rows, texts: dict[str, str], dry: bool) -> int:
    """Write the tables with the new rows and what follows from them, if the whole is valid."""
    found, changed = trial.attempt(package, texts)
    if not changed:
        errors = [f for f in found if f.severity == "error"]
        return refuse(package, errors, " Lines of tables are those with the new rows in place.")
    common.tell(package, [f for f in found if (f.table, f.record) in addition.keys(package, new)])
    if not dry:
        files.write(package.root, changed)
    counts = ", ".join(f"{len(r)} in {n}" for n, r in new.items())
    print(f"{'Would add' if dry else 'Added'} {counts}; {len(changed)} files change.")
    return 0


def refuse(package: Package, found: list[Finding], note: str = "") -> int:
    """Tell the findings, and that nothing came of it."""
    common.tell(package, found)
    print(f"Refused as a whole: nothing was written.{note}")
    return 1


def read(file: str) -> bytes:
    """The bytes of the document."""
    try:
        return Path(file).read_bytes()
    except OSError as e:
        raise CannotRun(f"{file} cannot be read: {e.strerror}") from None


def chosen(package: Package, name: str) -> Table:
    """The table that the user names."""
    if name not in package.tables or package.tables[name].nests:
        known = ", ".join(sorted(n for n, t in package.tables.items() if not t.nests))
        raise CannotRun(f"{name!r} is no table of documents; expected one of {known}")
    return package.tables[name]
