"""A dated row's four columns in words: what its precision lets a reader say of the time."""

from __future__ import annotations

from collections.abc import Mapping

COLUMNS = ("date_start", "date_end", "date_precision", "date_basis")
WORDS = {
    "day": "on {start}",
    "throughout": "from {start} to {end}",
    "within": "at some time from {start} to {end}",
    "by": "by {end}",
    "after": "on or after {start}",
    "since": "since {start}",
    "as-of": "known at some time from {start} to {end}",
    "until": "until {end}",
    "unknown": "undated",
}
BASES = {
    "stated": "",
    "year-inferred": "year inferred",
    "citation": "bounded by a citation",
    "inferred": "inferred",
}


def words(row: Mapping[str, str]) -> str:
    """The time of a row in words; "" where it has none."""
    precision = row.get("date_precision", "")
    said = WORDS.get(precision, "").format(start=row.get("date_start"), end=row.get("date_end"))
    if precision == "until" and row.get("date_start"):
        said = f"until some time from {row['date_start']} to {row['date_end']}"
    basis = BASES.get(row.get("date_basis", ""), "")
    return f"{said} ({basis})" if said and basis else said
