"""What a client read, held against the schemas and the CSV: tables, types, and what is lost."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from hudna.form.package import Package
from hudna.form.schema import Field
from tests.integration.clients.given import Column, Seen
from tests.outputs.exports.reading import cells

PLURAL = {"text": "texts", "codes": "codes", "integer": "integers", "number": "numbers",
          "boolean": "truth", "date": "dates"}  # fmt: skip
AS = {"integer": "integers", "number": "numbers", "boolean": "truth", "date": "dates"}
NOTHING = "tables without records"
EMPTY = "columns without values have another type"


@dataclass
class Result:
    """What a client makes of a package.

    tables: how many it reads whole, of how many. unread: those with records that it does not.
    wrong: types of which a column has another.
    lost: what is lost, with the number of columns or cells. examples: the first of each.
    """

    tables: int
    of: int
    unread: list[str] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)
    lost: Counter = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def lose(self, what: str, example: str) -> None:
        self.lost[what] += 1
        self.examples.setdefault(what, example)


def compare(package: Package, seen: Seen) -> Result:
    """Hold what was read against what there is."""
    truth = cells(package)
    out = Result(0, len(truth))
    for name, rows in truth.items():
        table = package.tables[name]
        got = seen.get(name, {})
        if set(got) != set(table.names) or any(len(c.cells) != len(rows) for c in got.values()):
            if rows:
                out.unread.append(name)
            else:
                out.lose(NOTHING, name)
            continue
        out.tables += 1
        for i, one in enumerate(table.fields):
            judge(one, f"{name}.{one.name}", [row[i] for row in rows], got[one.name], out)
    return out


def kind_of(one: Field) -> str:
    """What a field of a schema holds."""
    if one.type == "string":
        return "codes" if one.codes else "text"
    return one.type


def judge(one: Field, where: str, wanted: list[Any], got: Column, out: Result) -> None:
    """Note what is other in a column than it should be."""
    kind = kind_of(one)
    if all(v is None for v in wanted):
        # What a code may be is not told by a type of text, and nothing contradicts it here.
        if wanted and got.kind not in ("text" if kind == "codes" else kind, kind, None):
            out.lose(EMPTY, f"{where} is {got.kind}")
    elif got.kind != kind:
        out.wrong.add(kind)
        out.lose(f"{PLURAL[kind]} as {AS.get(got.kind, got.kind)}", where)
    for row, (value, seen) in enumerate(zip(wanted, got.cells, strict=True), 1):
        if value is None and seen is None:
            continue
        told = f"{where} in row {row}: {str(value)[:60]!r} as {str(seen)[:60]!r}"
        if seen is None:
            out.lose(f"some {PLURAL[kind]} taken as missing", told)
        elif value is None:
            out.lose(f"some missing {PLURAL[kind]} taken as values", told)
        elif (same := meant(kind, seen)) != value or type(same) is not type(value):
            out.lose(f"some {PLURAL[kind]} changed", told)


def meant(kind: str, seen: Any) -> Any:
    """A value that a client has, as one of the kind, so far as it can be understood so."""
    if isinstance(seen, bytes):
        seen = seen.decode()
    try:
        return MEANT[kind](seen)
    except (ValueError, TypeError, OverflowError):
        return None


def integer(seen: Any) -> int | None:
    """A number as an integer, where it has no fraction."""
    return int(seen) if isinstance(seen, str) or int(seen) == seen else None


def truth(seen: Any) -> bool:
    """0, 1 and words as truth."""
    return TRUTH[str(seen).lower()]


TRUTH = {"0": False, "0.0": False, "false": False, "1": True, "1.0": True, "true": True}


def day(seen: Any) -> datetime.date | None:
    """A date, also where it is text or has a time of midnight."""
    if isinstance(seen, datetime.datetime):
        return seen.date() if seen.time() == datetime.time() else None
    return seen if isinstance(seen, datetime.date) else datetime.date.fromisoformat(seen)


MEANT = {"text": str, "codes": str, "integer": integer, "number": float, "boolean": truth,
         "date": day}  # fmt: skip
