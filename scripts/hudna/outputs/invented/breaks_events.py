"""Rows of incidents, of what belongs to them, and of ceasefires, that break a rule."""

from __future__ import annotations

from hudna.outputs.invented import sayings, truces
from hudna.outputs.invented.faults import EARLY, Context, Fault, Planted
from hudna.outputs.invented.happenings import AGGREGATE
from hudna.outputs.invented.plan import ACTS, DAYS, MEDIA, PROPOSED, SLACK

Row = list[str]
NONE = dict.fromkeys(
    ("killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high"), ""
)
NO_EVENTS = {"events_low": "", "events_high": ""}


def single(n: int) -> bool:
    return n % 8 in (1, 2, 3)


def free_aggregate(n: int) -> bool:
    """Whether an incident is an aggregate that no tally restates."""
    return n % 8 == AGGREGATE and n // 8 % 2 == 1


def losses(c: Context, n: int, row: Row) -> Planted | None:
    if not single(n) and not free_aggregate(n):
        return None
    if n % 3:
        cells = {"killed_low": "5", "killed_best": "3", "killed_high": "9"}
        return c.broken(row, "killed-in-order", "killed_low", **cells)
    cells = {"wounded_low": "1", "wounded_best": "", "wounded_high": "0"}
    return c.broken(row, "wounded-in-order", "wounded_low", **cells)


def one_event(c: Context, n: int, row: Row) -> Planted | None:
    return c.broken(row, "single-is-one-event", "events_high", events_high="2") \
        if single(n) else None  # fmt: skip


def several(c: Context, n: int, row: Row) -> Planted | None:
    """An aggregate whose numbers cannot be, or that is a part of itself."""
    if not free_aggregate(n):
        return None
    rule, field, cells = (
        ("aggregate-is-several", "events_low", {"events_low": ""}),
        ("bare-plural-is-two", "events_low", {"events_low": "1", "events_high": ""}),
        ("events-in-order", "events_high", {"events_low": "9", "events_high": "3"}),
        ("parts-without-cycles", "part_of", {"part_of": row[0]}),
    )[n // 16 % 4]
    return c.broken(row, rule, field, **cells)


def part_too_many(c: Context, n: int, row: Row) -> Planted | None:
    """An aggregate, and after it a part (uncited) that is more than the whole."""
    if not free_aggregate(n):
        return None
    cells = {"part_of": row[0], "extent": "single", "events_low": "1", "events_high": "1"}
    cells |= NONE | {"date_start": c.get(row, "date_end"), "date_precision": "day"}
    high = c.get(row, "events_high")
    if n // 16 % 3 == 0 and high:
        more = {"extent": "aggregate", "events_low": str(int(high) + 1), "events_high": ""}
        found = [(0, "events_high", "parts-within-count")]
        return c.doubled(row, found, **cells | more)
    what = ("killed", "wounded")[n // 16 % 2]
    if not (most := c.get(row, f"{what}_high")):
        return None
    cells |= {f"{what}_{bound}": str(int(most) + 1) for bound in ("low", "best", "high")}
    return c.doubled(row, [(0, f"{what}_high", f"parts-within-{what}")], **cells)


def extent(c: Context, n: int, row: Row) -> Planted | None:
    """A single incident turned into what it cannot be without others."""
    if n < EARLY or not single(n):
        return None
    if n % 3 == 0:
        rule = "containers-have-parts"
        return c.broken(row, rule, "extent", extent="container", **NO_EVENTS)
    cells = {"incident_type": "ceasefire"}
    planted = c.broken(row, "truces-have-a-ceasefire", "incident_type", **cells)
    if n % 3 == 1:
        rows = [c.changed(planted.rows[0], extent="state", **NO_EVENTS)]
        return planted._replace(rows=rows)
    found = [(0, "extent", "ceasefires-are-states"), *planted.findings]
    return planted._replace(findings=found)


def where(c: Context, n: int, row: Row) -> Planted | None:
    if n < EARLY or not single(n):
        return None
    if n % 2 and c.get(row, "place_id"):
        rule = "place-and-precision"
        return c.broken(row, rule, "place_precision", place_precision="unknown")
    cells = {"place_id": c.id("places", 0), "place_precision": "city"}
    return c.broken(row, "precision-fits-place", "place_precision", **cells)


def whole(c: Context, n: int, row: Row) -> Planted | None:
    """A part of a single incident: of the one before it, on its day."""
    if n % 8 != 1:
        return None
    day = DAYS[SLACK + c.plan.day("incidents", n - 1)]
    cells = {"date_start": day, "date_end": day, "date_precision": "day", "date_basis": "stated"}
    cells |= NONE | {"part_of": c.id("incidents", n - 1)}
    return c.broken(row, "wholes-are-not-single", "part_of", **cells)


def incident_uncited(c: Context, n: int, row: Row) -> Planted | None:
    nowhere = {"place_id": "", "place_precision": "unknown"}
    return c.doubled(row, [], **nowhere) if single(n) else None


def incident_twice(c: Context, n: int, row: Row) -> Planted | None:
    """A copy that may be the same event: of one day, at a place below a country."""
    if n % 8 != 1 or c.get(row, "place_precision") in ("country", "unknown"):
        return None
    return c.doubled(row, [(1, "incident_id", "near-incidents-are-decided")])


def pieces(c: Context, n: int, row: Row) -> Planted | None:
    cells = {"quantity_low": "9", "quantity_high": "2"}
    return c.broken(row, "quantities-in-order", "quantity_high", **cells)


def means_twice(c: Context, n: int, row: Row) -> Planted | None:
    return c.doubled(row, [(1, "means", "means-told-once")])


def involved_twice(c: Context, n: int, row: Row) -> Planted | None:
    return c.doubled(row, [(1, "role", "involvements-told-once")])


def involved_claim(c: Context, n: int, row: Row) -> Planted | None:
    if n < EARLY:
        return None
    who, other = c.get(row, "actor_id"), c.id("actors", MEDIA)
    if n % 2:
        cells = {"basis": "accused", "asserted_by": who}
        return c.broken(row, "accusers-accuse-others", "basis", **cells)
    cells = {"basis": "claimed", "asserted_by": other}
    return c.broken(row, "claims-are-of-oneself", "asserted_by", **cells) if who != other else None


def involved_proposed(c: Context, n: int, row: Row) -> Planted | None:
    if c.get(row, "basis") not in ("stated", "implied"):
        return None
    cells = {"actor_id": c.id("actors", PROPOSED)}
    return c.broken(row, "proposed-bodies-do-not-act", "actor_id", **cells)


def truce_days(c: Context, n: int, row: Row) -> Planted | None:
    if n % 3 == 0:
        return None
    day = truces.declared(c.plan, n)
    if n % 2:
        cells = {"effective_start": DAYS[day + 1], "effective_end": DAYS[day]}
        return c.broken(row, "effective-in-order", "effective_end", **cells)
    cells = {"effective_start": DAYS[day - 5], "effective_end": ""}
    return c.broken(row, "effective-once-declared", "effective_start", **cells)


def truce_word(c: Context, n: int, row: Row) -> Planted | None:
    """A ceasefire announced on another day, or by somebody who has no part in it."""
    if n % 3 == 0:
        return None
    day, group = truces.declared(c.plan, n), c.plan.announced(n)
    if n % 2:
        rule = "announced-on-the-day"
        return c.broken(row, rule, "declared_on", declared_on=DAYS[day - 3])
    other = (group + 1) % c.plan.groups * ACTS
    speakers = {c.plan.speaker(s, sayings.SPEAKERS) for s in (group * ACTS, other)}
    cells = {"announcement_id": c.id("statements", other), "declared_on": ""}
    rule = "announced-by-the-declarer"
    return c.broken(row, rule, "announcement_id", **cells) if len(speakers) == 2 else None


def truce_alone(c: Context, n: int, row: Row) -> Planted | None:
    """A second ceasefire without actors or citation, of an incident that is none."""
    found = [
        (1, "ceasefire_id", "ceasefires-have-a-declarer"),
        (1, "incident_id", "ceasefires-name-their-state"),
    ]
    return c.doubled(row, found, incident_id=c.id("incidents", 1))


def party(c: Context, n: int, row: Row) -> Planted | None:
    if n % 2:
        return c.doubled(row, [(1, "position", "positions-told-once")])
    if c.get(row, "position") == "protected":
        return None
    return c.doubled(row, [(1, "position", "positions-do-not-clash")], position="rejecter")


def status(c: Context, n: int, row: Row) -> Planted | None:
    if n % 6 == 5:
        cells = {"status": "ended", "basis": "stated", "asserted_by": ""}
        return c.broken(row, "ends-have-a-holder", "asserted_by", **cells)
    if n % 6:
        return c.doubled(row, [])
    day = DAYS[truces.declared(c.plan, n // 2) - 30]
    rule = "not-announced-before-declared"
    return c.broken(row, rule, "date_end", date_start=day, date_end=day)


def violation(c: Context, n: int, row: Row) -> Planted | None:
    if n % 2 or n // 2 % 3 or n == 0:
        return c.broken(row, "violations-have-an-alleger", "alleged_by", alleged_by="")
    first = c.id("incidents", 0)
    return c.broken(row, "violations-follow-the-declaration", "incident_id", incident_id=first)


def tally(c: Context, n: int, row: Row) -> Planted | None:
    rule, field, cells = (
        ("counts-in-order", "count_high", {"count_low": "9", "count_high": "3", "incident_id": ""}),
        ("tallies-count", "count_low", {"count_low": "", "count_high": ""}),
        ("tallies-agree-with-aggregates", "count_high", {"count_low": "0", "count_high": "0"}),
        ("tallies-restate-aggregates", "incident_id",
         {"incident_id": c.id("incidents", 0), "unit": "killed"}),
    )[n % 4]  # fmt: skip
    return c.broken(row, rule, field, **cells) if n else None


def tally_uncited(c: Context, n: int, row: Row) -> Planted | None:
    return c.doubled(row, [])


def same_pair(c: Context, n: int, row: Row) -> Planted | None:
    cells = {"incident_id": row[1], "other_id": row[0]}
    return c.broken(row, "distinct-pairs-in-order", "other_id", **cells)


FAULTS: dict[str, tuple[Fault, ...]] = {
    "incidents": (losses, one_event, several, part_too_many, extent, where, whole,
                  incident_uncited, incident_twice),
    "incident_means": (pieces, means_twice),
    "incident_actors": (involved_twice, involved_claim, involved_proposed),
    "ceasefires": (truce_days, truce_word, truce_alone),
    "ceasefire_actors": (party,),
    "ceasefire_statuses": (status,),
    "ceasefire_incidents": (violation,),
    "tallies": (tally, tally_uncited),
    "distinct_incidents": (same_pair,),
}  # fmt: skip
