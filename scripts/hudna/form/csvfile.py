"""One CSV file, read exactly as Python's csv module reads it, and written in canonical bytes."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from hudna.ground.text import odd_characters

CELL_LIMIT = 100_000_000
END = "\x00end of file\x00"
SMALLER = "expected smaller cells (--cell-limit)"
BOM = b"\xef\xbb\xbf"
# Rule, problem and line of faults of bytes.
BOM_FAULT = ("byte-order-mark", "the file begins with a byte order mark; expected none", 1)
CR_FAULT = ("line-ending", "the line ends in CR; expected LF alone", 1)
EMPTY_FAULT = ("source-error", "the file is empty; expected a header", 1)


@dataclass
class Records:
    """What a CSV file holds: header, records with their physical lines, and what is ragged.

    rows: each record cut or padded (with None) to the width of the header. lines: physical line
    on which each record begins, from 1. blank: numbers of the records without any value (in
    `rows` they are all None). ragged: the cells of each record that is shorter or longer than
    the header. Records are numbered from 1; the header does not count. odd: control characters, or
    such as change the direction of what follows, may be there.
    """

    header: list[str] = field(default_factory=list)
    header_line: int = 1
    rows: list[list[str | None]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    blank: set[int] = field(default_factory=set)
    ragged: dict[int, list[str]] = field(default_factory=dict)
    byte_faults: list[tuple[str, str, int]] = field(default_factory=list)
    fatal: bool = False
    odd: bool = False
    cell_limit: int = CELL_LIMIT

    def fault(self, rule: str, problem: str, line: int = 1) -> Records:
        self.byte_faults.append((rule, problem, line))
        return self


def read(path: Path, missing: Collection[str] = ("",), cell_limit: int = CELL_LIMIT) -> Records:
    """The header and records of a file; what is wrong with its bytes are values, not errors.

    missing: the texts that say that nothing is there; a record of nothing else is blank.
    """
    out = Records(cell_limit=cell_limit)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return dead(out.fault("missing-file", "the file does not exist"))
    except OSError as e:
        return dead(out.fault("missing-file", f"the file cannot be read: {e.strerror}"))
    if data.startswith(BOM):
        out.fault(*BOM_FAULT)
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        return dead(not_utf8(out, data[e.start], data.count(b"\n", 0, e.start) + 1))
    if not text.strip("\r\n"):
        return dead(out.fault(*EMPTY_FAULT))
    if "\r" in text:
        out.fault(*CR_FAULT[:2], text.count("\n", 0, text.index("\r")) + 1)
    out.odd = bool(odd_characters(text.replace("\r", "")))
    parse(text, out, missing)
    return out


def not_utf8(out: Records, byte: int, line: int) -> Records:
    """The records, with the finding that a byte of the file is not UTF-8."""
    return out.fault("encoding-error", f"byte 0x{byte:02x} is not UTF-8; expected UTF-8", line)


def stream(path: Path, out: Records, size: int) -> Iterator[list[tuple[int, list[str]]]]:
    """The records of a large file as `records` gives them, so many at a time.

    The header and the faults of bytes go into `out`; where a byte is not UTF-8, or the file cannot
    be read as CSV, `out` is fatal in the end, and what came before counts for nothing.
    """
    with path.open("rb") as file:
        if file.read(3) == BOM:
            out.fault(*BOM_FAULT)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            held = records(returns(file, out), out)
            while chunk := list(islice(held, size)):
                yield chunk
    except UnicodeDecodeError:
        dead(first_bad_byte(path, out))
    if not out.header and not out.fatal:
        dead(out.fault(*EMPTY_FAULT))


def returns(lines: Iterable[str], out: Records) -> Iterator[str]:
    """The lines; the first that holds a CR is told."""
    number, lines = 1, iter(lines)
    for line in lines:
        yield line
        if "\r" in line:
            out.fault(*CR_FAULT[:2], number)
            break
        number += line.endswith("\n")
    yield from lines


def first_bad_byte(path: Path, out: Records) -> Records:
    """The records, with the finding on the first byte of a file that is not UTF-8."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as e:
                return not_utf8(out, line[e.start], number)
    return out


def dead(out: Records) -> Records:
    """The records of a file of which nothing can be read."""
    out.fatal = True
    return out


def parse(text: str, out: Records, missing: Collection[str]) -> None:
    """Fill `out` with the header and the records of the text."""
    for line, cells in records(io.StringIO(text, newline=""), out):
        add(cells, line, out, missing)


def records(lines: Iterable[str], out: Records) -> Iterator[tuple[int, list[str]]]:
    """The records of a file, each with the line it begins on; header and faults go into `out`.

    lines: with their ends as they stand in the file.
    """
    csv.field_size_limit(out.cell_limit)
    recent: list[str] = []
    reader = csv.reader(watched(sentinel(lines), recent))
    start, header = 0, None
    try:
        for cells in reader:
            line, start = start + 1, reader.line_num
            if cells == [END]:
                return
            if cells and cells[-1].endswith(END):
                # The sentinel was swallowed: a quote was opened and never closed. One finding
                # tells it; what the quote swallowed is no fault of its own.
                cells[-1] = cells[-1].removesuffix(END)
                problem = "a quote is opened here and never closed"
                out.fault("unterminated-quote", problem, line)
            elif header is not None and len(cells) != len(out.header) and closed_elsewhere(recent):
                problem = "a quote is opened here, and closed only by that of a later cell"
                out.fault("unterminated-quote", problem, line)
            recent.clear()
            if header is not None:
                yield line, cells
            elif cells:
                header = cells
                out.header, out.header_line = [c.strip() for c in cells], line
    except csv.Error as e:
        problem = f"cannot be read as CSV: {e}"
        if "field limit" in str(e):
            problem = large_cell(out.cell_limit)
        dead(out.fault("source-error", problem, start + 1))


def large_cell(limit: int) -> str:
    """What is wrong with a cell that is larger than the limit."""
    return f"a cell has more than {limit:,} characters; {SMALLER}"


def watched(lines: Iterable[str], recent: list[str]) -> Iterator[str]:
    """The lines; those of the record that is being read stand in `recent`."""
    for line in lines:
        recent.append(line)
        yield line


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
