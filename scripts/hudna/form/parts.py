"""The files that hold a table: one or several, plain or compressed, as text or as columns."""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from hudna.form.schema import Table
from hudna.ground.finding import CannotRun

# How a file's name ends, and what it is then; anything else is CSV.
ENDINGS = {".gz": "gzip", ".zst": "zstd", ".parquet": "parquet"}
LARGE = 1 << 20  # copied at once
LITTLE = 1 << 12  # bytes of zstd that are unpacked at once: they may become 30,000 times as many


def kind(path: str | Path) -> str:
    """What a file is, by its name: csv, gzip, zstd or parquet."""
    return ENDINGS.get(Path(path).suffix.lower(), "csv")


def files(root: Path, paths: tuple[str, ...]) -> list[str]:
    """The paths of a table's files, in order; a folder stands for the files in it, by name."""
    out = []
    for path in paths:
        full = root / path
        if not full.is_dir():
            out.append(path)
            continue
        held = sorted(p.name for p in full.iterdir() if p.is_file() and not p.name.startswith("."))
        # An empty folder is told as what it is: a file that cannot be read.
        out += [f"{path.rstrip('/')}/{name}" for name in held] or [path]
    return out


def astray(table: Table, root: Path, file: str) -> bool:
    """Whether a file of a table lies outside of the package that it is of."""
    home = Path(table.lender) if Path(file).is_absolute() else root
    return not (root / file).resolve().is_relative_to(home.resolve())


def plain(paths: tuple[str, ...], root: Path) -> bool:
    """Whether a table is one CSV file, as people edit it."""
    return len(paths) == 1 and kind(paths[0]) == "csv" and not (root / paths[0]).is_dir()


def unpack(path: Path, to: Path) -> str:
    """Write the contents of a compressed file into another; returns what is wrong, or "".

    Raises OSError where the disk is full, CannotRun where the format asks for what is not there.
    """
    if kind(path) == "gzip":
        try:
            with gzip.open(path, "rb") as source, to.open("wb") as target:
                shutil.copyfileobj(source, target, LARGE)
        except (gzip.BadGzipFile, EOFError, zlib.error) as e:
            return f"cannot be unpacked: {e}"
        return ""
    try:
        import zstandard
    except ImportError:
        raise CannotRun(f"{path.name} asks for the package zstandard, which is missing") from None
    try:
        with path.open("rb") as source, to.open("wb") as target:
            whole = unpack_zstd(source, target, zstandard.ZstdDecompressor().decompressobj)
    except zstandard.ZstdError as e:
        return f"cannot be unpacked: {e}"
    return "" if whole else "cannot be unpacked: the compressed data end too early"


def unpack_zstd(source: BinaryIO, target: BinaryIO, frame: Callable[[], Any]) -> bool:
    """Write what the frames of a file hold; whether the last of them came to its end."""
    reader, begun = frame(), False
    while held := source.read(LITTLE):
        while held:
            begun = True
            target.write(reader.decompress(held))
            held = b""
            if reader.eof:
                held, reader, begun = reader.unused_data, frame(), False
    return not begun and target.tell() + source.tell() > 0
