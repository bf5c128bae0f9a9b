"""Words that many names share, read from words.txt: of what kind each is, and what it means."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

# What a word of each kind weighs against a word that only one name has.
WEIGHTS = {
    "force": 0.35, "rank": 0.35, "party": 0.35, "state": 0.35, "media": 0.35, "role": 0.35,
    "title": 0.35, "place": 0.5, "speaker": 0.35, "manner": 0.35, "nation": 0.5, "shared": 0.6,
}  # fmt: skip

# Folded phrases that are one word, longest first.
PHRASES = {
    "united states of america": "us",
    "al wlaya al mthda al amrykya": "us",
    "al wlaya al mthda al amyrkya": "us",
    "united states": "us",
    "al wlaya al mthda": "us",
    "vereinigte staaten": "us",
    "etats unis": "us",
    "estados unidos": "us",
    "stati uniti": "us",
    "primo ministro": "pm",
    "islamic republic of": "",
    "kurdistan regional government": "krg",
    "united nations": "un",
    "al amm al mthda": "un",
    "united kingdom": "uk",
    "great britain": "uk",
    "saudi arabia": "saudi",
    "prime minister": "pm",
    "premier ministre": "pm",
    "primer ministro": "pm",
    "riys al wzra": "pm",
    "rjl al dyn": "cleric",
    "nations unies": "un",
    "naciones unidas": "un",
    "nacoes unidas": "un",
    "nazioni unite": "un",
    "vereinten nationen": "un",
    "kedutaan besar as": "us embassy",
    "kedutaan as": "us embassy",
    "kedubes as": "us embassy",
    "pimpinan as": "us led",
    "pasukan as": "us forces",
    "ee uu": "us",
    "de vs": "us",
    "primeiro ministro": "pm",
    "perdana menteri": "pm",
    "angkatan bersenjata": "army",
    "riys al hkwma": "pm",
    "nkhst wzyr": "pm",
    "riys al jmhwrya": "president",
    "rys jmhwr": "president",
    "porte parole": "spokesman",
    "vice president": "deputy president",
    "luar negeri": "foreign",
    "foreign affairs": "foreign",
    "party of god": "hezbollah",
    "partito di dio": "hezbollah",
    "parti de dieu": "hezbollah",
    "partido de dios": "hezbollah",
    "partei gottes": "hezbollah",
    "frans brs": "france press",
}


# Capitals, by what they stand for where a body that sits there is named by the country.
CAPITALS = {"baghdad": "IRQ"}


class Sort(NamedTuple):
    """What a shared word is: its kind, and the meanings that it has."""

    kind: str
    meanings: frozenset[str]


@cache
def lines() -> list[tuple[str, str, list[str]]]:
    """Kind, meaning and words of each line of words.txt."""
    out = []
    for line in Path(__file__).with_name("words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            head, _, words = line.partition(":")
            kind, meaning = head.split()
            out.append((kind, meaning, words.split()))
    return out


@cache
def of(kind: str, wanted: str | None = None) -> frozenset[str]:
    """The words of a kind (of one meaning), as they stand in words.txt."""
    return frozenset(w for k, m, told in lines() if k == kind and wanted in (None, m) for w in told)


@cache
@cache
def kinds(meaning: str) -> frozenset[str]:
    """The kinds of words that have a meaning: a network may be of fighters or of stations."""
    return frozenset(k for k, m, _ in lines() if m == meaning and k != "rank")
