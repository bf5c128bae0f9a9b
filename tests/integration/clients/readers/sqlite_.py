"""SQLite by Python's own module, and Datasette over the same file."""

import asyncio
import sqlite3
from contextlib import closing
from urllib.parse import urlencode

from tests.integration.clients.given import Client, Given, Seen, installed, of_rows

QUERY = 'SELECT * FROM "{}" ORDER BY rowid'


def sqlite(given: Given) -> Seen:
    """The tables by queries."""
    with closing(sqlite3.connect(given.export("sqlite"))) as base:
        base.row_factory = sqlite3.Row

        def read(name: str):
            rows = [dict(r) for r in base.execute(QUERY.format(name))]
            return of_rows(rows, given.package.tables[name].names)

        return given.each(read)


def datasette(given: Given) -> Seen:
    """The tables by Datasette's JSON."""
    from datasette.app import Datasette

    path = given.export("sqlite")
    served = Datasette([str(path)], settings={"max_returned_rows": 100_000})

    def read(name: str):
        asked = urlencode({"sql": QUERY.format(name), "_shape": "objects"})
        answer = asyncio.run(served.client.get(f"/{path.stem}.json?{asked}")).json()
        assert not answer["truncated"]
        return of_rows(answer["rows"], given.package.tables[name].names)

    return given.each(read)


CLIENTS = [
    Client("SQLite", "`hudna export sqlite`", lambda: sqlite3.sqlite_version, sqlite),
    Client("Datasette", "`hudna export sqlite`", installed("datasette"), datasette),
]
