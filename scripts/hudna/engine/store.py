"""A package's tables in DuckDB, in memory as far as it goes, typed by their schemas."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

from hudna.engine import relations
from hudna.engine.limits import Limits
from hudna.engine.typed import quote
from hudna.form.schema import ForeignKey, Reference, Table

WORD = re.compile(r"\w+")
# While files are read: the first makes a join of a long list of codes, and a join does not keep the
# order of records; the others let the reader of a file do a cast, which then stops at a bad cell.
UNSAFE = "in_clause,type_pushdown,scalar_fn_pushdown"
# Records below which planning a query takes longer than running it.
SMALL = 20_000
WIDE = 200  # columns
# Rows of one query's answer that are held in Python; more stay in the engine.
FEW = 1000


class Store:
    """The tables of a package under their names; runs SQL over them.

    Each table has its schema's columns, typed, and `_row`, the number of the record in its table
    (from 1). Beside them stand the relations of `engine.relations`, made when first asked for.
    present: the columns that a table's file has. empty: the tables without records. numbered: the
    tables that hold `_row`; in others it is the number of the row. views: names that are views.
    kept: foreign keys and references of tables that are known to hold. climbing: tables each of
    whose keys is greater than the one before.
    """

    def __init__(self, tables: dict[str, Table], limits: Limits | None = None):
        import duckdb

        self.tables = tables
        self.limits = limits or Limits()
        self.present: dict[str, set[str]] = {}
        self.empty: set[str] = set()
        self.numbered: set[str] = set()
        self.views: set[str] = set()
        self.made: set[str] = set()
        self.kept: set[tuple[str, ForeignKey | Reference]] = set()
        self.climbing: set[str] = set()
        self.making = threading.Lock()
        self.own = threading.local()
        self.numbers = count(1)
        self.large = False
        # One more than there are cores: while a statement ends, no core waits for the next.
        self.threads = (os.cpu_count() or 1) + 1
        self.folder = self.limits.folder()
        self.cursors: dict[int, Any] = {}
        self.database = duckdb.connect(
            ":memory:",
            config={
                "autoinstall_known_extensions": "false",
                "checkpoint_threshold": "1TB",
                "disabled_optimizers": UNSAFE,
                "memory_limit": f"{self.limits.bytes // 10**6}MB",
                "temp_directory": self.folder.name,
            },
        )

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back memory and the folder of what did not fit into it."""
        for cursor in list(self.cursors.values()):
            cursor.close()
        self.database.close()
        self.folder.cleanup()

    def interrupt(self) -> None:
        """Stop whatever runs."""
        for cursor in list(self.cursors.values()):
            cursor.interrupt()

    @property
    def connection(self) -> Any:
        """This thread's connection to the database; temporary tables are its own."""
        if not hasattr(self.own, "connection"):
            self.own.connection = self.database.cursor()
            self.cursors[threading.get_ident()] = self.own.connection
        return self.own.connection

    def name(self, kind: str) -> str:
        """A name for a relation that nothing else bears."""
        return f"_{kind}{next(self.numbers)}"

    def scratch(self, name: str) -> Path:
        """A path for a file that is gone when the run ends."""
        return Path(self.folder.name) / f"{next(self.numbers)}-{name}"

    def side_by_side(self, work: Callable, items: Iterable) -> list:
        """The results of some work on each item, in the items' order, on all cores.

        A statement on small tables costs its planning, which takes one core: so several
        statements run at once.
        """
        with ThreadPoolExecutor(self.threads) as pool:
            try:
                return list(pool.map(work, items))
            except BaseException:
                # Among others Ctrl-C: what runs is stopped, what waits is not begun.
                pool.shutdown(wait=False, cancel_futures=True)
                self.interrupt()
                raise

    def percent(self) -> dict[int, float]:
        """How far each thread's statement has come, from 0 to 1, by the thread's number."""
        return {n: max(c.query_progress(), 0) / 100 for n, c in list(self.cursors.items())}

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement; raises CannotRun where memory or disk is at its end."""
        import duckdb

        try:
            return self.connection.execute(query, params)
        except duckdb.OutOfMemoryException as e:
            raise self.limits.spent(str(e), self.folder.name) from None
        except duckdb.IOException as e:
            if "No space left" in str(e) or self.folder.name in str(e):
                raise self.limits.full(str(e), self.folder.name) from None
            raise

    def sql(self, query: str, params: Any = None) -> list[tuple]:
        """The rows of a query, as tuples."""
        return self.run(query, params)[1]

    def run(self, query: str, params: Any = None) -> tuple[list[str], list[tuple]]:
        """The column names and the rows of a query."""
        self.prepare(query)
        cursor = self.execute(query, params)
        return [d[0] for d in cursor.description or ()], cursor.fetchall()

    def relation(self, query: str, params: Any = None) -> Any:
        """What a query gives, as the engine's own: whole columns can be had of it."""
        self.prepare(query)
        return self.connection.sql(query, params=params or None)

    def types(self, query: str, params: Any = None) -> dict[str, str]:
        """The names and the SQL types of a query's columns."""
        return {name: kind for name, kind, *_ in self.sql(f"DESCRIBE {query}", params)}

    def create(self, name: str, query: str) -> None:
        """Make a table of what a query gives."""
        self.prepare(query)
        self.execute(f"CREATE OR REPLACE TABLE {quote(name)} AS {query}")

    def gather(self, name: str, columns: dict[str, str], queries: list[str]) -> list[int]:
        """Put into a table what several queries give, one after the other; how many rows of each.

        columns: names and types, as each query gives them.
        """
        found = self.side_by_side(lambda q: self.ask(name, columns, q), queries)
        self.insert(name, columns, [row for rows, _ in found for row in rows])
        return [n for _, n in found]

    def define(self, name: str, columns: dict[str, str]) -> None:
        """Make an empty table; columns: names and types."""
        defined = ", ".join(f"{quote(c)} {kind}" for c, kind in columns.items())
        self.execute(f"CREATE OR REPLACE TABLE {quote(name)} ({defined})")

    def insert(self, name: str, columns: dict[str, str], rows: list[tuple]) -> None:
        """Put rows into a table."""
        if rows:
            lists = {f"p{i}": list(held) for i, held in enumerate(zip(*rows, strict=True))}
            several = ", ".join(f"unnest($p{i}::{k}[])" for i, k in enumerate(columns.values()))
            self.execute(f"INSERT INTO {quote(name)} SELECT {several}", lists)

    def view(self, name: str, query: str) -> None:
        """Let a name stand for a query."""
        self.views.add(name)
        self.execute(f"CREATE OR REPLACE VIEW {quote(name)} AS {query}")

    @property
    def lacking(self) -> tuple[type[Exception], ...]:
        """The errors of a query that names what the package does not have."""
        import duckdb

        return duckdb.CatalogException, duckdb.BinderException

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """Every error of a query."""
        import duckdb

        return (duckdb.Error,)

    def some(self, query: str, few: int = FEW) -> tuple[list[str], list[tuple], bool]:
        """The column names and the first rows of a query, and whether there are more."""
        self.prepare(query)
        cursor = self.execute(query)
        rows = cursor.fetchmany(few + 1)
        return [d[0] for d in cursor.description or ()], rows[:few], len(rows) > few

    def extend(self, name: str, columns: dict[str, str], query: str) -> int:
        """Put what a query gives into a table; returns the number of rows."""
        names = ", ".join(map(quote, columns))
        done = self.execute(f"INSERT INTO {quote(name)} SELECT {names} FROM ({query}) AS _asked")
        return done.fetchone()[0]

    def ask(self, name: str, columns: dict[str, str], query: str) -> tuple[list[tuple], int]:
        """The rows of a query where they are few, and their number; many go into the table."""
        _, rows, more = self.some(query)
        return ([], self.extend(name, columns, query)) if more else (rows, len(rows))

    def prepare(self, query: str) -> None:
        """Make the generated relations that the query names, where they are not there yet."""
        with self.making:
            for name in (set(WORD.findall(query)) & relations.MAKERS.keys()) - self.made:
                self.made.add(name)
                if name == "_fields":
                    # As a query of values it would be planned anew each time.
                    self.define(name, relations.FIELDS)
                    self.insert(name, relations.FIELDS, relations.fields_rows(self.tables))
                    continue
                body = relations.MAKERS[name](self.tables)
                self.connection.execute(f"CREATE VIEW {quote(name)} AS {body}")

    def expect(self, records: int, columns: int = 0) -> None:
        """Say how many records there will be, and of how many columns at most.

        Where they are few, the optimizer is spared: it takes more time than it saves, unless it
        lets a query on a wide table read only what it asks for.
        """
        self.large = records >= SMALL or columns > WIDE
        if not self.large:
            self.database.execute("SET GLOBAL enable_optimizer = false")

    def lock(self) -> None:
        """Let no later statement open a file or change a setting."""
        self.database.execute("SET GLOBAL disabled_optimizers = ''")
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")
