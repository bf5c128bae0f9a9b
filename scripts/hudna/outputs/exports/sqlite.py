"""SQLite: keys, checks, full text in any script, and what each table, field and code means."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from hudna.engine.store import Store
from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.ground.finding import CannotRun
from hudna.outputs import exporting, relational
from hudna.outputs.exporting import Tell
from hudna.outputs.relational import quote

ENDING = ".db"
APPLICATION = 0x68756461  # marks a file as ours in its header
SETTINGS = ("page_size=4096", "journal_mode=OFF", "synchronous=OFF", "encoding='UTF-8'",
            f"application_id={APPLICATION}")  # fmt: skip
CASTS = {"boolean": "CAST({} AS INTEGER)", "date": "CAST({} AS VARCHAR)"}


def write(package: Package, path: Path) -> None:
    """Write the database; the same package and the same SQLite give the same bytes."""
    tell(package, path, exporting.silent)


def tell(package: Package, path: Path, said: Tell) -> None:
    """The same; said: told of the rows that are written."""
    with exporting.opened(package) as store:
        lay(store, package, path, said)


def lay(store: Store, package: Package, path: Path, said: Tell) -> None:
    """The same, of tables that are in the engine."""
    database = sqlite3.connect(path, isolation_level=None)
    try:
        # The file is thrown away if anything fails, so nothing need be kept for a rollback.
        for setting in SETTINGS:
            database.execute(f"PRAGMA {setting}")
        database.execute("BEGIN")
        for name, (names, rows) in relational.about(package).items():
            fill_about(database, name, names, rows)
        for table in package.tables.values():
            chunks = exporting.rows(store, table, columns(table), said)
            fill(database, table, package.tables, chunks)
        unkept(database)
        database.execute("COMMIT")
        database.execute("ANALYZE")
    finally:
        database.close()


def columns(table: Table) -> str:
    """SQL for the row number and the values as SQLite holds them."""
    return ", ".join(["_row"] + [CASTS.get(f.type, "{}").format(quote(f.name))
                                 for f in table.fields])  # fmt: skip


def fill_about(database: sqlite3.Connection, name: str, names: list[str], rows: list) -> None:
    """Make a table that describes the others."""
    database.execute(f"CREATE TABLE {quote(name)} ({', '.join(map(quote, names))})")
    marks = ", ".join("?" * len(names))
    database.executemany(f"INSERT INTO {quote(name)} VALUES ({marks})", rows)


def fill(
    database: sqlite3.Connection, table: Table, tables: dict[str, Table],
    chunks: Iterable[list[tuple]],
) -> None:  # fmt: skip
    """Make a table with its index of words; a row's rowid is its number in the table."""
    database.execute(relational.definition(table, tables))
    searched = relational.searched(table)
    if searched:
        database.execute(relational.index_of_words(table))
    places = [table.names.index(n) + 1 for n in searched]
    known = relational.named(table)
    for chunk in chunks:
        put(database, table, chunk)
        if searched:
            found = (relational.words(r, places, table.names, known) for r in chunk)
            database.executemany(relational.insert_words(table), found)
    for statement in relational.indexes(table):
        database.execute(statement)
    if searched:
        name = quote(table.name + relational.WORDS)
        database.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")


def put(database: sqlite3.Connection, table: Table, rows: list[tuple]) -> None:
    """Put rows into a table; CannotRun where they are not what its schema says."""
    names = ", ".join(map(quote, ["rowid", *table.names]))
    marks = ", ".join("?" * (len(table.names) + 1))
    try:
        database.executemany(f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})", rows)
    except sqlite3.IntegrityError as e:
        raise CannotRun(f"not exported: {table.path} breaks its schema ({e}); "
                        "`hudna validate` tells where") from None  # fmt: skip


def unkept(database: sqlite3.Connection) -> None:
    """CannotRun where a foreign key does not hold."""
    for name, _, other, _ in database.execute("PRAGMA foreign_key_check"):
        raise CannotRun(f"not exported: a record of {name} refers to one that {other} does not "
                        "have; `hudna validate` tells which")  # fmt: skip


def ours(path: Path) -> bool:
    """Whether a file is a database that was exported before."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(72)
    return head.startswith(b"SQLite format 3\0") and head[68:] == APPLICATION.to_bytes(4, "big")
