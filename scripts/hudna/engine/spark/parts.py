"""A relation out of parts: each is read on an executor by its own task, in Arrow batches."""

from __future__ import annotations

import bisect
import functools
import itertools
import json
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

# SQL's types as Arrow's and as Spark's.
ARROW = {
    "VARCHAR": "string",
    "BIGINT": "int64",
    "INTEGER": "int32",
    "DOUBLE": "float64",
    "BOOLEAN": "bool_",
    "DATE": "date32",
    "BLOB": "binary",
}
ROW, PART, TOLD = "_row", "_part", "_told"


class Told(NamedTuple):
    """What a reader says when it is through with a part: its number of records, and what else.

    said: anything that can be pickled, such as the faults of the file and where its lines begin.
    """

    records: int
    said: Any = None


Reader = Callable[[Any], "Iterator[pa.RecordBatch | Told]"]


class Relation:
    """The rows of some parts as one table (`frame`), numbered over all parts in their order.

    read: gives the batches of a part, with `_row` counted from 1 in that part, and may end with
    what it has to tell; it must be picklable, and importable where it comes from a module.
    columns: names and SQL types of what the batches hold, `_row` among them. Each part is read
    once, by a task of its own, and kept (in memory, else on disk).
    """

    def __init__(
        self, spark: SparkSession, parts: Sequence[Any], read: Reader, columns: Mapping[str, str]
    ):
        self.columns = dict(columns)
        wire = {PART: "BIGINT", **self.columns, TOLD: "BLOB"}
        task = functools.partial(send, list(parts), read, arrow(wire))
        numbers = spark.range(0, len(parts), 1, max(len(parts), 1))
        self.parts = len(parts)
        self.raw = numbers.mapInArrow(task, struct(wire)).persist()

    @functools.cached_property
    def told(self) -> list[Told]:
        """What the readers told of each part, in order; reads the parts."""
        rows = self.raw.where(f"{TOLD} IS NOT NULL").select(PART, TOLD).collect()
        out = {part: pickle.loads(told) for part, told in rows}
        return [out[i] for i in range(self.parts)]

    @functools.cached_property
    def offsets(self) -> list[int]:
        """How many records stand before each part."""
        return [0, *itertools.accumulate(t.records for t in self.told)][: self.parts]

    @property
    def frame(self) -> DataFrame:
        """The table: its columns, with `_row` the number of the record over all parts."""
        rows = self.raw.where(f"{TOLD} IS NULL")
        number = f"`{ROW}`"
        if any(self.offsets):
            # One constant for the optimizer, however many parts there are.
            listed = f"from_json('{json.dumps(self.offsets)}', 'array<bigint>')"
            number = f"`{ROW}` + element_at({listed}, CAST({PART} AS INT) + 1)"
        names = (f"`{n.replace('`', '``')}`" for n in self.columns)
        return rows.selectExpr(*(f"{number} AS {n}" if n == f"`{ROW}`" else n for n in names))

    def place(self, row: int) -> tuple[int, int]:
        """Where a record stands: the index of its part, and its number in that part."""
        part = bisect.bisect_left(self.offsets, row) - 1
        return part, row - self.offsets[part]

    def drop(self) -> None:
        """Let go of what is kept."""
        self.raw.unpersist()


def ask(spark: SparkSession, parts: Sequence[Any], question: Callable[[Any], Any]) -> list[Any]:
    """What a function gives for each part, in order; each is asked on an executor."""
    if not parts:
        return []
    return spark.sparkContext.parallelize(parts, len(parts)).map(question).collect()


def arrow(columns: Mapping[str, str]) -> pa.Schema:
    """Columns of SQL types as a schema of Arrow."""
    import pyarrow as pa

    return pa.schema([(n, getattr(pa, ARROW[kind])()) for n, kind in columns.items()])


def struct(columns: Mapping[str, str]) -> Any:
    """Columns of SQL types as a schema of Spark."""
    from pyspark.sql import types

    kinds = {
        "VARCHAR": types.StringType(),
        "BIGINT": types.LongType(),
        "INTEGER": types.IntegerType(),
        "DOUBLE": types.DoubleType(),
        "BOOLEAN": types.BooleanType(),
        "DATE": types.DateType(),
        "BLOB": types.BinaryType(),
    }
    return types.StructType([types.StructField(n, kinds[kind]) for n, kind in columns.items()])


def send(
    parts: Sequence[Any], read: Reader, schema: pa.Schema, numbers: Iterable[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """The batches of the parts whose numbers are given, each part closed by what was told of it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for number in (n for batch in numbers for n in batch.column(0).to_pylist()):
        told = Told(0)
        for batch in read(parts[number]):
            if isinstance(batch, Told):
                told = batch
            elif batch.num_rows:
                last = pc.max(batch.column(ROW)).as_py()
                told = told._replace(records=max(told.records, last))
                yield pa.record_batch(list(wired(batch, number, schema)), schema=schema)
        closing = [[number], *([None] for _ in schema.names[1:-1]), [pickle.dumps(told)]]
        arrays = [pa.array(v, f.type) for v, f in zip(closing, schema, strict=True)]
        yield pa.record_batch(arrays, schema=schema)


def wired(batch: pa.RecordBatch, number: int, schema: pa.Schema) -> Iterator[pa.Array]:
    """The columns of a batch of one part, as they are sent."""
    import pyarrow as pa

    for field in schema:
        if field.name == PART:
            yield pa.repeat(pa.scalar(number, field.type), batch.num_rows)
        elif field.name == TOLD:
            yield pa.nulls(batch.num_rows, field.type)
        else:
            column = batch.column(field.name)
            yield column if column.type == field.type else column.cast(field.type)
