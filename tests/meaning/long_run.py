"""Packages drawn in thousands, each judged by hudna, small and large, and by frictionless."""

from __future__ import annotations

import argparse
import platform
import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from hudna.form import csvfile, package, scan
from tests.meaning import oracle, strategies

PAGE = package.home() / "docs/differential.md"
BEGIN, END = "<!-- run: begins -->\n", "<!-- run: ends -->"


class Run:
    """What a run has seen: packages, files by reader, findings by kind, and differences."""

    def __init__(self) -> None:
        self.packages, self.sound, self.alike = 0, 0, 0
        self.stopped = 0
        self.read: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.unlike: list[tuple[dict[str, bytes], str]] = []

    def see(self, files: dict[str, bytes]) -> None:
        """Judge one package."""
        self.packages += 1
        with tempfile.TemporaryDirectory() as folder:
            root = strategies.write(Path(folder), files)
            self.read.update(readers(root / path for path in files if path.endswith(".csv")))
            try:
                ours, theirs = oracle.ours(root), oracle.theirs(root)
            except (ArithmeticError, TypeError) as e:
                # A listed difference: frictionless stops where a signalling NaN is compared.
                if re.search(b"(?i)snan", b"".join(files.values())):
                    self.stopped += 1
                else:
                    self.unlike.append((files, repr(e)))
                return
            except AssertionError as e:
                self.unlike.append((files, str(e)[:2000]))
                return
            self.kinds.update(f.kind for f in ours)
            self.sound += not ours
            self.alike += ours == theirs
            told = oracle.apart(root, ours, theirs, oracle.differences())
            if told:
                self.unlike.append((files, "\n".join(told)))

    def add(self, other: Run) -> None:
        """What another run has seen, too."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def readers(paths: Iterable[Path]) -> list[str]:
    """The reader to which each file would go, were it large."""
    faults = (scan.prove(p, csvfile.CELL_LIMIT).faults for p in paths)
    return ["read by Python" if f else "proven" for f in faults]


def drawn(several: int, number: int) -> Run:
    """Judge so many packages."""
    run = Run()

    @settings(
        max_examples=several, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @seed(number)
    @given(strategies.packages())
    def each(files: dict[str, bytes]) -> None:
        run.see(files)

    each()
    return run


def together(several: int, number: int, jobs: int) -> Run:
    """Judge so many packages in several processes, each with a seed of its own."""
    run = Run()
    with ProcessPoolExecutor(jobs) as pool:
        seeds = range(number, number + jobs)
        for part in pool.map(drawn, [several // jobs] * jobs, seeds):
            run.add(part)
    return run


def page(run: Run, number: int, jobs: int) -> str:
    """The run in words, as Markdown."""
    listed = run.packages - run.alike - run.stopped - len(run.unlike)
    named = ("duckdb", "frictionless", "hypothesis")
    of = ", ".join(f"{n} {version(n)}" for n in named)
    rows = [f"| `{kind}` | {n:,} |" for kind, n in sorted(run.kinds.items())]
    return "\n".join([
        f"Written by `python -m tests.meaning.oracle --packages {run.packages} --seed {number} "
        f"--jobs {jobs}`; "
        f"Python {platform.python_version()}, {of}.",
        "",
        f"{run.packages:,} packages: {run.alike:,} judged alike, finding by finding, {run.sound:,} "
        f"of them without any; {listed:,} differ in what is listed below; in {run.stopped:,} "
        "frictionless stopped at a signalling NaN, which is listed too; "
        f"{len(run.unlike):,} differ in anything else.",
        "",
        f"Their {run.read.total():,} files: {run.read['proven']:,} proven, and so read by the "
        f"engine when large, {run.read['read by Python']:,} read by Python. Read as small files "
        "and as large ones, all gave the same findings, lines and words included.",
        "",
        "| Kind | Findings |",
        "| --- | ---: |",
        *rows,
        "",
    ])  # fmt: skip


def write(text: str) -> None:
    """Put the run into the marked part of the page."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    csvfile.write(PAGE, before + BEGIN + text + END + rest.partition(END)[2])


def main(arguments: list[str] | None = None) -> int:
    """Run, write what was seen, and tell each difference that is not listed."""
    parser = argparse.ArgumentParser(prog="python -m tests.meaning.oracle", description=__doc__)
    parser.add_argument("--packages", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--jobs", type=int, default=1, metavar="J", help="processes")
    parser.add_argument("--dry", action="store_true", help="print, and write no page")
    args = parser.parse_args(arguments)
    run = together(args.packages, args.seed, args.jobs)
    for n, (files, told) in enumerate(run.unlike[:20]):
        folder = strategies.write(Path(tempfile.mkdtemp(prefix=f"unlike-{n}-")), files)
        print(f"{folder}:\n{told}")
    text = page(run, args.seed, args.jobs)
    print(text) if args.dry else write(text)
    return int(bool(run.unlike))
