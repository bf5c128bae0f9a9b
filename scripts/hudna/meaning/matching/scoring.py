"""How well a name fits an alias: what they share, and what only one of them has."""

from __future__ import annotations

from typing import NamedTuple

from hudna.meaning.matching import spelling
from hudna.meaning.matching.index import Actor, Alias
from hudna.meaning.matching.spelling import Name, Word

# Words that a name may have beside those of an alias, by the type of the actor.
FITTING = {
    "person": {"title", "nation", "manner"},
    "armed-group": {"force", "party", "shared", "nation", "manner"},
    "facade-group": {"force", "party", "shared", "nation", "manner"},
    "umbrella": {"force", "party", "shared", "nation", "manner"},
    "media": {"media", "nation"},
    "political-bloc": {"party", "nation", "manner"},
    "movement": {"party", "nation"},
}
KINDS_OF_BODY = {"force", "party", "state", "media"}
DOUBTFUL = 79  # the most that a name reaches which lacks a word of its own
UNLIKELY = 60
GROUPS = ("armed-group", "facade-group", "umbrella")


class Fit(NamedTuple):
    """What a name and an alias share: pairs of words with their likeness, and what is left."""

    pairs: list[tuple[Word, Word, float]]
    lacking: list[Word]
    extra: list[Word]
    first: bool  # they begin with the same word, titles apart
    outer: bool  # and end with the same


def fit(name: Name, alias: Name) -> Fit:
    """The best pairs of words of a name and an alias, greedily."""
    grid = sorted(
        ((spelling.alike(a, b), i, j) for i, a in enumerate(name.words)
         for j, b in enumerate(alias.words)), key=lambda g: (-g[0], g[1], g[2]))  # fmt: skip
    mine: dict[int, int] = {}
    theirs: set[int] = set()
    pairs = []
    for likeness, i, j in grid:
        if likeness and i not in mine and j not in theirs:
            mine[i] = j
            theirs.add(j)
            pairs.append((name.words[i], alias.words[j], likeness))
    lacking = [w for j, w in enumerate(alias.words) if j not in theirs]
    extra = [w for i, w in enumerate(name.words) if i not in mine]
    core = [i for i, w in enumerate(name.words) if w.kind != "title"]
    first = bool(core) and mine.get(core[0]) == 0
    outer = first and mine.get(core[-1]) == len(alias.words) - 1
    return Fit(pairs, lacking, extra, first, outer)


def score(found: Fit, alias: Alias, actor: Actor, country: str | None) -> float:
    """From 0 to 100: how well a name fits an alias."""
    kind = actor.type
    own = [b for _, b, _ in found.pairs if b.weight == 1.0]
    loose = FITTING.get(kind, {"nation"})
    free = [w for w in found.extra if w.kind in loose]
    hard = [w for w in found.extra if w.kind not in loose]
    lacking = [w for w in found.lacking if not (w.kind == "nation" and country in w.meanings)]
    shared = sum(b.weight * likeness for _, b, likeness in found.pairs)
    left = sum(w.weight for w in lacking) + sum(w.weight for w in hard) + 0.1 * len(free)
    out = 100 * 2 * shared / (2 * shared + left) if shared else 0.0
    out *= sum(likeness for *_, likeness in found.pairs) / max(len(found.pairs), 1)
    if not own:
        return common(out, lacking, hard, free, kind)
    if kind == "person":
        return person(out, found, lacking, hard, own)
    if len(own) == 1 and any(w.kind in KINDS_OF_BODY for w in hard):
        return min(out, UNLIKELY)  # Al-Quds, a newspaper, is not the Quds Force
    return min(out, DOUBTFUL) if any(w.weight == 1.0 for w in (*lacking, *hard)) else out


def person(out: float, found: Fit, lacking: list[Word], hard: list[Word], own: list[Word]) -> float:
    """Of persons: names in between are others' business, a surname alone is not enough."""
    if not lacking and len(own) > 1 and found.outer:
        return max(out, 92.0)  # Mustafa Abdul Latif al-Kadhimi
    if any(w.kind in KINDS_OF_BODY for w in hard):
        return min(out, UNLIKELY)
    if not hard and len(own) > 1 and found.pairs and found.first:
        return max(out, 88.0)  # Abu Fadak al-Muhammadawi, of Abu Fadak Abdul Aziz al-Muhammadawi
    if not hard and lacking:
        return min(max(out, 66.0), DOUBTFUL)  # a surname alone
    return min(out, DOUBTFUL) if lacking or hard else out


def common(out: float, lacking: list[Word], hard: list[Word], free: list[Word], kind: str) -> float:
    """Of aliases without a word of their own: all of it must be there, and hardly more."""
    more = [w for w in free if w.kind == "nation"] if kind not in GROUPS else []
    return min(out, UNLIKELY) if lacking or hard or more else out
