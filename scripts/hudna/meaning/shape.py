"""Layer 2: bytes and shape of the CSV files: encoding, header, width, types, constraints."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from hudna.engine import typed
from hudna.engine.sources import Part
from hudna.form import values
from hudna.form.schema import Field, Table
from hudna.ground.finding import Finding, shorten
from hudna.ground.text import odd_characters
from hudna.meaning.marking import Unit

# Findings that show the text of a cell, and those of a record as a whole.
OF_TEXT = ("type-error", "constraint-error")
OF_RECORD = ("blank-row", "missing-cell", "extra-cell")
SEPARATOR = re.compile(r"[;\t|]")
EXPECTED = {
    "integer": "an integer",
    "number": "a number with a decimal point",
    "boolean": "true or false",
    "date": "a date as YYYY-MM-DD that exists",
    "string": "an address with a scheme, such as https://",
}


def files(table: Table, part: Part) -> Iterator[Finding]:
    """What is wrong with the bytes of a file, or with the types of its columns."""
    for rule, problem, line in part.byte_faults:
        yield Finding(rule, problem, table=table.name, file=part.file, line=line)
    for field, label, kind in zip(table.fields, part.header, part.kinds, strict=False):
        if label == field.name and not typed.fits(field, kind):
            problem = f"the column {field.name} is of type {kind}; expected {wanted_type(field)}"
            yield Finding("column-type", problem, table=table.name, field=field.name,
                          file=part.file)  # fmt: skip


def wanted_type(field: Field) -> str:
    """The types that a typed column may have for a field."""
    kinds = ["VARCHAR", *typed.FITTING[field.type]]
    return " or ".join([", ".join(kinds[:-1]), kinds[-1]]) if len(kinds) > 1 else kinds[0]


def compared(labels: list[str], names: list[str]) -> str:
    """How a header differs from the one that is expected, as a reader would say it."""
    here, wanted = set(labels), set(names)
    absent = [n for n in names if n not in here]
    besides = [shorten(label) for label in labels if label not in wanted]
    if len(labels) == 1 and len(names) > 1 and (sign := SEPARATOR.search(labels[0])):
        return f"the columns are separated by {sign[0]!r}; expected commas"
    parts = [f"lacks {', '.join(absent)}"] if absent else []
    parts += [f"has {', '.join(besides)} besides"] if besides else []
    said = " and ".join(parts) or "has the columns in another order or twice"
    return f"the header {said}; expected {','.join(names)}"


def header(table: Table, part: Part) -> Iterator[Finding]:
    """Where the header is not the list of fields, label by label, as frictionless reads it."""
    labels, fields = part.header, table.fields
    if labels == table.names:
        return
    whole, before = compared(labels, table.names), set()

    def fault(rule: str, problem: str, name: str = "") -> Finding:
        return Finding(rule, f"{problem}; {whole}", table=table.name, field=name,
                       file=part.file, line=part.header_line)  # fmt: skip

    for number in range(len(fields) + 1, len(labels) + 1):
        yield fault("extra-label", f"column {number} {labels[number - 1]!r} is one too many")
    for f in fields[len(labels) :]:
        yield fault("missing-label", f"the column {f.name!r} is missing", f.name)
    for number, (f, label) in enumerate(zip(fields, labels, strict=False), 1):
        if not label:
            yield fault("blank-label", f"column {number} has no name", f.name)
        elif label in before:
            problem = f"column {number} repeats the name {shorten(label)!r}"
            yield fault("duplicate-label", problem, f.name)
        elif label != f.name:
            problem = f"column {number} is named {shorten(label)!r}, not {f.name!r}"
            yield fault("incorrect-label", problem, f.name)
        before.add(label)


def record_words(unit: Unit, cells: int, width: int) -> str:
    """What is wrong with a record as a whole."""
    if unit.rule == "blank-row":
        return "the record is empty; expected none"
    return f"the record has {cells} cells; expected {width}"


def character_words(name: str, text: str) -> str:
    """Which character of a cell is odd."""
    what = odd_characters(text)
    return f"{name} is {shorten(text)!r} and holds the {what}; expected none"


def explain(field: Field, rule: str, constraint: str, text: str) -> str:
    """What a cell holds, and what was wanted."""
    seen = f"{field.name} is {shorten(text)!r}"
    limit = field.constraints.get(constraint)
    if rule == "type-error":
        # Python reads an integer of any size; the typed tables do not.
        wanted = EXPECTED[field.type] if values.value(field, text) is None else "one of 64 bits"
        return f"{seen}; expected {wanted}"
    if constraint == "required":
        return f"{field.name} is empty; expected a value"
    if constraint == "enum":
        codes = [str(c) for c in limit]
        near = difflib.get_close_matches(text, codes, 1)
        hint = f" (nearest: {near[0]})" if near else ""
        return f"{seen}; expected one of {', '.join(codes)}{hint}"
    if constraint == "pattern":
        return f"{seen}; expected the form {limit}"
    words = {"minimum": "at least", "maximum": "at most"}
    if constraint in words:
        return f"{seen}; expected {words[constraint]} {limit}"
    words = {"minLength": "at least", "maxLength": "at most"}
    return f"{seen} of {len(text)} characters; expected {words[constraint]} {limit}"


def key(table: Table, cells: list[str | None]) -> str:
    """The primary key of a record as a reader would write it; "" where it has none."""
    held = dict(zip(table.names, cells, strict=False))
    return "/".join(c for c in (held.get(k) for k in table.primary_key) if c)
