"""Parquet files that Spark reads itself, typed and checked by the same SQL as on one machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hudna.engine import asides, checking, loading, masked, typed
from hudna.engine.asides import readable
from hudna.engine.sources import Facts, Found, Part
from hudna.engine.spark.engine import Engine
from hudna.engine.spark.named import quote
from hudna.engine.spark.reading import Remote
from hudna.engine.typed import Aside
from hudna.form import parts
from hudna.form.schema import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# Types of columns as DuckDB names them in a Parquet file, and as Spark reads them there.
KINDS = {
    "VARCHAR": "string", "BOOLEAN": "boolean", "DATE": "date", "FLOAT": "float", "DOUBLE": "double",
    "TINYINT": "tinyint", "SMALLINT": "smallint", "INTEGER": "int", "BIGINT": "bigint",
    "UTINYINT": "smallint", "USMALLINT": "int", "UINTEGER": "bigint", "UBIGINT": "decimal(20,0)",
}  # fmt: skip
# What Hadoop takes for a pattern in a path, and for a name that is hidden.
GLOB, HIDDEN = re.compile(r"[*?\[\]{}\\]"), ("_", ".")


class Columns(Part):
    """A Parquet file of which Spark has made a relation; it numbers its records itself."""

    numbered = True

    def __init__(self, part: Remote, name: str):
        super().__init__(part.file, part.header, None, part.count, kinds=part.kinds)
        self.part, self.name = part, name

    def relation(self) -> tuple[str, dict[str, Any]]:
        return f"SELECT * FROM {typed.quote(self.name)}", {}

    def find(self, numbers: list[int]) -> dict[int, Found]:
        return self.part.find(numbers)


def kind(name: str) -> str | None:
    """The type that Spark reads a column as; None where hudna has no word for it."""
    if m := re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", name):
        # Up to here both make the same double of it.
        return name.lower() if int(m[1]) <= 15 else None
    return KINDS.get(name)


def wanted(table: Table, part: Remote) -> list[int] | None:
    """The columns of a Parquet file that are read; None where Spark should not read it."""
    if parts.kind(part.file) != "parquet" or part.fatal:
        return None
    path = part.source.root / part.file
    labels = [h.lower() for h in part.header]
    if GLOB.search(str(path)) or path.name.startswith(HIDDEN) or len({*labels}) < len(labels):
        return None
    columns = [i for i, f in enumerate(table.fields) if readable(part.facts, f, i)]
    return columns if columns and all(kind(part.kinds[i]) for i in columns) else None


def raw(engine: Engine, part: Remote, columns: list[int], before: int) -> DataFrame:
    """The columns of a file as c0, c1, …, with the number of each record in its table."""
    from pyspark.sql.functions import col

    fields = [f"{quote(part.header[i])} {kind(part.kinds[i])}" for i in columns]
    path = f"file://{part.source.root / part.file}"
    frame = engine.spark.read.schema(", ".join(fields)).parquet(path)
    number = (col("_metadata.row_index") + 1 + before).alias("_row")
    return frame.select(number, *(col(quote(part.header[i])).alias(f"c{i}") for i in columns))


def read(
    engine: Engine, table: Table, several: list[tuple[Remote, int]], facts: list[Facts]
) -> tuple[DataFrame, list[int]]:
    """The typed records of Parquet files, and the numbers of the checks that some record fails.

    several: the files, and how many records stand before each. facts: of all files of the table.
    """
    held: list[Part] = []
    for part, before in several:
        name = engine.name("columns")
        frame = raw(engine, part, wanted(table, part) or [], before)
        engine.offer(name, lambda f=frame: f)
        held.append(Columns(part, name))
    known = list(asides.of_patterns(engine, table, held))
    frame, failing = fill(engine, table, held, facts, known)
    checks = checking.checks_of(table, facts[0], facts, [])
    mistyped = {checks[i].name for i in failing if checks[i].rule == "type-error"}
    if mistyped and (odd := asides.of_types(engine, table, held, mistyped)):
        frame.unpersist()
        frame, failing = fill(engine, table, held, facts, [*known, *odd])
    return frame, failing


def fill(
    engine: Engine, table: Table, held: list[Part], facts: list[Facts], known: list[Aside]
) -> tuple[DataFrame, list[int]]:
    """The records of files, typed and checked."""
    queries = []
    for part in held:
        checks = checking.checks_of(table, part.facts, facts, known)
        queries.append(loading.typing(table, part, checks, known, True)[0])
    frame = engine.frame(" UNION ALL ".join(queries)).persist()
    name = engine.name("filled")
    engine.offer(name, lambda: frame)
    masks = ", ".join(f"bit_or({m})" for m in masked.masks(len(checks)))
    (bits,) = engine.sql(f"SELECT {masks} FROM {name}")
    several = range(len(bits) * typed.MASK_BITS)
    return frame, [i for i in several if typed.is_set(bits, i)]
