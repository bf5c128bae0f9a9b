"""Invented statements, what they point to, and what became of the forecasts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hudna.outputs.invented.happenings import ANCHOR
from hudna.outputs.invented.people import CERTAINTIES
from hudna.outputs.invented.plan import (
    ACTS,
    ARMED,
    BLOC,
    BODY,
    CATEGORY,
    DAYS,
    MEDIA,
    MOVEMENT,
    OFFICE,
    PERSON,
    POPULATION,
    RELIGIOUS,
    SLACK,
    STATE,
    TIES,
    UMBRELLA,
    Plan,
)  # fmt: skip
from hudna.outputs.invented.words import text, word


class Target(NamedTuple):
    """What an act points to: the role, the table, and the rest of the link's columns."""

    role: str
    table: str
    stance: str = ""
    connective: str = ""
    negated: str = "false"


class Act(NamedTuple):
    """One statement of a group of 24: its type, the kind of its speaker, what it points to."""

    type: str
    speaker: int
    targets: tuple[Target, ...]
    basis: str = "stated"


TO = Target("addressee", "actors")
# Where nothing else is said, the first target of an act is what its type asks for: it is never
# made to point elsewhere.
ACTS_OF_A_GROUP = (
    Act("announce", UMBRELLA, (Target("topic", "ceasefires"),)),
    Act("threaten", UMBRELLA, (Target("outcome", "issues", "", "any"),
                               Target("outcome", "issues", "", "any"), TO)),
    Act("condemn", STATE, (Target("topic", "incidents", "-1"),)),
    Act("criticise", BODY, (Target("topic", "actors", "-1"),)),
    Act("accuse", STATE, (Target("topic", "actors", "-1"), Target("evidence", "incidents"))),
    Act("demand", BLOC, (Target("topic", "ceasefires", "1"),
                         Target("condition", "issues", "1", "all"),
                         Target("condition", "issues", "1", "all", "true"), TO)),
    Act("appeal", RELIGIOUS, (Target("topic", "issues", "1"), TO, Target("purpose", "issues"))),
    Act("edict", RELIGIOUS, (Target("topic", "issues", "1"), TO, Target("means", "issues"))),
    Act("endorse", BLOC, (Target("topic", "actors", "1"),)),
    Act("affirm", MOVEMENT, (TO,)),
    Act("chant", POPULATION, (TO,)),
    Act("symbolic-act", MOVEMENT, (Target("topic", "places"), Target("occasion", "incidents"))),
    Act("no-clear-position", CATEGORY, (Target("topic", "incidents", "0"),), "assessed"),
    Act("forecast", MEDIA, (Target("outcome", "issues", "-1"), Target("topic", "ceasefires"),
                            Target("necessary-condition", "issues"))),
    Act("explain", MEDIA, (Target("cause", "issues"), Target("effect", "incidents"),
                           Target("after", "incidents"))),
    Act("interpret", MEDIA, (Target("topic", "statements"), Target("purpose", "issues"))),
    Act("assess", MEDIA, (Target("topic", "actor_relations"), Target("covariate", "issues"),
                          Target("affected", "actors", "-1"))),
    Act("announce", OFFICE, (Target("topic", "issues"),)),
    Act("condemn", OFFICE, (Target("topic", "incidents", "-1"),)),
    Act("reject", ARMED, (Target("topic", "issues", "-1"), Target("means", "issues"))),
    Act("claim-responsibility", ARMED, (Target("topic", "incidents", "1"),)),
    Act("deny", ARMED, (Target("topic", "incidents", "", "", "true"), TO)),
    Act("affirm", PERSON, (TO,)),
    Act("forecast", MEDIA, (Target("outcome", "issues"),)),
)  # fmt: skip
SPEAKERS = tuple(act.speaker for act in ACTS_OF_A_GROUP)
PARTS = (1,)  # an act that is a part of the utterance before it
BY_CITATION = (9, 22)  # acts dated by their source
OUTCOMES = ("occurred", "partly", "not-occurred", "condition-not-met", "open")


def day(plan: Plan, n: int) -> int:
    """The day of a statement; a part has that of its whole."""
    return plan.day("statements", n - 1 if n % ACTS in PARTS else n)


def dates(plan: Plan, n: int) -> list[str]:
    """The four columns of a statement's date."""
    said, act = SLACK + day(plan, n), n % ACTS
    if act in BY_CITATION:
        published = SLACK + plan.published(plan.source("statements", n))
        if act == 9:
            return ["", DAYS[published], "by", "citation"]
        return [DAYS[said - 6], DAYS[published], "within", "citation"]
    if act == 12:
        return [DAYS[said - 9], DAYS[said], "within", "year-inferred"]
    return [DAYS[said], DAYS[said], "day", "stated"]


def statements(plan: Plan) -> Iterator[list[str]]:
    id, actor = plan.id("statements"), plan.id("actors")
    for n in range(plan.counts["statements"]):
        group, number = divmod(n, ACTS)
        act = ACTS_OF_A_GROUP[number]
        speaker = plan.speaker(n, SPEAKERS)
        analyst = actor(speaker // 16 * 16 + MEDIA) if act.basis == "assessed" else ""
        behalf = actor(speaker // 16 * 16 + UMBRELLA) if number in (20, 21) else ""
        known = DAYS[SLACK + day(plan, n) + 2] if number == 18 else ""
        channel = {10: "street", 13: "publication", 14: "publication"}.get(number, "")
        yield [
            id(n), actor(speaker), behalf, act.type,
            f"{act.type.replace('-', ' ').capitalize()}, on {word(n, 3)}. {text(n, 5)}".strip(),
            *dates(plan, n), known, channel, "implicit" if number in (11, 12) else "explicit",
            act.basis, analyst, CERTAINTIES[(group + number) % 12],
            "increasingly" if n % 17 == 5 else "", id(n - 1) if number in PARTS else "",
        ]  # fmt: skip


def points(plan: Plan, table: str, group: int, n: int, slot: int) -> int:
    """The number of the record to which a statement's target points.

    slot: how many targets that are issues stand before it in the group; each issue has one of
    the first eight.
    """
    if table == "issues":
        return (8 * group + slot % 8) % plan.counts["issues"]
    if table == "ceasefires":
        truce = plan.truce(group)
        return truce if truce >= 0 else group % plan.counts["ceasefires"]
    if table == "incidents":
        number = n * plan.counts["incidents"] // plan.counts["statements"]
        return number - number % 8 + ANCHOR
    if table == "statements":
        return n - 3
    if table == "actor_relations":
        return group * TIES % plan.counts[table]
    if table == "places":
        return group % plan.counts["places"]
    # An actor of another block than the speaker's, of a kind that can be spoken to.
    return (plan.speaker(n, SPEAKERS) // 16 + 1) % plan.blocks * 16 + (STATE, ARMED)[n % 2]


def statement_targets(plan: Plan) -> Iterator[list[str]]:
    ids = {t: plan.id(t) for a in ACTS_OF_A_GROUP for t in {x.table for x in a.targets}}
    id, actor = plan.id("statements"), plan.id("actors")
    for group in range(plan.groups):
        slot = 0
        for number, act in enumerate(ACTS_OF_A_GROUP):
            n = group * ACTS + number
            asserted = actor(plan.speaker(n, SPEAKERS) // 16 * 16 + MEDIA)
            asserted = asserted if act.basis == "assessed" else ""
            for i, t in enumerate(act.targets, 1):
                target = ids[t.table](points(plan, t.table, group, n, slot))
                slot += t.table == "issues"
                yield [
                    f"{id(n)}-{i}", id(n), t.role, t.table, target, t.negated, t.connective,
                    t.stance, act.basis, asserted, text(n + i, 21),
                ]  # fmt: skip


def resolutions(plan: Plan) -> Iterator[list[str]]:
    id, incident = plan.id("statements"), plan.id("incidents")
    for group in range(plan.groups):
        n = group * ACTS + 13
        outcome = OUTCOMES[group % 5]
        last = plan.counts["incidents"] - 8
        then = incident(min(points(plan, "incidents", group, n, 0) + 8, last))
        yield [
            f"{id(n)}-r1", id(n), DAYS[SLACK + day(plan, n) + 200], outcome,
            then if outcome == "occurred" else "", text(group, 4),
        ]  # fmt: skip


def issues(plan: Plan) -> Iterator[list[str]]:
    id, actor = plan.id("issues"), plan.id("actors")
    kinds = ("policy", "doctrine", "matter", "hypothetical-event", "state-of-affairs")
    for n in range(plan.counts["issues"]):
        bearer = actor(n % plan.blocks * 16 + BODY) if n % 2 else ""
        yield [id(n), f"{word(n, 3)} is settled", kinds[n % 5], bearer, text(n, 3)]


# The targets of a group of statements, in their order, and those of them on which nothing rests:
# neither the first of an act, nor the only word that is said of an issue.
FLAT = [(number, i, t) for number, act in enumerate(ACTS_OF_A_GROUP)
        for i, t in enumerate(act.targets, 1)]  # fmt: skip
LOOSE = {
    at for at, (number, i, t) in enumerate(FLAT)
    if i > 1 and (t.table != "issues" or number > 13)
    and t.role not in ("topic", "condition", "necessary-condition", "outcome")
}  # fmt: skip
