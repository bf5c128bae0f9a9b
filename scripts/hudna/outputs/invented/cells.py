"""Faults of cells, keys and records that follow from any table's schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hudna.form.schema import Field
from hudna.outputs.invented.evidence import other
from hudna.outputs.invented.faults import EARLY, Context, Fault, Planted
from hudna.outputs.invented.plan import ACTS, MEDIA, TIES
from hudna.outputs.invented.sayings import FLAT, LOOSE

WRONG = {
    "integer": ("many", "12.5", "1e3"),
    "number": ("33,3", "north", "1/2"),
    "date": ("2014-02-30", "5 May 2014", "2014"),
    "boolean": ("perhaps", "2"),
    "string": ("no address",),
}
# Texts on which no rule and no key rests: a character that is not seen may stand in them.
FREE = ("description", "note", "hedge", "scope", "searched", "gaps", "summary", "volume", "value")
DATES = "date_start date_end date_precision date_basis"
CLAIM = "basis asserted_by certainty"
Where = Callable[[int, list[str]], bool]


def plain(n: int, row: list[str]) -> bool:
    """Any row."""
    return True


def single(n: int, row: list[str]) -> bool:
    """Incidents that are single events, on which nothing rests."""
    return n % 8 in (1, 2, 3)


def untallied(n: int, row: list[str]) -> bool:
    """Incidents but the first of a block, and the aggregates that tallies restate."""
    return n % 8 in (1, 2, 3, 5, 7) or (n % 8 == 4 and n // 8 % 2 == 1)


def later_citation(n: int, row: list[str]) -> bool:
    """Citations of a record beyond its first, by which it stays cited."""
    return not row[0].endswith("-c1")


# For each table, which of its cells may fail, and where: never one on which another record rests.
OPEN: dict[str, list[tuple[str, Where]]] = {
    "actors": [
        ("name named country wikidata_id description", plain),
        ("actor_type", lambda n, row: n % 16 == MEDIA),
    ],
    "actor_names": [("actor_id name name_type language", plain)],
    "actor_relations": [
        (f"{DATES} {CLAIM} hedge note", plain),
        ("subject_id relation_type object_table object_id", lambda n, row: n % TIES != 1),
    ],
    "incidents": [
        (f"title incident_type {DATES} place_id place_precision extent part_of status", single),
        ("killed_low killed_best killed_high wounded_low wounded_high description", untallied),
        ("events_low events_high", single),
    ],
    "incident_means": [
        ("incident_id means quantity_low quantity_high", plain),
        ("means_id", lambda n, row: n % 5 != 3),  # each fifth is cited
    ],
    "incident_actors": [(f"involvement_id incident_id actor_id role {CLAIM} note", plain)],
    "statements": [
        (f"summary date_reported channel explicitness {CLAIM} hedge", plain),
        ("speaker_id on_behalf_of part_of", lambda n, row: n % ACTS != 0),
        (DATES, lambda n, row: n % ACTS not in (0, 13, 23)),
        ("statement_type", lambda n, row: n % ACTS in (9, 10, 17, 22)),
    ],
    "statement_targets": [
        (f"link_id negated stance {CLAIM} note".replace("certainty ", ""), plain),
        ("connective", lambda n, row: row[2] == "addressee"),
        ("statement_id role target_table target_id", lambda n, row: n % len(FLAT) in LOOSE),
    ],
    "resolutions": [("statement_id as_of outcome incident_id note", plain)],
    "ceasefires": [
        ("title announcement_id ceasefire_class side written scope declared_on effective_start "
         "effective_end", lambda n, row: n % 3 != 0),
    ],
    "ceasefire_actors": [
        (f"{DATES} {CLAIM}", plain),
        ("party_id ceasefire_id actor_id position", lambda n, row: n % 3 != 0),
    ],
    "ceasefire_statuses": [(f"ceasefire_id status {DATES} {CLAIM} note", plain)],
    "ceasefire_incidents": [("link_id ceasefire_id incident_id relation alleged_by disputed",
                             plain)],
    "sources": [
        ("publisher_id volume language url archive_url origin reliability", plain),
        (f"source_type {DATES}", lambda n, row: other(n) >= 0),
    ],
    "citations": [
        ("credibility digest value support", plain),
        ("table record_id field source_id via", later_citation),
    ],
    "issues": [("title kind actor_id description", plain)],
    "places": [
        ("name place_type part_of latitude longitude geonames_id", lambda n, row: n >= 16),
        ("country iso_3166_2", lambda n, row: n >= 40),
    ],
    "tallies": [(f"title incident_id {DATES} unit incident_type place_id target_actor_id "
                 "count_low count_high asserted_by note", plain)],
    "coverage": [(f"coverage_id title {DATES} place_id incident_type searched found gaps note",
                  plain)],
    "distinct_incidents": [("incident_id other_id reason", plain)],
    "withdrawn": [("table withdrawn_on reason replaced_by", plain)],
    "crosswalk": [("code scheme scheme_version match source_id note", plain)],
}  # fmt: skip
# Cells that may dangle but not fail: several rules compare, or put into words, what stands in them.
WHOLE = (
    ("actor_names", "actor_id"), ("actor_relations", "object_id"), ("citations", "source_id"),
    ("sources", "url"),
)  # fmt: skip
# Tables in which no code is kept in use.
UNBOUND = ("resolutions", "coverage", "withdrawn", "crosswalk", "ceasefire_incidents")


def faults(context: Context) -> Iterator[Fault]:
    """The faults of cells, keys and records that may be planted in a table."""
    for names, where in OPEN[context.table.name]:
        for name in names.split():
            field = context.table.field(name)
            for text, rule in wrong_texts(context, field):
                yield cell_fault(context, field, text, rule, where)
            if name in FREE:
                yield odd_character(name, where)
    yield from (missing_cell, extra_cell, blank_row, double_key)


def wrong_texts(context: Context, field: Field) -> Iterator[tuple[str, str]]:
    """Texts that the schema does not accept in a field, and the rule that each breaks."""
    limits = field.constraints
    if any(field.name in k.fields for k in context.table.foreign_keys):
        yield "gone-from-here", "foreign-key"
    if any(field.name == r.record for r in context.table.references):
        yield "gone-from-here", "reference"
    if (context.table.name, field.name) in WHOLE:
        return
    if field.type != "string" or field.format == "uri":
        yield from ((text, "type-error") for text in WRONG[field.type])
    if field.required and field.name not in context.table.primary_key:
        yield "", "constraint-error"
    if "enum" in limits:
        yield "unheard-of", "constraint-error"
    if "pattern" in limits:
        yield "Not a Word!", "constraint-error"
    if "minimum" in limits:
        yield str(limits["minimum"] - 1), "constraint-error"
    if "maximum" in limits:
        yield str(limits["maximum"] + 1), "constraint-error"


def cell_fault(context: Context, field: Field, text: str, rule: str, where: Where) -> Fault:
    """The fault of putting a text into a cell."""
    lookups = [k.table for k in context.table.foreign_keys if field.name in k.fields]
    coded = "enum" in field.constraints or set(lookups) & context.plan.codes.keys()
    late = bool(coded) and context.table.name not in UNBOUND
    # A table that does not exist has no record either: that is told of the cell with the id.
    beside = [r.record for r in context.table.references if r.table == field.name and text]
    keyed = field.name in context.table.primary_key and len(context.table.primary_key) > 1

    def plant(c: Context, n: int, row: list[str]) -> Planted | None:
        if not where(n, row) or (late and n < EARLY):
            return None
        # A part of a key of several columns is not said twice.
        said = f"{text} {n}" if keyed and rule == "constraint-error" else text
        said = f"{text}-{n}" if keyed and rule != "constraint-error" else said
        planted = c.broken(row, rule, field.name, **{field.name: said})
        more = [(0, name, "reference") for name in beside if c.get(row, name)]
        return planted._replace(findings=planted.findings + more)

    return plant


def odd_character(name: str, where: Where) -> Fault:
    """The fault of a character that is not seen at the end of a text."""

    def plant(c: Context, n: int, row: list[str]) -> Planted | None:
        if not where(n, row):
            return None
        sign = "\u202e" if n % 2 else "\x07"
        return c.broken(row, "odd-character", name, **{name: c.get(row, name) + sign})

    return plant


def missing_cell(c: Context, n: int, row: list[str]) -> Planted:
    return Planted([row[:-1]], [(0, c.table.names[-1], "missing-cell")])


def extra_cell(c: Context, n: int, row: list[str]) -> Planted:
    return Planted([[*row, "one too many"]], [(0, "", "extra-cell")])


def blank_row(c: Context, n: int, row: list[str]) -> Planted:
    """A line with nothing in it, or with commas alone, before the row."""
    return Planted([[] if n % 2 else [""] * len(row), row], [(0, "", "blank-row")])


def double_key(c: Context, n: int, row: list[str]) -> Planted:
    return Planted([row, row], [(1, c.table.id_field, "primary-key")])
