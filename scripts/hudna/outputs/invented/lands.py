"""Invented places, and what was searched there."""

from __future__ import annotations

from collections.abc import Iterator

from hudna.outputs.invented.people import COUNTRIES
from hudna.outputs.invented.plan import DAYS, SLACK, SPAN, Plan
from hudna.outputs.invented.words import arabic, text, word

# In each block of eight places: its type, and the number in the block of what it is part of.
PLACES = (
    ("governorate", None), ("city", 0), ("district", 1), ("site", 2),
    ("city", 0), ("site", 4), ("site", 4), ("district", 0),
)  # fmt: skip
# Which country, by an incident's number in its block of eight.
COUNTRY = (0, 1, 2, 0, 3, 0, 0, 4)
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Which places of a block a precision may name; the first block holds countries and regions.
PRECISIONS = (
    ("exact", (3, 5, 6)), ("near", (1, 4, 5)), ("city", (1, 2, 4, 7)), ("city", (1, 4)),
    ("governorate", (0,)), ("country", None), ("unknown", None), ("exact", (3, 5)),
)  # fmt: skip


def degrees(hundredths: int) -> str:
    """Hundredths of a degree, as the shortest decimal."""
    whole, rest = divmod(abs(hundredths), 100)
    digits = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{'-' if hundredths < 0 else ''}{whole}{digits}"


def places(plan: Plan) -> Iterator[list[str]]:
    id, random = plan.id("places"), plan.random("places")
    for n in range(plan.counts["places"]):
        block, at = divmod(n, 8)
        if block:
            kind, whole = PLACES[at]
            country = COUNTRIES[block % 5]
            part_of = id(block % 5) if whole is None else id(8 * block + whole)
        else:
            kind = "country" if n < 5 else "region"
            country, part_of = COUNTRIES[n % 5], "" if n < 5 else id(n % 5)
        code = block % 36**3
        digits = DIGITS[code // 1296] + DIGITS[code // 36 % 36] + DIGITS[code % 36]
        subdivision = f"{country[:2]}-{digits}" if kind in ("governorate", "region") else ""
        north, east = int(random() * 17000) - 8500, int(random() * 35000) - 17500
        point = [degrees(north), degrees(east)] if n % 3 else ["", ""]
        # Above every number that GeoNames has given.
        geonames = str(900_000_000 + n) if kind == "city" else ""
        yield [
            id(n), word(n, 3), arabic(n, 3) if n % 4 else "", kind, part_of, country, subdivision,
            *point, geonames,
        ]  # fmt: skip


def place(number: int, incident: int, blocks: int, random: float) -> tuple[int, str]:
    """Where an incident is: the number of a place (-1: unknown), and how exactly.

    Incidents of one time are in blocks of their own, so that no two may be one event.
    """
    precision, within = PRECISIONS[number]
    if precision == "unknown":
        return -1, precision
    if within is None:
        # Whole countries are few, so that only the first incidents are placed in one.
        return (COUNTRY[incident % 8], precision) if incident < 64 else (-1, "unknown")
    block = 1 + incident % (blocks - 1)
    return 8 * block + within[int(random * 1009) % len(within)], precision


def coverage(plan: Plan) -> Iterator[list[str]]:
    id, at, random = plan.id("coverage"), plan.id("places"), plan.random("coverage")
    types = plan.codes["incident_types"]
    for n in range(plan.counts["coverage"]):
        day = int(random() * SPAN)
        yield [
            id(n), f"Search number {n + 1}", DAYS[SLACK + day], DAYS[SLACK + day + 30],
            "throughout", "stated", at(int(random() * plan.counts["places"])),
            types[n % len(types)], "Three invented papers, all issues",
            ("yes", "none-found", "partly-searched", "not-searched")[n % 4],
            "" if n % 3 else "One week, for want of copies", text(n, 5),
        ]  # fmt: skip
