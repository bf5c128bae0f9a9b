"""The bounds of incident-counts hold what happened, in worlds made up and told with doubt."""

from __future__ import annotations

import datetime
import random

import pytest

from hudna.form import package as packages
from hudna.meaning import views
from tests.packages import make

START = datetime.date(2020, 1, 20)
DAYS = 60
TYPES = ("ied", "indirect-fire", "drone-attack", "attack", "protest")
WIDER = {"ied": "attack", "indirect-fire": "attack", "drone-attack": "attack"}
TARGETS = ("us", "uk", "iraq")


def world(chance: random.Random) -> list[dict]:
    """What happened: events with a day, a type and targets."""
    return [
        {
            "day": START + datetime.timedelta(chance.randrange(DAYS)),
            "type": chance.choice(TYPES),
            "targets": chance.sample(TARGETS, chance.randint(1, 2)),
        }
        for _ in range(chance.randint(1, 12))
    ]


def dates(chance: random.Random, days: list[datetime.date], several: bool) -> dict:
    """Dates that are true of the days, exact or not."""
    first, last = min(days), max(days)
    some = datetime.timedelta(chance.randrange(20))
    exact = "throughout" if several else "day"
    kind = chance.choice([exact, exact, exact, "within", "by", "after", "unknown"])
    start = {"within": first - some, "after": first - some, exact: first}.get(kind)
    end = {"within": last + some, "by": last + some, exact: last}.get(kind)
    return {"date_precision": kind, "date_start": start, "date_end": end}


def told(chance: random.Random, events: list[dict]) -> tuple[list[dict], list[dict]]:
    """The events as rows that say nothing untrue: wholes, parts, groups of parts, and targets."""
    rows, actors = [], []

    def tell(members: list[dict], whole: str | None) -> None:
        name = f"i{len(rows)}"
        several = len(members) > 1
        kinds = {m["type"] for m in members}
        kind = kinds.pop() if len(kinds) == 1 else "attack"
        exact = chance.random() < 0.7
        rows.append({
            "incident_id": name, "title": name, "part_of": whole,
            "incident_type": kind if exact else WIDER.get(kind, kind),
            "extent": "aggregate" if several else "single",
            "events_low": chance.randint(2, len(members)) if several else 1,
            "events_high": chance.choice([None, len(members), len(members) + 2]) if several else 1,
            "status": "reported",
            **dates(chance, [m["day"] for m in members], several),
        })  # fmt: skip
        if chance.random() < 0.7:
            for target in sorted({t for m in members for t in m["targets"]}):
                row = {"incident_id": name, "actor_id": target, "role": "target", "basis": "stated"}
                actors.append({"involvement_id": f"a{len(actors)}", **row})
        left = list(members) if several else []
        while left and chance.random() < 0.7:
            size = min(len(left), chance.choice([1, 1, 2, 3]))
            if size == len(members):
                break
            tell([left.pop() for _ in range(size)], name)

    left = list(events)
    while left:
        size = min(len(left), chance.choice([1, 1, 1, 2, 4, 6]))
        group = [left.pop() for _ in range(size)]
        # A report of several events is one of attacks, or of protests.
        for members in ([e for e in group if e["type"] != "protest"],
                        [e for e in group if e["type"] == "protest"]):  # fmt: skip
            if members:
                tell(members, None)
    return rows, actors


def holds(event: dict, row: dict) -> bool:
    """Whether an event belongs into the cell of a row of the view."""
    start, end = row["window_start"], row["window_end"]
    return (
        (start is None or start <= event["day"])
        and (end is None or event["day"] <= end)
        and row["type"] in (event["type"], WIDER.get(event["type"]))
    )


@pytest.mark.parametrize("seed", range(12))
def test_lowest_and_highest_hold_the_truth(tmp_path, seed):
    chance = random.Random(seed)
    events = world(chance)
    rows, actors = told(chance, events)
    package, _ = packages.read(make(tmp_path, {"incidents": rows, "incident_actors": actors}))
    view = views.find("incident-counts", package)
    with views.load(package, views.reads(view, package)) as (store, _):
        for by, kind in (
            ("week", "attack"),
            ("month", "ied"),
            ("month", "protest"),
            ("all", "attack"),
        ):
            answer = views.ask(view, store, {"by": by, "type": kind})
            for values in answer.rows:
                row = dict(zip(answer.columns, values, strict=True))
                within = [e for e in events if holds(e, row)]
                highest = len(within) if row["highest"] is None else row["highest"]
                assert row["lowest"] <= highest, row
                if row["target"] == "*":
                    assert row["lowest"] <= len(within) <= highest, row
                elif row["target"] != "?":
                    assert row["lowest"] <= sum(row["target"] in e["targets"] for e in within), row
