"""Invented ceasefires: who takes part, what they are held to be, and what breaks them."""

from __future__ import annotations

from collections.abc import Iterator

from hudna.outputs.invented import sayings
from hudna.outputs.invented.plan import ACTS, ARMED, DAYS, MEDIA, POPULATION, SLACK, SPAN, Plan
from hudna.outputs.invented.words import text, word

RELATIONS = ("violation", "not-a-violation")


def announcement(plan: Plan, n: int) -> int:
    """The number of the statement by which a ceasefire is announced."""
    return plan.announced(n) * ACTS


def declared(plan: Plan, n: int) -> int:
    """The day on which a ceasefire is declared, as a place in DAYS."""
    return SLACK + sayings.day(plan, announcement(plan, n))


def ceasefires(plan: Plan) -> Iterator[list[str]]:
    id, statement, incident = plan.id("ceasefires"), plan.id("statements"), plan.id("incidents")
    for n in range(plan.counts["ceasefires"]):
        day = declared(plan, n)
        end = DAYS[day + 90] if n % 3 else ""
        yield [
            id(n), f"Truce of {word(n, 3)}", statement(announcement(plan, n)),
            incident(plan.state(n)), "cessation-of-hostilities", "unilateral",
            ("true", "", "false")[n % 3], text(n, 2), DAYS[day], DAYS[day + 1], end,
        ]  # fmt: skip


def ceasefire_actors(plan: Plan) -> Iterator[list[str]]:
    id, actor = plan.id("ceasefires"), plan.id("actors")
    for n in range(plan.counts["ceasefires"]):
        day = DAYS[declared(plan, n)]
        speaker = plan.speaker(announcement(plan, n), sayings.SPEAKERS)
        block = speaker // 16 * 16
        for i, (who, position) in enumerate(
            ((speaker, "declarer"), (block + ARMED, "party"), (block + POPULATION, "protected")), 1
        ):
            dated = [day, day, "day", "stated"] if i == 1 else [day, "", "since", "inferred"]
            yield [f"{id(n)}-{i}", id(n), actor(who), position, *dated, "stated", "", ""]


def ceasefire_statuses(plan: Plan) -> Iterator[list[str]]:
    id, actor = plan.id("ceasefires"), plan.id("actors")
    for n in range(plan.counts["ceasefires"]):
        day = declared(plan, n)
        yield [
            f"{id(n)}-s1", id(n), "announced", DAYS[day], DAYS[day], "day", "stated", "stated",
            "", "", text(n, 3),
        ]  # fmt: skip
        yield [
            f"{id(n)}-s2", id(n), "in-force", DAYS[day + 1], DAYS[day + 30], "as-of", "inferred",
            "assessed", actor(n % plan.blocks * 16 + MEDIA), "apparent", "",
        ]  # fmt: skip


def ceasefire_incidents(plan: Plan) -> Iterator[list[str]]:
    id, incident, actor = plan.id("ceasefires"), plan.id("incidents"), plan.id("actors")
    for n in range(plan.counts["ceasefires"]):
        for i in (1, 2):
            later = after(plan, n) + 8 * i
            yield [
                f"{id(n)}-i{i}", id(n), incident(later), RELATIONS[i - 1],
                actor((n + i) % plan.blocks * 16 + ARMED), ("true", "", "false")[n % 3],
            ]  # fmt: skip


def after(plan: Plan, truce: int) -> int:
    """The number of an incident on the day of a ceasefire's declaration or later."""
    all_ = plan.counts["incidents"]
    day = declared(plan, truce) - SLACK
    number = -(-day * all_ // SPAN)
    return min(number + -number % 8, all_ - 24)
