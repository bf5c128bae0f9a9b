"""The canonical form of a table: values in one spelling, rows in the order of the key."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise

from hudna.form import csvfile
from hudna.form.schema import Field, Table
from hudna.ground.text import nfc

BOOLEANS = {
    **dict.fromkeys(("true", "True", "TRUE", "1"), "true"),
    **dict.fromkeys(("false", "False", "FALSE", "0"), "false"),
}


def cell(field: Field, value: str) -> str:
    """The one spelling of a value that the field accepts; a value that it does not stays."""
    if not value:
        return ""
    if field.type == "string":
        return value if value.isascii() else nfc(value)
    try:
        return SPELL[field.type](value)
    except (ValueError, KeyError, InvalidOperation, OverflowError):
        return value


def integer(value: str) -> str:
    """An integer without sign +, leading zeros, blanks and underscores."""
    return str(int(value))


def number(value: str) -> str:
    """A number as the shortest text of its double; with more digits than that, as plain decimal."""
    exact = Decimal(value)
    if not exact.is_finite() or abs(exact.adjusted()) > 400:
        return value
    short = repr(float(exact))
    short = short[:-2] if short.endswith(".0") else short
    return short if Decimal(short) == exact else format(exact.normalize(), "f")


@lru_cache(10_000)
def date(value: str) -> str:
    """A date as YYYY-MM-DD."""
    return datetime.datetime.strptime(value, "%Y-%m-%d").date().isoformat()


SPELL = {"integer": integer, "number": number, "boolean": BOOLEANS.__getitem__, "date": date}


def row_key(table: Table, row: dict[str, str]) -> tuple[str, ...]:
    """What a table's rows are sorted by: the primary key, then everything else."""
    return (*(row[k] for k in table.primary_key), *row.values())


def fill_ids(table: Table, rows: list[dict[str, str]]) -> None:
    """Give link rows without an id the next number after their parent's name."""
    own, parent = table.id_field, table.nests.get("by", "")
    if not own or not parent or own == parent:
        return
    mark = "c" if table.nests.get("in") == "*" else ""
    taken = {r[own] for r in rows}
    last: dict[str, int] = {}
    for r in rows:
        if m := re.fullmatch(rf"(.+)-{mark}(\d+)", r[own]):
            last[m[1]] = max(last.get(m[1], 0), int(m[2]))
    for r in rows:
        if r[own] or not r[parent]:
            continue
        n = last.get(r[parent], 0) + 1
        while f"{r[parent]}-{mark}{n}" in taken:
            n += 1
        last[r[parent]] = n
        r[own] = f"{r[parent]}-{mark}{n}"
        taken.add(r[own])


Rows = list[dict[str, str]]


def rows(table: Table, given: Rows, beside: Rows | tuple[()] = ()) -> Rows:
    """The rows in canonical form: spelled, with ids, sorted. beside: rows whose ids are taken."""
    if settled(table, given):
        return given
    out = [{f.name: cell(f, r[f.name]) for f in table.fields} for r in given]
    fill_ids(table, [*beside, *out])
    return sorted(out, key=lambda r: row_key(table, r))


def settled(table: Table, given: Rows) -> bool:
    """Whether rows are surely in canonical form as they are; nearly all are, and it is quick."""
    keys = [tuple(r[k] for k in table.primary_key) for r in given]
    if not all(a < b for a, b in pairwise(keys)) or any("" in k for k in keys):
        return False
    if any(list(r) != table.names for r in given[:1]):
        return False
    if not all("".join(r.values()).isascii() or composed(r) for r in given):
        return False
    typed = (f for f in table.fields if f.type != "string")
    return all(cell(f, v) == v for f in typed for v in {r[f.name] for r in given})


def composed(row: dict[str, str]) -> bool:
    """Whether every text of a row is in Unicode NFC."""
    return all(v.isascii() or nfc(v) == v for v in row.values())


def text(table: Table, given: Rows, beside: Rows | tuple[()] = ()) -> str:
    """The canonical text of a table that holds the given rows. beside: rows whose ids are taken."""
    return csvfile.render(table.names, (r.values() for r in rows(table, given, beside)))
