"""How many names a second are matched: repeated as in a data set, and each seen but once.

    nice -n -20 python -m tests.benchmarks.names           print the figures
    nice -n -20 python -m tests.benchmarks.names --write   put them into docs/matching.md

The names are those of tests/cases/match/gold.csv. A data set of events repeats few names often:
here a million rows hold 20,000 distinct names, the n-th of them about n times rarer than the first.
Seconds of the processor are those of all processes together: what else runs on the machine does
not count. Those of the clock are what a person waits, where nothing else runs.
Distinct names are made of them by two typing errors each, so that nothing is found in a table.
"""

from __future__ import annotations

import gc
import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Iterator

from hudna.form import package
from hudna.meaning import matching
from tests.benchmarks import page
from tests.quality.matching import PAGE, gold

ROWS, DISTINCT, ALONE = 1_000_000, 20_000, 40_000
ROUNDS = 3
LETTERS = "abdefghijklmnorstuwyz"


def mistyped(name: str, dice: random.Random) -> str:
    """A name with two typing errors."""
    for _ in range(2):
        at = dice.randrange(len(name))
        name = name[:at] + dice.choice(LETTERS) + name[at + dice.randint(0, 1) :]
    return name


def distinct(count: int, dice: random.Random) -> list[str]:
    """So many different names."""
    names = [r["name"] for r in gold()]
    made = dict.fromkeys(names)
    while len(made) < count:
        made[mistyped(dice.choice(names), dice)] = None
    return list(made)[:count]


def repeated(count: int, of: list[str], dice: random.Random) -> list[str]:
    """So many rows of some names, few of which are common."""
    return dice.choices(of, [1 / n for n in range(1, len(of) + 1)], k=count)


def speeds(names: list[str]) -> tuple[list[float], list[float]]:
    """Names a second of the processor, of the clock; each round by a matcher new to all."""
    shipped, _ = package.read(package.home())
    worked, waited = [], []
    for _ in range(ROUNDS):
        matching.spelling.word.cache_clear()
        matcher = matching.matcher(shipped)
        gc.collect()
        start, begin = processor(), time.perf_counter()
        matcher.match(names)
        waited.append(len(names) / (time.perf_counter() - begin))
        worked.append(len(names) / (processor() - start))
    return worked, waited


def processor() -> float:
    """Seconds of the processor so far, of this process and those that it made."""
    return sum(os.times()[:4])


def lines() -> Iterator[str]:
    """The figures as a table."""
    dice = random.Random(20201010)
    alone = distinct(ALONE, dice)
    many = repeated(ROWS, distinct(DISTINCT, dice), dice)
    yield "| Names | Rows | Distinct | A second of one core (median) | From, to | Of the clock |"
    yield "| --- | --: | --: | --: | --: | --: |"
    for title, names in (("as in a data set of events", many), ("all distinct, mistyped", alone)):
        worked, waited = speeds(names)
        spread = f"{min(worked):,.0f}, {max(worked):,.0f}"
        yield (f"| {title} | {len(names):,} | {len(set(names)):,} | "
               f"{statistics.median(worked):,.0f} | {spread} | "
               f"{statistics.median(waited):,.0f} |")  # fmt: skip
    yield ""
    yield f"{os.cpu_count()} cores; Python {platform.python_version()}, {ROUNDS} rounds."


def main() -> None:
    told = "\n".join(lines())
    print(told)
    if "--write" in sys.argv[1:]:
        page.write({"names": told}, PAGE)


if __name__ == "__main__":
    main()
