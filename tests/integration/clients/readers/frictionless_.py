"""frictionless-py by its API, and by its command."""

import json
import sys
from decimal import Decimal
from pathlib import Path

from tests.integration.clients.given import Client, Given, Seen, installed, of_rows, run

COMMAND = str(Path(sys.executable).with_name("frictionless"))


def api(given: Given) -> Seen:
    """The rows of each resource, as it types them."""
    from frictionless import Package

    package = Package(str(given.descriptor))

    def read(name: str):
        rows = [row.to_dict() for row in package.get_resource(name).read_rows()]
        rows = [{k: plain(v) for k, v in row.items()} for row in rows]
        return of_rows(rows, given.package.tables[name].names)

    return given.each(read)


def plain(value):
    """A decimal as a number."""
    return float(value) if isinstance(value, Decimal) else value


def command(given: Given) -> Seen:
    """What `frictionless extract` prints as JSON."""
    told = json.loads(run([COMMAND, "extract", str(given.descriptor), "--json"]))
    return given.each(lambda n: of_rows(told[n], given.package.tables[n].names))


CLIENTS = [
    Client("frictionless-py", "package: `Package(…)`", installed("frictionless"), api),
    Client("frictionless-py", "package: `frictionless extract --json`", installed("frictionless"),
           command),
]  # fmt: skip
