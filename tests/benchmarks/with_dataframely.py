"""A package checked by dataframely: types, required, patterns, lists, bounds, lengths, keys.

A schema for each table, applied to the lazy scan by `filter`, which tells every faulty row with its
reasons; only those are collected. Measured beside it and no faster: `validate`, eager or lazy, on
the streaming engine too, and one collection of all tables. It has no foreign keys: the relations of
a collection are over one key that all members share.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from tests.benchmarks.data import Column, Sheet, sheets
from tests.benchmarks.frames import pattern, scan

KINDS: dict[str, Any] = {
    "string": dy.String,
    "integer": dy.Int64,
    "number": dy.Float64,
    "boolean": dy.Bool,
    "date": dy.Date,
}


def schema(sheet: Sheet) -> type[dy.Schema]:
    """A table's schema."""
    # Its own primary key may have no empty component.
    own = set(sheet.key) <= sheet.certain
    body: dict[str, Any] = {c.name: kind(c, own and c.name in sheet.key) for c in sheet.columns}
    if sheet.key and not own:
        body["key"] = dy.rule()(lambda cls: ~pl.struct(sheet.key).is_duplicated())
    return type(sheet.name, (dy.Schema,), body)


def kind(column: Column, key: bool) -> dy.Column:
    """A column with its constraints."""
    told = column.constraints
    options: dict[str, Any] = {"primary_key": key, "unique": bool(told.get("unique"))}
    options["nullable"] = not (told.get("required") or key)
    options["check"] = dict(checks(column)) or None
    if column.type == "string":
        options["regex"] = pattern(column)
    elif column.type in ("integer", "number"):
        options["min"], options["max"] = told.get("minimum"), told.get("maximum")
    return KINDS[column.type](**options)


def checks(column: Column) -> Iterator[tuple[str, Callable[[pl.Expr], pl.Expr]]]:
    """What a column has no constraint of its own for; lengths of its own are those in bytes."""
    told = column.constraints
    if "enum" in told:
        yield "enum", lambda cell: cell.is_in(told["enum"])
    if "minLength" in told:
        yield "min_length", lambda cell: cell.str.len_chars() >= told["minLength"]
    if "maxLength" in told:
        yield "max_length", lambda cell: cell.str.len_chars() <= told["maxLength"]


def main(package: Path) -> int:
    """Check a package; returns 0 where it is valid, else 1."""
    found = False
    for sheet in sheets(package):
        try:
            _, failure = schema(sheet).filter(scan(sheet))
            counts = failure.counts()
        except (pl.exceptions.PolarsError, dy.exc.SchemaError) as e:
            counts = {type(e).__name__: str(e).partition("\n")[0]}
        for rule, n in counts.items():
            found = True
            print(f"{sheet.name}: {rule}: {n}")
    return int(found)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
