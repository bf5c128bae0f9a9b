"""A package's tables on Spark: read part by part on the executors, under their names."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hudna.engine import local, masked, relations, sources
from hudna.engine.limits import Limits
from hudna.engine.local import Local
from hudna.engine.masked import Loaded
from hudna.engine.sources import Found
from hudna.engine.spark import asking, engine, errors, filling, lacking, parts, reading, settings
from hudna.engine.spark.engine import Engine
from hudna.engine.spark.filling import Filled, Filling
from hudna.engine.spark.reading import File, Remote
from hudna.engine.spark.session import Session
from hudna.engine.store import Store
from hudna.engine.typed import quote
from hudna.engine.watching import SHARES, Watch
from hudna.form import parts as files
from hudna.form.schema import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

FEW = 10_000  # records up to which a table is sent along with each query
# Of a small package no query is cut into tasks; several queries run at a time.
SMALL = {"spark.sql.leafNodeDefaultParallelism": "1", "spark.sql.shuffle.partitions": "1"}


class Tables(Engine):
    """The engine that meaning asks; nothing is known of keys beforehand."""

    large = False
    kept = climbing = frozenset()

    def frame(self, query: str, params: Any = None) -> DataFrame:
        """A query's result; what names no table is told before Spark is asked."""
        if missing := lacking.first(query, self.named.makers):
            raise errors.Lacking(f"Table with name {missing} does not exist!")
        return super().frame(query, params)

    def percent(self) -> dict[int, float]:
        """How far each thread's statement has come: Spark does not tell."""
        return {}


class Distributed:
    """The tables of a package in an engine on Spark; what `engine.local.Local` is on one machine.

    spark: a session that runs already and is left running; else one is started. few: records up
    to which a table is small.
    """

    def __init__(
        self, root: Path, package: dict[str, Table], limits: Limits, watch: Watch | None = None,
        master: str | None = None, spark: SparkSession | None = None, few: int = FEW,
    ):  # fmt: skip
        self.root, self.tables, self.limits = root.resolve(), package, limits
        self.watch = watch or Watch(None)
        self.few = few
        self.session: Session | None = None
        self.near: Store | None = None
        self.filling: Filling | None = None
        self.parts: dict[str, list[Remote]] = {}
        self.loaded: dict[str, Loaded] = {}
        if spark is None:
            master = master or "local[*]"
            held = self.bytes(package)
            self.session = Session(master, limits.temp, asked(master, limits, held < local.LARGE))
            spark = self.session.spark
            if held >= local.LARGE:
                # The driver's own cores say nothing of a cluster's.
                number = settings.pieces(held, spark.sparkContext.defaultParallelism)
                spark.conf.set("spark.sql.shuffle.partitions", str(number))
        self.spark = spark
        self.folder = str(self.session.folder) if self.session else None
        self.store = Tables(spark, package)

    def __enter__(self) -> Distributed:
        return self

    def __exit__(self, *_: object) -> None:
        if self.near:
            self.near.close()
        if self.session:
            self.session.stop()
            return
        with errors.told():
            for frame in self.filling.kept if self.filling else ():
                frame.unpersist()
            self.store.named.drop()

    def files(self, names: Iterable[str]) -> list[tuple[Table, str]]:
        """The files of some tables, in order."""
        several = [self.tables[n] for n in names]
        return [(t, f) for t in several for f in files.files(self.root, t.paths)]

    def bytes(self, names: Iterable[str]) -> int:
        """The bytes of the files of some tables."""
        return sum(local.size(self.root / f) for _, f in self.files(names))

    def open(self, names: Iterable[str]) -> None:
        """Look at the files of the named tables."""
        names = list(names)
        self.limits = self.limits._replace(small=local.small(self.limits, self.bytes(names)))
        several = [File(self.root, t, f, self.limits) for t, f in self.files(names)]
        with self.watch.work("files", SHARES["read"]), asking.running():
            found = asking.ask(self.spark, several, functools.partial(reading.look, self.folder))
        self.parts = {n: [] for n in names}
        for source, seen in zip(several, found, strict=True):
            self.parts[source.table.name].append(Remote(source, seen, self.here))

    def here(self) -> Store:
        """An engine on this machine, for the parts that are opened here."""
        if self.near is None:
            self.near = Store({}, self.limits)
        return self.near

    def load(self) -> None:
        """Make the typed tables of the files."""
        waiting = []
        for name, several in self.parts.items():
            table, sound = self.tables[name], [p for p in several if not p.fatal]
            width = min((p.facts.width for p in sound), default=0)
            self.store.present[name] = set(table.names[:width])
            if any(p.count for p in sound):
                waiting.append(table)
            else:
                self.store.empty.add(name)
                self.store.define(name, filling.typed_columns(table, []))
                self.loaded[name] = Loaded([], [])
        self.filling = Filling(self.store, self.parts, self.folder, self.here)
        count = {t.name: sum(p.count for p in self.parts[t.name]) for t in waiting}
        small = [t for t in waiting if count[t.name] <= self.few]
        large = sorted((t for t in waiting if t not in small), key=lambda t: -count[t.name])
        work = [lambda t=t: self.distribute(t) for t in large]
        if small:
            work.append(lambda: list(map(self.name, self.filling.gather(small))))
        with asking.running():
            self.store.side_by_side(lambda one: one(), work)

    def distribute(self, table: Table) -> None:
        """Load a large table."""
        several = self.parts[table.name]
        share = sum(local.size(self.root / p.file) for p in several) / self.bytes(self.parts)
        what = f"{table.name}: {sum(p.count for p in several):,} rows"
        with self.watch.work(what, SHARES["load"] * share):
            self.name(self.filling.distribute(table))

    def name(self, filled: Filled) -> None:
        """Let queries name a table that is loaded."""
        name = filled.table.name
        self.loaded[name] = filled.loaded
        self.store.offer(masked.own(filled.table), filled.frame)
        self.narrow(name, ("type-error",))

    def whole(self, name: str) -> str:
        """SQL for all records of a table with their masks, blank ones too."""
        return quote(name if name in self.store.empty else masked.own(self.tables[name]))

    def narrow(self, name: str, rules: Iterable[str]) -> None:
        """Let a table show NULL in the cells that fail certain rules."""
        table, loaded = self.tables[name], self.loaded[name]
        if name in self.store.empty:
            return
        shown = masked.shown(table, loaded, rules)
        query = f"SELECT _row, {shown} FROM {quote(masked.own(table))}"
        if loaded.failing:
            query += f" WHERE {masked.NOT_BLANK}"
        self.store.offer(name, lambda: self.store.frame(query))
        for made in relations.MAKERS:
            # What was made of the table before is made anew.
            self.store.offer(made, functools.partial(self.relation, made))

    def relation(self, name: str) -> DataFrame:
        """A relation made from the Table Schemas; held as it is where the package is small."""
        frame = self.store.named.relation(name)
        few = sum(p.count for several in self.parts.values() for p in several) <= self.few
        return engine.kept(frame) if few else frame

    def find(self, name: str, rows: Iterable[int]) -> dict[int, Found]:
        """Records of a table by number, as they stand in its files."""
        return sources.find(self.parts[name], rows)

    def alone(self, name: str, work: Callable[[Local, Table], Any]) -> Any:
        """What some work gives on a table that an executor loads as one machine does."""
        question = functools.partial(asking.single, self.root, self.tables, self.limits, name)
        with asking.running():
            return parts.ask(self.spark, [work], question)[0]


def asked(master: str, limits: Limits, small: bool) -> dict[str, str]:
    """The settings that a run asks for beside the common ones. small: some megabytes of files."""
    out = {**settings.SMALL, **SMALL} if small else {}
    # The other half is for the readers, which are no part of Java.
    memory = f"{limits.bytes // 2 // 2**20}m"
    if master.startswith("local"):
        out["spark.driver.memory"] = memory
    elif limits.memory:
        out["spark.executor.memory"] = memory
    return out
