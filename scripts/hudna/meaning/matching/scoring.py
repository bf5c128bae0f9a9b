"""How well a name fits an alias: what they share, and what only one of them has."""

from __future__ import annotations

from typing import NamedTuple

from hudna.meaning.matching import spelling, words
from hudna.meaning.matching.index import Actor
from hudna.meaning.matching.spelling import Name, Word

# Words that a name may have beside those of an alias, by the type of the actor.
GROUP = frozenset({"force", "rank", "party", "shared", "nation", "manner"})
FITTING = {
    "person": frozenset({"title", "role", "rank", "nation", "manner"}),
    "armed-group": GROUP,
    "facade-group": GROUP,
    "umbrella": GROUP,
    "media": frozenset({"media", "manner"}),
    "political-bloc": frozenset({"party", "nation", "manner"}),
    "movement": frozenset({"party", "nation"}),
    "military": frozenset({"force", "nation"}),
    "security-force": frozenset({"force", "nation"}),
}
OTHERS = frozenset({"nation", "manner"})
BODIES = frozenset({"force", "rank", "party", "state", "media"})
SURE = 84  # from here on, a match
SAYING = {"role", "speaker"}
SERVING = {"adviser", "aide", "deputy", "representative", "speaker"}  # in Arabic without "of"
DOUBTFUL = 79  # the most that a name reaches which lacks a word of its own
UNLIKELY = 60
NEARLY = 0.95  # likeness below which a word may be another
MISTYPED = 0.7  # the same of a word beside which the rest of a person's name stands
LITTLE = 0.1  # what a fitting word too many weighs
Near = list[tuple[int, dict[Word, float]]]  # places of words, and what each may be


class Fit(NamedTuple):
    """What a name and an alias share: pairs of words with their likeness, and what is left.

    begin, end: where in the name the shared words begin and end. inner: words between them.
    first, last: the alias begins, ends with the word that begins, ends what is shared.
    """

    name: Name
    pairs: list[tuple[Word, Word, float]]
    lacking: list[Word]
    extra: list[Word]
    begin: int
    end: int
    first: bool
    last: bool

    @property
    def before(self) -> list[Word]:
        """The words of the name before those that are shared."""
        return list(self.name.words[: self.begin])


def fit(name: Name, near: Near, alias: Name) -> Fit:
    """The best pairs of words of a name and an alias, greedily."""
    theirs = list(enumerate(alias.words))
    grid = [(-like[b], -i, -j) for i, like in near for j, b in theirs if b in like]
    if len(grid) > 1:
        grid.sort()
    mine: dict[int, int] = {}
    taken: set[int] = set()
    pairs = []
    for unlike, back, under in grid:
        i, j = -back, -under  # of equals the last: what a person is called stands at the end
        if i not in mine and j not in taken:
            mine[i] = j
            taken.add(j)
            pairs.append((name.words[i], alias.words[j], -unlike))
    lacking = [w for j, w in theirs if j not in taken]
    extra = [w for i, w in enumerate(name.words) if i not in mine]
    begin, end = (min(mine), max(mine)) if mine else (0, 0)
    first, last = mine.get(begin) == 0, mine.get(end) == len(alias.words) - 1
    return Fit(name, pairs, lacking, extra, begin, end, first, last)


def score(found: Fit, actor: Actor, country: str | None) -> float:
    """From 0 to 100: how well a name fits an alias of an actor."""
    fitting = FITTING.get(actor.type, OTHERS)
    own = [b for _, b, _ in found.pairs if b.weight == 1.0]
    told = frozenset().union(*[b.meanings for _, b, _ in found.pairs])
    free, hard = [], []
    for w in found.extra:
        if told.isdisjoint(w.meanings):  # else what is there says it already
            (hard if fitting.isdisjoint(w.kinds) else free).append(w)
    lacking = found.lacking
    if country and lacking:
        lacking = [w for w in lacking if country not in stands_for(w, actor)]
    shared = sum([b.weight * likeness for _, b, likeness in found.pairs])
    left = sum([w.weight for w in (*lacking, *hard)]) + LITTLE * len(free)
    out = 100 * 2 * shared / (2 * shared + left) if shared else 0.0
    out *= sum([likeness for *_, likeness in found.pairs]) / max(len(found.pairs), 1)
    if not own:
        return common(out, lacking, hard, free, found, actor, country)
    if actor.type == "person":
        return person(out, found, lacking, hard, own)
    if len(own) == 1 and any(w.kind in BODIES for w in hard):
        return min(out, UNLIKELY)  # Al-Quds, a newspaper, is not the Quds Force
    if len(own) == 1 and hard and not any(b is own[0] and v >= NEARLY for _, b, v in found.pairs):
        return min(out, UNLIKELY)  # Axis of Resistance, of Axios
    if len(own) > 1 and found.first and not hard:
        out = max(out, 66.0)  # Washington Institute, of one for Near East Policy
    if any(w.kind in SAYING for w in hard):
        return min(out, DOUBTFUL)  # Head of the United Nations Assistance Mission
    return min(out, DOUBTFUL) if any(w.weight == 1.0 for w in (*lacking, *hard)) else out


def stands_for(word: Word, actor: Actor) -> set[str]:
    """The countries for which a word stands in the name of an actor."""
    if word.kind == "nation":
        return set(word.meanings)
    if word.kind == "place" and actor.type == "government-body":
        return {words.CAPITALS[m] for m in word.meanings}
    return set()


def person(out: float, found: Fit, lacking: list[Word], hard: list[Word], own: list[Word]) -> float:
    """Of persons: names in between are others' business, a surname alone is not enough."""
    whole = not lacking and len(own) > 1 and found.first and found.last
    rest = [*found.before, *found.name.words[found.end + 1 :]]
    if whole and all(w.kind in FITTING["person"] for w in rest):
        return max(out, 92.0)  # Mustafa Abdul Latif al-Kadhimi
    if whole and introduced(found):
        return max(out, 86.0)
    if whole and found.end == len(found.name.words) - 1 and found.begin not in found.name.bound:
        return min(max(out, 66.0), DOUBTFUL)  # military mastermind Qassem Soleimani
    if len(own) > 1 and found.last and introduced(found):
        return max(out, DOUBTFUL)  # Foreign Minister Javad Zarif, of Mohammad Javad Zarif
    least = 68.0 if found.last else 66.0  # a surname is more likely than a first name
    if found.last and lacking and introduced(found):
        return min(max(out, least), DOUBTFUL)
    if mistyped(lacking, hard):
        return min(max(out, least), DOUBTFUL)
    if any(w.kind in BODIES for w in hard):
        return min(out, UNLIKELY)
    if not hard and len(own) > 1 and found.first:
        return max(out, 88.0)  # Abu Fadak al-Muhammadawi, of Abu Fadak Abdul Aziz al-Muhammadawi
    if not hard and lacking:
        return min(max(out, least), DOUBTFUL)  # a surname alone
    return min(out, DOUBTFUL) if lacking or hard else out


def mistyped(lacking: list[Word], hard: list[Word]) -> bool:
    """Whether the one word that is missing is the one that is too many: Moqtada al-Sar."""
    if len(lacking) != 1 or len(hard) != 1:
        return False
    a, b = lacking[0], hard[0]
    alike = spelling.OSA.normalized_similarity(a.sound, b.sound)
    return a.sound[0] == b.sound[0] and min(len(a.text), len(b.text)) > 2 and alike >= MISTYPED


def introduced(found: Fit) -> bool:
    """Whether the words beside a person's name say what that person is.

    "Quds Force Chief Esmail Qaani" does, "Office of Muqtada al-Sadr" does not.
    """
    name, before = found.name, found.before
    if found.begin in name.bound:
        return False
    said = [i for i, w in enumerate(before) if w.kind in SAYING and i not in name.bound]
    of = found.begin > 0 and name.words[found.begin].bare and before[-1].meanings & SERVING
    if said and not of and found.end == len(name.words) - 1:
        return True
    after = name.words[found.end + 1 : found.end + 3]
    titled = all(w.kind in FITTING["person"] for w in before)
    return titled and any(w.kind in SAYING for w in after)


def common(
    out: float,
    lacking: list[Word],
    hard: list[Word],
    free: list[Word],
    found: Fit,
    actor: Actor,
    country: str | None,
) -> float:
    """Of aliases without a word of their own: all of it must be there, and hardly more."""
    weak = len(found.pairs) < 3 and all(b.weight < 0.5 for _, b, _ in found.pairs)
    if weak and any(likeness < 1 for *_, likeness in found.pairs):
        return min(out, UNLIKELY)  # The Times is not any newspaper
    here = {country, actor.country}
    named = [w for w in found.extra if w.kind == "nation"]
    nations = [w for w in named if not here & w.meanings]
    hard = [w for w in hard if w not in named or w in nations]
    if any(w.kind == "manner" for w in free):
        nations = []  # pro-Iranian says where it leans, not where it is
    abroad = any(actor.country and actor.country not in w.meanings for w in nations)
    more = [w for w in free if w.kind == "shared"] or abroad
    if hard or more or (nations and actor.type not in FITTING):
        return min(out, UNLIKELY)
    if not lacking:
        return out
    if len(found.pairs) > 1 and all(w.kind == "manner" for w in lacking):
        return min(out, DOUBTFUL)  # US coalition, of US-led coalition
    if named and all(w.kind == "force" for w in lacking) and len(found.pairs) == 1:
        return 75.0  # Iraqi Hezbollah: of several, the one of that country
    return min(out, UNLIKELY)
