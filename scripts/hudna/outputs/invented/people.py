"""Invented actors, their names and their ties."""

from __future__ import annotations

from collections.abc import Iterator

from hudna.outputs.invented.plan import (
    ARMED,
    BLOC,
    BODY,
    CATEGORY,
    DAYS,
    KINDS,
    MEDIA,
    MILITARY,
    NAMES,
    OFFICE,
    PERSON,
    POPULATION,
    PROPOSED,
    RELIGIOUS,
    SLACK,
    SPAN,
    STATE,
    TIES,
    UMBRELLA,
    UNNAMED,
    Plan,
)  # fmt: skip
from hudna.outputs.invented.words import arabic, text, word

# Codes that ISO 3166 leaves to their users: no state has them.
COUNTRIES = ("XAA", "XBB", "XCC", "XDD", "XEE")
PATTERNS = (
    "{0} {1}", "Office of {0}", "Republic of {0}", "Ministry of {0}", "Army of {0}",
    "{0} Brigade", "groups near {0}", "an officer of {0}", "people of {0}", "{0} Front",
    "{0} Alliance", "Seminary of {0}", "{0} Movement", "{0} Herald", "{0} Guard",
    "Council of {0} (proposed)",
)  # fmt: skip
CLASSES = (CATEGORY, POPULATION, PROPOSED)
CERTAINTIES = ("", "certain", "likely", "", "possible", "apparent", "", "doubtful", "unclear",
               "", "unmarked", "")  # fmt: skip
# Ties of armed groups and armies to their state, of persons to a front, of blocs to each other.
TO_STATES = ("supports", "aligned-with", "influences", "controls", "created-by", "embedded-in",
             "intermediary-for", "intermediary-to", "recognises-authority-of", "opposes",
             "serves", "sponsors")  # fmt: skip
AT_FRONTS = ("leads", "speaks-for", "official-of", "highest-authority-in")
BOTH_WAYS = ("close-to", "same-as", "rival-of")


def name(n: int) -> str:
    """The name of an actor."""
    return PATTERNS[n % 16].format(word(n), word(n + 1_000_000, 3))


def actors(plan: Plan) -> Iterator[list[str]]:
    id = plan.id("actors")
    for n in range(plan.counts["actors"]):
        kind = n % 16
        named = "" if kind in CLASSES else "false" if kind == UNNAMED else "true"
        country = COUNTRIES[n // 16 % 5] if kind != UNNAMED else ""
        # No entry of Wikidata has a number so high.
        wikidata = f"Q9{n:011d}" if named == "true" and n // 16 % 4 == 0 else ""
        yield [id(n), name(n), KINDS[kind], named, country, text(n, 5), wikidata]


def names_of(n: int) -> list[tuple[str, str, str]]:
    """The names of an actor: name, type, language."""
    kind, front, plain = n % 16, n // 16, name(n)
    own = (plain, "name", "en")
    if kind == UNNAMED:
        return [("the deputy", "title", "en")]
    if kind in (CATEGORY, POPULATION):
        return [own]
    script = (arabic(n), "name", ("ar", "fa", "ckb")[front % 3])
    if kind == PERSON:
        return [own, script, ("al-" + word(n, 3), "alias", "ar-Latn")]
    short = (word(n, 2)[:3].upper(), "abbreviation", "en")
    return [own, script, short]


def actor_names(plan: Plan) -> Iterator[list[str]]:
    id = plan.id("actors")
    for n in range(plan.counts["actors"]):
        for i, (own, kind, language) in enumerate(names_of(n)[: NAMES[n % 16]], 1):
            yield [f"{id(n)}-{i}", id(n), own, kind, language]


def ends(plan: Plan, block: int) -> list[tuple[int, str, str, str]]:
    """The ties of a block of actors: subject, type, table and id of the object."""
    first = 16 * block
    actor, issue, place = plan.id("actors"), plan.id("issues"), plan.id("places")
    other = [
        ("seeks", "issues", issue(block % plan.counts["issues"])),
        ("adheres-to", "issues", issue(block * 3 % plan.counts["issues"])),
        ("based-in", "places", place(block % plan.counts["places"])),
    ][block % 3]
    inner = [
        (PERSON, "holds-office", OFFICE),
        (OFFICE, "part-of", BODY),
        (BODY, "part-of", STATE),
        (PERSON, "member-of", CATEGORY),
        (ARMED, "member-of", UMBRELLA),
        (CATEGORY, "subset-of", POPULATION),
        (ARMED, TO_STATES[2 * block % 12], STATE),
        (MILITARY, TO_STATES[(2 * block + 1) % 12], STATE),
        (PERSON, AT_FRONTS[block % 4], UMBRELLA),
        (BLOC, BOTH_WAYS[block % 3], RELIGIOUS),
    ]
    out = [(first + s, tie, "actors", actor(first + o)) for s, tie, o in inner]
    return [*out, (first + BLOC, *other)]


def dated(n: int, day: int) -> list[str]:
    """The four columns of a date, in all precisions that bound nothing else."""
    start, end = DAYS[SLACK + day], DAYS[SLACK + day + n % 40]
    precision = ("since", "as-of", "throughout", "until", "by", "within", "day")[n % 7]
    basis = ("stated", "inferred", "year-inferred")[n % 3]
    return {
        "since": [start, "", precision, basis],
        "until": ["", end, precision, basis],
        "by": ["", end, precision, basis],
        "day": [start, start, precision, basis],
    }.get(precision, [start, end, precision, basis])


def actor_relations(plan: Plan) -> Iterator[list[str]]:
    id, actor, random = plan.id("actor_relations"), plan.id("actors"), plan.random("ties")
    for block in range(plan.blocks):
        for i, (subject, tie, table, object_id) in enumerate(ends(plan, block)):
            n = block * TIES + i
            basis, asserted = "stated", ""
            if n % 5 == 1:
                basis, asserted = "assessed", actor(16 * block + MEDIA)
            elif n % 5 == 3:
                basis = "implied"
            elif n % 10 == 7:
                basis, asserted = "claimed", actor(subject)
            yield [
                id(n), actor(subject), tie, table, object_id, *dated(n, int(random() * SPAN)),
                basis, asserted, CERTAINTIES[n % 12], "largely" if n % 9 == 4 else "", text(n, 7),
            ]  # fmt: skip
