"""DuckDB by itself: what it makes of CSV, of Parquet, and of the database that is exported."""

import duckdb

from tests.integration.clients.given import Client, Column, Given, Seen, installed

KINDS = {"VARCHAR": "text", "BIGINT": "integer", "DOUBLE": "number", "BOOLEAN": "boolean",
         "DATE": "date", "ENUM": "codes"}  # fmt: skip


def columns(relation) -> dict[str, Column]:
    """Columns of what a query gives."""
    names, kinds = relation.columns, [str(t).partition("(")[0] for t in relation.types]
    rows = relation.fetchall()
    return {n: Column(KINDS.get(k, "something else"), [row[i] for row in rows])
            for i, (n, k) in enumerate(zip(names, kinds, strict=True))}  # fmt: skip


def files(given: Given, path) -> Seen:
    """Files, each named in a query."""
    with duckdb.connect() as base:
        return given.each(lambda n: columns(base.sql(f"SELECT * FROM '{path(n)}'")))


def database(given: Given) -> Seen:
    """The database."""
    with duckdb.connect(str(given.export("duckdb")), read_only=True) as base:
        return given.each(lambda n: columns(base.sql(f'SELECT * FROM "{n}" ORDER BY rowid')))


CLIENTS = [
    Client("DuckDB", "CSV: `FROM 'data/….csv'`", installed("duckdb"), lambda g: files(g, g.csv)),
    Client("DuckDB", "Parquet: `FROM '….parquet'`", installed("duckdb"),
           lambda g: files(g, lambda n: g.export("parquet") / f"{n}.parquet")),
    Client("DuckDB", "`hudna export duckdb`", installed("duckdb"), database),
]  # fmt: skip
