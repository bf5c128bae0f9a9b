"""All contenders over all sizes in one go, in turn, each in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks import data, measure, ours
from tests.benchmarks.contenders import Contender
from tests.benchmarks.data import Data
from tests.benchmarks.environment import machine, versions
from tests.benchmarks.measure import Run
from tests.benchmarks.ours import NotRun

RESULTS = data.PLACE / "results.json"
# What takes longer than this, in seconds, is run once.
SLOW = 60.0


def fresh(before: dict[str, Any]) -> dict[str, Any]:
    """Results before anything is measured; before: those that are kept and added to."""
    return {
        "versions": versions(),
        "machine": machine(),
        "floor": measure.floor(),
        **{name: before.get(name, {}) for name in ("sizes", "checks", "profile")},
    }


def load(path: Path = RESULTS) -> dict[str, Any]:
    """The results of the last run; nothing where there was none."""
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def save(results: dict[str, Any], path: Path = RESULTS) -> None:
    """Write results; after every run, so that an interruption loses none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1), "utf-8")


def size(
    results: dict[str, Any], rows: int, who: Iterable[Contender], rounds: int, timeout: float
) -> None:
    """Measure one size: the files are read once, then everybody runs in turn, several times."""
    package = data.generated(rows)
    told = {
        "csv": measure.warm(package.path / "data"),
        "parquet": measure.warm(package.parquet / "data"),
        "runs": {},
        "not_run": {},
    }
    results["sizes"][str(rows)] = told
    for turn in range(rounds):
        for contender in rotated(list(who), turn):
            once(told, contender, package, timeout)
            save(results)


def rotated(who: list[Contender], turn: int) -> Iterator[Contender]:
    """The contenders in another order each turn, so that nobody always follows the same one."""
    at = turn * 3 % len(who)
    yield from who[at:] + who[:at]


def once(told: dict[str, Any], contender: Contender, package: Data, timeout: float) -> None:
    """Run one contender once, unless it cannot run or has had its one run."""
    runs = told["runs"].setdefault(contender.name, [])
    if contender.name in told["not_run"] or any(r["seconds"] > SLOW for r in runs):
        return
    try:
        if contender.most and package.rows > contender.most:
            raise NotRun(f"more than {contender.most:,} records")
        run = measure.run(contender.command(package), timeout)
        if run.stopped or run.status:
            raise NotRun(failed(run))
    except NotRun as e:
        told["not_run"][contender.name] = str(e)
        print(f"{package.rows:>11,}  {contender.label}: not run: {e}", flush=True)
        return
    runs.append({"seconds": round(run.seconds, 4), "peak": run.peak})
    print(f"{package.rows:>11,}  {contender.label}: {run.seconds:.2f} s", flush=True)


def failed(run: Run) -> str:
    """Why a run is no measurement: the package is valid, and it said otherwise or nothing."""
    if run.stopped:
        return f"{run.stopped}; stopped after {run.seconds:.0f} s"
    return f"exit {run.status}: {measure.first(run.answer)}"


def profile(results: dict[str, Any], rows: int, timeout: float) -> None:
    """Note where hudna's time goes, by its own report."""
    package = data.generated(rows)
    run = measure.run(ours.told(package), timeout)
    if run.status or run.stopped:
        print(f"{rows:>11,}  profile: {failed(run)}", flush=True)
        return
    told = json.loads(run.answer)
    results["profile"][str(rows)] = {"whole": round(run.seconds, 3), "parts": told["seconds"]}
    save(results)
