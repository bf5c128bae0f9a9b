"""Open the package in Datasette, on this machine alone: tables, search, each view as a query.

The tables are laid in a database that nobody can change; it is gone when the command ends
(Ctrl-C). Needs `pip install 'hudna[serve]'`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from hudna.doors.common import notice, path_argument

EXAMPLE = """
hudna serve --open
hudna serve path/to/package --port 8010
"""
PORT = 8001


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    path_argument(parser)
    add = parser.add_argument
    add("--port", type=port, default=PORT, metavar="N", help=f"the port ({PORT}; 0: any free one)")
    add("--open", action="store_true", help="open it in the browser")
    add("--quiet", action="store_true", help="show no progress")


def port(text: str) -> int:
    """The number of a port."""
    if not (text.isascii() and text.isdigit()) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; expected 0 to 65535")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    from hudna.doors.common import records_by_size
    from hudna.doors.progress import Progress
    from hudna.form import package as packages
    from hudna.outputs.serving import server

    package, _ = packages.read(packages.locate(args.path))
    notice(package)

    def ready(address: str) -> None:
        print(f"{Path(package.root).name} is at {address} (Ctrl-C ends it)", flush=True)
        if args.open:
            import webbrowser

            webbrowser.open(address)

    try:
        with Progress(records_by_size(package), args.quiet) as progress:
            server.serve(package, args.port, ready, progress.step)
    except KeyboardInterrupt:
        print("ended")
    return 0
