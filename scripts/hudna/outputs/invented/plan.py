"""How many records each table of an invented package has, and what stands behind each number.

Every record is known by its number: ids, dates and sources follow from it by arithmetic, so that
one table can point to another without any of them being kept in memory.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from hudna.ground.finding import CannotRun

FIRST_DAY = datetime.date(2001, 1, 1)
SPAN = 7300  # days over which incidents and statements are spread
SLACK = 800  # days that may be named before and after them
DAYS = [(FIRST_DAY + datetime.timedelta(n)).isoformat() for n in range(-SLACK, SPAN + SLACK)]

# Actors come in blocks of these kinds, so that a kind is a number.
KINDS = (
    "person", "office", "state", "government-body", "military", "armed-group", "category",
    "person", "population", "umbrella", "political-bloc", "religious-body", "movement", "media",
    "security-force", "proposed-body",
)  # fmt: skip
(PERSON, OFFICE, STATE, BODY, MILITARY, ARMED, CATEGORY, UNNAMED, POPULATION, UMBRELLA, BLOC,
 RELIGIOUS, MOVEMENT, MEDIA, FORCE, PROPOSED) = range(16)  # fmt: skip
NAMES = (3, 2, 3, 2, 3, 3, 1, 1, 1, 3, 2, 2, 2, 2, 2, 0)  # names of each kind of actor
TIES = 11  # ties in each block of actors
INVOLVED = (2, 1, 3, 2, 1, 0, 4, 2)  # actors of each incident of a block of eight
MEANS = (1, 0, 1, 0, 0, 1, 0, 2)
ACTS = 24  # statements in a group
TARGETS = 44  # what they point to
EXTRA = 1.3  # citations of an incident beyond the first
PREFIXES = {
    "actors": "actor", "actor_relations": "tie", "incidents": "incident", "issues": "issue",
    "statements": "statement", "ceasefires": "ceasefire", "places": "place", "sources": "source",
    "tallies": "tally", "coverage": "coverage",
}  # fmt: skip


def upto(pattern: Sequence[int], n: int) -> int:
    """The sum over the first n members of a pattern that repeats."""
    return n // len(pattern) * sum(pattern) + sum(pattern[: n % len(pattern)])


def sizes(incidents: int) -> dict[str, int]:
    """The number of records of each table but the code lists, for a number of incidents."""
    blocks, groups = max(5, incidents // 400), max(2, incidents // 96)
    truces = min(max(2, incidents // 400), groups, incidents // 16)
    out = {
        "actors": 16 * blocks,
        "actor_names": blocks * sum(NAMES),
        "actor_relations": blocks * TIES,
        "incidents": incidents,
        "incident_means": upto(MEANS, incidents),
        "incident_actors": upto(INVOLVED, incidents),
        "statements": groups * ACTS,
        "statement_targets": groups * TARGETS,
        "resolutions": groups,
        "ceasefires": truces,
        "ceasefire_actors": 3 * truces,
        "ceasefire_statuses": 2 * truces,
        "ceasefire_incidents": 2 * truces,
        "sources": 2 * max(20, incidents * 75 // 1000) + 1,
        "issues": 8 * groups,
        "places": 8 * max(4, incidents // 400),
        "tallies": max(8, incidents // 100),
        "coverage": max(8, incidents // 250),
        "distinct_incidents": max(8, incidents // 64),
        "withdrawn": max(14, incidents // 128),
    }
    itself = ("actors", "actor_relations", "incidents", "statements", "resolutions", "ceasefires",
              "ceasefire_statuses", "sources", "issues", "places", "tallies")  # fmt: skip
    # One name a block, the means of every eighth incident and each declarer are cited besides.
    besides = blocks + incidents // 8 + truces
    out["citations"] = sum(out[name] for name in itself) + besides
    return out


@dataclass(frozen=True)
class Plan:
    """The sizes of an invented package, and the id, day and source of each of its records.

    counts: records of each table. extras: citations of incidents beyond the first of each.
    """

    seed: int
    counts: dict[str, int]
    bases: dict[str, int]
    extras: int
    codes: dict[str, list[str]]

    def id(self, table: str) -> Callable[[int], str]:
        """The function that gives the id of a table's record number n, from 0."""
        prefix, base = PREFIXES[table], self.bases[table]
        return lambda n: f"{prefix}-{base + n}"

    def number(self, id: str) -> int:
        """The number of the record that an id of its own, or of one of its links, names."""
        digits = id.split("-", 2)[1]
        return int(digits) - 10 ** (len(digits) - 1)

    def random(self, name: str) -> Callable[[], float]:
        """A generator of its own: numbers from 0 to 1, the same on every machine."""
        key = hashlib.sha256(f"{self.seed} {name}".encode()).digest()
        return Random(int.from_bytes(key[:8])).random

    @property
    def blocks(self) -> int:
        return self.counts["actors"] // 16

    @property
    def groups(self) -> int:
        return self.counts["statements"] // ACTS

    def day(self, table: str, n: int) -> int:
        """The day of an incident or statement, counted from the first; they rise with n."""
        return n * SPAN // self.counts[table]

    def source(self, table: str, n: int) -> int:
        """The number of the source that tells of a record: read, dated, not before it.

        Sources with even numbers are read and dated, and nothing is planted in what others rest
        on; the last number is even.
        """
        told = n * self.counts["sources"] // self.counts[table]
        return told + (told & 1)

    def published(self, n: int) -> int:
        """The day of a source."""
        return (n + 1) * SPAN // self.counts["sources"]

    def more(self, incident: int) -> int:
        """How many citations an incident has beyond the first; none where a source dates it."""
        if incident % 8 == 5:
            return 0
        several = self.counts["incidents"] * 7 // 8
        before = incident - incident // 8 - (incident % 8 > 5)
        return (before + 1) * self.extras // several - before * self.extras // several

    def speaker(self, statement: int, kinds: Sequence[int]) -> int:
        """The number of the actor who makes a statement; the second act is part of the first."""
        group, act = divmod(statement, ACTS)
        at = 0 if act == 1 else act
        return (group * 7 + at * 3) % self.blocks * 16 + kinds[at]

    def truce(self, group: int) -> int:
        """The number of the ceasefire that a group of statements announces, or -1."""
        n = -(-group * self.counts["ceasefires"] // self.groups)
        return n if n < self.counts["ceasefires"] and self.announced(n) == group else -1

    def announced(self, truce: int) -> int:
        """The group of statements by which a ceasefire is announced."""
        return truce * self.groups // self.counts["ceasefires"]

    def state(self, truce: int) -> int:
        """The number of the incident that is the state of a ceasefire."""
        half = self.counts["incidents"] // 16
        return 8 * (1 + 2 * (truce * half // self.counts["ceasefires"])) + 6

    def aggregate(self, tally: int) -> int:
        """The number of the aggregate that a tally restates."""
        half = self.counts["incidents"] // 16
        return 16 * (tally * half // self.counts["tallies"]) + 4


def events(aggregate: int) -> tuple[int, int]:
    """How many events an aggregate stands for, at least and at most."""
    low = 2 + aggregate // 8 * 7 % 9
    return low, low + aggregate // 8 % 3


def make(rows: int, seed: int, codes: dict[str, list[str]]) -> Plan:
    """The plan of a package with so many records over all tables.

    codes: the codes of each code list, whose rows count too. Raises CannotRun for a number that
    is too small for a package in which every table and every code is used.
    """
    lists = sum(map(len, codes.values())) + len(codes["incident_types"])  # crosswalk: one each

    def needed(eighths: int) -> int:
        return sum(sizes(8 * eighths).values()) + int(EXTRA * 8 * eighths) + lists

    least = needed(8)
    if rows < least:
        raise CannotRun(f"{rows:,} rows are too few; expected {least:,} or more")
    low, high = 8, rows // 8 + 9
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if needed(middle) <= rows else (low, middle)
    counts = sizes(8 * low)
    extras = rows - lists - sum(counts.values())
    counts["citations"] += extras
    counts["crosswalk"] = len(codes["incident_types"])
    counts |= {name: len(list_) for name, list_ in codes.items()}
    # Ids of one table are of one length, so that their order is that of the numbers.
    bases = {name: 10 ** max(3, len(str(counts[name]))) for name in PREFIXES}
    return Plan(seed, counts, bases, extras, codes)
