"""The names of a package's actors, found by any of their words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from hudna.engine import whole
from hudna.form import rows
from hudna.form.package import Package
from hudna.ground.finding import CannotRun
from hudna.meaning.matching import parting, spelling, typos
from hudna.meaning.matching.spelling import Name, Word

Rows = list[dict[str, str]]
SEED = 0.6  # weight from which a word leads to candidates
HOPE = 0.6  # share that an alias may reach, from which it is looked at
OTHERWISE = 0.95  # what a variant of a word is worth
SURNAME = 0.45  # the same of a single word
SURE = itemgetter(1, 2)  # of a candidate: what it surely shares, then its place


class Alias(NamedTuple):
    """A name that an actor bears, as printed."""

    actor_id: str
    text: str
    type: str
    name: Name


class Actor(NamedTuple):
    """What is known of an actor beside its names."""

    actor_id: str
    type: str
    country: str


class Holding(NamedTuple):
    """An office held, at least, on the days from start to end; None: no bound is known."""

    person: str
    office: str
    start: date | None
    end: date | None

    def on(self, day: date) -> bool:
        return (self.start or day) <= day <= (self.end or day)


class Reach(NamedTuple):
    """The words that a word may be, how alike they are, and what each alias shares by them."""

    alike: dict[Word, float]
    held: dict[int, float]


class Index:
    """Aliases by key, by the letters of their consonants, by word, by meaning."""

    def __init__(self, actors: Rows, names: Rows, relations: Rows):
        self.actors = {r["actor_id"]: Actor(r["actor_id"], r["actor_type"], r.get("country", ""))
                       for r in actors}  # fmt: skip
        self.aliases = list(aliases(actors, names))
        self.exact: dict[str, list[int]] = defaultdict(list)
        self.joined: dict[str, list[int]] = defaultdict(list)
        self.holding: dict[Word, list[int]] = defaultdict(list)
        for n, alias in enumerate(self.aliases):
            self.exact[alias.name.key].append(n)
            self.joined["".join(w.loose for w in alias.name.words)].append(n)
            for word in dict.fromkeys(alias.name.words):
                self.holding[word].append(n)
        self.loose: dict[str, list[Word]] = defaultdict(list)
        self.meaning: dict[str, list[Word]] = defaultdict(list)
        for word in self.holding:
            self.loose[word.loose].append(word)
            if word.text.startswith("abd"):
                self.loose[spelling.word(word.text[3:], word.bare).loose].append(word)
            for one in word.meanings:
                self.meaning[one].append(word)
        self.weight = [sum(w.weight for w in a.name.words) for a in self.aliases]
        self.texts = typos.by_letter((w.text, w) for w in self.holding if len(w.text) > 4)
        self.letters = typos.by_letter((w.loose, w) for w in self.holding if len(w.loose) > 4)
        self.initials = initials(self.aliases, self.actors)
        self.reaches: dict[Word, Reach] = {}
        self.need = {hope: [w * hope / (2 - hope) for w in self.weight] for hope in (HOPE, SURNAME)}
        self.same = {frozenset((r["subject_id"], r["object_id"])) for r in relations
                     if r["relation_type"] == "same-as"}  # fmt: skip
        self.holdings = [Holding(r["subject_id"], r["object_id"], day(r, "date_start"),
                                 day(r, "date_end"))
                         for r in relations if r["relation_type"] == "holds-office"]  # fmt: skip

    def reach(self, word: Word) -> Reach:
        """The words of aliases that a word may be, and the aliases that hold them."""
        found = self.reaches.get(word)
        if found is None:
            if len(self.reaches) > spelling.KEPT:
                self.reaches.clear()
            found = self.reaches[word] = self.reached(word)
        return found

    def reached(self, word: Word) -> Reach:
        """The same, looked up; in another spelling where this one is none."""
        found = self.looked_up(word)
        if not found.alike:
            for text in spelling.variants(word.text, word.bare):
                found = self.looked_up(spelling.word(text, word.bare))
                if found.alike:
                    return Reach(
                        {w: OTHERWISE * v for w, v in found.alike.items()},
                        {n: OTHERWISE * v for n, v in found.held.items()},
                    )
        return found

    def looked_up(self, word: Word) -> Reach:
        """The same of a spelling."""
        near = set(self.loose.get(word.loose, ()))
        near.update(*[self.meaning[m] for m in word.meanings])
        near.update(typos.typed(word.text, self.texts))
        if word.bare:
            near.update(typos.typed(word.loose, self.letters))
        alike: dict[Word, float] = {}
        held: dict[int, float] = {}
        for other in near:
            likeness = spelling.alike(word, other)
            if likeness:
                alike[other] = likeness
                value = likeness * other.weight
                for n in self.holding[other]:
                    if value > held.get(n, 0.0):
                        held[n] = value
        return Reach(alike, held)

    def near(self, name: Name) -> list[tuple[int, dict[Word, float]]]:
        """The places of those words of a name that aliases hold, with the words they may be."""
        found = [(i, self.reach(word).alike) for i, word in enumerate(name.words)]
        return [pair for pair in found if pair[1]]

    def candidates(self, name: Name, most: int = 5) -> list[int]:
        """The aliases that a name may be by the words that they share, the likeliest first."""
        strong = [w for w in name.words if w.weight >= SEED]
        weak = tuple([w for w in name.words if w.weight < SEED])
        rest = sum([w.weight for w in weak]) if strong else 0.0
        whole = sum([w.weight for w in name.words])
        shared: dict[int, float] = {}
        for word in dict.fromkeys(strong or name.words):
            held = self.reach(word).held
            if not shared:
                shared = held.copy()
                continue
            for n, value in held.items():
                shared[n] = shared.get(n, 0.0) + value
        if not shared and strong:
            return self.candidates(name._replace(words=weak), most) if weak else []
        need = self.need[HOPE if len(name.words) > 1 else SURNAME]
        found = []
        for n, value in shared.items():
            if value + rest >= need[n]:
                weight = self.weight[n]
                out_of = weight + whole
                found.append((-min(value + rest, weight) / out_of, -value / out_of, n))
        found.sort()
        if len(found) < 3:  # of each actor two at most, then
            return [n for *_, n in found]
        by_sure = sorted(found, key=SURE)
        return list(dict.fromkeys([*self.some(found, most), *self.some(by_sure, most)]))

    def some(self, ranked: list[tuple[float, float, int]], most: int) -> Iterator[int]:
        """The first aliases of a ranking, of each actor two at most."""
        seen: dict[str, int] = {}
        for *_, n in ranked:
            actor = self.aliases[n].actor_id
            if seen.get(actor, 0) < 2:
                seen[actor] = seen.get(actor, 0) + 1
                most -= 1
                yield n
            if not most:
                return


def initials(aliases: list[Alias], actors: Mapping[str, Actor]) -> dict[str, list[Alias]]:
    """The aliases by their initials: United Nations Assistance Mission for Iraq."""
    out: dict[str, list[Alias]] = defaultdict(list)
    for alias in aliases:
        capitals = [
            w[0]
            for w in re.split(r"[\s-]+", alias.text)
            if w[:1].isascii() and w[:1].isupper() and w != "The"
        ]
        if len(capitals) > 1 and actors[alias.actor_id].type != "person":
            out["".join(capitals)].append(alias)
    return out


def aliases(actors: Rows, names: Rows) -> Iterable[Alias]:
    """Every name once: of the actors' own, then of their other names; titles are no names."""
    seen = set()
    types = {r["actor_id"]: r["actor_type"] for r in actors}
    own = ((r["actor_id"], r["name"], "name") for r in actors)
    other = ((r["actor_id"], r["name"], r["name_type"]) for r in names)
    for actor_id, text, kind in (*own, *other):
        if kind == "title":
            continue
        parts = parting.parts(text) if types.get(actor_id) == "person" else []
        for part in dict.fromkeys((*parts, text)):
            found = Alias(actor_id, part, kind, spelling.name(part))
            if found.name.key and (actor_id, part) not in seen:
                seen.add((actor_id, part))
                yield found


def day(row: Mapping[str, str], column: str) -> date | None:
    """A date of a row; None where there is none that can be read."""
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        return None


def read(package: Package) -> Index:
    """The index of a package's actors; CannotRun where its tables cannot be read."""
    if "actors" not in package.tables:
        raise CannotRun("the package has no table actors; expected one to match names with")
    held = [table(package, n) for n in ("actors", "actor_names", "actor_relations")]
    spelling.sorts()
    return Index(*held)


def table(package: Package, name: str) -> Rows:
    """The rows of a table; none where the package does not have it."""
    if name not in package.tables:
        return []
    table = package.tables[name]
    records = whole.table(package, table)
    if not rows.sound(table, records):
        raise CannotRun(f"{table.path} cannot be read as it should; see hudna validate")
    return rows.dicts(table, records)
