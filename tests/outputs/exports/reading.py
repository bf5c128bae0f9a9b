"""Tables as an export must give them back: every cell with its type, straight from the CSV."""

from __future__ import annotations

from pathlib import Path

from hudna.engine import whole
from hudna.form import package as packages
from hudna.form import values
from tests.packages import make

# What breaks writers: Arabic, quotes, line breaks, empty, negative, long, text like other types.
NASTY = {
    "actors": [
        {"actor_id": "a", "name": "كتائب حزب الله", "actor_type": "armed-group", "named": True},
        {"actor_id": "b", "name": 'He said "no", and\n\nleft', "actor_type": "person",
         "named": "False"},
        {"actor_id": "c", "name": "NA", "actor_type": "category", "description": " # 'it' \\n"},
        {"actor_id": "d", "name": "=1+1", "actor_type": "category", "description": "x" * 40_000},
        {"actor_id": "e", "name": "😀 e\u0301 \u200cمی‌خواهد", "actor_type": "category",
         "description": "<script>alert(1)</script> ]]> &amp;"},
        {"actor_id": "f", "name": "123", "actor_type": "category", "description": "true"},
    ],
    "incidents": [
        {"incident_id": "a", "title": "A", "incident_type": "attack", "date_precision": "within",
         "killed_low": 0, "killed_high": 2147483648, "wounded_low": "007",
         "date_start": "0999-01-31", "date_end": "9999-12-31", "extent": "container",
         "status": "denied", "place_precision": "unknown"},
        {"incident_id": "b", "title": "B", "incident_type": "attack", "date_precision": "day",
         "date_start": "2020-02-29", "date_end": "2020-02-29", "extent": "single",
         "status": "denied", "wounded_high": 2**53, "place_precision": "unknown"},
    ],
    "places": [
        {"place_id": "x", "name": "X", "place_type": "city", "latitude": "-33.5",
         "longitude": "44.366145", "geonames_id": 98182},
        {"place_id": "y", "name": "Y", "place_type": "city", "latitude": "1e-7",
         "longitude": "-0.0", "part_of": "x"},
    ],
}  # fmt: skip


def nasty(folder: Path) -> packages.Package:
    """A small package with cells that break writers."""
    return packages.read(make(folder, NASTY))[0]


def shipped() -> packages.Package:
    """The package that hudna carries."""
    return packages.read(packages.home())[0]


def cells(package: packages.Package) -> dict[str, list[tuple]]:
    """The typed values of every table: text, int, float, bool, date, or None."""
    out = {}
    for name, table in package.tables.items():
        rows = []
        for row in whole.table(package, table).rows:
            texts = [None if c in table.missing else c for c in row]
            rows.append(tuple(
                None if c is None else c if f.type == "string" else told(f, c)
                for f, c in zip(table.fields, texts, strict=True)
            ))  # fmt: skip
        out[name] = rows
    return out


def told(field, text):
    """The value of a cell."""
    value = values.value(field, text)
    return float(value) if field.type == "number" else value
