"""Dates and claims that break a rule, in every table that has them."""

from __future__ import annotations

from hudna.outputs.invented import happenings, sayings
from hudna.outputs.invented.faults import EARLY, Context, Fault, Planted
from hudna.outputs.invented.plan import ACTS, DAYS, MEDIA, SLACK

Row = list[str]
DATES = ("date_start", "date_end", "date_precision", "date_basis")


def free(c: Context, n: int) -> bool:
    """Whether no other record, and no citation, rests on the date of a record."""
    name = c.table.name
    if name == "incidents":
        return n % 8 in (1, 2, 3)
    if name == "statements":
        return n % ACTS in (2, 3, 4, 6, 8, 10, 14, 15, 20)
    if name == "sources":
        return n & 1 == 1
    return name != "ceasefire_statuses" or n % 2 == 1


def dated(*texts: str) -> dict[str, str]:
    """The four cells of a date."""
    return dict(zip(DATES, texts, strict=True))


def order(c: Context, n: int, row: Row) -> Planted | None:
    start = c.get(row, "date_start")
    if not free(c, n) or not start:
        return None
    before = DAYS[max(0, DAYS.index(start) - 30)]
    cells = dated(start, before, "within", "stated")
    return c.broken(row, "dates-in-order", "date_end", **cells)


def fit(c: Context, n: int, row: Row) -> Planted | None:
    if n < EARLY or not free(c, n) or not all(c.get(row, d) for d in DATES[:2]):
        return None
    return c.broken(row, "dates-fit-precision", "date_start", date_precision="by")


def basis(c: Context, n: int, row: Row) -> Planted | None:
    if n < EARLY or not free(c, n) or not c.get(row, "date_basis"):
        return None
    return c.broken(row, "dates-have-a-basis", "date_basis", date_basis="")


def window(c: Context, n: int, row: Row) -> Planted | None:
    """A date that is unknown where none may be."""
    rule = {
        "tallies": "tallies-have-a-window", "coverage": "coverage-has-a-window",
        "sources": "published-sources-are-dated",
    }.get(c.table.name)  # fmt: skip
    if not rule or (c.table.name == "sources" and n // 2 % 5 not in (0, 1)) or not free(c, n):
        return None
    cells = dated("", "", "unknown", "")
    return c.broken(row, rule, "date_precision", **cells)


def cited(c: Context, n: int, row: Row) -> Planted | None:
    """A date that is said to be that of a source, and is not, or is no bound."""
    incident, act = c.table.name == "incidents", n % ACTS
    if n < EARLY or not (n % 8 == happenings.CITED if incident else act in sayings.BY_CITATION):
        return None
    end = c.get(row, "date_end")
    if n // 8 % 2:
        cells = dated(end, end, "day", "citation")
        return c.broken(row, "citation-bounds-the-end", "date_precision", **cells)
    early = DAYS[DAYS.index(end) - 400]
    cells = dated("", early, "by", "citation")
    return c.broken(row, "citation-dates-are-of-a-source", "date_end", **cells)


def future(c: Context, n: int, row: Row) -> Planted | None:
    """A date after that of the only source."""
    if not free(c, n) or (c.table.name == "incidents" and c.plan.more(n)):
        return None
    cells = dated(DAYS[-1], DAYS[-1], "day", "stated")
    return c.broken(row, "nothing-after-its-sources", "date_start", **cells)


def sayable(c: Context, n: int) -> bool:
    """Whether a row's basis may change: a category speaks by assessment only."""
    return n >= EARLY and (c.table.name != "statements" or n % ACTS != 12)


def nobody(c: Context, n: int, row: Row) -> Planted | None:
    if not sayable(c, n):
        return None
    cells = {"basis": "denied", "asserted_by": ""}
    return c.broken(row, "assertions-name-who", "asserted_by", **cells)


def inferred(c: Context, n: int, row: Row) -> Planted | None:
    if not sayable(c, n):
        return None
    cells = {"basis": "inferred", "asserted_by": c.id("actors", MEDIA)}
    return c.broken(row, "inferences-name-nobody", "asserted_by", **cells)


def early(c: Context, n: int, row: Row) -> Planted | None:
    """A part before its whole: the whole is a container, whose bounds stand."""
    if n % 8 != happenings.PART or n // 8 % 2:
        return None
    day = DAYS[SLACK + c.plan.day("incidents", n) - 600]
    cells = dated(day, day, "day", "stated")
    return c.broken(row, "parts-in-time", "date_start", **cells)


ANY = (order, fit, basis)
CLAIM = (nobody, inferred)
FAULTS: dict[str, tuple[Fault, ...]] = {
    "actor_relations": (*ANY, *CLAIM),
    "incidents": (*ANY, cited, future, early),
    "incident_actors": CLAIM,
    "statements": (*ANY, *CLAIM, cited, future),
    "statement_targets": CLAIM,
    "ceasefire_actors": (*ANY, *CLAIM),
    "ceasefire_statuses": (*ANY, *CLAIM),
    "sources": (*ANY, window),
    "tallies": (*ANY, window),
    "coverage": (*ANY, window),
}
