"""The names of a CSV file with their dates, one for each row, a few at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from hudna.form import csvfile
from hudna.form.csvfile import Records
from hudna.ground.finding import CannotRun, shorten

CHUNK = 10_000  # rows at a time
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")
SERIOUS = {"missing-file", "encoding-error", "source-error", "unterminated-quote"}


class Names:
    """The names of a column, and the dates of another.

    Raises CannotRun, before anything is given out, where the file is none that can be read or has
    not these columns. undated: line and text of the first date that is none, and how many are.
    """

    def __init__(self, path: Path, column: str, dates: str | None = None):
        self.path, self.rows = path, 0
        self.undated: tuple[int, str] | None = None
        self.bad_dates = 0
        if not path.is_file():
            raise CannotRun(f"{path} does not exist; expected a CSV file")
        records = Records()
        for chunk in csvfile.stream(path, records, CHUNK):
            self.rows += sum(1 for _, cells in chunk if cells)
        told = [f for f in records.byte_faults if f[0] in SERIOUS]
        if told or records.fatal:
            _, problem, line = (told or records.byte_faults)[0]
            raise CannotRun(f"{path}:{line}: {problem}")
        self.column = place(records.header, column, path)
        self.dates = None if dates is None else place(records.header, dates, path)

    def chunks(self) -> Iterator[tuple[list[str], list[date | None] | None]]:
        """So many names at a time, with their dates; a row that is short of its name has none."""
        known: dict[str, date | None] = {"": None}
        for chunk in csvfile.stream(self.path, Records(), CHUNK):
            rows = [(line, cells) for line, cells in chunk if cells]
            names = [cells[self.column] if self.column < len(cells) else "" for _, cells in rows]
            if self.dates is None:
                yield names, None
                continue
            yield names, [self.day(line, cells, known) for line, cells in rows]

    def day(self, line: int, cells: list[str], known: dict[str, date | None]) -> date | None:
        """The date of a row; None where it has none, or one that is told as unreadable."""
        assert self.dates is not None
        text = cells[self.dates].strip() if self.dates < len(cells) else ""
        if text not in known:
            known[text] = read(text)
        if text and known[text] is None:
            self.bad_dates += 1
            self.undated = self.undated or (line, shorten(text))
        return known[text]


def read(text: str) -> date | None:
    """A date, or that of a moment; None where it is none."""
    found = MOMENT.fullmatch(text)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def place(header: list[str], name: str, path: Path) -> int:
    """Where a column stands in a header."""
    if header.count(name) > 1:
        raise CannotRun(f"{path} has {header.count(name)} columns {name!r}; expected one")
    if name not in header:
        known = ", ".join(repr(shorten(h)) for h in header)
        raise CannotRun(f"{path} has no column {name!r}; expected one of {known}")
    return header.index(name)
