"""One file of a table on an executor: opened, typed and checked there as on one machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hudna.engine import loading, masked
from hudna.engine.limits import Limits
from hudna.engine.loading import Unlike
from hudna.engine.opening import open_part
from hudna.engine.sources import Facts, Found, Part, Staged
from hudna.engine.spark.parts import Told
from hudna.engine.store import Store
from hudna.form.schema import Table

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 20_000  # records of a batch


class File(NamedTuple):
    """A file of a table, and how it is read. small: bytes up to which Python reads it whole.
    staged: Python reads it, whatever its proof says."""

    root: Path
    table: Table
    file: str
    limits: Limits
    staged: bool = False


class Seen(NamedTuple):
    """What an executor saw in a file: what a Part tells of it, without the records."""

    header: list[str]
    header_line: int | None
    count: int
    byte_faults: list[tuple[str, str, int]]
    fatal: bool
    facts: Facts
    whole: bool


class Said(NamedTuple):
    """What an executor says of a part that it loaded: the numbers of the checks that some record
    fails; or what it saw, where the proof of the file did not hold."""

    failing: list[int]
    unlike: Seen | None = None


class Remote(Part):
    """A part that executors read; the driver opens it where single records are asked for."""

    def __init__(self, source: File, seen: Seen, store: Any):
        self.source, self.store, self.seen = source, store, seen
        self.file, self.header, self.header_line = source.file, seen.header, seen.header_line
        self.count, self.byte_faults, self.fatal = seen.count, seen.byte_faults, seen.fatal
        self.ragged, self.odd, self.kinds = (
            seen.facts.ragged,
            seen.facts.odd,
            list(seen.facts.kinds),
        )
        self.proof, self.here = None, None

    # Two are the same where they are one; to compare their records would open both.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @property
    def facts(self) -> Facts:
        return self.seen.facts

    @property
    def opened(self) -> Part:
        """The part, opened on this machine."""
        if self.here is None:
            self.here = opened(self.store(), self.source)
        return self.here

    @property
    def records(self) -> Any:
        """The records, where Python reads the file whole."""
        return self.opened.records if self.seen.whole else None

    def relation(self) -> tuple[str, dict[str, Any]]:
        return self.opened.relation()

    def find(self, numbers: list[int]) -> dict[int, Found]:
        return self.opened.find(numbers)


def opened(store: Store, source: File) -> Part:
    """The part that a file is."""
    limits = source.limits
    part = open_part(store, source.table, source.root, source.file, limits.small)
    if source.staged and part.proof:
        return Staged(part.file, part.proof.path, store)
    return part


def seen(part: Part) -> Seen:
    """What a part tells of itself."""
    return Seen(part.header, part.header_line, part.count, part.byte_faults, part.fatal,
                part.facts, part.records is not None)  # fmt: skip


@contextmanager
def store(source: File, folder: str | None) -> Iterator[Store]:
    """An engine for one file, with a share of the memory. folder: of the session, on its driver."""
    held = Path(folder) if folder and Path(folder).is_dir() else scratch()
    cores = os.cpu_count() or 1
    memory = max(source.limits.bytes // 2 // cores, 1 << 28)
    limits = source.limits._replace(temp=held, memory=memory)
    with Store({source.table.name: source.table}, limits) as made:
        # Spark gives a task a core.
        made.execute("SET threads = 1")
        yield made


def scratch() -> Path | None:
    """The folder that the cluster gives an executor for what does not fit into memory."""
    given = os.environ.get("SPARK_LOCAL_DIRS", "").split(",")[0]
    return Path(given) if given and Path(given).is_dir() else None


def look(folder: str, source: File) -> Seen:
    """What there is to know of a file before it is loaded."""
    with store(source, folder) as made:
        return seen(opened(made, source))


def read(
    folder: str, facts: dict[str, list[Facts]], source: File
) -> Iterator[pa.RecordBatch | Told]:
    """The records of a file, typed and checked, with `_row` counted from 1.

    facts: of all files with records, for each table.
    """
    with store(source, folder) as made:
        part, table = opened(made, source), source.table
        try:
            loaded = loading.attempt(made, table, [part], (), facts[table.name])
        except Unlike:
            staged = Staged(part.file, part.proof.path, made)
            yield Told(0, Said([], seen(staged)))
            return
        query = f"SELECT * FROM {masked.whole(made, table)}"
        yield from made.connection.execute(query).to_arrow_reader(ROWS)
        yield Told(part.count, Said(loaded.failing))


def held(
    folder: str, facts: dict[str, list[Facts]], source: File
) -> tuple[list[pa.RecordBatch], Told]:
    """The records of a small file at once, and what is said of them."""
    *batches, told = read(folder, facts, source)
    return batches, told
