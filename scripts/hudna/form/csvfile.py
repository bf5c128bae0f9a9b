"""One CSV file, read exactly as Python's csv module reads it, and written in canonical bytes."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hudna.ground.text import BIDI, CONTROL

CELL_LIMIT = 100_000_000
END = "\x00end of file\x00"


@dataclass
class Records:
    """What a CSV file holds: header, records with their physical lines, and what is ragged.

    rows: each record cut or padded (with None) to the width of the header. lines: physical line
    on which each record begins, from 1. blank: numbers of the records without any value (in
    `rows` they are all None). ragged: the cells of each record that is shorter or longer than
    the header. Records are numbered from 1; the header does not count.
    """

    header: list[str] = field(default_factory=list)
    header_line: int = 1
    rows: list[list[str | None]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    blank: set[int] = field(default_factory=set)
    ragged: dict[int, list[str]] = field(default_factory=dict)
    byte_faults: list[tuple[str, str, int]] = field(default_factory=list)
    fatal: bool = False

    def fault(self, rule: str, problem: str, line: int = 1) -> Records:
        self.byte_faults.append((rule, problem, line))
        return self


def read(path: Path, missing: Collection[str] = ("",)) -> Records:
    """The header and records of a file; what is wrong with its bytes are values, not errors.

    missing: the texts that say that nothing is there; a record of nothing else is blank.
    """
    out = Records()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return dead(out.fault("missing-file", "the file does not exist"))
    except OSError as e:
        return dead(out.fault("missing-file", f"the file cannot be read: {e.strerror}"))
    if data.startswith(b"\xef\xbb\xbf"):
        out.fault("byte-order-mark", "the file begins with a byte order mark; expected none")
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        line = data.count(b"\n", 0, e.start) + 1
        seen = data[e.start : e.start + 1].hex()
        return dead(
            out.fault("encoding-error", f"byte 0x{seen} is not UTF-8; expected UTF-8", line)
        )
    if not text.strip("\r\n"):
        return dead(out.fault("source-error", "the file is empty; expected a header"))
    if "\r" in text:
        where = text.index("\r")
        line = text.count("\n", 0, where) + 1
        out.fault("line-ending", "the line ends in CR; expected LF alone", line)
    parse(text, out, missing)
    return out


def dead(out: Records) -> Records:
    """The records of a file of which nothing can be read."""
    out.fatal = True
    return out


def parse(text: str, out: Records, missing: Collection[str]) -> None:
    """Fill `out` with the header and the records of the text."""
    csv.field_size_limit(CELL_LIMIT)
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(sentinel(lines))
    start, header = 0, None
    try:
        for cells in reader:
            line, start = start + 1, reader.line_num
            if header is None:
                if cells:
                    header = cells
                    out.header, out.header_line = [c.strip() for c in cells], line
                continue
            if cells == [END]:
                return
            add(cells, line, out, missing)
            if len(cells) != len(out.header) and closed_elsewhere(lines[line - 1 : start]):
                problem = "a quote is opened here, and closed only by that of a later cell"
                out.fault("unterminated-quote", problem, line)
    except csv.Error as e:
        dead(out.fault("source-error", f"cannot be read as CSV: {e}", start + 1))
        return
    # The sentinel was swallowed: a quote was opened and never closed. What it swallowed is no
    # record, and one finding tells it.
    line = out.lines[-1] if out.lines else out.header_line
    out.fault("unterminated-quote", "a quote is opened here and never closed", line)
    if out.rows:
        last = out.rows[-1]
        out.rows[-1] = [c.replace(END, "") if c else c for c in last]
    else:
        out.header = [c.replace(END, "").strip() for c in out.header]


def closed_elsewhere(lines: list[str]) -> bool:
    """Whether a record of several lines holds a quote that was closed by one meant to open."""
    if len(lines) < 2:
        return False
    try:
        next(csv.reader(lines, strict=True), None)
    except csv.Error:
        return True
    return False


def sentinel(lines: Iterable[str]) -> Iterator[str]:
    """The lines, then a mark that comes back as a record of its own unless a quote is open."""
    yield from lines
    yield END


def add(cells: list[str], line: int, out: Records, missing: Collection[str]) -> None:
    """Add one record, cut or padded to the header's width, and note what is wrong with it."""
    width = len(out.header)
    out.lines.append(line)
    number = len(out.lines)
    if all(c in missing for c in cells[:width]):
        out.blank.add(number)
        out.rows.append([None] * width)
        return
    if len(cells) != width:
        out.ragged[number] = cells
    out.rows.append([*cells[:width], *[None] * (width - len(cells))])


def odd_characters(value: str) -> str:
    """The name of the first control or direction-changing character of a value, or ""."""
    if m := CONTROL.search(value):
        return f"control character U+{ord(m[0]):04X}"
    if m := BIDI.search(value):
        return f"direction-changing character U+{ord(m[0]):04X}"
    return ""


def render(header: list[str], rows: Iterable[Iterable[str]]) -> str:
    """The canonical text of a table: minimal quoting, LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def write(path: Path, text: str) -> None:
    """Write a file as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            out.write(text)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask()
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
