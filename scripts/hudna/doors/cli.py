"""The command `hudna`: finds its commands by folder and turns faults into words."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys

from hudna.doors import commands
from hudna.ground.finding import CannotRun

ABOUT = "Tables of actors, incidents, statements and sources: check, view and extend them."


def names() -> list[str]:
    """The commands' names, in the order of the alphabet."""
    return sorted(m.name for m in pkgutil.iter_modules(commands.__path__))


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of all commands, or of one (so that no other is imported)."""
    top = argparse.ArgumentParser(prog="hudna", description=ABOUT)
    top.add_argument("--version", action="store_true", help="show the version and stop")
    subs = top.add_subparsers(dest="command", metavar="COMMAND")
    for name in [only] if only else names():
        module = importlib.import_module(f"hudna.doors.commands.{name}")
        text = (module.__doc__ or "").strip()
        sub = subs.add_parser(
            name,
            help=text.splitlines()[0],
            description=text,
            epilog="\n  ".join(["example:", *map(str.strip, module.EXAMPLE.strip().splitlines())]),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.configure(sub)
        sub.set_defaults(run=module.run)
    return top


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0, 1 (findings) or 2 (could not run)."""
    argv = sys.argv[1:] if argv is None else argv
    top = parser(argv[0] if argv and argv[0] in names() else None)
    args = top.parse_args(argv)
    if args.version:
        from hudna.form import package

        print(package.read(package.home())[0].version)
        return 0
    if not args.command:
        top.print_help()
        return 2
    try:
        return args.run(args)
    except CannotRun as e:
        print(f"hudna {args.command}: {e}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"hudna {args.command}: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader (head, less) has seen enough; Python must not complain at shutdown.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
