"""Faulty input at scale: time and memory against the clean file of the same size, and the answer.

Every input is made, measured and removed; the results lie in build/bench/extremes.json.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks import data, inputs, measure, ours, page
from tests.benchmarks.environment import machine, versions
from tests.benchmarks.tables import extremes

RESULTS = data.PLACE / "extremes.json"
PLACE = data.PLACE / "extreme"
MB = 1_000_000
# Bytes of a clean record of the plain table.
RECORD = len(inputs.record(1))
TURNS = 3
# What takes longer than this, in seconds, is run once.
SLOW = 20.0


@dataclass(frozen=True)
class Case:
    """An input: its name, the clean one that it is held against, how it is made."""

    name: str
    against: str
    make: Callable[[], Path]


def cases(rows: int, scale: float) -> Iterator[Case]:
    """All inputs, every clean one before those that are held against it."""
    n, cell, line = int(rows * scale), int(50 * MB * scale), int(100 * MB * scale)
    share = min(0.01 * cells(n), 1.0)
    yield Case("incident database, clean", "", lambda: data.generated(n).path)
    base = "incident database, clean"
    yield Case("1 % of its cells faulty", base, lambda: data.generated(n, share).path)
    yield Case("every record faulty", base, lambda: data.generated(n, 1.0).path)
    base = f"{n:,} plain records, clean"
    yield Case(base, "", lambda: plainly(inputs.clean(n)))
    yield Case("every cell faulty", base, lambda: plainly(inputs.faulty(n)))
    yield Case(f"{n:,} keys that lead nowhere", base, lambda: plainly(inputs.dangling(n)))
    yield Case(f"{n:,} blank lines", base, lambda: plainly(inputs.blank_lines(n)))
    name = f"a cell of {cell / MB:g} MB"
    yield Case(name, base, lambda: plainly(inputs.large_cell(n, cell)))
    name = f"a line of {line / MB:g} MB"
    yield Case(name, base, lambda: plainly(inputs.large_line(n, line)))
    columns = max(int(10_000 * scale), 10)
    fields, lines = inputs.wide(columns, n * RECORD)
    yield Case(f"{columns:,} columns", base, lambda: inputs.write(PLACE, lines, fields))
    many = int(1000 * MB * scale) // RECORD
    base = f"{1000 * scale:g} MB of plain records, clean"
    yield Case(base, "", lambda: plainly(inputs.clean(many)))
    yield Case("a quote opened in the first line", base, lambda: plainly(inputs.open_quote(many)))


def plainly(lines: Iterator[str]) -> Path:
    """A package of plain records."""
    return inputs.write(PLACE, lines)


def cells(rows: int) -> float:
    """The cells of a record, on average; a generated fault lies in one cell of a record."""
    told = data.sheets(data.generated(rows).path)
    return sum(len(s.columns) * length(s.path) for s in told) / rows


def length(path: Path) -> int:
    """The lines of a file after its header."""
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1


def measured(case: Case, timeout: float) -> dict[str, Any]:
    """What one input took, and what was answered; the input is removed."""
    folder = case.make()
    size = measure.warm(folder / "data")
    runs = []
    while len(runs) < TURNS and not any(r.seconds > SLOW or r.stopped for r in runs):
        runs.append(measure.run(ours.findings(str(folder)), timeout))
    last = runs[-1]
    if case.against or folder == PLACE:
        data.remove(data.Data(folder, 0))
    # Of a valid package the summary, which comes last.
    text = last.answer if last.status else last.answer.strip().rpartition("\n")[2]
    answer = last.stopped or measure.first(text)
    return {
        "name": case.name,
        "against": case.against,
        "bytes": size,
        "seconds": statistics.median(r.seconds for r in runs),
        "peak": max(r.peak for r in runs),
        "status": last.status,
        "answer": answer.replace(f"{folder.relative_to(data.ROOT)}/", ""),
    }


def main(rows: int, scale: float, timeout: float) -> int:
    """Measure every input and write the page."""
    results = {"versions": versions(), "machine": machine(), "cases": []}
    for case in cases(rows, scale):
        told = measured(case, timeout)
        results["cases"].append(told)
        RESULTS.write_text(json.dumps(results, indent=1), "utf-8")
        print(f"{case.name}: {told['seconds']:.2f} s, {told['peak'] / MB:,.0f} MB, "
              f"exit {told['status']}: {told['answer']}", flush=True)  # fmt: skip
    page.write({"extremes": extremes(results)})
    return 0
