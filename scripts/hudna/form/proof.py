"""A proof that a fast reader of CSV sees in a file what Python's csv module sees, byte by byte.

The fast reader and Python's differ on few files, and those can be told by their bytes: by where
quotes stand, by commas that are too many or too few, by empty lines. One pass over the bytes
(`scan`) tells whether a file is one of them; on the way it notes where records lie, so that any can
be found again.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Proof:
    """What one pass over a CSV file saw.

    too_large: what is wrong with a cell that is too large to be read, and its line. faults: why
    the fast reader may not be trusted, in order; empty = proven. uneven: but for records that are
    empty, or have more or fewer cells than the header. records: their number, without the header.
    longest: bytes of the longest. crlf: lines end in CR LF. odd: control or direction-changing
    characters may be there. loose: a cell is quoted that need not be. composed: the text is surely
    in NFC. ended: the last line ends in a line break. places: number, offset and line of some
    records.
    """

    path: Path
    header: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    too_large: tuple[str, int] | None = None
    uneven: bool = False
    records: int = -1
    size: int = 0
    longest: int = 0
    crlf: bool = False
    bom: bool = False
    odd: bool = False
    loose: bool = False
    composed: bool = True
    ended: bool = True
    places: list[tuple[int, int, int]] = field(default_factory=list)

    def find(self, numbers: list[int]) -> dict[int, tuple[list[str], int]]:
        """The cells of records, by their numbers (from 1), each with the line it begins on."""
        csv.field_size_limit(max(csv.field_size_limit(), self.longest))
        out: dict[int, tuple[list[str], int]] = {}
        starts = [record for record, _, _ in self.places]
        wanted: dict[int, set[int]] = {}
        for n in sorted(set(numbers)):
            if 1 <= n <= self.records:
                wanted.setdefault(bisect_right(starts, n) - 1, set()).add(n)
        with self.path.open("rb") as file:
            for place, several in wanted.items():
                record, offset, line = self.places[place]
                end = self.places[place + 1][1] if place + 1 < len(self.places) else self.size
                file.seek(offset)
                text = io.StringIO(file.read(end - offset).decode("utf-8"), newline="")
                reader, before = csv.reader(text), 0
                for number, cells in enumerate(reader, record):
                    if number in several:
                        out[number] = cells, line + before
                    before = reader.line_num
        return out

    def labels(self, limit: int) -> list[str]:
        """The labels of the header; raises csv.Error where one has more characters than that."""
        csv.field_size_limit(limit)
        with self.path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
            return [c.strip() for c in next(csv.reader(file), [])]

    def first_large(self, numbers: list[int], limit: int) -> int:
        """The line of the first of some records, the header being number 0, with a cell of more
        characters than the limit; 0 where there is none."""
        for number in numbers:
            if not number:
                try:
                    self.labels(limit)
                except csv.Error:
                    return 1
            for cells, line in self.find([number]).values():
                if max(map(len, cells)) > limit:
                    return line
        return 0
