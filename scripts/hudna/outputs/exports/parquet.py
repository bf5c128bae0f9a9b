"""Parquet: a folder with one typed file a table and the descriptor, for Arrow, polars, R, Spark."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from hudna.engine.store import Store
from hudna.engine.typed import quote
from hudna.form import csvfile, jsontext
from hudna.form.package import DESCRIPTOR, Package
from hudna.form.schema import Table
from hudna.outputs import descriptors, exporting
from hudna.outputs.exporting import Tell
from hudna.outputs.relational import listed, literal

ENDING = "-parquet"
MEDIATYPE = "application/vnd.apache.parquet"
MARK = "hudna export parquet"  # stands in the descriptor of a folder that is ours
LEVEL = 9  # of zstd: about a seventh smaller than the engine's own 3, in little more time
# Rows that are compressed together; what a reader holds at once.
GROUP = 122_880


def write(package: Package, path: Path) -> None:
    """Write the folder; the same package and the same DuckDB give the same bytes."""
    tell(package, path, exporting.silent)


def tell(package: Package, path: Path, said: Tell) -> None:
    """The same; said: told of the rows that are written."""
    path.mkdir()
    with exporting.opened(package) as store:
        for table in package.tables.values():
            copy(store, package, table, path / file(table))
            said(table.name, exporting.count(store, table))
    csvfile.write(path / DESCRIPTOR, jsontext.text(descriptor(package)))


def file(table: Table) -> str:
    """The name of a table's file."""
    return f"{table.name}.parquet"


def copy(store: Store, package: Package, table: Table, path: Path) -> None:
    """Write one table: its columns as the engine has them, its meaning beside them."""
    # The engine is locked, but for the folder of what it puts aside.
    made = store.scratch(path.name)
    pairs = (f"{literal(k)}: {literal(v)}" for k, v in about(package, table).items())
    store.execute(
        f"COPY (SELECT {listed(table.names)} FROM {quote(table.name)} ORDER BY _row) "
        f"TO {literal(str(made))} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL {LEVEL}, "
        f"ROW_GROUP_SIZE {GROUP}, KV_METADATA {{{', '.join(pairs)}}})"
    )
    shutil.move(made, path)


def about(package: Package, table: Table) -> dict[str, str]:
    """What a file says of itself: as Parquet's own pairs of key and value."""
    told = package.descriptor
    pairs = {
        "title": table.title,
        "description": table.description,
        "table_schema": json.dumps(descriptors.schema(package, table), ensure_ascii=False),
        "package": str(told.get("name", "")),
        "version": package.version,
        "homepage": str(told.get("homepage", "")),
        "licenses": " ".join(descriptors.licences(package)),
    }
    return {k: v for k, v in pairs.items() if v}


def descriptor(package: Package) -> dict[str, Any]:
    """The descriptor of the folder: the package's own tables, each with its schema inside."""
    several = [
        descriptors.table(package, t, path=file(t), format="parquet", mediatype=MEDIATYPE)
        for t in package.tables.values()
    ]
    return {**descriptors.about(package, MARK), "resources": several}


def ours(path: Path) -> bool:
    """Whether a folder is an older export, and holds nothing else."""
    try:
        found = json.loads((path / DESCRIPTOR).read_bytes())
        named = {DESCRIPTOR, *(r["path"] for r in found["resources"])}
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return found.get("exported") == MARK and {p.name for p in path.iterdir()} <= named
