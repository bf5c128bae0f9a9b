"""What each contender checks, tried out: packages with one fault each, and who tells of it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import data, measure
from tests.benchmarks.contenders import EVERYTHING, Contender
from tests.benchmarks.data import Data
from tests.benchmarks.ours import NotRun

ROWS = 2000
PLACE = data.PLACE / "probe"
# The record that is changed: not the first, and one that has all that the probes change.
AT = 5
TIMEOUT = 300.0


@dataclass(frozen=True)
class Probe:
    """A kind of fault: its name, the table that gets it, what is done to the table's records."""

    name: str
    table: str
    change: Callable[[list[list[str]]], None]


def cell(field: str, value: str) -> Callable[[list[list[str]]], None]:
    """Another value in one cell."""

    def change(records: list[list[str]]) -> None:
        records[AT][records[0].index(field)] = value

    return change


def double(records: list[list[str]]) -> None:
    records.append(records[-1])


def rename(records: list[list[str]]) -> None:
    records[0][-1] += "s"


def swap(records: list[list[str]]) -> None:
    for record in records:
        record[-1], record[-2] = record[-2], record[-1]


def longer(records: list[list[str]]) -> None:
    records[AT].append("more")


def shorter(records: list[list[str]]) -> None:
    records[AT].pop()


def empty(records: list[list[str]]) -> None:
    records.insert(AT, [])


def reverse(records: list[list[str]]) -> None:
    records[1:] = records[:0:-1]


PROBES = (
    Probe("a value that is not of its type", "incidents", cell("killed_low", "five")),
    Probe("a day that does not exist", "incidents", cell("date_start", "2020-02-30")),
    Probe("an empty cell where one is required", "incidents", cell("title", "")),
    Probe("a value that does not match the pattern", "citations", cell("digest", "none")),
    Probe("a value that is not in the list", "incidents", cell("extent", "whole")),
    Probe("a number below the minimum", "incidents", cell("killed_low", "-1")),
    Probe("a number above the maximum", "citations", cell("credibility", "7")),
    Probe("a key that stands twice", "actor_names", double),
    Probe("a composite key that stands twice", "distinct_incidents", double),
    Probe("a key that leads nowhere", "incidents", cell("incident_type", "none-such")),
    Probe("a reference by table and id that leads nowhere", "citations", cell("record_id", "none")),
    Probe(
        "a rule broken: an end before its beginning", "incidents", cell("date_end", "1999-01-01")
    ),
    Probe("a wrong name in the header", "incidents", rename),
    Probe("two columns in the other order", "incidents", swap),
    Probe("a cell too many in a record", "incidents", longer),
    Probe("a cell too few in a record", "incidents", shorter),
    Probe("an empty line", "incidents", empty),
    Probe("bytes that are not UTF-8", "incidents", cell("title", "caf\udce9")),
    Probe("an order that is not the canonical one", "incidents", reverse),
)


def made(clean: Data, probe: Probe) -> Data:
    """The clean package with one fault."""
    shutil.rmtree(PLACE, ignore_errors=True)
    shutil.copytree(clean.path, PLACE)
    path = PLACE / "data" / f"{probe.table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        records = list(csv.reader(file))
    probe.change(records)
    write(path, records)
    faulty = Data(PLACE, clean.rows)
    data.unlink(faulty)
    return faulty


def write(path: Path, records: Iterable[list[str]]) -> None:
    """Write a table; a lone surrogate becomes the byte that it stands for."""
    with path.open("w", encoding="utf-8", errors="surrogateescape", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(records)


def answers(who: Iterable[Contender]) -> dict[str, dict[str, str]]:
    """Of each kind of fault who tells it: "yes", "no", or why that is not known."""
    clean = data.generated(ROWS)
    usable = {c: sound(c, clean) for c in who if c.probed}
    out: dict[str, dict[str, str]] = {}
    for probe in PROBES:
        faulty = made(clean, probe)
        out[probe.name] = {c.name: why or answer(c, faulty) for c, why in usable.items()}
    data.remove(Data(PLACE, 0))
    return out


def sound(contender: Contender, clean: Data) -> str:
    """Nothing where a contender holds the clean package to be valid; else why it is no witness."""
    try:
        run = measure.run(contender.command(clean), TIMEOUT)
    except NotRun as e:
        return f"not run: {e}"
    return "" if not run.status else f"not run: exit {run.status} on the clean package"


def answer(contender: Contender, faulty: Data) -> str:
    """Whether a contender tells the fault of a package."""
    return "yes" if measure.run(contender.command(faulty), TIMEOUT).status else "no"


def missed(told: dict[str, dict[str, str]]) -> list[str]:
    """The kinds of fault that hudna, run as a whole, does not tell; there should be none."""
    return [fault for fault, answers in told.items() if answers.get(EVERYTHING) == "no"]
