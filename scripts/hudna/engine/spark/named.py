"""Tables and generated relations as views of the session, each made when a query first names it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from hudna.engine import relations
from hudna.engine.spark import dialect
from hudna.form.schema import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class Named:
    """What queries may name: the tables that are offered, and what `engine.relations` makes."""

    def __init__(self, spark: SparkSession, tables: dict[str, Table]):
        self.spark = spark
        self.tables = tables
        self.makers: dict[str, tuple[str, Callable[[], DataFrame]]] = {}
        self.made: set[str] = set()
        self.making = threading.RLock()
        for name in relations.MAKERS:
            self.offer(name, lambda name=name: self.relation(name))

    def offer(self, name: str, make: Callable[[], DataFrame]) -> None:
        """Let queries name a table, which is made when the first one does; the last offer holds."""
        with self.making:
            self.makers[name.lower()] = (name, make)
            self.made.discard(name.lower())

    def prepare(self, sql: str) -> None:
        """Make what a query names and is not there yet."""
        names = dialect.tables(sql) & self.makers.keys()
        if not names <= self.made:
            for name in sorted(names):
                self.make(name)

    def make(self, name: str) -> None:
        """Make one table, if it is not there yet."""
        own, make = self.makers[name.lower()]
        self.once(name.lower(), lambda: make().createOrReplaceTempView(quote(own)))

    def once(self, name: str, work: Callable[[], object]) -> None:
        """Do what makes something of a name, if it is not there yet."""
        with self.making:
            if name not in self.made:
                work()
                self.made.add(name)

    def relation(self, name: str) -> DataFrame:
        """A relation made from the Table Schemas."""
        body = relations.MAKERS[name](self.tables)
        self.prepare(body)
        return self.spark.sql(dialect.to_spark(body))

    def drop(self) -> None:
        """Forget every view that was made."""
        with self.making:
            for key in self.made & self.makers.keys():
                self.spark.catalog.dropTempView(quote(self.makers[key][0]))
                self.made.remove(key)


def quote(name: str) -> str:
    """A name as Spark quotes it."""
    return f"`{name.replace('`', '``')}`"
