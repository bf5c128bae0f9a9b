"""The checks of a package, layer by layer: descriptor, bytes and shape, keys, rules."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hudna.engine import checking
from hudna.engine.limits import Limits
from hudna.engine.local import Local
from hudna.engine.store import Store
from hudna.engine.typed import MASK_BITS
from hudna.engine.watching import SHARES, Tell, Watch
from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.ground.finding import Finding, ordered
from hudna.meaning import descriptor_check, keys, placing, rules, shape
from hudna.meaning.faults import Faults
from hudna.meaning.marking import Marked, Unit
from hudna.meaning.report import TABLE_FAULTS, Report, collapse
from hudna.meaning.rules import Told

# Rules by which a cell is not what its schema asks for, and so says nothing to rules.
OF_CELLS = ("type-error", "constraint-error")


@dataclass
class Options:
    """What a validation is asked for.

    trust: run the package's own rules too. limit: findings of each rule that are told. every: also
    keep what the collapse hides. layers: leave the rules out where it is "keys", keys too where it
    is "shape". tell: called with what is worked on and the share that is done. engine: "duckdb" or
    "spark", and the master of that.
    """

    trust: bool = False
    limit: int = 100
    every: bool = False
    layers: str = "rules"
    tell: Tell | None = None
    engine: str = "duckdb"
    master: str | None = None
    limits: Limits = field(default_factory=Limits)

    def start(self, root: Path, tables: dict[str, Table], watch: Watch | None = None) -> Local:
        """The tables of a package in the engine that is asked for."""
        if self.engine == "spark":
            from hudna.engine.spark.loader import Distributed

            return Distributed(root, tables, self.limits, watch, self.master)
        return Local(root, tables, self.limits, watch)


@dataclass
class Checked:
    """A package with the parts of its tables in the engine, and the report on them."""

    package: Package
    tables: Local
    report: Report = field(default_factory=Report)

    @property
    def store(self) -> Store:
        return self.tables.store

    @property
    def watch(self) -> Watch:
        return self.tables.watch

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
    watch = Watch(options.tell)
    with options.start(package.root, package.tables, watch) as tables:
        done = Checked(package, tables)
        with watch.looking(tables.store):
            run(done, list(descriptor), options)
            yield done


def run(done: Checked, found: list[Finding], options: Options) -> None:
    """Fill the report."""
    package, store = done.package, done.store
    with done.part("descriptor"):
        found += descriptor_check.check(package.descriptor, {f.table for f in found})
    with done.part("load"):
        load(done)
    parts = done.tables.parts
    faults = Faults(store, sorted(package.tables, key=lambda n: package.tables[n].path))
    with done.part("shape"):
        for name, table in package.tables.items():
            for part in parts[name]:
                found += shape.files(table, part)
                found += shape.header(table, part) if not part.fatal else ()
        fatal = {n for n, held in parts.items() if any(p.fatal for p in held)}
        faults.gather_conditions(
            {
                n: Marked(done.tables.whole(n), told_bits(done, n), list(of_shape(done, n)))
                for n in package.tables
                if n not in fatal
            }
        )
    unsound = {f.table for f in found if f.rule in TABLE_FAULTS} | package.left_out
    if options.layers != "shape":
        with done.part("keys"), done.watch.work("keys", SHARES["keys"]):
            faults.gather(list(keys.wanted(store, fatal | package.left_out, unsound)))
    faults.collapse(unsound)
    told: list[Told] = []
    if options.layers == "rules":
        with done.part("rules"):
            for name in package.tables:
                done.tables.narrow(name, OF_CELLS)
            told, crashed = apply_rules(done, faults, unsound, options)
            found += crashed
    with done.part("findings"):
        tell(done, faults, told, found, options)


def load(done: Checked) -> None:
    """Read every table's files and make its typed table."""
    done.tables.open(done.package.tables)
    parts = done.tables.parts
    done.report.counts = {n: sum(p.count for p in several) for n, several in parts.items()}
    done.tables.load()


def of_shape(done: Checked, name: str) -> Iterator[tuple[Unit, str]]:
    """The checks of shape that some record of a table does not pass, each as a condition."""
    table, loaded = done.package.tables[name], done.tables.loaded[name]
    for i in loaded.failing:
        c = loaded.checks[i]
        if c.rule == checking.SPELLING:
            continue
        yield Unit(name, c.name, c.rule, c.constraint), loaded.fails(i)
        keyed = table.primary_key and set(table.primary_key) <= done.store.present[name]
        if c.rule == "blank-row" and keyed:
            # frictionless tells the missing key of a blank record too; the collapse hides it.
            key = table.primary_key
            yield Unit(name, keys.one(key), "primary-key", columns=key), loaded.fails(i)


def told_bits(done: Checked, name: str) -> dict[str, int]:
    """Of each mask of a table's records, the bits that tell a fault."""
    loaded, out = done.tables.loaded[name], {}
    for i in loaded.failing:
        if loaded.checks[i].rule != checking.SPELLING:
            mask, bit = divmod(i, MASK_BITS)
            out[f"_mask{mask}"] = out.get(f"_mask{mask}", 0) | 1 << bit
    return out


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
    report.faulty = {f.table for f in findings if f.severity == "error"}
    report.faulty |= faults.tables() if faults.any else set()
    report.faulty |= {n for t in told if t.rule.severity == "error" for n in t.tables}
    report.more = Counter({k: n - shown[k] for k, n in counts.items() if n > shown[k]})
    if options.every:
        report.found = ordered([*found, *placing.place(done, faults.every()), *placed])


def of_records(told: Told) -> Told:
    """What a rule tells while there are errors: a warning on the package as a whole waits until
    its records are right, since what they lack now may be what is wrong with them."""
    kept = [f for f in told.faults if f.row is not None or told.rule.severity == "error"]
    return told._replace(count=told.count - len(told.faults) + len(kept), faults=kept)
