"""Questions about files, asked on the executors: a large file has a task of its own."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hudna.engine import loading, local
from hudna.engine.limits import Limits
from hudna.engine.local import Local
from hudna.engine.spark import errors, parts, reading
from hudna.engine.spark.reading import File
from hudna.form.schema import Table
from hudna.ground.finding import CannotRun

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TASK = 1 << 23  # bytes of small files that one task reads


def ask(spark: SparkSession, several: list[File], question: Callable[[File], Any]) -> list[Any]:
    """What a function gives for each file, in order; small files share tasks."""
    sizes = [local.size(f.root / f.file) for f in several]
    most = min(TASK, 1 + sum(sizes) // max(spark.sparkContext.defaultParallelism, 1))
    groups: list[list[File]] = []
    room = 0
    for source, size in zip(several, sizes, strict=True):
        if room <= 0:
            groups.append([])
            room = most
        groups[-1].append(source)
        room -= size
    answers = parts.ask(spark, groups, functools.partial(each, question))
    return [answer for group in answers for answer in group]


def each(question: Callable[[File], Any], several: list[File]) -> list[Any]:
    """What a function gives for each of some files."""
    return [question(one) for one in several]


def single(root: Path, tables: dict[str, Table], limits: Limits, name: str, work: Callable) -> Any:
    """What some work gives on a table alone, loaded on the machine where this runs."""
    with Local(root, tables, limits._replace(temp=reading.scratch())) as made:
        made.open([name])
        made.loaded[name] = loading.load(made.store, tables[name], made.parts[name])
        return work(made, tables[name])


@contextmanager
def running() -> Iterator[None]:
    """CannotRun for whatever goes wrong in Spark while tables are read."""
    try:
        with errors.told():
            yield
    except errors.Failed as e:
        raise CannotRun(f"Spark cannot read the tables: {e}") from None
