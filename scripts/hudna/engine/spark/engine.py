"""The engine on Spark: it is asked as `engine.store.Store` is, in DuckDB's dialect."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from hudna.engine.spark import dialect, errors, parts, re2, stages
from hudna.engine.spark.named import Named, quote
from hudna.form.schema import Table

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

# Types of Spark under DuckDB's names.
KINDS = {
    "string": "VARCHAR",
    "bigint": "BIGINT",
    "int": "INTEGER",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "void": "INTEGER",
}
# Rows of an answer that are held in Python, of a table that are sent along with each query that
# reads it, queries that are run as one, and how many of those at a time.
FEW, SMALL, TOGETHER, THREADS = 1000, 10_000, 20, 4


class Engine:
    """The tables of a package under their names; runs SQL of DuckDB's dialect over them.

    present: the columns that a table's file has. empty: the tables without records.
    """

    def __init__(self, spark: SparkSession, tables: dict[str, Table]):
        self.spark = spark
        self.tables = tables
        self.present: dict[str, set[str]] = {}
        self.empty: set[str] = set()
        self.named = Named(spark, tables)
        self.numbers = itertools.count(1)
        self.lacking = (errors.Lacking,)
        self.errors = (errors.Failed, dialect.NotPortable)

    def offer(self, name: str, make: Callable[[], DataFrame]) -> None:
        """Let queries name a table; it is made when the first one does."""
        self.named.offer(name, make)

    def name(self, kind: str) -> str:
        """A name for a relation that nothing else bears."""
        return f"_{kind}{next(self.numbers)}"

    def side_by_side(self, work: Callable, items: Iterable) -> list:
        """The results of some work on each item, in the items' order, several at a time."""
        with ThreadPoolExecutor(THREADS) as pool:
            try:
                return list(pool.map(work, items))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self.interrupt()
                raise

    def interrupt(self) -> None:
        """Stop whatever runs."""
        from py4j.protocol import Py4JError

        # Where Java is gone, nothing runs.
        with contextlib.suppress(Py4JError, ConnectionError):
            self.spark.sparkContext.cancelAllJobs()

    def frame(self, query: str, params: Mapping[str, Any] | None = None) -> DataFrame:
        """A query's result, not yet computed, but for the stages before it."""
        self.named.prepare(query)
        made = []
        try:
            for name, tree in stages.cut(dialect.parsed(query)):
                text = dialect.to_spark(tree, params)
                if re2.NAME.upper() in text:
                    self.named.once(re2.NAME, lambda: re2.register(self.spark))
                frame = self.spark.sql(text)
                if name:
                    kept(frame).createOrReplaceTempView(name)
                    made.append(name)
            return frame
        finally:
            # What was planned needs the names no more.
            for name in made:
                self.spark.catalog.dropTempView(name)

    def run(self, query: str, params: Any = None) -> tuple[list[str], list[tuple]]:
        """The column names and the rows of a query."""
        with errors.told():
            frame = self.frame(query, params)
            return frame.columns, rows(frame.toArrow())

    def sql(self, query: str, params: Any = None) -> list[tuple]:
        """The rows of a query, as tuples."""
        return self.run(query, params)[1]

    def some(self, query: str, few: int = FEW) -> tuple[list[str], list[tuple], bool]:
        """The column names and the first rows of a query, and whether there are more."""
        with errors.told():
            frame = self.frame(query).limit(few + 1)
            found = rows(frame.toArrow())
        return frame.columns, found[:few], len(found) > few

    def types(self, query: str, params: Any = None) -> dict[str, str]:
        """The columns of a query with their types, under DuckDB's names."""
        with errors.told():
            schema = self.frame(query, params).schema
        kinds = ((f.name, f.dataType.simpleString()) for f in schema)
        return {n: KINDS.get(k, k.upper()) for n, k in kinds}

    def create(self, name: str, query: str) -> None:
        """Make a table of what a query gives."""
        with errors.told():
            frame = kept(self.frame(query))
        self.offer(name, lambda: frame)

    def view(self, name: str, query: str) -> None:
        """Let a name stand for a query; what the name stood for before may stand in it."""
        with errors.told():
            frame = self.frame(query)
        self.offer(name, lambda: frame)

    def define(self, name: str, columns: Mapping[str, str]) -> None:
        """Make an empty table; columns: names and types."""
        self.offer(name, lambda: self.spark.createDataFrame([], parts.struct(columns)))

    def insert(self, name: str, columns: Mapping[str, str], several: list[tuple]) -> None:
        """Put rows into a table."""
        import pyarrow as pa

        if several:
            held = zip(*several, strict=True)
            given = {n: list(values) for n, values in zip(columns, held, strict=True)}
            table = pa.table(given, schema=parts.arrow(columns))
            self.add(name, self.spark.createDataFrame(table))

    def extend(self, name: str, columns: Mapping[str, str], query: str) -> int:
        """Put what a query gives into a table; returns the number of rows."""
        return self.gather(name, columns, [query])[0]

    def gather(self, name: str, columns: Mapping[str, str], queries: list[str]) -> list[int]:
        """Put into a table what several queries give, one after the other; how many rows of each.

        columns: names and types, as each query gives them.
        """
        several = [queries[i : i + TOGETHER] for i in range(0, len(queries), TOGETHER)]
        found = self.side_by_side(lambda some: self.together(columns, some), several)
        counts = []
        for frame, numbers in found:
            counts += numbers
            if any(numbers):
                self.add(name, frame)
        return counts

    def together(
        self, columns: Mapping[str, str], queries: list[str]
    ) -> tuple[DataFrame, list[int]]:
        """What several queries give, computed as one, and how many rows of each."""
        joined = " UNION ALL ".join(
            f"SELECT {n} AS _nth, _q.* FROM ({q}) AS _q" for n, q in enumerate(queries)
        )
        with errors.told():
            frame = kept(self.frame(joined))
            counts = dict(rows(frame.groupBy("_nth").count().toArrow()))
        return typed(frame, columns), [counts.get(n, 0) for n in range(len(queries))]

    def add(self, name: str, frame: DataFrame) -> None:
        """Put computed rows behind those of a table."""
        self.named.make(name)
        both = self.spark.table(quote(name)).unionAll(frame)
        self.offer(name, lambda: both)


def typed(frame: DataFrame, columns: Mapping[str, str]) -> DataFrame:
    """The columns of a frame, of the types that they shall have."""
    kinds = parts.struct(columns)
    return frame.select(*(frame[quote(f.name)].cast(f.dataType).alias(f.name) for f in kinds))


def kept(frame: DataFrame) -> DataFrame:
    """A result computed now, and kept in memory or on disk as long as it is named.

    `persist` would not do: Spark finds no plan again that holds a WITH, and runs it anew.
    """
    frame = frame.localCheckpoint(eager=True)
    head = frame.limit(SMALL + 1).toArrow()
    # Spark plans better with what it knows: it joins nothing with an empty table.
    return frame if head.num_rows > SMALL else frame.sparkSession.createDataFrame(head)


def rows(table: pa.Table) -> list[tuple]:
    """The rows of an Arrow table as tuples."""
    if not table.num_columns:
        return [()] * table.num_rows
    return list(zip(*(c.to_pylist() for c in table.columns), strict=True))
