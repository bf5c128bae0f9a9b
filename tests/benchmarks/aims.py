"""What was aimed at, as ratios within one run, and what was reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.contenders import EVERYTHING, FRICTIONLESS, TOUCH
from tests.benchmarks.tables import Taken, number, sizes, taken

FAST = ("dataframely", "pandera")
Measure = Callable[[dict[str, Any], str], float | None]


@dataclass(frozen=True)
class Aim:
    """A ratio that was aimed at; least: to be reached from below; limit: what it must not miss."""

    sentence: str
    measure: Measure
    aim: float
    limit: float
    least: bool = False


def seconds(results: dict[str, Any], rows: str, name: str) -> float | None:
    """The seconds of a contender at a size."""
    found = taken(results, rows, name)
    return found.seconds if found else None


def ratio(above: float | None, below: float | None) -> float | None:
    """A ratio, where both sides are known."""
    return above / below if above and below else None


def against(above: str, below: str) -> Measure:
    """The ratio of two contenders' seconds."""
    return lambda results, rows: ratio(seconds(results, rows, above), seconds(results, rows, below))


def against_fastest(above: str) -> Measure:
    """The ratio of a contender's seconds to those of the fastest peer on data frames."""

    def measure(results: dict[str, Any], rows: str) -> float | None:
        known = [s for s in (seconds(results, rows, name) for name in FAST) if s]
        return ratio(seconds(results, rows, above), min(known, default=None))

    return measure


def growth(results: dict[str, Any], rows: str) -> float | None:
    """The ratio of everything to everything with a tenth of the rows."""
    tenth = str(int(rows) // 10)
    if tenth not in results["sizes"]:
        return None
    return ratio(seconds(results, rows, EVERYTHING), seconds(results, tenth, EVERYTHING))


def gigabytes(results: dict[str, Any], rows: str) -> float | None:
    """The peak of memory of everything, in GB."""
    found: Taken | None = taken(results, rows, EVERYTHING)
    return found.peak / 1e9 if found else None


AIMS = (
    Aim(
        "frictionless / shape and keys",
        against(FRICTIONLESS, "hudna-keys"),
        100,
        80,
        least=True,
    ),
    Aim(
        "frictionless / everything",
        against(FRICTIONLESS, EVERYTHING),
        100,
        50,
        least=True,
    ),
    Aim("everything / touching scan", against(EVERYTHING, TOUCH), 2.5, 4),
    Aim("shape and unique / dataframely or pandera", against_fastest("hudna-unique"), 1, 1.3),
    Aim("everything / dataframely or pandera", against_fastest(EVERYTHING), 1.5, 1.5),
    Aim("everything / everything with a tenth of the records", growth, 11, 11),
    Aim("everything on Spark local[2] / on DuckDB", against("hudna-spark-2", EVERYTHING), 12, 12),
    Aim("peak of everything, GB (asked at 80 million records)", gigabytes, 2, 2),
)


def table(results: dict[str, Any]) -> str:
    """What was aimed at and reached, for each size."""
    return "\n".join(lines(results))


def lines(results: dict[str, Any]) -> Iterator[str]:
    """The table's lines."""
    order = sizes(results)
    yield "| Ratio | Aim | Limit | " + " | ".join(f"{int(r):,}" for r in order) + " |"
    yield "| --- | ---: | ---: |" + " ---: |" * len(order)
    for aim in AIMS:
        sign = "≥" if aim.least else "≤"
        wanted = [f"{sign} {value:g}" for value in (aim.aim, aim.limit)]
        cells = [reached(aim, aim.measure(results, rows)) for rows in order]
        yield "| " + " | ".join([aim.sentence, *wanted, *cells]) + " |"


def reached(aim: Aim, value: float | None) -> str:
    """A ratio, marked where it misses the aim or even the limit."""
    if value is None:
        return ""
    if meets(aim, value, aim.aim):
        return number(value)
    return f"{number(value)} (short of the {'aim' if meets(aim, value, aim.limit) else 'limit'})"


def meets(aim: Aim, value: float, bound: float) -> bool:
    """Whether a value keeps a bound."""
    return value >= bound if aim.least else value <= bound
