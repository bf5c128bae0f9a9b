"""A package in other forms: its files compressed, cut into parts, or as columns of Parquet."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import zstandard

from hudna.engine.limits import Limits
from hudna.engine.typed import literal, quote
from hudna.form import package
from hudna.ground.finding import Finding
from hudna.meaning import checks
from hudna.meaning.checks import Options
from tests.meaning import strategies

PACK = {".gz": gzip.compress, ".zst": zstandard.ZstdCompressor().compress}
SMALL, LARGE = Limits(), Limits(small=-1)


def findings(
    root: Path, limits: Limits = SMALL, layers: str = "keys"
) -> tuple[list[Finding], list[Finding], dict[str, int]]:
    """What is found before the collapse and after it, and the number of records of each table."""
    held, found = package.read(root)
    options = Options(every=True, layers=layers, limits=limits)
    with checks.check(held, found, options) as done:
        return done.report.found, done.report.findings, done.report.counts


def placeless(found: Iterable[Finding]) -> list[Finding]:
    """Findings without file and line, in an order of their own; what several files of a table tell
    of themselves counts once."""
    bare = [f._replace(file="", line=None) for f in found]
    return sorted([*{f for f in bare if f.row is None}, *(f for f in bare if f.row)], key=repr)


def table(root: Path, fields: list[dict], files: dict[str, bytes], path: object = "") -> Path:
    """A package of one table t. path: its path, if not the files (or data/t.csv)."""
    descriptor = strategies.descriptor({"t": {"fields": fields}})
    descriptor["resources"][0]["path"] = path or (
        list(files) if len(files) > 1 else [*files, "data/t.csv"][0]
    )
    (root / "data").mkdir(parents=True)
    for name, data in files.items():
        (root / name).write_bytes(data)
    return strategies.write(root, {"datapackage.json": strategies.encoded(descriptor)})


def resources(root: Path) -> Iterator[dict[str, Any]]:
    """The tables of a package that are a file; what is changed is written when all are seen."""
    path = root / package.DESCRIPTOR
    descriptor = json.loads(path.read_text("utf-8"))
    tables = (r for r in descriptor["resources"] if isinstance(r, dict) and "schema" in r)
    whole = (r for r in tables if isinstance(r["path"], str))
    yield from (r for r in whole if (root / r["path"]).is_file())
    path.write_text(json.dumps(descriptor), "utf-8")


def compress(root: Path, ending: str) -> None:
    """Every file compressed: .gz or .zst."""
    for resource in resources(root):
        path = root / resource["path"]
        (root / f"{resource['path']}{ending}").write_bytes(PACK[ending](path.read_bytes()))
        path.unlink()
        resource["path"] += ending


def pack_together(root: Path, files: list[str], path: str) -> None:
    """Some files compressed one by one into one file, which is then the table's."""
    pack = PACK[Path(path).suffix]
    for resource in resources(root):
        resource["path"] = path
    (root / path).write_bytes(b"".join(pack((root / f).read_bytes()) for f in files))


def split(root: Path, several: int, folder: bool = False) -> None:
    """Every table in several files, or in a folder of them."""
    for resource in resources(root):
        path = root / resource["path"]
        parts = strategies.cut(path.read_bytes(), several)
        path.unlink()
        into = path.with_suffix("")
        into.mkdir()
        names = [f"{n}.csv" for n in range(len(parts))]
        for name, data in zip(names, parts, strict=True):
            (into / name).write_bytes(data)
        base = resource["path"].removesuffix(".csv")
        resource["path"] = base if folder else [f"{base}/{name}" for name in names]


def parquet(path: Path, names: list[str], rows: list[list[Any]], kinds: list[str]) -> None:
    """Write a Parquet file; kinds: the SQL types of the columns."""
    with duckdb.connect(":memory:") as connection:
        columns = ", ".join(f"{quote(n)} {k}" for n, k in zip(names, kinds, strict=True))
        connection.execute(f"CREATE TABLE t ({columns})")
        if rows:
            marks = ", ".join("?" * len(names))
            connection.executemany(f"INSERT INTO t VALUES ({marks})", rows)
        connection.execute(f"COPY t TO {literal(str(path))} (FORMAT parquet)")


def as_parquet(root: Path, mixed: bool = False) -> bool:
    """Every table as columns of texts; mixed: its first half stays CSV, compressed.

    Returns whether every table could be told so.
    """
    whole = True
    for resource in resources(root):
        path = root / resource["path"]
        held = strategies.plain(path.read_bytes())
        if (
            held is None
            or held.ragged
            or len({*held.header}) < len(held.header)
            or not all(held.header)
        ):
            whole = False
            continue
        base = resource["path"].removesuffix(".csv")
        first = strategies.cut(path.read_bytes(), 2)[0] if mixed else b""
        done = len(strategies.plain(first).rows) if mixed else 0
        path.unlink()
        parquet(
            root / f"{base}.parquet", held.header, held.rows[done:], ["VARCHAR"] * len(held.header)
        )
        resource["path"] = f"{base}.parquet"
        if mixed:
            (root / f"{base}.csv.gz").write_bytes(gzip.compress(first))
            resource["path"] = [f"{base}.csv.gz", f"{base}.parquet"]
    return whole
