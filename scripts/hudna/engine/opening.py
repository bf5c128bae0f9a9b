"""The files of a table as parts: which kind of part a file is, by its name and its bytes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hudna.engine.mended import mended
from hudna.engine.sources import Found, Part, Proven, Small
from hudna.engine.store import Store
from hudna.engine.typed import literal, quote
from hudna.form import csvfile, parts, scan
from hudna.form.csvfile import Records
from hudna.form.schema import Table

ASTRAY = "the file leads out of the package through a link"


def open_part(store: Store, table: Table, root: Path, file: str, small: int | None = None) -> Part:
    """The part of a table that a file holds. small: bytes up to which Python reads it whole."""
    path = root / file
    if parts.astray(table, root, file):
        return broken(file, ASTRAY)
    if not path.is_file():
        return Small(file, csvfile.read(path, table.missing, store.limits.cell))
    if parts.kind(file) == "parquet":
        return open_columns(store, file, path)
    if parts.kind(file) != "csv":
        unpacked = store.scratch(path.stem)
        try:
            problem = parts.unpack(path, unpacked)
        except OSError as e:
            raise store.limits.full(str(e.strerror), store.folder.name) from None
        if problem:
            return broken(file, problem)
        path = unpacked
    few = store.limits.small if small is None else small
    if not os.access(path, os.R_OK) or path.stat().st_size <= few:
        return Small(file, csvfile.read(path, table.missing, store.limits.cell))
    found = scan.prove(path, store.limits.cell)
    if found.too_large:
        return broken(file, *found.too_large)
    if found.faults or found.uneven:
        return mended(file, found, table.missing, store)
    return Proven(file, found, table.missing, store.limits.bytes)


def open_columns(store: Store, file: str, path: Path) -> Part:
    """A Parquet file as a part; what is none is told."""
    import duckdb

    try:
        return Columns(file, path, store)
    except (duckdb.IOException, duckdb.InvalidInputException) as e:
        said = str(e).splitlines()[0].partition(": ")[2].replace(str(path), path.name)
        return broken(file, f"cannot be read as Parquet: {said}")


def broken(file: str, problem: str, line: int = 1) -> Part:
    """A part of which nothing can be read."""
    return Small(file, csvfile.dead(Records().fault("source-error", problem, line)))


class Columns(Part):
    """A Parquet file, which has types of its own and no lines."""

    def __init__(self, file: str, path: Path, store: Store):
        super().__init__(file, header_line=None)
        self.store, self.path = store, path
        described = store.sql(f"DESCRIBE SELECT * FROM {self.scan()}")
        self.header = [name for name, *_ in described]
        self.kinds = [kind for _, kind, *_ in described]
        ((self.count,),) = store.sql(f"SELECT count(*) FROM {self.scan()}")

    def scan(self, more: str = "") -> str:
        return f"read_parquet({literal(str(self.path))}{more})"

    def relation(self) -> tuple[str, dict[str, Any]]:
        names = ", ".join(f"{quote(n)} AS c{i}" for i, n in enumerate(self.header))
        return f"SELECT {names} FROM {self.scan()}", {}

    def find(self, numbers: list[int]) -> dict[int, Found]:
        import duckdb

        names = "".join(f", CAST({quote(n)} AS VARCHAR)" for n in self.header)
        # The store opens no file any more; this reads no more than what is asked for.
        with duckdb.connect(":memory:") as reader:
            rows = reader.execute(
                f"SELECT file_row_number + 1{names} FROM {self.scan(', file_row_number = true')} "
                "WHERE file_row_number + 1 IN (SELECT unnest($n::BIGINT[]))",
                {"n": numbers},
            ).fetchall()
        width = len(self.header)
        return {row: Found(list(cells), width, None, self.file) for row, *cells in rows}
