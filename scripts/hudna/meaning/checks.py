"""The checks of a package, layer by layer: descriptor, bytes and shape, keys, rules."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hudna.engine import checking, loading, tables
from hudna.engine.limits import Limits
from hudna.engine.loading import Loaded
from hudna.engine.opening import open_part
from hudna.engine.sources import Part
from hudna.engine.store import Store
from hudna.form import parts
from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.ground.finding import Finding, ordered
from hudna.meaning import descriptor_check, keys, placing, rules, shape
from hudna.meaning.faults import Faults, Unit
from hudna.meaning.report import TABLE_FAULTS, Report, collapse
from hudna.meaning.rules import Told
from hudna.meaning.watching import SHARES, Tell, Watch

# Bytes of a package from which Python reads only files of less than so many.
LARGE, MUCH = 1 << 23, 1 << 15
# Rules by which a cell is not what its schema asks for, and so says nothing to rules.
OF_CELLS = ("type-error", "constraint-error")


@dataclass
class Options:
    """What a validation is asked for.

    trust: run the package's own rules too. limit: findings of each rule that are told. every: also
    keep what the collapse hides. layers: leave the rules out where it is "keys", keys too where it
    is "shape". tell: called with what is worked on and the share that is done.
    """

    trust: bool = False
    limit: int = 100
    every: bool = False
    layers: str = "rules"
    tell: Tell | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass
class Checked:
    """A package with the parts of its tables in the engine, and the report on them."""

    package: Package
    store: Store
    parts: dict[str, list[Part]] = field(default_factory=dict)
    loaded: dict[str, Loaded] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    watch: Watch = field(default_factory=lambda: Watch(None))

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Note the seconds that a part of the work takes."""
        start = time.perf_counter()
        yield
        seconds = self.report.seconds
        seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - start


@contextmanager
def check(
    package: Package, descriptor: Iterable[Finding] = (), options: Options | None = None
) -> Iterator[Checked]:
    """Run layers 1 to 4 on a package; what is in the engine is there until the context ends.

    descriptor: what reading the package found already. Raises CannotRun where memory or disk are
    not enough.
    """
    options = options or Options()
    with Store(package.tables, options.limits) as store:
        done = Checked(package, store, watch=Watch(options.tell))
        with done.watch.looking(store):
            run(done, list(descriptor), options)
            yield done


def run(done: Checked, found: list[Finding], options: Options) -> None:
    """Fill the report."""
    package, store = done.package, done.store
    with done.part("descriptor"):
        found += descriptor_check.check(package.descriptor, {f.table for f in found})
    with done.part("load"):
        load(done)
    faults = Faults(store, sorted(package.tables, key=lambda n: package.tables[n].path))
    with done.part("shape"):
        for name, table in package.tables.items():
            for part in done.parts[name]:
                found += shape.files(table, part)
                found += shape.header(table, part) if not part.fatal else ()
        fatal = {n for n, held in done.parts.items() if any(p.fatal for p in held)}
        faults.gather([w for n in package.tables if n not in fatal for w in of_shape(done, n)])
    unsound = {f.table for f in found if f.rule in TABLE_FAULTS} | package.left_out
    if options.layers != "shape":
        with done.part("keys"), done.watch.work("keys", SHARES["keys"]):
            faults.gather(list(keys.wanted(store, fatal | package.left_out, unsound)))
    faults.collapse(unsound)
    told: list[Told] = []
    if options.layers == "rules":
        with done.part("rules"):
            for name, loaded in done.loaded.items():
                if loaded.failing:
                    loading.narrow(store, package.tables[name], loaded, OF_CELLS)
            told, crashed = apply_rules(done, faults, unsound, options)
            found += crashed
    with done.part("findings"):
        tell(done, faults, told, found, options)


def load(done: Checked) -> None:
    """Read every table's parts and make its typed table."""
    package, store, report = done.package, done.store, done.report
    held = [(n, f) for n, t in package.tables.items() for f in parts.files(package.root, t.paths)]
    sizes = [size(package.root / f) for _, f in held]
    whole = sum(sizes) or 1

    # Where there is much to read, the engine is there anyway, and Python reads next to nothing.
    small = store.limits.small if whole < LARGE else min(store.limits.small, MUCH)

    def opened_one(n: int) -> Part:
        name, file = held[n]
        with done.watch.work(file, SHARES["read"] * sizes[n] / whole):
            return open_part(store, package.tables[name], package.root, file, small)

    opened = store.side_by_side(opened_one, range(len(held)))
    done.parts = {name: [] for name in package.tables}
    for (name, _), part in zip(held, opened, strict=True):
        done.parts[name].append(part)
    report.counts = {n: sum(p.count for p in several) for n, several in done.parts.items()}
    store.expect(sum(report.counts.values()))
    # The largest first, so that no core waits for it in the end.
    order = sorted(package.tables.values(), key=lambda t: -report.counts[t.name])
    weights = dict.fromkeys(package.tables, 0)
    for (name, _), bytes_ in zip(held, sizes, strict=True):
        weights[name] += bytes_

    def around(table: Table) -> AbstractContextManager:
        what = f"{table.name}: {report.counts[table.name]:,} rows"
        return done.watch.work(what, SHARES["load"] * weights[table.name] / whole)

    done.loaded = tables.load_all(store, order, done.parts, around)
    store.lock()


def size(path: Path) -> int:
    """The bytes of a file, 0 where there is none."""
    return path.stat().st_size if path.is_file() else 0


def of_shape(done: Checked, name: str) -> Iterator[tuple[Unit, str]]:
    """The checks of shape that some record of a table does not pass."""
    table, loaded = done.package.tables[name], done.loaded[name]
    held = loading.whole(done.store, table)
    for i in loaded.failing:
        c = loaded.checks[i]
        if c.rule == checking.SPELLING:
            continue
        query = f"SELECT _row, NULL AS extra FROM {held} WHERE {loaded.fails(i)}"
        yield Unit(name, c.name, c.rule, c.constraint), query
        keyed = table.primary_key and set(table.primary_key) <= done.store.present[name]
        if c.rule == "blank-row" and keyed:
            # frictionless tells the missing key of a blank record too; the collapse hides it.
            key = table.primary_key
            yield Unit(name, keys.one(key), "primary-key", columns=key), query


def apply_rules(
    done: Checked, faults: Faults, unsound: set[str], options: Options
) -> tuple[list[Told], list[Finding]]:
    """What the rules find, and a finding for each that crashed."""
    report, package = done.report, done.package
    chosen, held = rules.collect(package.root, set(package.tables), options.trust)
    limit = None if options.every else options.limit
    told, lacking = rules.told(done.store, faults, chosen, unsound, limit, done.watch)
    crashed = []
    for not_applied in [*held, *lacking]:
        name = not_applied.rule
        if not_applied.crashed:
            file = (rules.FOLDER / f"{name}.sql").as_posix()
            problem = f"rule {name}: {not_applied.reason}"
            crashed.append(Finding("rule-crashed", problem, file=file))
        else:
            report.not_applied.append((name, not_applied.reason))
    skipped = {name for name, _ in report.not_applied}
    report.rules = [r.name for r in chosen if r.name not in skipped]
    return told, crashed


def tell(
    done: Checked, faults: Faults, told: list[Told], found: list[Finding], options: Options
) -> None:
    """Collapse, count, and put into words as many findings as are asked for."""
    report, findings = done.report, collapse(found)
    counts = Counter({(r, "error"): n for r, n in faults.told().items()} if faults.any else {})
    wrong = bool(counts) or any(f.severity == "error" for f in findings)
    if wrong or any(t.rule.severity == "error" for t in told):
        told = [t for t in map(of_records, told) if t.count]
    for one in told:
        counts[one.rule.name, one.rule.severity] += one.count
    placed = placing.place_rules(done, told)
    if faults.any:
        findings += placing.place(done, faults.first(options.limit))
    report.findings = ordered([*findings, *placed])
    shown = Counter((f.rule, f.severity) for f in report.findings)
    report.more = Counter({k: n - shown[k] for k, n in counts.items() if n > shown[k]})
    if options.every:
        report.found = ordered([*found, *placing.place(done, faults.every()), *placed])


def of_records(told: Told) -> Told:
    """What a rule tells while there are errors: a warning on the package as a whole waits until
    its records are right, since what they lack now may be what is wrong with them."""
    kept = [f for f in told.faults if f.row is not None or told.rule.severity == "error"]
    return Told(told.rule, told.count - len(told.faults) + len(kept), kept)
