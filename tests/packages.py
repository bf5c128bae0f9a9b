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
