"""Queries of DuckDB's dialect, run on Spark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from hudna.engine.spark import dialect, stages
from hudna.engine.spark.named import Named
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


class Engine:
    """The tables of a package under their names; runs SQL of DuckDB's dialect over them."""

    def __init__(self, spark: SparkSession, tables: dict[str, Table]):
        self.spark = spark
        self.tables = tables
        self.present: dict[str, set[str]] = {}
        self.empty: set[str] = set()
        self.named = Named(spark, tables)

    def offer(self, name: str, make: Callable[[], DataFrame]) -> None:
        """Let queries name a table; it is made when the first one does."""
        self.named.offer(name, make)

    def frame(self, query: str, params: Mapping[str, Any] | None = None) -> DataFrame:
        """A query's result, not yet computed."""
        self.named.prepare(query)
        return self.spark.sql(dialect.to_spark(query, params))

    def run(self, query: str, params: Any = None) -> tuple[list[str], list[tuple]]:
        """The column names and the rows of a query."""
        self.named.prepare(query)
        made = []
        try:
            for name, tree in stages.cut(dialect.parsed(query)):
                frame = self.spark.sql(dialect.to_spark(tree, params))
                if name:
                    kept(frame).createOrReplaceTempView(name)
                    made.append(name)
            return frame.columns, rows(frame.toArrow())
        finally:
            for name in made:
                self.spark.catalog.dropTempView(name)

    def sql(self, query: str, params: Any = None) -> list[tuple]:
        """The rows of a query, as tuples."""
        return self.run(query, params)[1]

    def types(self, query: str, params: Any = None) -> dict[str, str]:
        """The columns of a query with their types, under DuckDB's names; nothing is computed."""
        kinds = ((f.name, f.dataType.simpleString()) for f in self.frame(query, params).schema)
        return {n: KINDS.get(k, k.upper()) for n, k in kinds}

    def gather(self, name: str, queries: Iterable[str]) -> None:
        """The rows of queries that have the same columns, as one table that later ones may name.

        It is computed once, when a query first names it.
        """
        query = " UNION ALL ".join(f"({q})" for q in queries)
        self.named.offer(name, lambda: kept(self.frame(query)))


# A result of no more rows is sent along with the queries that read it.
SMALL = 10_000


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


def lacking(error: Exception) -> str:
    """What a query names and the package has not, in the words of the report; "" where it is not
    that which went wrong."""
    condition = getattr(error, "getCondition", str)()
    given = error.getMessageParameters() if condition else {}
    if condition == "TABLE_OR_VIEW_NOT_FOUND":
        return f"the package has no table {last(given['relationName'])}"
    if (condition or "").startswith("UNRESOLVED_COLUMN"):
        return f"the package has no column {last(given['objectName'])} where the rule asks for it"
    return ""


def last(name: str) -> str:
    """The last part of a quoted name."""
    return re.findall(r"`((?:[^`]|``)*)`", name)[-1].replace("``", "`")


def told(error: Exception) -> str:
    """The first line of what Spark says went wrong, without its code and place."""
    if not hasattr(error, "getCondition"):
        return str(error).strip().splitlines()[0]
    line = str(error).strip().splitlines()[0]
    return re.sub(r"^\[[A-Z0-9_.]+\] |( SQLSTATE: \w+.*)$", "", line)
