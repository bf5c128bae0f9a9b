"""Rows as a table of text that fits a width: cells wrap, columns that find no room are left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Sequence
from typing import NamedTuple

from hudna.ground.text import BIDI

GAP = "  "
NARROWEST = 14
LINES = 5


class Grid(NamedTuple):
    """The text of a table, and the columns that found no room in it."""

    text: str
    left_out: list[str]


def width(text: str) -> int:
    """The number of terminal columns that a text takes."""
    return sum(character_width(c) for c in text)


def character_width(c: str) -> int:
    """2 for wide East Asian characters, 0 for marks and joiners, 1 for the rest."""
    if c < "\u0300":
        return 1
    if unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def visible(text: str) -> str:
    """The text on one line, with what could move a cursor or turn a line around made visible."""
    flat = " ".join(text.split())
    hidden = BIDI.search(flat) or any(unicodedata.category(c) == "Cc" for c in flat)
    return "".join(map(visible_character, flat)) if hidden else flat


def visible_character(c: str) -> str:
    """A character, or its escape where it would act instead of show."""
    return ascii(c)[1:-1] if unicodedata.category(c) == "Cc" or BIDI.match(c) else c


def wrap(text: str, room: int) -> list[str]:
    """The text in lines of at most `room` columns, broken at blanks where there are any."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and width(line) + 1 + width(word) <= room:
            line += " " + word
            continue
        if line:
            lines.append(line)
        while width(word) > room:
            head = broken(word, room)
            lines.append(head)
            word = word[len(head) :]
        line = word
    lines = [*lines, line]
    if len(lines) > LINES:
        last = lines[LINES - 1]
        while last and width(last) >= room:
            last = last[:-1]
        lines = [*lines[: LINES - 1], last + "…"]
    return lines


def broken(word: str, room: int) -> str:
    """What of a word that is too long stands on the first line: up to its last - or /."""
    head = fitting(word, room)
    at = max(head.rfind("-"), head.rfind("/"))
    return head[: at + 1] if at > 0 else head


def fitting(text: str, room: int) -> str:
    """The longest beginning of a text that takes at most `room` columns (at least a character)."""
    taken = 0
    for at, c in enumerate(text):
        taken += character_width(c)
        if taken > room and at:
            return text[:at]
    return text


def rooms(
    least: Sequence[int], wanted: Sequence[int], usual: Sequence[int], total: int
) -> list[int]:
    """Room for each column that fits, in order: at least `least`, at most `wanted`.

    usual: mean width of each column's cells; what is left over goes where most is written.
    """
    out: list[int] = []
    free = total + len(GAP)
    for low in least:
        if out and low + len(GAP) > free:
            break
        out.append(min(low, total))
        free -= out[-1] + len(GAP)
    while free > 0 and (hungry := [i for i in range(len(out)) if wanted[i] > out[i]]):
        out[max(hungry, key=lambda i: (usual[i] / out[i], -i))] += 1
        free -= 1
    return out


def render(
    names: list[str], rows: list[list[str]], right: set[str], total: int, must: Container[str] = ()
) -> Grid:
    """The rows as a table of at most `total` columns of a terminal.

    right: names of the columns to be set flush right (numbers). must: columns that are shown in
    any case, as the first one is; the others are taken in order, as long as there is room.
    """
    cells = [[visible(c) for c in row] for row in rows]
    heads = [n.replace("_", "_ ").split() for n in names]
    words = [max(map(width, h)) for h in heads]
    taken = [[width(r[i]) for r in cells] for i in range(len(names))]
    longest = [max(t, default=0) for t in taken]
    usual = [sum(t) // max(len(t), 1) for t in taken]
    flush = [n in right for n in names]
    least = [
        max(w, n if f else min(n, NARROWEST)) for w, n, f in zip(words, longest, flush, strict=True)
    ]
    wanted = [max(n, w) for w, n in zip(words, longest, strict=True)]
    order = sorted(range(len(names)), key=lambda i: (i > 0, names[i] not in must, i))
    given = rooms(*([of[i] for i in order] for of in (least, wanted, usual)), total)
    room = dict(zip(order, given, strict=False))
    shown = sorted(room)
    widths = [(room[i], flush[i]) for i in shown]
    lines = block([fold(heads[i], room[i]) for i in shown], widths)
    lines.append(GAP.join("-" * room[i] for i in shown))
    for row in cells:
        lines += block([wrap(row[i], room[i]) for i in shown], widths)
    return Grid("\n".join(lines) + "\n", [n for i, n in enumerate(names) if i not in room])


def fold(words: list[str], room: int) -> list[str]:
    """The words of a column's name on as few lines as the room allows."""
    lines = [words[0]]
    for word in words[1:]:
        if width(lines[-1] + word) <= room:
            lines[-1] += word
        else:
            lines.append(word)
    return lines


def block(row: list[list[str]], widths: list[tuple[int, bool]]) -> list[str]:
    """The text lines of one row, whose cells hold several lines each; (width, flush right)."""
    out = []
    for n in range(max(map(len, row))):
        parts = []
        for lines, (room, flush) in zip(row, widths, strict=True):
            text = lines[n] if n < len(lines) else ""
            pad = " " * (room - width(text))
            parts.append(pad + text if flush else text + pad)
        out.append(GAP.join(parts).rstrip(" "))
    return out
