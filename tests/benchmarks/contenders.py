"""Who is measured, how each is run, and what it tells of a fault."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.benchmarks import ours
from tests.benchmarks.data import Data, sheets

FRICTIONLESS = "frictionless"
TOUCH = "duckdb-touch"
EVERYTHING = "hudna"


@dataclass(frozen=True)
class Contender:
    """One who is measured.

    command: what to run for a package; raises NotRun with the reason. most: the largest number of
    records that it is run on. probed: whether the checks that it does are tried out one by one.
    """

    name: str
    label: str
    how: str
    tells: str
    command: Callable[[Data], list[str]]
    most: int | None = None
    probed: bool = True


def peer(module: str, *options: str) -> Callable[[Data], list[str]]:
    """The command of a peer: the module of that name, over the package's CSV."""
    start = [sys.executable, "-m", f"tests.benchmarks.with_{module}"]
    return lambda data: [*start, str(data.path), *options]


def lines(data: Data) -> list[str]:
    """The counting of the files' lines."""
    return ["wc", "-l", *(str(sheet.path) for sheet in sheets(data.path))]


FINDING = "file, line, key, field, value"
ALL = (
    Contender(EVERYTHING, "hudna, everything", "`hudna validate`", FINDING, ours.everything),
    Contender(
        "hudna-keys",
        "hudna, shape and keys",
        "without rules, documents and form: what frictionless checks (and references by table)",
        FINDING,
        ours.shape_and_keys,
    ),
    Contender(
        "hudna-unique",
        "hudna, shape and unique",
        "the same without foreign keys: what dataframely and pandera check",
        FINDING,
        ours.shape_and_unique,
    ),
    Contender(
        "hudna-parquet",
        "hudna, everything, Parquet",
        "`hudna validate` on the same tables as Parquet (typed columns, zstd)",
        "record in place of line",
        ours.parquet,
        probed=False,
    ),
    Contender(
        "hudna-spark-2",
        "hudna, everything, Spark local[2]",
        "`hudna validate --engine spark --master local[2]`",
        FINDING,
        partial(ours.spark, cores=2),
        probed=False,
    ),
    Contender(
        "hudna-spark-1",
        "hudna, everything, Spark local[1]",
        "the same on one core",
        FINDING,
        partial(ours.spark, cores=1),
        probed=False,
    ),
    Contender(
        FRICTIONLESS,
        "frictionless",
        "`Package.validate(limit_errors=10**9)`, dialect declared",
        "number of the record, field, value",
        peer("frictionless"),
        most=1_000_000,
    ),
    Contender(
        "frictionless-parallel",
        "frictionless, parallel, no foreign keys",
        "the same with `parallel=True`, which does nothing where there are foreign keys",
        "number of the record, field, value",
        peer("frictionless", "--no-foreign-keys"),
        most=1_000_000,
    ),
    Contender(
        "pandera",
        "pandera on polars",
        "`DataFrameSchema.validate(scan.collect(), lazy=True)` for each table",
        "column, check, values; the reader stops at the first value of a wrong type",
        peer("pandera"),
    ),
    Contender(
        "dataframely",
        "dataframely",
        "`Schema.filter(scan)` for each table, the failures collected",
        "rule and faulty rows; the reader stops at the first value of a wrong type",
        peer("dataframely"),
    ),
    Contender(
        TOUCH,
        "DuckDB, touching every cell",
        "`SELECT count(c1), count(c2), … FROM read_csv(…)`, all text, table by table",
        "nothing",
        peer("duckdb"),
    ),
    Contender("wc", "wc -l", "`wc -l` of all files", "nothing", lines, probed=False),
)
NAMED = {c.name: c for c in ALL}
