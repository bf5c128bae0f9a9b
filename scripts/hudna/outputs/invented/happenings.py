"""Invented incidents, with who took part and by what means, and what was counted of them."""

from __future__ import annotations

from collections.abc import Iterator

from hudna.outputs.invented.lands import place
from hudna.outputs.invented.people import CERTAINTIES
from hudna.outputs.invented.plan import (
    DAYS,
    INVOLVED,
    MEANS,
    MEDIA,
    PREFIXES,
    SLACK,
    SPAN,
    Plan,
    events,
)  # fmt: skip
from hudna.outputs.invented.words import text, word

# An incident's number in its block of eight says what it is. The first is never faulted, and
# others may rest on it; the fifth is an aggregate, the sixth is dated by its source, the seventh
# a container or a state, of which the eighth is a part.
ANCHOR, AGGREGATE, CITED, WHOLE, PART = 0, 4, 5, 6, 7
STATES = ("withdrawal", "meeting", "arrest", "protest")
ROLES = ("perpetrator", "target", "victim", "participant", "authority", "facilitator",
         "instigator", "subject")  # fmt: skip
KINDS_OF_MEANS = (
    "rocket", "mortar", "missile", "ied", "vehicle-bomb", "suicide-vest", "drone", "aircraft",
    "small-arms", "rpg", "grenade", "fire", "knife", "stones", "tear-gas", "other",
)  # fmt: skip
BASES = ("stated", "stated", "claimed", "accused", "implied", "stated", "assessed", "denied",
         "stated", "inferred")  # fmt: skip


def dates(plan: Plan, n: int) -> list[str]:
    """The four columns of an incident's date."""
    day, at = SLACK + plan.day("incidents", n), n % 8
    now = DAYS[day]
    if at == 2:
        return [DAYS[day - 3], now, "within", "year-inferred"]
    if at == 3 and n // 8 % 5 == 0:
        return ["", "", "unknown", ""]
    if at == AGGREGATE:
        return [DAYS[day - 5], now, "throughout", "stated"]
    if at == CITED:
        published = plan.published(plan.source("incidents", n))
        return ["", DAYS[SLACK + published], "by", "citation"]
    if at == WHOLE:
        return whole_dates(day, n // 8)
    return [now, now, "day", "inferred" if at == 1 else "stated"]


def whole_dates(day: int, block: int) -> list[str]:
    """The date of a container (even blocks) or a state (odd ones), with room for its part."""
    before, after = DAYS[day - 10], DAYS[day + 300]
    form = block // 2 % 4 if block % 2 else 3
    return [
        [before, "", "since", "inferred"],
        [before, after, "as-of", "inferred"],
        ["", after, "until", "inferred"],
        [before, after, "throughout", "stated"],
    ][form]


def incidents(plan: Plan) -> Iterator[list[str]]:
    id, at_place, random = plan.id("incidents"), plan.id("places"), plan.random("incidents")
    truces = {plan.state(c): c for c in range(plan.counts["ceasefires"])}
    types = [c for c in plan.codes["incident_types"] if c != "ceasefire"]
    blocks = plan.counts["places"] // 8
    for n in range(plan.counts["incidents"]):
        at, block = n % 8, n // 8
        # The first hundred go through all types in order, so that every code is used.
        chosen = n * 7 if n < 104 else int(random() * len(types))
        kind = types[chosen % len(types)]
        number = n % 64 // 8 if n < 64 else int(random() * 8)
        where, precision = place(number, n, blocks, random())
        extent, parts, part_of = "single", ["1", "1"], ""
        if at == AGGREGATE:
            extent, (low, high) = "aggregate", events(n)
            parts = [str(low), str(high) if block % 3 else ""]
        elif at == WHOLE:
            extent, parts = "state" if block % 2 else "container", ["", ""]
            kind = "ceasefire" if n in truces else STATES[block % 4]
        elif at == PART and n - 1 not in truces:
            part_of = id(n - 1)
        killed, wounded = ["", "", ""], ["", "", ""]
        if at != WHOLE and random() < 0.6:
            low = int(random() * random() * 9)
            killed = [str(low), str(low), str(low + n % 3)]
            low = int(random() * random() * 30)
            wounded = [str(low), "", str(low + n % 7)]
        yield [
            id(n), f"{kind.replace('-', ' ').capitalize()} near {word(n, 3)}", kind,
            *dates(plan, n), at_place(where) if where >= 0 else "", precision, extent, *parts,
            *killed, *wounded, part_of, "presupposed" if n % 13 == 3 else "reported", text(n, 6),
        ]  # fmt: skip


def incident_means(plan: Plan) -> Iterator[list[str]]:
    id = plan.id("incidents")
    for n in range(plan.counts["incidents"]):
        for i in range(MEANS[n % 8]):
            means = KINDS_OF_MEANS[(n // 3 + 3 * i) % 16]
            low = n // 8 % 6
            pieces = [str(low), str(low + n % 4)] if n % 3 else ["", ""]
            yield [f"{id(n)}-m{i + 1}", id(n), means, *pieces]


def incident_actors(plan: Plan) -> Iterator[list[str]]:
    id, actor, random = plan.id("incidents"), plan.id("actors"), plan.random("involved")
    blocks = plan.blocks
    for n in range(plan.counts["incidents"]):
        own = id(n)
        for i in range(INVOLVED[n % 8]):
            drawn = random()
            # Any actor but a body that is only proposed, the last of each block.
            block = int(drawn * blocks)
            who = 16 * block + int(drawn * 1_000_003) % 15
            basis, asserted = BASES[(n // 8 + i) % 10], ""
            if basis in ("claimed", "denied"):
                asserted = actor(who)
            elif basis in ("accused", "assessed"):
                # The next block's, so that nobody accuses itself.
                asserted = actor(16 * ((block + 1) % blocks) + MEDIA)
            yield [
                f"{own}-{i + 1}", own, actor(who), ROLES[(n // 8 + n + i) % 8], basis, asserted,
                CERTAINTIES[(n + i) % 12], text(n + i, 25),
            ]  # fmt: skip


def tallies(plan: Plan) -> Iterator[list[str]]:
    id, incident, actor = plan.id("tallies"), plan.id("incidents"), plan.id("actors")
    at_place = plan.id("places")
    for n in range(plan.counts["tallies"]):
        whole = plan.aggregate(n)
        low, high = map(str, events(whole))
        start, end, *_ = dates(plan, whole)
        asserted = actor(n % plan.blocks * 16 + MEDIA)
        yield [
            id(n), f"{low} to {high} attacks, in count {n + 1}", incident(whole), start, end,
            "throughout", "stated", "attacks", "attack", at_place(n % 5), "", low, high, asserted,
            text(n, 3),
        ]  # fmt: skip


def distinct_incidents(plan: Plan) -> Iterator[list[str]]:
    id, count = plan.id("incidents"), plan.counts["distinct_incidents"]
    blocks = plan.counts["incidents"] // 8
    for n in range(count):
        one = 8 * (n * blocks // count)
        yield [id(one), id(one + 1), f"Other place, other hour; {text(n, 2) or 'no doubt'}"]


def withdrawn(plan: Plan) -> Iterator[list[str]]:
    tables = ("actors", "incidents", "issues", "places", "sources", "statements", "tallies")
    count = plan.counts["withdrawn"]
    base, last, n = 10 ** len(str(count)), "", 0
    for row in range(count):
        table = tables[row * len(tables) // count]
        n, last = (0 if table != last else n + 1), table
        new = plan.id(table)(n) if n < plan.counts[table] else ""
        yield [
            table, f"{PREFIXES[table]}-{base + row}-old", DAYS[SLACK + SPAN + row % 90],
            text(row, 2) or "Told twice", new,
        ]  # fmt: skip
