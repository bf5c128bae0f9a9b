"""Packages at the extremes: two plain tables whose records are clean, or faulty in one way."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

PROFILES = "https://datapackage.org/profiles/2.0"
PARENTS = 1000
KINDS = ["attack", "clash", "protest", "truce"]
ID = {"required": True, "pattern": "[a-z0-9]+(-[a-z0-9]+)*"}
FIELDS = [
    {"name": "row_id", "type": "string", "constraints": ID},
    {"name": "parent_id", "type": "string", "constraints": ID},
    {"name": "day", "type": "date", "constraints": {"required": True}},
    {"name": "killed", "type": "integer", "constraints": {"required": True, "minimum": 0}},
    {"name": "named", "type": "boolean", "constraints": {"required": True}},
    {"name": "kind", "type": "string", "constraints": {"required": True, "enum": KINDS}},
    {"name": "title", "type": "string"},
    {"name": "note", "type": "string"},
]
KEYS = [
    {"fields": ["parent_id"], "reference": {"resource": "parents", "fields": ["parent_id"]}},
]
CHUNK = 10_000


def record(n: int, parent: str = "", title: str = "Shots at a checkpoint", note: str = "") -> str:
    """A clean record as a line."""
    parent = parent or f"parent-{n % PARENTS:04}"
    day = f"20{n % 20:02}-{n % 12 + 1:02}-{n % 28 + 1:02}"
    named = "true" if n % 3 else "false"
    return f"row-{n:09},{parent},{day},{n % 50},{named},{KINDS[n % 4]},{title},{note}\n"


def clean(n: int) -> Iterator[str]:
    """Records without a fault."""
    return (record(i) for i in range(n))


def faulty(n: int) -> Iterator[str]:
    """Records of which every cell is wrong that can be."""
    return (f"Row {i},No {i},2020-02-30,-{i + 1},maybe,other {i},,\n" for i in range(n))


def dangling(n: int) -> Iterator[str]:
    """Records whose keys lead nowhere, each elsewhere."""
    return (record(i, parent=f"nobody-{i:09}") for i in range(n))


def large_cell(n: int, size: int) -> Iterator[str]:
    """Clean records, one of them with a cell of so many bytes."""
    return chain(clean(n - 1), [record(n - 1, title="x" * size)])


def large_line(n: int, size: int) -> Iterator[str]:
    """Clean records, one of them on a line of so many bytes, in two cells."""
    half = "x" * (size // 2)
    return chain(clean(n - 1), [record(n - 1, title=half, note=half)])


def blank_lines(n: int) -> Iterator[str]:
    """Clean records, an empty line after each."""
    return (record(i) + "\n" for i in range(n))


def open_quote(n: int) -> Iterator[str]:
    """Clean records, but that a quote is opened in the first and never closed."""
    return chain([record(0, title='"Shots at a checkpoint')], (record(i) for i in range(1, n)))


def wide(columns: int, size: int) -> tuple[list[dict[str, Any]], Iterator[str]]:
    """The fields and records of a table of so many columns and about so many bytes."""
    more = [{"name": f"column_{i:05}", "type": "string"} for i in range(columns - 1)]
    rest = ",value-1" * (columns - 1) + "\n"
    rows = max(size // len(rest), 1)
    return [FIELDS[0], *more], (f"row-{i:09}{rest}" for i in range(rows))


def write(folder: Path, lines: Iterable[str], fields: list[dict[str, Any]] | None = None) -> Path:
    """A package of these records; of fields of its own, it is one table without foreign keys."""
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("data", "schemas"):
        (folder / part).mkdir(parents=True)
    header = [f["name"] for f in fields or FIELDS]
    put(folder, "rows", {"fields": fields or FIELDS, "primaryKey": ["row_id"]})
    if not fields:
        schema = json.loads((folder / "schemas/rows.json").read_text("utf-8"))
        put(folder, "rows", schema | {"foreignKeys": KEYS})
        put(folder, "parents", {"fields": [FIELDS[1]], "primaryKey": ["parent_id"]})
        parents = (f"parent-{i:04}\n" for i in range(PARENTS))
        table(folder / "data/parents.csv", ["parent_id"], parents)
    table(folder / "data/rows.csv", header, lines)
    describe(folder)
    return folder


def put(folder: Path, name: str, schema: dict[str, Any]) -> None:
    """Write a Table Schema."""
    told = {"$schema": f"{PROFILES}/tableschema.json", "missingValues": [""], **schema}
    (folder / f"schemas/{name}.json").write_text(json.dumps(told), "utf-8")


def table(path: Path, header: list[str], lines: Iterable[str]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="", buffering=1 << 20) as out:
        out.write(",".join(header) + "\n")
        out.writelines(lines)


def describe(folder: Path) -> None:
    """Write the descriptor of the tables that are there."""
    told = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "extreme",
        "version": "1.0.0",
        "licenses": [{"name": "CC0-1.0"}],
        "resources": [resource(p.stem) for p in sorted((folder / "data").glob("*.csv"))],
    }
    (folder / "datapackage.json").write_text(json.dumps(told, indent=2), "utf-8")


def resource(name: str) -> dict[str, Any]:
    """A table's entry in the descriptor."""
    return {
        "name": name, "type": "table", "profile": "tabular-data-resource",
        "path": f"data/{name}.csv", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "dialect": {"delimiter": ","}, "schema": f"schemas/{name}.json",
    }  # fmt: skip
