"""Invented sources, and the citations by which every record leads to one."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from hudna.outputs.invented.plan import ACTS, DAYS, MEDIA, SLACK, Plan
from hudna.outputs.invented.words import text, word

READ = ("article", "news-report", "agency-report", "report")
# The kinds of the sources with odd numbers: type, access, precision of the date.
OTHERS = (
    ("official-statement", "excerpt", "within"), ("news-report", "cited-only", "day"),
    ("interview", "private", "unknown"), ("database", "read", "as-of"),
    ("unspecified", "cited-only", "by"),
)  # fmt: skip
CITED_ONLY, PRIVATE = (1, 4), 2
LANGUAGES = ("en", "ar", "fa", "ar-Latn", "en-GB")
SUPPORT = ("states", "carried", "states", "side-clause", "partial", "inferred", "refines")
# What a citation of an incident beyond its first supports, in this order.
FIELDS = (
    "date_start", "place_id", "killed_low", "incident_type", "title", "extent", "killed_high",
    "wounded_low", "wounded_high", "status", "date_end", "description",
)  # fmt: skip


def other(n: int) -> int:
    """Which of the five other kinds a source with an odd number is; -1 where it is even."""
    return n // 2 % 5 if n & 1 else -1


def published(plan: Plan, n: int, precision: str) -> list[str]:
    """The four columns of a source's date."""
    day = SLACK + plan.published(n)
    if precision == "unknown":
        return ["", "", "unknown", ""]
    if precision == "by":
        return ["", DAYS[day], "by", "stated"]
    start = DAYS[day - 20] if precision in ("within", "as-of") else DAYS[day]
    return [start, DAYS[day], precision, "stated"]


def sources(plan: Plan) -> Iterator[list[str]]:
    id, actor = plan.id("sources"), plan.id("actors")
    for n in range(plan.counts["sources"]):
        at = other(n)
        kind, access, precision = (READ[n // 2 % 4], "read", "day") if at < 0 else OTHERS[at]
        open_ = access != "private"
        url = (
            f"https://example.org/{n}/{word(n, 3).lower()}"
            if open_ and (n % 2 == 0 or n % 3)
            else ""
        )
        archived = f"https://archive.example/{n}" if url and n % 7 == 1 else ""
        title = f"{word(n + 77, 3)}: {text(n, 4) or 'a report'}" if open_ else ""
        yield [
            id(n), title, f"{word(n, 3)} {word(n + 5, 2)}" if open_ and n % 4 == 0 else "",
            actor(n % plan.blocks * 16 + MEDIA) if open_ else "",
            str(n % 40 + 1) if n % 6 == 0 else "", str(n % 12 + 1) if n % 6 == 0 else "", kind,
            LANGUAGES[n % 5] if n % 2 == 0 else "", *published(plan, n, precision), url, archived,
            access, actor(n % 9 % plan.blocks * 16 + MEDIA) if n % 10 == 4 else "",
            "ABCDEF"[n % 6] if n % 5 == 0 else "",
        ]  # fmt: skip


class Citations:
    """The citations of a package, in the order of their ids."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.source = plan.id("sources")
        self.random = plan.random("citations")
        self.salt = f"{plan.seed} "

    def one(self, table: str, record: str, n: int, field: str, at: int) -> list[str]:
        """The n-th citation of a record: of a source, via the next where it was not read."""
        drawn = self.random()
        source, via = self.source(at), ""
        if at & 1 and other(at) in CITED_ONLY:
            via = self.source(at + 1)
        number = int(drawn * 60_000)
        place = f"p{number % 12 + 1}s{number // 12 % 6 + 1}"
        digest = ""
        if number % 3:
            digest = sha256(f"{self.salt}{via or source} {place}".encode()).hexdigest()
        support, value = SUPPORT[number % 7], ""
        if n > 1 and number % 29 == 0:
            support, value = "contradicts", text(number // 29, 1)
        return [
            f"{record}-c{n}", table, record, field, source, via, place, support, value,
            str(number % 6 + 1) if number % 4 == 0 else "", digest,
        ]  # fmt: skip

    def records(self, table: str) -> Iterator[list[str]]:
        """One citation for each record of a table, of a source in their order."""
        plan, id = self.plan, self.plan.id(table)
        for n in range(plan.counts[table]):
            yield self.one(table, id(n), 1, "*", plan.source(table, n))

    def actors(self) -> Iterator[list[str]]:
        """Of each actor; of each person's first name before."""
        plan, id = self.plan, self.plan.id("actors")
        for n in range(plan.counts["actors"]):
            source = plan.source("actors", n)
            if n % 16 == 0:
                yield self.one("actor_names", f"{id(n)}-1", 1, "name", source)
            yield self.one("actors", id(n), 1, "*", source)

    def ceasefires(self) -> Iterator[list[str]]:
        """Of each ceasefire, its declarer and its statuses."""
        plan, id = self.plan, self.plan.id("ceasefires")
        for n in range(plan.counts["ceasefires"]):
            source = plan.source("ceasefires", n)
            yield self.one("ceasefire_actors", f"{id(n)}-1", 1, "*", source)
            yield self.one("ceasefires", id(n), 1, "*", source)
            for i in (1, 2):
                yield self.one("ceasefire_statuses", f"{id(n)}-s{i}", 1, "*", source)

    def incidents(self) -> Iterator[list[str]]:
        """Of each incident, one and more; of the means of each eighth."""
        plan, id = self.plan, self.plan.id("incidents")
        count, last = plan.counts["incidents"], plan.counts["sources"] - 1
        for n in range(count):
            own, first = id(n), plan.source("incidents", n)
            yield self.one("incidents", own, 1, "*", first)
            for i in range(plan.more(n)):
                source = min(first + 1 + n % 5 + i, last)
                yield self.one("incidents", own, i + 2, FIELDS[i], source)
            if n % 8 == 7:
                yield self.one("incident_means", f"{own}-m1", 1, "means", first)

    def statements(self) -> Iterator[list[str]]:
        """Of each statement; of what became of a forecast."""
        plan, id = self.plan, self.plan.id("statements")
        for n in range(plan.counts["statements"]):
            source = plan.source("statements", n)
            yield self.one("statements", id(n), 1, "*", source)
            if n % ACTS == 13:
                yield self.one("resolutions", f"{id(n)}-r1", 1, "outcome", source)

    def sources(self) -> Iterator[list[str]]:
        """Of each source itself, so that none is unused."""
        for n in range(self.plan.counts["sources"]):
            yield self.one("sources", self.source(n), 1, "*", n)


def citations(plan: Plan) -> Iterator[list[str]]:
    made = Citations(plan)
    yield from made.actors()
    yield from made.ceasefires()
    yield from made.incidents()
    yield from made.records("issues")
    yield from made.records("places")
    yield from made.sources()
    yield from made.statements()
    yield from made.records("tallies")
    yield from made.records("actor_relations")
