"""What is one name in many spellings: a text folded to plain Latin letters, and its consonants.

Spellings of one Arabic or Persian name differ in script, vowels, doubled letters, articles, q or k.
`fold` makes texts comparable, `skeleton` leaves what the spellings share. Both propose; neither
decides that two names are one. The steps are patterns that mean the same in Python and in
JavaScript, so that the page folds a query by the very rules given here (`twin`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, partial

from anyascii import anyascii

Steps = tuple[tuple[str, str], ...]
Step = Callable[[str], str]

# Arabic and Persian letters as people write them in Latin ones; anyascii knows the others.
ARABIC = {
    **dict(zip("ابتجحدرزسصضطظعفقكلمنهوي", "abtjhdrzssdtzafqklmnhwy", strict=True)),
    **dict(zip("أإآٱءؤئىةیکپگ", ["a", "a", "a", "a", "", "u", "i", "a", "a", "y", "k", "p", "g"],
               strict=True)),
    **{"ث": "th", "خ": "kh", "ذ": "dh", "ش": "sh", "غ": "gh", "چ": "ch", "ژ": "zh"},
}  # fmt: skip
BEFORE: Steps = (
    ("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]", ""),  # vowel signs, tatweel
    ("\u200c", " "),  # the non-joiner parts words
    ("[\u00ad\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", ""),  # what is not seen
    ("(?<![\u0621-\u06ff])لل(?=[\u0621-\u06ff]{2})", "l al "),  # for the
    ("(?<![\u0621-\u06ff])بال(?=[\u0621-\u06ff]{3})", "b al "),  # in the
    ("(?<![\u0621-\u06ff])ال(?=[\u0621-\u06ff]{2})", "al "),  # the article
)
AFTER: Steps = (
    ("['`\u2018\u2019\u02bb-\u02bf]", ""),
    ("[^a-z0-9]+", " "),
    ("^ | $", ""),
)
ARTICLE = (r"\b(?:[aeiu]l|[ae]sh|[ae]dh|[ae]th|[ae][dnrstz]) (?=[a-z0-9])", "")
SKELETON: Steps = (
    (r"\b[aeou]l?lah\b", "lah"),  # Hizb Allah, Hizb-ullah
    ARTICLE,
    ("kh", "X"), ("gh", "G"), ("sh", "S"), ("th", "T"), ("dh", "D"), ("ch", "C"), ("zh", "Z"),
    ("[qc]", "k"), ("v", "w"),
    (r"\b[aeiou]+", "A"), (r"\bw", "W"), (r"\by", "Y"), (r"\bh", "H"),
    ("[aeiouwyh ]", ""),
    (r"(.)(?=\1)", ""),
)  # fmt: skip
# What a query on the page may hold besides ASCII: European, Greek, Cyrillic, Semitic letters and
# signs. Whatever else a package's names hold is added to it.
RANGES = ((0xA0, 0x780), (0x1E00, 0x2070), (0x20A0, 0x20C1))


@cache
def letter(char: str) -> str:
    """One character in small Latin letters; empty where it has none."""
    known = ARABIC.get(char)
    return anyascii(char).lower() if known is None else known


def stepping(steps: Steps) -> Step:
    """What makes all replacements in a text, in their order."""
    every = [replacing(pattern, instead) for pattern, instead in steps]

    def stepped(text: str) -> str:
        for step in every:
            text = step(text)
        return text

    return stepped


def replacing(pattern: str, instead: str) -> Step:
    """One replacement; letters, and sets of letters, are found faster as they are."""
    if pattern.isalnum():
        return lambda text: text.replace(pattern, instead)
    if re.fullmatch(r"\[[a-z ]+\]", pattern) and len(instead) < 2:
        table = dict.fromkeys(map(ord, pattern[1:-1]), instead)
        return lambda text: text.translate(table)
    return partial(re.compile(pattern).sub, instead)


before, after, skeletal = map(stepping, (BEFORE, AFTER, SKELETON))
bare = stepping(tuple(step for step in SKELETON if step != ARTICLE))
SIGNS = {code: after(f"a{chr(code)}a")[1:-1] for code in range(128)}  # the same, sign by sign


def fold(text: str) -> str:
    """A text in words of a-z and 0-9, whatever script, accents, vowel signs and capitals it had.

    >>> fold("كتائب حزب الله"), fold("Katāib Ḥizballāh")
    ('ktaib hzb al lh', 'kataib hizballah')
    """
    if text.isascii():  # most names; nothing to look up
        return " ".join(text.lower().translate(SIGNS).split())
    text = before(unicodedata.normalize("NFKC", text))
    return after("".join(map(letter, text)))


def skeleton(text: str) -> str:
    """The consonants that the spellings of a name share, without articles and spaces.

    Capitals stand for kh gh sh th dh ch zh (X G S T D C Z) and for a word's first vowel, w, y or h.
    Equal skeletons are a hint for a person, not a match.

    >>> skeleton("كتائب حزب الله"), skeleton("Kataib Hizbollah")
    ('ktbHzbl', 'ktbHzbl')
    """
    return consonants(fold(text))


def consonants(folded: str) -> str:
    """The same of a text that is folded already."""
    return skeletal(folded) if " " in folded else bare(folded)


def twin(texts: Iterable[str] = ()) -> dict:
    """The rules as data for a program in another language: steps, and letters that matter.

    texts: what must be foldable besides the usual letters. `letters` maps a character to small
    Latin letters; one that is not in it counts as none, ASCII as itself in small letters.
    """
    known = {chr(c) for first, end in RANGES for c in range(first, end)}
    known |= {c for text in texts for c in unicodedata.normalize("NFKC", text) if ord(c) > 127}
    letters = {c: letter(c) for c in sorted(known) if letter(c)}
    return {"before": BEFORE, "after": AFTER, "skeleton": SKELETON, "letters": letters}
