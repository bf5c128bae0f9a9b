"""A package's tables on this machine: read, typed and checked, under their names in DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from hudna.engine import atonce, masked, sources, tables
from hudna.engine.limits import Limits
from hudna.engine.masked import Loaded
from hudna.engine.opening import open_part
from hudna.engine.sources import Found, Part
from hudna.engine.store import Store
from hudna.engine.watching import SHARES, Watch
from hudna.form import parts
from hudna.form.schema import Table

# Bytes of a package from which Python reads only files of less than so many.
LARGE, MUCH = 1 << 23, 1 << 15


class Local:
    """The tables of a package in an engine of this machine.

    store: runs SQL over them. parts: of each table, its files. loaded: what was checked of each.
    """

    def __init__(
        self, root: Path, package: dict[str, Table], limits: Limits, watch: Watch | None = None
    ):
        self.root, self.tables = root, package
        self.watch = watch or Watch(None)
        self.store = Store(package, limits)
        self.parts: dict[str, list[Part]] = {}
        self.loaded: dict[str, Loaded] = {}

    def __enter__(self) -> Local:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def open(self, names: Iterable[str]) -> None:
        """Look at the files of the named tables."""
        store, several = self.store, [self.tables[n] for n in names]
        held = [(t, f) for t in several for f in parts.files(self.root, t.paths)]
        self.sizes = {(t.name, f): size(self.root / f) for t, f in held}
        self.bytes = sum(self.sizes.values()) or 1
        few = small(store.limits, self.bytes)

        def one(table: Table, file: str) -> Part:
            share = self.sizes[table.name, file] / self.bytes
            with self.watch.work(file, SHARES["read"] * share):
                return open_part(store, table, self.root, file, few)

        # The largest first, so that no core waits for it in the end.
        order = sorted(held, key=lambda item: -self.sizes[item[0].name, item[1]])
        opened = store.side_by_side(lambda item: one(*item), order)
        found = {(t.name, f): part for (t, f), part in zip(order, opened, strict=True)}
        self.parts = {t.name: [] for t in several}
        for table, file in held:
            self.parts[table.name].append(found[table.name, file])

    def load(self) -> None:
        """Make the typed tables of the files; then nothing more is opened."""
        counts = {n: sum(p.count for p in several) for n, several in self.parts.items()}
        wide = max((len(p.header) for several in self.parts.values() for p in several), default=0)
        self.store.expect(sum(counts.values()), wide)

        def around(table: Table) -> AbstractContextManager:
            share = sum(b for (n, _), b in self.sizes.items() if n == table.name) / self.bytes
            what = f"{table.name}: {counts[table.name]:,} rows"
            return self.watch.work(what, SHARES["load"] * share)

        # The largest first, so that no core waits for it in the end.
        order = sorted(self.parts, key=lambda n: -counts[n])
        held = [self.tables[n] for n in order]
        self.loaded = tables.load_all(self.store, held, self.parts, around)
        atonce.note(self.store, self.parts)
        self.store.lock()

    def whole(self, name: str) -> str:
        """SQL for all records of a table with their masks, blank ones too."""
        return masked.whole(self.store, self.tables[name])

    def narrow(self, name: str, rules: Iterable[str]) -> None:
        """Let a table show NULL in the cells that fail certain rules."""
        if self.loaded[name].failing:
            masked.narrow(self.store, self.tables[name], self.loaded[name], rules)

    def alone(self, name: str, work: Callable[[Local, Table], Any]) -> Any:
        """What some work gives on a table."""
        return work(self, self.tables[name])

    def find(self, name: str, rows: Iterable[int]) -> dict[int, Found]:
        """Records of a table by number, as they stand in its files."""
        return sources.find(self.parts[name], rows)


def small(limits: Limits, held: int) -> int:
    """Bytes of a file up to which Python reads it, in a package of so many.

    Where there is much to read, the engine is there anyway, and Python reads next to nothing.
    """
    return min(limits.small, MUCH) if held >= LARGE else limits.small


def size(path: Path) -> int:
    """The bytes of a file, 0 where there is none."""
    return path.stat().st_size if path.is_file() else 0
