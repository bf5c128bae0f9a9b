"""Names decided on: a match, several that it may be, or nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import repeat
from typing import NamedTuple

from hudna.form.package import Package
from hudna.meaning.matching import parting, scoring, sharing, spelling
from hudna.meaning.matching.index import Alias, Index, read
from hudna.meaning.matching.spelling import Name

SURE = scoring.SURE
POSSIBLE = 65  # from here on, worth a person's look
APART = 4  # by which the best must lead the next
KEPT = 1_000_000  # names remembered


class Match(NamedTuple):
    """What a name was matched with.

    name: as given. actor_id: the best, also where it is ambiguous; empty where there is none.
    verdict: match, ambiguous or none. score: 0 to 100. alias: the actor's name that fits.
    runner_up: actor_id of the next best; of an office with a date, who held it that day.
    """

    name: str
    actor_id: str
    verdict: str
    score: int
    alias: str
    runner_up: str


class Candidate(NamedTuple):
    """An actor that a name may be, how well it fits from 0 to 100, and by which alias."""

    actor_id: str
    score: int
    alias: str


class Found(NamedTuple):
    """An alias and how well it fits."""

    score: float
    alias: Alias


def matcher(package: Package) -> Matcher:
    """The matcher of a package's actors; CannotRun where it has none that can be read."""
    return Matcher(read(package))


class Matcher:
    """Matches names with actors; each distinct name is looked up once."""

    def __init__(self, index: Index):
        self.index = index
        self.known: dict[tuple[str, date | None, str | None], Match] = {}
        self.offices = {h.office for h in index.holdings}

    def match(
        self,
        names: Iterable[str],
        dates: Iterable[date | None] | None = None,
        country: str | None = None,
    ) -> list[Match]:
        """One Match for each name, in their order.

        dates: the day of which each name speaks (who held an office then). country: ISO 3166-1
        alpha-3 code of what the names are about, for names such as "Foreign Ministry".
        """
        names = list(names)
        days = [None] * len(names) if dates is None else list(dates)
        keys = list(zip(names, days, repeat(country)))
        known = self.known
        new = [key for key in dict.fromkeys(keys) if key not in known]
        if len(known) + len(new) > KEPT:
            new = list(dict.fromkeys(keys))
            known.clear()
        known.update(zip(new, sharing.out(self.one, new), strict=True))
        return [known[key] for key in keys]

    def one(self, name: str, day: date | None, country: str | None) -> Match:
        """One name, looked up."""
        return self.verdict(name, self.ranked(name, day, country), day)

    def candidates(
        self, name: str, day: date | None = None, country: str | None = None, most: int = 5
    ) -> list[Candidate]:
        """The actors that a name may be, the likeliest first."""
        found = self.ranked(name, day, country)[:most]
        return [Candidate(f.alias.actor_id, round(f.score), f.alias.text) for f in found]

    def ranked(self, name: str, day: date | None, country: str | None) -> list[Found]:
        """The best alias of each actor that a name may be, the best first."""
        best: dict[str, Found] = {}
        for n, part in enumerate(parting.parts(name)):
            for found in self.found(part, country, day):
                if n:
                    found = Found(aside(found.score), found.alias)
                held = best.get(found.alias.actor_id)
                if held is None or found.score > held.score:
                    best[found.alias.actor_id] = found
        ranked = list(best.values())
        if len(ranked) > 1:
            ranked.sort(key=lambda f: (-f.score, f.alias.actor_id))
        return ranked

    def verdict(self, name: str, ranked: list[Found], day: date | None) -> Match:
        """What the candidates, the best first, amount to."""
        if not ranked or ranked[0].score < POSSIBLE:
            return Match(name, "", "none", round(ranked[0].score) if ranked else 0, "",
                         ranked[0].alias.actor_id if ranked else "")  # fmt: skip
        top, *others = ranked
        who = top.alias.actor_id
        rivals = [f for f in others if frozenset((who, f.alias.actor_id)) not in self.index.same]
        close = bool(rivals) and top.score - rivals[0].score < APART and top.score < 100
        close = close or (bool(rivals) and rivals[0].score == top.score)
        sure = top.score >= SURE and not close
        second = others[0].alias.actor_id if others else ""
        if day and who in self.offices:
            second = next((h.person for h in self.index.holdings if h.office == who and h.on(day)),
                          second)  # fmt: skip
        return Match(name, who, "match" if sure else "ambiguous", round(top.score),
                     top.alias.text, second)  # fmt: skip

    def found(self, text: str, country: str | None, day: date | None) -> Iterator[Found]:
        """The candidates for a text."""
        name = spelling.name(text)
        if not name.key:
            return
        index = self.index
        exact = [index.aliases[n] for n in index.exact.get(name.key, ())]
        if exact:
            yield from (Found(self.whole(text, a), a) for a in exact)
            if max(self.whole(text, a) for a in exact) >= SURE:
                return
        short = plain(text)
        for alias in index.initials.get(short, ()) if len(short) > 2 else ():
            yield Found(90.0 if len(short) > 3 else 80.0, alias)
        yield from self.abbreviated(name, text)
        for n in self.joined(name):
            yield Found(94.0, index.aliases[n])
        near = index.near(name)
        for n in index.candidates(name):
            alias = index.aliases[n]
            if alias.type == "abbreviation":
                continue
            fit = scoring.fit(name, near, alias.name)
            value = scoring.score(fit, index.actors[alias.actor_id], country)
            if day and value < SURE and self.in_office(alias.actor_id, fit, day):
                value = max(value, 90.0)
            if len(alias.name.words) == 1 and alias.text.isupper():
                value = min(value, scoring.DOUBTFUL)  # Sana'a is not SANA
            yield Found(value, alias)

    def whole(self, text: str, alias: Alias) -> float:
        """The score of an alias that is the text itself, once folded."""
        if text == alias.text:
            return 100.0
        short = plain(text)
        if alias.type == "abbreviation" and not short.isupper():
            return 86.0 if len(short) > 3 and short.istitle() else 70.0
        return 99.0

    def abbreviated(self, name: Name, text: str) -> Iterator[Found]:
        """The actors whose abbreviation stands beside words of their kind: PMF militias."""
        rest = [w for w in name.words if w.kind == "name"]
        if len(rest) != 1 or len(name.words) == 1:
            return
        short = rest[0].text.upper()
        if short not in text:
            return
        beside = [w.kinds for w in name.words if w is not rest[0]]
        held = [self.index.aliases[n] for n in self.index.exact.get(rest[0].text, ())]
        held = [a for a in held if a.text.isupper()] + self.index.initials.get(short, [])
        for alias in held:
            actor = self.index.actors[alias.actor_id]
            fitting = scoring.FITTING.get(actor.type, scoring.OTHERS)
            if all(kinds & fitting for kinds in beside):
                yield Found(90.0 if actor.type == "media" else scoring.DOUBTFUL, alias)

    def joined(self, name: Name) -> list[int]:
        """The aliases of the same consonants whose words are divided otherwise."""
        letters = "".join([w.loose for w in name.words])
        held = self.index.joined.get(letters)
        if held is None or len(letters) < 5:
            return []
        sound = "".join(w.sound for w in name.words)
        bare = any(w.bare for w in name.words)
        out = []
        for n in held:
            other = self.index.aliases[n].name
            theirs = "".join(w.sound for w in other.words)
            if len(other.words) == len(name.words) or any(w.bare for w in other.words) != bare:
                continue
            if spelling.OSA.normalized_similarity(sound, theirs) >= 0.8:
                out.append(n)
        return out

    def in_office(self, actor_id: str, fit: scoring.Fit, day: date) -> bool:
        """Whether the actor, of whom a name is there, holds on a day the office that is there too.

        "President Salih": the office is told by the words beside the name.
        """
        if any(w.weight == 1.0 for w in fit.extra) or not fit.pairs:
            return False
        told = {w.text for w in fit.extra} | {m for w in fit.extra for m in w.meanings}
        for held in self.index.holdings:
            if held.person == actor_id and held.on(day):
                for alias in self.index.aliases:
                    if alias.actor_id == held.office and office(alias) <= told:
                        return True
        return False


def aside(score: float) -> float:
    """What a score is worth of a text in brackets: it may name what the name belongs to."""
    return min(score - 2, scoring.DOUBTFUL + score / 1000)


def office(alias: Alias) -> set[str]:
    """The words of an office without its country."""
    return {next(iter(w.meanings), w.text) for w in alias.name.words if w.kind != "nation"}


def plain(text: str) -> str:
    """A text without dots and blanks."""
    return text.replace(".", "").replace(" ", "")
