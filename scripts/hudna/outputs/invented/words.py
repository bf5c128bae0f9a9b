"""Invented names and texts, in Latin and Arabic letters, each from a number."""

from __future__ import annotations

CONSONANTS = dict(zip("bdfghjklmnrstvyz", "بدفغهجكلمنرستويز", strict=True))
VOWELS = {"a": "\u0627", "e": "", "i": "ي", "o": "و", "u": "و"}
SYLLABLES = [(c + v, CONSONANTS[c] + VOWELS[v]) for c in CONSONANTS for v in VOWELS]
LATIN = [latin for latin, _ in SYLLABLES]
ARABIC = [arabic for _, arabic in SYLLABLES]
COUNT = len(SYLLABLES)

# Texts with what a reader of CSV stumbles over: quotes, commas, line breaks, blanks at the ends.
TEXTS = (
    'Said to be "the largest so far", by one count.',
    "First line, with a comma\nand a second line.",
    "Two reports, one hand; nothing else is known.",
    "«Other» quotes, an 'apostrophe' and a dash — so.",
    "ورد في خبر واحد، ولم يؤكده غيره",
    'A quote at its end: "no comment"',
    "Line one\n\nline three, after an empty one",
    "Semicolon; tab\tand 100 % of a sign",
    ", begins with a comma",
    "Ünïcode beyond ASCII: Łódź, 東京, 🕊",
)


def scattered(n: int, syllables: int) -> list[int]:
    """The syllables of word n; no two numbers below 80 ** syllables have the same."""
    n = n * 7_919_003 % COUNT**syllables
    out = []
    for _ in range(syllables):
        n, last = divmod(n, COUNT)
        out.append(last)
    return out


def word(n: int, syllables: int = 4) -> str:
    """An invented name in Latin letters."""
    return "".join([LATIN[s] for s in scattered(n, syllables)]).capitalize()


def arabic(n: int, syllables: int = 4) -> str:
    """The same name in Arabic letters."""
    return "".join([ARABIC[s] for s in scattered(n, syllables)])


def text(n: int, often: int = 8) -> str:
    """One of the texts, or "" (for all but one in `often` numbers)."""
    return "" if n % often else TEXTS[n // often % len(TEXTS)]
