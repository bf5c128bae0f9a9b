"""datapackage-js, by Node."""

import json
import os
from pathlib import Path

from tests.integration.clients.given import PROGRAMS, Client, Given, Seen, node, of_rows


def read(given: Given) -> Seen:
    """The rows of each resource, as it casts them."""
    told = node(PROGRAMS / "datapackage.js", given.descriptor)

    def table(name: str):
        if isinstance(told[name], str):
            raise ValueError(told[name])
        return of_rows(told[name], given.package.tables[name].names)

    return given.each(table)


def version() -> str:
    """The version that is installed."""
    path = Path(os.environ["HUDNA_NODE_MODULES"]) / "datapackage" / "package.json"
    return json.loads(path.read_text("utf-8"))["version"]


CLIENTS = [Client("datapackage-js", "package: `Package.load`", version, read)]
