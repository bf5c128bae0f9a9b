"""Regular expressions on Spark's executors as DuckDB reads them, where Java might never end.

RE2 reads a text once. Java tries again and again, needs a deeper stack with each repetition of a
group, and hangs the session when that is spent: a cell of some thousand characters is enough.
"""

from __future__ import annotations

import functools
import re
import warnings
from typing import TYPE_CHECKING, Any

from hudna.form.patterns import ASIDE, REPEATED_GROUP

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

NAME = "_re2"
# Characters up to which Java is asked of a pattern with which it may take the square of them.
LONG = 500
OPEN_END = re.compile(r"[*+]|\{[0-9]+,\}")


def never(pattern: str) -> bool:
    """Whether Java is never to be asked of a pattern: it repeats a group, or much may vary."""
    return REPEATED_GROUP.search(ASIDE.sub("", pattern)) is not None or varying(pattern) > 2


def slow(pattern: str) -> bool:
    """Whether Java may take the square of a text's length."""
    return varying(pattern) > 1


def varying(pattern: str) -> int:
    """How many places of a match can be moved; each multiplies the time that Java may take."""
    return len(OPEN_END.findall(ASIDE.sub("", pattern))) + (not pattern.startswith(r"\A"))


def register(spark: SparkSession) -> None:
    """Let queries of a session call it."""
    from pyspark.sql.functions import ArrowUDFType, arrow_udf

    # Its annotations are Arrow's, which is not imported before it is needed.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        udf = arrow_udf(matches, "boolean", ArrowUDFType.SCALAR)
    spark.udf.register(NAME, udf)


def matches(texts: pa.Array, patterns: pa.Array) -> pa.Array:
    """Whether each text has what its pattern says; all patterns are the same."""
    import pyarrow as pa

    if not len(texts) or texts.null_count == len(texts):
        return pa.nulls(len(texts), pa.bool_())
    given = pa.table({"t": texts})
    query = "SELECT regexp_matches(t, $pattern) AS m FROM given"
    found = database().execute(query, {"pattern": patterns[0].as_py()}).to_arrow_table()
    assert given.num_rows == found.num_rows
    return found.column("m").combine_chunks()


@functools.cache
def database() -> Any:
    """A DuckDB of this process, with one thread: each of Spark's tasks has a core."""
    import duckdb

    return duckdb.connect(config={"threads": 1})
