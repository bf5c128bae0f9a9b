"""The bytes of a source: their digest, and lines that are not UTF-8 written as UTF-8, told."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

CHUNK = 1 << 24
OLD = "cp1252"
LOST = "\ufffd".encode()
# A line feed may end a record, and a carriage return before it; what else is odd stands in a cell.
CONTROL = bytes({*range(0x20), 0x7F} - {0x0A, 0x0D})


class Text(NamedTuple):
    """A file as UTF-8. broken: of each line (from 1) that was not UTF-8, its encoding.

    odd: there may be control characters or double blanks in cells. lost: there is U+FFFD.
    lines: the number of line feeds.
    """

    path: Path
    sha256: str
    size: int
    broken: dict[int, str]
    odd: bool = True
    lost: bool = True
    lines: int = 0


def as_utf8(path: Path, copy: Path) -> Text:
    """A file that is UTF-8: itself, or a copy in which the lines that are not were decoded anew.

    UTF-16 is known by its mark. Any other line that is not UTF-8 is read as Windows-1252, or as
    Latin-1 where it has bytes that mean nothing there.
    """
    digest, broken, line = hashlib.sha256(), {}, 1
    with path.open("rb") as file:
        if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return wide(path, copy)
        file.seek(0)
        good, odd, lost = True, False, False
        for part in chunks(file):
            digest.update(part)
            line += part.count(b"\n")
            good = good and valid(part)
            odd = odd or strange(part)
            lost = lost or LOST in part
    if good:
        return Text(path, digest.hexdigest(), path.stat().st_size, {}, odd, lost, line - 1)
    line = 1
    with path.open("rb") as file, copy.open("wb") as out:
        for part in chunks(file):
            if not valid(part):
                lines = part.split(b"\n")
                for n, one in enumerate(lines):
                    if not valid(one):
                        told, encoding = decoded(one)
                        lines[n], broken[line + n] = told.encode("utf-8"), encoding
                part = b"\n".join(lines)
            line += part.count(b"\n")
            out.write(part)
    return Text(copy, digest.hexdigest(), path.stat().st_size, broken)


def wide(path: Path, copy: Path) -> Text:
    """A file in UTF-16 as a copy in UTF-8."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            digest.update(part)
    with (
        path.open(encoding="utf-16", errors="replace", newline="") as lines,
        copy.open("w", encoding="utf-8", newline="") as out,
    ):
        while part := lines.read(CHUNK):
            out.write(part)
    return Text(copy, digest.hexdigest(), path.stat().st_size, {})


def chunks(file):
    """Whole lines of a file, some megabytes at a time."""
    rest = b""
    while part := file.read(CHUNK):
        part = rest + part
        cut = part.rfind(b"\n") + 1
        rest = part[cut:]
        if cut:
            yield part[:cut]
    if rest:
        yield rest


def strange(part: bytes) -> bool:
    """Whether bytes hold double blanks, or controls that end no record."""
    if b"  " in part or part.count(b"\r") != part.count(b"\r\n"):
        return True
    return len(part.translate(None, CONTROL)) < len(part)


def valid(part: bytes) -> bool:
    """Whether bytes are UTF-8."""
    if part.isascii():
        return True
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decoded(line: bytes) -> tuple[str, str]:
    """A line that is not UTF-8 as text, and the encoding by which it was read."""
    try:
        return line.decode(OLD), "Windows-1252"
    except UnicodeDecodeError:
        return line.decode("latin-1"), "Latin-1"
