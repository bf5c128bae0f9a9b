"""A package checked by pandera on polars: types, required, patterns, lists, bounds, lengths, keys.

A schema for each table, applied with `lazy=True`, which collects every fault. The lazy scan is
collected first, as its documentation says: a lazy frame is checked for names and types alone, and
where it is made to check the data too, each check reads the file again (twice the time, measured).
Its Narwhals backend took as long. It has no foreign keys.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandera.polars as pa
import polars as pl

from tests.benchmarks.data import Column, Sheet, sheets
from tests.benchmarks.frames import TYPES, pattern, scan


def schema(sheet: Sheet) -> pa.DataFrameSchema:
    """A table's schema."""
    return pa.DataFrameSchema(
        {c.name: column(c, sheet.key == [c.name]) for c in sheet.columns},
        unique=sheet.key if len(sheet.key) > 1 else None,
        strict=True,
        ordered=True,
    )


def column(c: Column, key: bool) -> pa.Column:
    """A column with its constraints."""
    told = c.constraints
    checks = []
    if matches := pattern(c):
        checks.append(pa.Check.str_matches(matches))
    if "enum" in told:
        checks.append(pa.Check.isin(told["enum"]))
    if "minimum" in told:
        checks.append(pa.Check.ge(told["minimum"]))
    if "maximum" in told:
        checks.append(pa.Check.le(told["maximum"]))
    if "minLength" in told or "maxLength" in told:
        checks.append(pa.Check.str_length(told.get("minLength"), told.get("maxLength")))
    return pa.Column(
        TYPES[c.type],
        checks,
        nullable=not (told.get("required") or key),
        unique=key or bool(told.get("unique")),
    )


def main(package: Path) -> int:
    """Check a package; returns 0 where it is valid, else 1."""
    found = False
    for sheet in sheets(package):
        try:
            schema(sheet).validate(scan(sheet).collect(), lazy=True)
        except pa.errors.SchemaErrors as e:
            found = True
            for error in e.schema_errors:
                print(f"{sheet.name}: {str(error).partition(chr(10))[0]}")
        except pl.exceptions.PolarsError as e:
            found = True
            print(f"{sheet.name}: {str(e).partition(chr(10))[0]}")
    return int(found)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
