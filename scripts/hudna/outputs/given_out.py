"""What a workspace gave out: each release of counts, kept as a file in its folder given-out."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hudna.form import csvfile, jsontext
from hudna.form.package import Package
from hudna.ground.finding import CannotRun
from hudna.meaning.disclosure import Cell, Statement
from hudna.meaning.suppression import HIGH, LOW, Decision

FOLDER = "given-out"


@dataclass(frozen=True)
class Release:
    """One release. number: from 1, in the order of time. statements: what it says."""

    number: int
    path: Path
    on: str
    floor: int
    statements: tuple[Statement, ...]


def read(workspace: Package) -> list[Release]:
    """Every release that the workspace keeps, the first one first.

    Raises CannotRun where one cannot be read: without it nothing can be proven.
    """
    folder = workspace.path(FOLDER)
    found = sorted(folder.glob("*.json")) if folder.is_dir() else []
    return [release(number, path) for number, path in enumerate(found, 1)]


def release(number: int, path: Path) -> Release:
    """The release in a file."""
    try:
        held = json.loads(path.read_text("utf-8"))
        said = tuple(statements(number, held["counts"]))
        return Release(number, path, str(held["on"]), int(held["floor"]), said)
    except (OSError, ValueError, KeyError, TypeError) as e:
        raise CannotRun(f"{path} cannot be read as a release ({e}); without it the check against "
                        "what was given out before cannot be made") from None  # fmt: skip


def statements(number: int, counts: list[dict[str, Any]]) -> Iterator[Statement]:
    """What the counts of a release say."""
    day = datetime.date.fromisoformat
    for c in counts:
        cell = Cell(day(c["start"]), day(c["end"]), str(c["type"]), str(c["target"]))
        for bound in (b for b in (LOW, HIGH) if c[b] is not None):
            yield Statement(number, cell, bound, int(c[bound]))


def write(
    workspace: Package, decisions: list[Decision], made: dict[str, Any], on: datetime.date,
    floor: int, output: Path,
) -> Path:  # fmt: skip
    """Keep a release and write its documents to a file: both, or neither; returns what is kept.

    Raises CannotRun where one cannot be written.
    """
    before = read(workspace)
    number = 1 + max((int(r.path.stem.partition("-")[0]) for r in before), default=0)
    kept = workspace.path(FOLDER) / f"{number:04}-{on}.json"
    counts = [
        {"start": str(d.cell.start), "end": str(d.cell.end), "type": d.cell.type,
         "target": d.cell.target, LOW: d.low, HIGH: d.high}
        for d in decisions if d.low is not None
    ]  # fmt: skip
    value = {"on": str(on), "floor": floor, "counts": counts, "documents": made}
    try:
        # What is given out is kept first: nothing may be out of which the workspace knows nothing.
        csvfile.write(kept, jsontext.text(value))
        try:
            csvfile.write(output, jsontext.text(made))
        except OSError:
            kept.unlink()
            raise
    except OSError as e:
        raise CannotRun(f"{output} cannot be written: {e.strerror}") from None
    return kept
