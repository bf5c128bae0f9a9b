"""What a spreadsheet can hold: each value as a cell, and why some are text or none at all."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Any, NamedTuple

from hudna.form.schema import Field, Table
from hudna.ground.finding import CannotRun
from hudna.outputs import relational

ROWS, COLUMNS, CHARACTERS = 1_048_576, 16_384, 32_767
# Before it, spreadsheets disagree on the number of a day, since Excel knows a 29 February 1900.
FIRST = datetime.date(1900, 3, 1)
DIGITS = 15  # of a number; more are lost
SHORT = 255  # characters up to which a cell of the format "text" shows them in every Excel
# How a text begins that would become a formula when somebody edits its cell.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NO_XML = ("\ufffe", "\uffff")
ELSEWHERE = "expected another format (sqlite, duckdb, parquet)"


Where = tuple[str, int, str]  # table, number of the record, field


class Cell(NamedTuple):
    """A value as a cell holds it. kind: text, number, boolean or date. look: its format."""

    kind: str
    value: Any
    look: str


def cell(value: Any, where: Where) -> Cell:
    """The cell of a value; CannotRun where a cell cannot hold it."""
    if isinstance(value, str):
        return text(value, where)
    if isinstance(value, bool):
        return Cell("boolean", value, "plain")
    if isinstance(value, datetime.date):
        if value < FIRST:
            return Cell("text", value.isoformat(), "text")
        return Cell("date", value, "date")
    if exact(value):
        return Cell("number", value, "integer" if isinstance(value, int) else "plain")
    return Cell("text", str(value), "text")


def exact(number: float) -> bool:
    """Whether a spreadsheet keeps all digits of a number."""
    return float(f"{number:.{DIGITS}g}") == number and abs(number) != float("inf")


def text(value: str, where: Where) -> Cell:
    """The cell of a text."""
    size = len(value) + sum(c > "\uffff" for c in value) if len(value) > CHARACTERS // 2 else 0
    if size > CHARACTERS:
        raise CannotRun(f"not exported: {told(where)} has {size:,} characters; Excel takes "
                        f"{CHARACTERS:,} a cell; {ELSEWHERE}")  # fmt: skip
    for character in NO_XML:
        if character in value:
            raise CannotRun(f"not exported: {told(where)} holds U+{ord(character):04X}, which a "
                            f"spreadsheet cannot hold; {ELSEWHERE}")  # fmt: skip
    look = "text" if len(value) <= SHORT else "plain"
    if value.startswith(FORMULA):
        look = f"quoted {look}"
    return Cell("text", value, f"right {look}" if from_the_right(value) else look)


def told(where: Where) -> str:
    """Where a cell stands."""
    table, row, field = where
    return f"{field} of record {row} of {table}"


def from_the_right(value: str) -> bool:
    """Whether a text is read from the right: by its first letter that has a direction."""
    if value.isascii():
        return False
    for character in value:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def too_large(table: Table, records: int) -> str:
    """Why a table does not fit on a sheet, or ""."""
    if records >= ROWS:
        return (f"not exported: {table.name} has {records:,} records; Excel takes {ROWS - 1:,} "
                f"a sheet; {ELSEWHERE}")  # fmt: skip
    if len(table.fields) > COLUMNS:
        return (f"not exported: {table.name} has {len(table.fields):,} fields; Excel takes "
                f"{COLUMNS:,}; {ELSEWHERE}")  # fmt: skip
    return ""


def note(field: Field) -> str:
    """What the note on a header says of its field."""
    told = field.raw.get("title", ""), field.raw.get("description", "")
    parts = [relational.plain(one) for one in told if one]
    if unit := field.raw.get("unit"):
        parts.append(f"Unit: {unit}.")
    parts.append("Must be filled." if field.required else "May be empty: not said.")
    return "\n".join(parts)


def looks() -> dict[str, dict[str, Any]]:
    """The formats of cells, by name; every one stays at the top of its row."""
    out: dict[str, dict[str, Any]] = {
        "head": {"bold": True, "bg_color": "#DDE5EC", "bottom": 1, "num_format": "@"},
        "label": {"bold": True},
        "long": {"text_wrap": True},
        "link": {"font_color": "#1F5FA8", "underline": 1},
        "plain": {},
        "integer": {"num_format": "0"},
        "date": {"num_format": "yyyy-mm-dd", "align": "left"},
        "text": {"num_format": "@"},
    }
    for name in ("plain", "text"):
        out[f"quoted {name}"] = out[name] | {"quote_prefix": True}
    for name in ("plain", "text", "quoted plain", "quoted text"):
        out[f"right {name}"] = out[name] | {"reading_order": 2, "align": "right"}
    return {name: look | {"valign": "top"} for name, look in out.items()}
