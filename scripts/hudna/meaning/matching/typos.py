"""The known words that a word may be which was typed wrongly."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hudna.meaning.matching import spelling
from hudna.meaning.matching.spelling import Word


class Lettered(NamedTuple):
    """Texts of one first letter: how long each is, the text, its word."""

    lengths: list[int]
    texts: list[str]
    words: list[Word]


def by_letter(words: Iterable[tuple[str, Word]]) -> dict[str, Lettered]:
    """Texts and their words by first letter, the short ones first."""
    out: dict[str, Lettered] = defaultdict(lambda: Lettered([], [], []))
    for text, word in sorted(words, key=lambda told: len(told[0])):
        held = out[text[0]]
        held.lengths.append(len(text))
        held.texts.append(text)
        held.words.append(word)
    return dict(out)


def typed(text: str, known: Mapping[str, Lettered]) -> list[Word]:
    """The words that a text of some length may be, with typing errors; not in its first letter."""
    if len(text) < 5 or text[0] not in known:
        return []
    held = known[text[0]]
    least = bisect_left(held.lengths, len(text) * spelling.LEAST)
    most = bisect_right(held.lengths, len(text) / spelling.LEAST)
    some = held.texts[least:most]
    found = process.extract(text, some, limit=None, processor=None, score_cutoff=spelling.LEAST,
                            scorer=OSA.normalized_similarity)  # fmt: skip
    return [held.words[least + place] for *_, place in found]
