"""A package's tables on Spark: read part by part on the executors, under their names."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hudna.engine import checking, loading, local, relations, sources, typed
from hudna.engine.limits import Limits
from hudna.engine.loading import Loaded
from hudna.engine.local import Local
from hudna.engine.sources import Facts, Found, Part
from hudna.engine.spark import columns as parquet
from hudna.engine.spark import engine, errors, lacking, named, parts, reading, settings
from hudna.engine.spark.engine import Engine
from hudna.engine.spark.parts import Relation
from hudna.engine.spark.reading import File, Remote, Said
from hudna.engine.spark.session import Session
from hudna.engine.store import Store
from hudna.engine.typed import quote
from hudna.engine.watching import SHARES, Watch
from hudna.form import parts as files
from hudna.form.schema import Table
from hudna.ground.finding import CannotRun

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

# Records up to which a table is sent along with each query, bytes that one task reads of small
# files, and tables that are loaded at a time.
FEW, TASK, THREADS = 10_000, 1 << 23, 4
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
        self.kept: list[Any] = []
        self.parts: dict[str, list[Part]] = {}
        self.loaded: dict[str, Loaded] = {}
        if spark is None:
            master = master or "local[*]"
            more = asked(master, limits, self.bytes(package) < local.LARGE)
            self.session = Session(master, limits.temp, more)
            spark = self.session.spark
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
        for frame in self.kept:
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
        with self.watch.work("files", SHARES["read"]), running():
            found = self.ask(several, functools.partial(reading.look, self.folder))
        self.parts = {n: [] for n in names}
        for source, seen in zip(several, found, strict=True):
            self.parts[source.table.name].append(Remote(source, seen, self.here))

    def ask(self, several: list[File], question: Callable[[File], Any]) -> list[Any]:
        """What a function gives for each file, asked on the executors; small files share tasks."""
        sizes = [local.size(f.root / f.file) for f in several]
        most = min(TASK, 1 + sum(sizes) // max(self.spark.sparkContext.defaultParallelism, 1))
        groups: list[list[File]] = []
        room = 0
        for source, size in zip(several, sizes, strict=True):
            if room <= 0:
                groups.append([])
                room = most
            groups[-1].append(source)
            room -= size
        answers = parts.ask(self.spark, groups, functools.partial(each, question))
        return [answer for group in answers for answer in group]

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
                self.store.define(name, columns(table, 0))
                self.loaded[name] = Loaded([], [])
        small = [t for t in waiting if sum(p.count for p in self.held(t.name)) <= self.few]
        large = [t for t in waiting if t not in small]
        work = [lambda t=t: self.distribute(t) for t in large]
        if small:
            work.insert(0, lambda: self.gather(small))
        with running(), ThreadPoolExecutor(THREADS) as pool:
            for done in [pool.submit(w) for w in work]:
                done.result()

    def held(self, name: str) -> list[Part]:
        """The parts of a table that have records."""
        return [p for p in self.parts[name] if p.count and not p.fatal]

    def facts(self, tables: Iterable[Table]) -> dict[str, list[Facts]]:
        """What the checks of some tables hang on."""
        return {t.name: [p.facts for p in self.held(t.name)] for t in tables}

    def gather(self, tables: list[Table]) -> None:
        """Load small tables, all of them at once, into the driver."""
        import pyarrow as pa

        facts = self.facts(tables)
        several = [p.source for t in tables for p in self.held(t.name)]
        answers = iter(self.ask(several, functools.partial(reading.held, self.folder, facts)))
        again = []
        for table in tables:
            found = [next(answers) for _ in self.held(table.name)]
            if self.unlike(table, self.held(table.name), [told.said for _, told in found]):
                again.append(table)
                continue
            checks = self.checks(table)
            schema = parts.arrow(columns(table, len(checks)))
            whole = pa.concat_tables(numbered(found, schema))
            frame = functools.partial(self.spark.createDataFrame, whole)
            self.name(table, frame, checks, [told.said for _, told in found])
        if again:
            self.gather(again)

    def distribute(self, table: Table) -> None:
        """Load a table, a task a part, and let the executors keep it."""
        share = sum(local.size(self.root / p.file) for p in self.parts[table.name])
        share /= self.bytes(self.parts) or 1
        several = self.held(table.name)
        from pyspark.sql import DataFrame

        what = f"{table.name}: {sum(p.count for p in several):,} rows"
        with self.watch.work(what, SHARES["load"] * share):
            before = itertools.accumulate((p.count for p in several), initial=0)
            placed = list(zip(several, before, strict=False))
            own = [(p, n) for p, n in placed if parquet.wanted(table, p)]
            others = [(p, n) for p, n in placed if not parquet.wanted(table, p)]
            facts, frames, said = self.facts([table]), [], []
            checks = self.checks(table)
            if others:
                task = functools.partial(reading.read, self.folder, facts)
                sources = [p.source for p, _ in others]
                relation = Relation(self.spark, sources, task, columns(table, len(checks)))
                said += [told.said for told in relation.told]
                relation.offsets = [n for _, n in others]
                frames.append(relation.frame)
                self.kept.append(relation.raw)
                if self.unlike(table, [p for p, _ in others], said):
                    relation.drop()
                    return self.distribute(table)
            if own:
                frame, failing = parquet.read(self.store, table, own, facts[table.name])
                said.append(Said(failing))
                frames.append(frame)
                self.kept.append(frame)
        names = list(columns(table, len(checks)))
        whole = functools.reduce(
            DataFrame.unionAll, (f.select(*map(named.quote, names)) for f in frames)
        )
        self.name(table, lambda: whole, checks, said)

    def unlike(self, table: Table, held: list[Remote], said: list[Said]) -> bool:
        """Whether the proof of some part did not hold; from now on Python reads that."""
        wrong = False
        for part, one in zip(held, said, strict=True):
            if one.unlike:
                wrong = True
                at = self.parts[table.name].index(part)
                source = part.source._replace(staged=True)
                self.parts[table.name][at] = Remote(source, one.unlike, self.here)
        return wrong

    def checks(self, table: Table) -> list[typed.Check]:
        """What is checked of each record of a table."""
        facts = self.facts([table])[table.name]
        return checking.checks_of(table, facts[0], facts, [])

    def name(
        self, table: Table, frame: Callable[[], Any], checks: list[typed.Check], said: list[Said]
    ) -> None:
        """Let queries name a table that is loaded."""
        failing = sorted({i for one in said for i in one.failing})
        self.loaded[table.name] = Loaded(checks, failing)
        self.store.offer(loading.own(table), frame)
        self.narrow(table.name, ("type-error",))

    def whole(self, name: str) -> str:
        """SQL for all records of a table with their masks, blank ones too."""
        return quote(name if name in self.store.empty else loading.own(self.tables[name]))

    def narrow(self, name: str, rules: Iterable[str]) -> None:
        """Let a table show NULL in the cells that fail certain rules."""
        table, loaded = self.tables[name], self.loaded[name]
        if name in self.store.empty:
            return
        shown = loading.shown(table, loaded, rules)
        query = f"SELECT _row, {shown} FROM {quote(loading.own(table))}"
        if loaded.failing:
            query += f" WHERE {loading.NOT_BLANK}"
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
        question = functools.partial(single, self.root, self.tables, self.limits, name)
        with running():
            return parts.ask(self.spark, [work], question)[0]


def single(root: Path, tables: dict[str, Table], limits: Limits, name: str, work: Callable) -> Any:
    """What some work gives on a table alone, loaded on the machine where this runs."""
    with Local(root, tables, limits._replace(temp=reading.scratch())) as made:
        made.open([name])
        made.loaded[name] = loading.load(made.store, tables[name], made.parts[name])
        return work(made, tables[name])


def each(question: Callable[[File], Any], several: list[File]) -> list[Any]:
    """What a function gives for each of some files."""
    return [question(one) for one in several]


def numbered(found: list[tuple], schema: pa.Schema) -> Iterator[pa.Table]:
    """The records of parts as tables, numbered over all of them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    before = 0
    for batches, told in found:
        for batch in batches:
            held = pa.table({n: batch.column(n) for n in schema.names}).cast(schema)
            yield held.set_column(0, schema.field(0), pc.add(held.column(0), before))
        before += told.records


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


def columns(table: Table, checks: int) -> dict[str, str]:
    """The columns of a table as it is loaded, with its masks."""
    kinds = {f.name: typed.SQL_TYPES[f.type] for f in table.fields}
    return {"_row": "BIGINT", **kinds, **dict.fromkeys(loading.masks(checks), "BIGINT")}


@contextmanager
def running() -> Iterator[None]:
    """CannotRun for whatever goes wrong in Spark while tables are read."""
    try:
        with errors.told():
            yield
    except errors.Failed as e:
        raise CannotRun(f"Spark cannot read the tables: {e}") from None
