"""Small packages for tests: the shipped schemas with the rows that a test gives."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from hudna.engine import loading
from hudna.engine.masked import Loaded
from hudna.engine.sources import Small
from hudna.engine.store import Store
from hudna.form import csvfile, package
from hudna.form.csvfile import Records
from hudna.form.schema import Table

# Cells that break writers and readers: Arabic, quotes, line breaks, empty, negative, large, early,
# long, texts that look like numbers, dates, formulas or markup. Keys hold here; rules are broken.
NASTY = {
    "actors": [
        {"actor_id": "a", "name": "كتائب حزب الله", "actor_type": "armed-group", "named": True},
        {"actor_id": "b", "name": 'He said "no", and\n\nleft', "actor_type": "person",
         "named": "False"},
        {"actor_id": "c", "name": "NA", "actor_type": "category", "description": " # 'it' \\n"},
        {"actor_id": "d", "name": "=1+1", "actor_type": "category", "description": "x" * 40_000},
        {"actor_id": "e", "name": "😀 e\u0301 \u200cمی‌خواهد", "actor_type": "category",
         "description": "<script>alert(1)</script> ]]> &amp;"},
        {"actor_id": "f", "name": "123", "actor_type": "category", "description": "true"},
        {"actor_id": "g", "name": '=HYPERLINK("https://example.org","x")', "actor_type": "category",
         "description": "+1 555"},
        {"actor_id": "h", "name": "@SUM(1)", "actor_type": "category", "description": "-2+3"},
        {"actor_id": "i", "name": "\t=1", "actor_type": "category", "description": "\n=1\n"},
        {"actor_id": "j", "name": "2020-10-10", "actor_type": "category", "description": "1e5"},
        {"actor_id": "k", "name": "https://example.org/a b", "actor_type": "category",
         "description": "_x0041_ _x000D_ \u2028 \ufeff"},
        {"actor_id": "l", "name": "null", "actor_type": "category", "description": "'"},
    ],
    "incidents": [
        {"incident_id": "a", "title": "A", "incident_type": "attack", "date_precision": "within",
         "killed_low": 0, "killed_high": 2147483648, "wounded_low": "007",
         "date_start": "0999-01-31", "date_end": "9999-12-31", "extent": "container",
         "status": "denied", "place_precision": "unknown"},
        {"incident_id": "b", "title": "B", "incident_type": "attack", "date_precision": "day",
         "date_start": "2020-02-29", "date_end": "2020-02-29", "extent": "single", "part_of": "c",
         "status": "denied", "wounded_high": 2**53, "place_precision": "exact", "place_id": "x"},
        {"incident_id": "c", "title": "C", "incident_type": "attack", "date_precision": "day",
         "date_start": "1900-02-28", "date_end": "1900-03-01", "extent": "single",
         "status": "denied", "wounded_high": 2**63 - 1, "place_precision": "near",
         "place_id": "z"},
    ],
    "places": [
        {"place_id": "x", "name": "X", "place_type": "city", "latitude": "-33.5",
         "longitude": "44.366145", "geonames_id": 98182},
        {"place_id": "y", "name": "Y", "place_type": "city", "latitude": "1e-7",
         "longitude": "-0.0", "part_of": "x"},
        {"place_id": "z", "name": "Z", "place_type": "site", "part_of": "y"},
    ],
}  # fmt: skip


CODE_LISTS = ("relation_types", "incident_types", "statement_types")


def make(
    tmp_path: Path,
    tables: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
    *,
    base: Path | None = None,
    keep: Iterable[str] = CODE_LISTS,
    documents: bool = False,
) -> Path:
    """Write a package into tmp_path/package and return its folder.

    tables: the rows of each table; a field that a row does not name is empty; True, 1 and None
    are written as true, 1 and an empty cell. A table that is not named is empty, unless it is one
    of `keep`: then it holds the rows of `base` (a folder; the shipped package without one).
    documents: keep the JSON resources and write them, with their JSON Schemas; otherwise they are
    taken out of the descriptor. Rules are never copied. Raises KeyError for an unknown field.
    """
    given = dict(tables or {})
    base = base or package.home()
    root = tmp_path / "package"
    shutil.copytree(base / "schemas/tables", root / "schemas/tables")
    descriptor = json.loads((base / package.DESCRIPTOR).read_text("utf-8"))
    if not documents:
        descriptor["resources"] = [r for r in descriptor["resources"] if "schema" in r]
    describe(root, descriptor)
    read, found = package.read(root)
    assert not found, found
    assert set(given) <= set(read.tables), set(given) - set(read.tables)
    for table in read.tables.values():
        source = base / table.path
        if table.name in keep and table.name not in given and source.exists():
            csvfile.write(root / table.path, source.read_text("utf-8"))
        else:
            write(root / table.path, table.names, given.get(table.name, ()))
    if documents:
        from hudna.outputs import generated

        generated.write(read)
    return root


def nasty(tmp_path: Path) -> package.Package:
    """A small package of cells that break writers and readers, written into tmp_path/package."""
    return package.read(make(tmp_path, NASTY))[0]


def describe(root: Path, descriptor: dict[str, Any]) -> None:
    """Write the descriptor of a package."""
    (root / package.DESCRIPTOR).write_text(json.dumps(descriptor, indent=2), "utf-8")


def write(path: Path, header: list[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one table: the rows as they are given, in their order."""
    rows = list(rows)
    for row in rows:
        if unknown := set(row) - set(header):
            raise KeyError(f"{path.name} has no field {', '.join(sorted(unknown))}")
    csvfile.write(path, csvfile.render(header, ([cell(r.get(n)) for n in header] for r in rows)))


def cell(value: Any) -> str:
    """The text of a value in a CSV cell."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def lay(store: Store, table: Table, records: Records) -> Loaded:
    """Let a table of a store hold these records, whatever it held before."""
    for kind, name in (("VIEW", table.name), ("TABLE", table.name), ("TABLE", f"_t_{table.name}")):
        with contextlib.suppress(duckdb.Error):
            store.execute(f'DROP {kind} IF EXISTS "{name}"')
    store.views.discard(table.name)
    store.empty.discard(table.name)
    store.climbing.discard(table.name)
    return loading.load(store, table, [Small(table.path, records)])
