"""Make a workspace: a folder for private rows that rests on a public package, never written there.

Its tables are those of the base with your rows after them: validate, view, show and load work on
both together. Of a workspace that exists already, the record of its base is brought up to date.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from hudna.form import package as packages
from hudna.ground.finding import CannotRun

EXAMPLE = """
hudna workspace ../my-incidents
hudna workspace my-incidents --on path/to/package
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", metavar="FOLDER", help="the new folder")
    parser.add_argument("--on", metavar="PATH", help="the base (default: the package of hudna)")


def run(args: argparse.Namespace) -> int:
    """Make the folder, or bring its record of the base up to date."""
    from hudna.outputs import workspaces

    folder = Path(args.folder)
    if (folder / packages.DESCRIPTOR).is_file():
        return renew(args, folder)
    base, found = packages.read(packages.locate(args.on) if args.on else packages.home())
    if found:
        raise CannotRun(f"the base has faults; `hudna validate {base.root}` tells them")
    written = workspaces.make(folder, base, carried=not args.on)
    named = f"{base.descriptor.get('name')} {base.version}"
    print(f"{folder}: {len(written)} files; it rests on {named}.")
    print(f"Your rows go into {folder}/data, by hand or by `hudna add FILE {folder}`.")
    return 0


def renew(args: argparse.Namespace, folder: Path) -> int:
    """Bring the record of the base up to date."""
    from hudna.outputs import workspaces

    held, _ = packages.read(folder)
    if not held.base:
        raise CannotRun(f"{folder} is a package that is no workspace; expected a new folder")
    if args.on and packages.locate(args.on) != held.base.root:
        raise CannotRun(f"{folder} rests on {held.base.root}; expected no other base")
    done = "rests now" if workspaces.renew(held) else "rests already"
    print(f"{folder} {done} on {held.base.descriptor.get('name')} {held.base.version}.")
    return 0
