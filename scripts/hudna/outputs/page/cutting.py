"""A package too large for a page, cut to the latest rows of each table and what belongs to them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hudna.form import csvfile, nesting
from hudna.form.package import Package
from hudna.outputs.reading import Library, Row

Kept = dict[str, list[Row]]


def keep(library: Library, limit: int | None) -> Kept:
    """The rows that the page carries: all, or the last `limit` of each table and what is theirs."""
    if limit is None:
        return library.rows
    roots = {n: t for n, t in library.tables.items() if not t.nests}
    out = {n: latest(library.rows[n], limit) for n in roots}
    held = {(n, r[t.id_field]) for n, t in roots.items() if t.id_field for r in out[n]}
    for anywhere in (False, True):  # citations nest in what nests
        for name, table in library.tables.items():
            if table.nests and (table.nests["in"] == nesting.ANYWHERE) == anywhere:
                host, by = nesting.host_column(table), table.nests["by"]
                rows = library.rows[name]
                home = table.nests["in"]
                out[name] = [r for r in rows if (r[host] if host else home, r[by]) in held]
                held |= {(name, r[table.id_field]) for r in out[name] if table.id_field}
    return {n: out[n] for n in library.tables}


def latest(rows: list[Row], limit: int) -> list[Row]:
    """The rows that begin last, in the order of the file."""
    if len(rows) <= limit:
        return rows
    dated = sorted(range(len(rows)), key=lambda i: rows[i].get("date_start", ""))
    return [rows[i] for i in sorted(dated[-limit:])]


@contextmanager
def written(package: Package, kept: Kept) -> Iterator[Package]:
    """A package of the kept rows alone, for as long as it is asked."""
    with TemporaryDirectory(prefix="hudna-page-") as folder:
        tables = {}
        for name, table in package.tables.items():
            path = f"data/{name}.csv"
            rows = ([r[n] for n in table.names] for r in kept[name])
            csvfile.write(Path(folder) / path, csvfile.render(table.names, rows))
            tables[name] = dataclasses.replace(table, path=path, paths=(path,), missing=("",))
        yield dataclasses.replace(package, root=Path(folder), tables=tables)
