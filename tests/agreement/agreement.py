"""How far two codings of one text agree, as the tables in docs/coding.md.

    python tests/agreement/agreement.py           print them
    python tests/agreement/agreement.py --write   put them into docs/coding.md

`first/` and `second/` hold the two codings; `alignment.csv` says which of their records speak of
the same thing: one unit of comparison. Where several records of a coding share a unit, the unit
counts once and its value in a field is the set of their values.
"""

from __future__ import annotations

import csv
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hudna.form import package
from hudna.form.schema import Table

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "coding.md"
MADE = "<!-- made by tests/agreement/agreement.py -->\n"
PART = re.compile(rf"(?<={MADE}).*?(?=^<!-- end -->$)", re.S | re.M)
SIDES = ("first", "second")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
# Free text: two coders never word it alike, and nothing follows from it.
FREE = {"title", "summary", "description", "note", "reason", "scope", "value"}
FREE_IN = {"actors": {"name"}, "places": {"name"}}
# What records were matched by; where it differs they mostly stand as two units, not as one.
MATCHED = {
    "actor_names": {"actor_id", "name"},
    "actor_relations": {"subject_id", "relation_type", "object_table", "object_id"},
    "incident_means": {"incident_id", "means"},
    "incident_actors": {"incident_id", "actor_id", "role"},
    "statement_targets": {"statement_id", "role", "target_table", "target_id", "negated"},
    "ceasefire_actors": {"ceasefire_id", "actor_id", "position"},
    "ceasefire_statuses": {"ceasefire_id"},
    "distinct_incidents": {"incident_id", "other_id"},
    "citations": {"table", "record_id", "field", "source_id", "locator"},
}
INTERVAL, ORDINAL = {"integer", "number"}, {"stance", "credibility"}


class Row(NamedTuple):
    """One line of the table of fields; alpha is None where the values do not vary."""

    table: str
    field: str
    measure: str
    units: int
    agreed: float
    rated: int
    alpha: float | None


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Codings:
    """Both codings with their alignment."""

    def __init__(self, folder: Path = HERE) -> None:
        self.tables = package.read(package.home())[0].tables
        self.lines = read(folder / "alignment.csv")
        self.records = {side: dict(self.load(folder / side)) for side in SIDES}
        self.unit = {
            (side, line["table"], line[f"{side}_id"]): line["unit"]
            for line in self.lines
            for side in SIDES
            if line[f"{side}_id"]
        }

    def load(self, folder: Path) -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
        """Each table of one coding: its records by the first column of the key."""
        for table in self.tables.values():
            path = folder / f"{table.name}.csv"
            rows = read(path) if path.exists() else []
            yield table.name, {row[table.primary_key[0]]: row for row in rows}

    def units(self, table: str) -> dict[str, dict[str, list[str]]]:
        """The units of a table: per coding the ids of the records that share it."""
        units: dict[str, dict[str, list[str]]] = {}
        for line in self.lines:
            if line["table"] == table:
                unit = units.setdefault(line["unit"], {side: [] for side in SIDES})
                for side in SIDES:
                    unit[side] += [line[f"{side}_id"]] if line[f"{side}_id"] else []
        return units

    def shared(self, table: str) -> list[dict[str, list[str]]]:
        """The units that both codings have."""
        return [u for _, u in sorted(self.units(table).items()) if all(u[s] for s in SIDES)]

    def value(self, side: str, table: Table, field: str, ids: Iterable[str]) -> str:
        """What a coding has in a field of a unit: its value, or the set of its values."""
        rows = (self.records[side][table.name][i] for i in ids)
        return " | ".join(sorted({self.cell(side, table, field, row) for row in rows}))

    def cell(self, side: str, table: Table, field: str, row: dict[str, str]) -> str:
        """A cell; a reference to a record as the unit that the record is aligned to."""
        to = target(table, field, row)
        return self.unit.get((side, to, row[field]), row[field]) if to else row[field]


def target(table: Table, field: str, row: dict[str, str]) -> str:
    """The table that a column of this row refers to, or ""."""
    for key in table.foreign_keys:
        if key.fields == (field,):
            return key.table
    return next((row[r.table] for r in table.references if r.record == field), "")


def compared(codings: Codings, table: Table) -> list[str]:
    """The columns to compare: neither the record's own id nor free text."""
    rows = codings.records["first"][table.name].values()
    left_out = FREE | FREE_IN.get(table.name, set()) | {table.id_field}
    return [name for name in next(iter(rows), ()) if name not in left_out]


def alpha(pairs: Sequence[tuple[str, str]], measure: str) -> float | None:
    """Krippendorff's alpha of two coders; None where there is no variation to agree on."""
    import krippendorff

    domain = sorted({v for pair in pairs for v in pair}, key=float if measure != "nominal" else str)
    if len(domain) < 2:
        return None
    number = {v: float(v) if measure != "nominal" else domain.index(v) for v in domain}
    data = [[number[pair[i]] for pair in pairs] for i in (0, 1)]
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement=measure))


def measure(table: Table, field: str) -> str:
    """How two values of a field are compared: only as equal, by order or by distance."""
    if field in ORDINAL:
        return "ordinal"
    known = field in table.names and table.field(field).type in INTERVAL
    return "interval" if known else "nominal"


def row(table: Table, field: str, pairs: list[tuple[str, str]]) -> Row:
    """The figures of one field; by order or distance, alpha is of the units where both rate."""
    how = measure(table, field)
    rated = pairs if how == "nominal" else [p for p in pairs if all(map(NUMBER.fullmatch, p))]
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    return Row(table.name, field, how, len(pairs), agreed, len(rated), alpha(rated, how))


def fields(codings: Codings) -> Iterator[Row]:
    """The figures of every field that at least one coding fills."""
    for table in codings.tables.values():
        units = codings.shared(table.name)
        for field in compared(codings, table) if units else ():
            pairs = [
                tuple(codings.value(side, table, field, unit[side]) for side in SIDES)
                for unit in units
            ]
            if any(v for pair in pairs for v in pair):
                yield row(table, field, pairs)


def counts(codings: Codings) -> Iterator[tuple[str, int, int, int, int, int]]:
    """Per table: records of each coding; units in both, only in the first, only in the second."""
    for name in codings.tables:
        if units := codings.units(name).values():
            held = Counter(tuple(bool(u[s]) for s in SIDES) for u in units)
            sizes = [len(codings.records[s][name]) for s in SIDES]
            yield name, *sizes, held[True, True], held[True, False], held[False, True]


def lines(codings: Codings) -> Iterator[str]:
    """Both tables, in Markdown."""
    yield "<!-- from tests/agreement by `python tests/agreement/agreement.py --write` -->"
    yield "| Table | First | Second | In both | Only first | Only second |"
    yield "| --- | --: | --: | --: | --: | --: |"
    for name, *figures in counts(codings):
        yield f"| `{name}` | {' | '.join(map(str, figures))} |"
    yield from ("", "| Table | Field | Measure | Units | Agreement | Alpha |")
    yield "| --- | --- | --- | --: | --: | --: |"
    for r in fields(codings):
        mark = " †" if r.field in MATCHED.get(r.table, ()) else ""
        few = "" if r.rated == r.units else f" ({r.rated})"
        yield f"| `{r.table}` | `{r.field}`{mark} | {r.measure} | {r.units} | " + (
            f"{100 * r.agreed:.1f} % | {shown(r.alpha)}{few} |"
        )


def shown(value: float | None) -> str:
    return "undefined" if value is None or math.isnan(value) else f"{value:.2f}"


def text(folder: Path = HERE) -> str:
    """The generated part of the page."""
    return "\n".join(lines(Codings(folder))) + "\n"


def main(arguments: list[str]) -> None:
    made = text()
    if "--write" not in arguments:
        print(made, end="")
        return
    page = PAGE.read_text("utf-8")
    PAGE.write_text(PART.sub(lambda _: made, page), "utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
