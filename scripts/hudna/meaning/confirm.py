"""Which citations a text confirms: their digests against those of the text's sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hudna.ground.text import digest

# Where a sentence may end: a mark, what closes after it, and the marker of a note. Abbreviations
# end with the same mark, so every stretch between two possible ends is tried.
MARK = "[.!?\u2026\u061f\u06d4]+[\"'\u201d\u2019\u00bb\u203a)\\]]*"
NOTE = r"(?:\s*\[\d+\]|\s*\(\d+\)|[\u00b9\u00b2\u00b3\u2070-\u2079]+)"
ENDS = (re.compile(f"{MARK}(?=\\s|$)"), re.compile(f"{MARK}{NOTE}+"), re.compile(f"^\\s*{NOTE}"))
# A sentence never runs over more possible ends than this (the whole paragraph is tried as well).
REACH = 60


class Place(NamedTuple):
    """One place of a source as citations know it: locator, digest, how many citations."""

    locator: str
    digest: str
    citations: int
    confirmed: bool


def spans(text: str) -> Iterator[str]:
    """Every stretch of a text that may be a sentence, a title or a note.

    A paragraph is a line, or the lines between two empty ones (where lines are wrapped).
    """
    blocks = (" ".join(b.split("\n")) for b in re.split(r"\n\s*\n", text))
    for paragraph in dict.fromkeys([*text.split("\n"), *blocks]):
        cuts = {m.end() for end in ENDS for m in end.finditer(paragraph)}
        cuts = sorted(cuts | {0, len(paragraph)})
        yield paragraph
        for i, start in enumerate(cuts):
            yield from (paragraph[start:end] for end in cuts[i + 1 : i + 1 + REACH])


def digests(text: str) -> set[str]:
    """The digest of every stretch of a text that may be a sentence."""
    return {digest(s) for s in spans(text) if s.strip()}


def places(citations: Iterable[dict[str, str]], text: str) -> dict[str, list[Place]]:
    """The cited places of each source that was read, and whether the text confirms them.

    citations: rows of the table of that name. The source that was read is `via`, or `source_id`
    where that is empty. Citations without a digest cannot be confirmed and are left out.
    """
    found = digests(text)
    counts: dict[str, dict[tuple[str, str], int]] = {}
    for row in (c for c in citations if c["digest"]):
        source = counts.setdefault(row["via"] or row["source_id"], {})
        key = (row["locator"], row["digest"])
        source[key] = source.get(key, 0) + 1
    return {
        name: [Place(*key, n, key[1] in found) for key, n in sorted(of.items(), key=in_order)]
        for name, of in counts.items()
    }


def in_order(item: tuple[tuple[str, str], int]) -> list[tuple[bool, int, str]]:
    """Sort key of a locator: p2s1 before p10s1, title and notes as words."""
    locator, seen = item[0]
    parts = [*re.findall(r"\d+|\D+", locator), seen]
    return [(p.isdecimal(), int(p) if p.isdecimal() else 0, p) for p in parts]


def best(sources: dict[str, list[Place]]) -> str:
    """The source of which the text confirms the most places; of equal ones the first by name."""
    return max(sorted(sources), key=lambda s: sum(p.confirmed for p in sources[s]))
