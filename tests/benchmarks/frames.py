"""Tables as lazy polars frames, for the peers that work on those.

The reader is given the types, and finds the columns by the names in the header: it is faster than
to read text and cast it, and costs nothing more than to go by position. A value that is not of its
type stops it.
"""

from __future__ import annotations

import polars as pl

from tests.benchmarks.data import Column, Sheet

TYPES = {
    "string": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
}


def scan(sheet: Sheet) -> pl.LazyFrame:
    """A table's file, not read before it is collected."""
    types = {c.name: TYPES[c.type] for c in sheet.columns}
    return pl.scan_csv(sheet.path, schema_overrides=types, infer_schema=False)


def pattern(column: Column) -> str | None:
    """The pattern that a whole cell must match, or None."""
    told = column.constraints.get("pattern")
    return None if told is None else f"^(?:{told})$"
