"""The same typed tables in DuckDB and in Spark, and what one query says on each."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import duckdb
import pyarrow as pa
from sqlglot import exp

from hudna.engine import relations, typed
from hudna.engine.spark import dialect, parts
from hudna.engine.spark.engine import Engine, rows
from hudna.form import package, values
from hudna.form.schema import Table
from tests.packages import cell

SHIPPED = package.read(package.home())[0]


def shipped(table: Table) -> list[dict[str, str]]:
    """The rows of a table of the shipped package, as texts."""
    with SHIPPED.path(table.path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(table: Table, given: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows as the typed table of a store: `_row`, and every field by its type."""
    given = list(given)
    columns = {"_row": "BIGINT", **{f.name: typed.SQL_TYPES[f.type] for f in table.fields}}
    data: dict[str, list] = {"_row": list(range(1, len(given) + 1))}
    for field in table.fields:
        texts = (cell(row.get(field.name)) for row in given)
        read = [values.value(field, t) if t else None for t in texts]
        data[field.name] = [v if v is None or field.type != "number" else float(v) for v in read]
    return pa.table(data, schema=parts.arrow(columns))


class Duck:
    """A package's tables in DuckDB, on which one case after the other is laid."""

    def __init__(self, tables: Mapping[str, Table]):
        self.connection = duckdb.connect()
        self.tables = tables
        self.filled: set[str] = set(tables)
        self.fill({})
        for name, make in relations.MAKERS.items():
            self.connection.execute(f"CREATE VIEW {name} AS {make(dict(tables))}")

    def fill(self, given: Mapping[str, pa.Table]) -> None:
        """Lay the given tables in the place of those before; all others are empty."""
        for name in self.filled | set(given):
            self.connection.register("_given", given.get(name, table(self.tables[name], ())))
            self.connection.execute(f"CREATE OR REPLACE TABLE {typed.quote(name)} AS FROM _given")
        self.filled = set(given)

    def run(self, query: str, params: Any = None) -> tuple[list[str], list[tuple]]:
        """The column names and the rows of a query."""
        cursor = self.connection.execute(query, params)
        return [d[0] for d in cursor.description], cursor.fetchall()


class Cases:
    """Several packages at once in one Spark session: the tables of each under names of its own.

    So the queries of several cases are one query, which is planned and run at once.
    """

    def __init__(self, spark: Any, tables: Mapping[str, Table]):
        self.engine = Engine(spark, dict(tables))
        self.spark = spark
        self.number = 0
        for known in tables.values():
            empty = table(known, ())
            self.engine.offer(f"none_{known.name}", lambda e=empty: spark.createDataFrame(e))

    def put(self, tables: Mapping[str, Table], given: Mapping[str, pa.Table]) -> Case:
        """One more case, with the given tables; all others are empty."""
        self.number += 1
        number = self.number
        names = {n: f"c{number}_{n}" if n in given else f"none_{n}" for n in tables}
        for name, typed_rows in given.items():
            self.engine.offer(names[name], lambda r=typed_rows: self.spark.createDataFrame(r))
        for name, make in relations.MAKERS.items():
            names[name] = f"c{number}{name}"
            body = renamed(make(dict(tables)), names)
            self.engine.offer(names[name], lambda b=body: self.engine.frame(b))
        return Case(self.engine, names)

    def clear(self) -> None:
        """Forget all cases."""
        self.engine.named.drop()


class Case:
    """One package among several in a Spark session; runs queries over its own tables."""

    def __init__(self, engine: Engine, names: Mapping[str, str]):
        self.engine = engine
        self.names = names

    def query(self, sql: str) -> str:
        """A query, with the names of this case's tables."""
        return renamed(sql, self.names)

    def run(self, sql: str, params: Any = None) -> tuple[list[str], list[tuple]]:
        """The column names and the rows of a query."""
        return self.engine.run(self.query(sql), params)


def renamed(sql: str, names: Mapping[str, str]) -> str:
    """A query that reads tables of other names."""
    tree = dialect.parsed(sql).copy()
    steps = {c.alias for c in tree.find_all(exp.CTE)}
    for node in tree.find_all(exp.Table):
        if node.name in names and node.name not in steps:
            if not node.alias:
                node.set("alias", exp.TableAlias(this=node.this.copy()))
            node.set("this", exp.to_identifier(names[node.name], quoted=True))
    return tree.sql("duckdb", comments=False)


def together(engine: Engine, queries: list[str]) -> list[list[tuple]]:
    """The rows of each of some queries of the same columns, all run as one."""
    joined = " UNION ALL ".join(
        f"SELECT {i} AS _unit, _q.* FROM ({q}) AS _q" for i, q in enumerate(queries)
    )
    out: list[list[tuple]] = [[] for _ in queries]
    for unit, *row in rows(engine.frame(joined).toArrow()):
        out[unit].append(tuple(row))
    return out


def in_turn(work: Any, items: Iterable[Any]) -> Iterator[Any]:
    """Some work on each item, two at a time, in the order of the items."""
    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(work, items)


def alike(found: Iterable[tuple]) -> list[str]:
    """Rows in an order that no engine has a say in; a number is the same whatever its type."""
    return sorted(map(repr, found))
