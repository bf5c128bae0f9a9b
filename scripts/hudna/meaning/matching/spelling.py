"""A name as a list of words that can be compared, whatever script and spelling it came in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from hudna.ground import folding
from hudna.meaning.matching import words

DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
ELIDED = re.compile("\\b(?:[ldLD]|[Dd]ell)['\u2019](?=\\w)|(?<=\\b[Cc]o)-(?=[a-z])")  # l'ayatollah
ENDINGS = re.compile(  # of a case, English or Turkish: Sadr's, Irak'ta
    "(?<=\\w\\w\\w)['\u2019](?:s|n?[i\u0131uü]n|[ny][aei\u0131uü]|n?[dt][ae]n?|y?l[ae])\\b"
)
GLUED = re.compile(r"\b([EA]l)(?=[A-Z][a-z])")  # ElKazimi
TURKISH_US = re.compile(r"\bABD\b")
SEMITIC = re.compile("[\u0590-\u08ff\ufb1d-\ufeff]")
# What is one name, put together: letters one of which it needs, pattern, result.
JOINED = (
    (("lh", "lah", "leh"),
     re.compile(r"(?<=[a-z])(?: (?:al|ul|el|ol))? [aeou]?l{1,2}[ae]?h\b"), "llah"),
    (("abd",), re.compile(r"\babd[aeiou]?(?:l|([rsnzdt])(?=\1))?(?: (?:[aeu][lrsnzdt]))? ?"
                          r"(?=[a-z]{3})"), "abd"),
    (("abu", "abw"), re.compile(r"\bab[uw](?=al[a-z]{3})"), "abu "),
    (("ahl",), re.compile(r"\bahl[aeu]l? ?(?=[a-z]{3})"), "ahl "),
    (("dsch", "dj", "dzh"), re.compile("d(?:sch|j|zh)"), "j"),  # Nudschaba, djihad, Джазира
    (("at",), re.compile(r"(?<=[a-z]{3})at\b"), "a"),  # Harakat, Haraka
    (("ands", "olks", "eits", "ungs"),
     re.compile(r"\b(widerstands|volks|sicherheits|mobilisierungs|koordinierungs)"
                r"(?=[a-z]{5})"), r"\1 "),
    (("kraf", "einh", "trup", "mini", "mili", "komm", "gene", "fuhr", "chef", "grup", "regi"),
     re.compile(r"(?<=[a-z]{5})s?(krafte|einheiten|truppen|ministerium|miliz|milizen|kommission"
                r"|gruppe|generals?|fuhrers?|chefs?|regierung)\b"),
     r" \1"),
)  # fmt: skip
STOP, BINDING = (
    frozenset(w for told in words.of("stop", *of) for w in folding.fold(told).split())
    for of in ((), ("binding",))
)
PHRASES = re.compile(r"\b(?:{})\b".format("|".join(words.PHRASES)))
BEGINNINGS = {p.partition(" ")[0] for p in words.PHRASES}
LOOSE = str.maketrans({"G": "k", "X": "k", "g": "k", "D": "d", "z": "d", "T": "t", "S": "s",
                       "C": "s", "Z": "d", "p": "b", "H": "", "Y": "A", "W": "A"})  # fmt: skip
VOWELS = str.maketrans("eyowvqcpz", "iiuuukkbd")
DOUBLE = re.compile(r"(.)\1+")
UNKNOWN: words.Sort = words.Sort("name", frozenset())
INFLECTED = set(words.WEIGHTS) - {"shared"}
ALONE = frozenset({"name"})
BREATHED = re.compile("[aeiouy]h[aeiou]")  # an h that every script writes
LEAST = 0.78  # likeness from which two words may be one
KEPT = 200_000  # words and pairs remembered
LONGEST = 300  # characters of a name that are looked at


@dataclass(eq=False, slots=True)
class Word:
    """A word of a name, one object for each. meanings: see words.txt.

    bare: from a script that leaves vowels out. loose: the consonants, those alike in one letter.
    kinds: its own, and those of words that mean the same.
    """

    text: str
    bare: bool
    loose: str
    sound: str
    kind: str
    meanings: frozenset[str]
    weight: float
    kinds: frozenset[str]


class Name(NamedTuple):
    """A name's words without articles. bound: places of words that follow "of" or the like."""

    words: tuple[Word, ...]
    key: str
    bound: frozenset[int]


def folded(text: str) -> str:
    """A text folded, with what is one name put together."""
    text = text[:LONGEST]
    if "." in text:
        text = DOTTED.sub(lambda m: m[0].replace(".", "") + " ", text)
    if "El" in text or "Al" in text:
        text = GLUED.sub(r"\1 ", text)
    if "ABD" in text:
        text = TURKISH_US.sub("USA", text)
    if "'" in text or "\u2019" in text or "-" in text:
        text = ENDINGS.sub("", ELIDED.sub("", text))
    out = folding.fold(text)
    for letters, pattern, instead in JOINED:
        for some in letters:
            if some in out:
                out = pattern.sub(instead, out)
                break
    if " " in out and not BEGINNINGS.isdisjoint(out.split()):
        out = PHRASES.sub(lambda m: words.PHRASES[m[0]], out)
    return out


@cache
def sorts() -> dict[str, words.Sort]:
    """Every shared word, folded as names are; one in several lines has the kind of the first."""
    out: dict[str, words.Sort] = {}
    for kind, meaning, told in words.lines():
        if kind == "stop":
            continue
        for one in told:
            text = folded(one).removeprefix("al ")
            before = out.get(text, words.Sort(kind, frozenset()))
            out[text] = words.Sort(before.kind, before.meanings | {meaning})
    return out


def sort(text: str) -> words.Sort:
    """What shared word a word is, also with the ending of another case or number."""
    known = sorts()
    found = known.get(text)
    if found is None and len(text) > 5:
        for stem in (text[:-1], text[:-2], f"{text}a", f"{text[:-1]}a"):
            found = known.get(stem) if len(stem) > 4 else None
            if found and found.kind in INFLECTED:
                return found
        return UNKNOWN
    return found or UNKNOWN


@lru_cache(KEPT)
def word(text: str, bare: bool) -> Word:
    """A folded word, classed."""
    kind, meanings = sort(text)
    kinds = ALONE
    if meanings:
        kinds = frozenset({kind}).union(*map(words.kinds, meanings))
    if text.isdigit():
        return Word(text, bare, text, text, kind, meanings, 1.0, kinds)
    if kind == "name" and len(text) > 5 and text.startswith("al") and text[2] != "l":
        text = text[2:]  # Aljazeera
    loose = DOUBLE.sub(r"\1", folding.consonants(text).translate(LOOSE)) or text
    sound = DOUBLE.sub(
        r"\1", text.replace("dh", "d").replace("gh", "k").replace("kh", "k").translate(VOWELS)
    )
    return Word(text, bare, loose, sound, kind, meanings, words.WEIGHTS.get(kind, 1.0), kinds)


def name(text: str) -> Name:
    """A text as a name."""
    bare = not text.isascii() and bool(SEMITIC.search(text))
    kept, bound = [], []
    every = folded(text).split()
    before = ""
    for one in every:
        if one not in STOP and (len(one) > 1 or one.isdigit()):
            if before in BINDING:
                bound.append(len(kept))
            kept.append(one)
        before = one
    kept = kept or every
    return Name(tuple([word(w, bare) for w in kept]), " ".join(kept), frozenset(bound))


def alike(a: Word, b: Word) -> float:
    """How alike two words are, from 0 to 1; 0 where they cannot be one."""
    if a.text == b.text:
        return 1.0
    if a.meanings & b.meanings:
        return 0.97
    if a.text.isdigit() or b.text.isdigit():
        return 0.0
    found = max(sounds(a, b), typed(a, b), 0.85 * (served(a, b) or served(b, a)))
    return found if found >= LEAST else 0.0


def sounds(a: Word, b: Word) -> float:
    """The likeness of two words by their consonants, and by vowels where both have them."""
    if a.loose != b.loose:
        long = min(len(a.loose), len(b.loose)) > 4 and a.bare != b.bare
        return 0.8 if long and OSA.distance(a.loose, b.loose, score_cutoff=1) == 1 else 0.0
    if len(a.loose) < 3 and (a.weight < 1.0) != (b.weight < 1.0):
        return 0.0
    if a.bare != b.bare:
        bare, full = (a, b) if a.bare else (b, a)
        short = len(a.loose) < 3
        if short and BREATHED.search(full.text) and "h" not in bare.text:
            return 0.0
        if within(bare.sound, full.sound):
            return 0.8 if short else 0.95
        return 0.8 if len(bare.sound) <= len(full.sound) and not short else 0.0
    near = OSA.normalized_similarity(a.sound, b.sound)
    return 0.85 + near / 10 if near >= 0.7 else near


def variants(text: str, bare: bool) -> list[str]:
    """What a word may be that is none as it stands: Sadrs, Jamenei, Хади (khadi), Hamaney."""
    out = []
    if bare:
        out.append(text.replace("z", "s"))  # رويترز, Reuters
    if text.endswith("s") and len(text) > 3:
        out.append(text[:-1])
    if "kh" in text:
        out.append(text.replace("kh", "h"))
    elif text.startswith(("j", "h")):
        out.append(f"kh{text[1:]}")
    if "j" in text:
        out.append(text.replace("j", "y"))  # Fajad
    if "sj" in text:
        out.append(text.replace("sj", "sh"))
    others = (o for o in out if o != text)
    return [o for o in others if len(word(o, bare).loose) > 2 or o in sorts()]


def served(a: Word, b: Word) -> bool:
    """Whether one word is the other after "servant of": Mahdi, of Abdul Mahdi."""
    return len(b.text) > 4 and a.text == f"abd{b.text}"


def within(bare: str, full: str) -> bool:
    """Whether the letters of one word stand in the other, in their order."""
    rest = iter(full.replace("h", ""))
    return all(c in rest for c in bare.rstrip("ai").replace("h", ""))


def typed(a: Word, b: Word) -> float:
    """The likeness of two words of some length that differ by typing errors; else 0."""
    if min(len(a.text), len(b.text)) < 5 or a.text[0] != b.text[0]:
        return 0.0
    return 0.98 * OSA.normalized_similarity(a.text, b.text, score_cutoff=LEAST)
