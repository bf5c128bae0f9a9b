"""How hudna is called: the one place that knows its command line, and what it offers besides.

What it does not offer yet is not run, and the table says so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.benchmarks.data import Data
from tests.benchmarks.environment import ROOT, variables

HUDNA = [sys.executable, "-m", "hudna", "validate"]
# The last layer that is run, as hudna calls it.
KEYS = "keys"


class NotRun(Exception):
    """Why a contender was not run."""


def everything(data: Data) -> list[str]:
    """All layers over CSV."""
    return [*HUDNA, str(data.path), *quiet()]


def shape_and_keys(data: Data) -> list[str]:
    """Descriptor, shape, primary and foreign keys over CSV."""
    return up_to(KEYS, data.path)


def shape_and_unique(data: Data) -> list[str]:
    """Descriptor, shape and primary keys over CSV: the same files, no foreign keys declared."""
    return up_to(KEYS, data.unlinked)


def parquet(data: Data) -> list[str]:
    """All layers over Parquet."""
    return [*HUDNA, str(data.parquet), *quiet()]


def spark(data: Data, cores: int) -> list[str]:
    """All layers over CSV on local Spark, on so many cores."""
    need("--engine")
    if not shutil.which("java"):
        raise NotRun("there is no Java on this machine")
    return [*everything(data), "--engine", "spark", "--master", f"local[{cores}]"]


def told(data: Data) -> list[str]:
    """All layers over CSV, the report as JSON: its `seconds` are those of each part."""
    return [*HUDNA, str(data.path), "--format", "json", *quiet()]


def findings(path: str) -> list[str]:
    """All layers over CSV, one finding of each rule as text."""
    return [*HUDNA, path, "--limit", "1", *quiet()]


def quiet() -> list[str]:
    """No progress, where that can be said."""
    return ["--quiet"] if "--quiet" in offered() else []


def need(option: str) -> None:
    """Raise NotRun where `hudna validate` has no such option."""
    if option not in offered():
        raise NotRun(f"`hudna validate` has no {option}")


def up_to(layer: str, package: Path) -> list[str]:
    """The layers up to one, by this module's command: the command line leaves no choice."""
    return [sys.executable, "-m", "tests.benchmarks.ours", str(package), layer]


@cache
def offered() -> str:
    """What `hudna validate` says of its options."""
    command = [*HUDNA, "--help"]
    done = subprocess.run(command, cwd=ROOT, env=variables(), capture_output=True, text=True)
    return done.stdout


def main(package: Path, layer: str) -> int:
    """Validate up to a layer; returns 0 where nothing is wrong, else 1; 2 where it cannot be."""
    from hudna.meaning import checks
    from hudna.outputs import validation

    if "layers" not in getattr(getattr(checks, "Options", None), "__annotations__", {}):
        print("hudna offers no choice of layers")
        return 2
    report = validation.validate(package, checks.Options(layers=layer))
    for finding in report.findings[:1]:
        print(finding)
    return 1 if report.errors else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
