"""Layer 2: bytes and shape of the CSV files: encoding, header, width, types, constraints."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from hudna.engine.store import CellFault
from hudna.form import csvfile, values
from hudna.form.csvfile import Records
from hudna.form.schema import Field, Table
from hudna.ground.finding import Finding, shorten

SEPARATOR = re.compile(r"[;\t|]")
EXPECTED = {
    "integer": "an integer",
    "number": "a number with a decimal point",
    "boolean": "true or false",
    "date": "a date as YYYY-MM-DD that exists",
    "string": "an address with a scheme, such as https://",
}


def files(table: Table, records: Records) -> Iterator[Finding]:
    """What is wrong with the bytes of a file."""
    for rule, problem, line in records.byte_faults:
        yield Finding(rule, problem, table=table.name, file=table.path, line=line)


def characters(table: Table, records: Records) -> Iterator[Finding]:
    """Cells that hold control characters or change the direction of what follows."""
    for number, row in enumerate(records.rows, 1):
        # One pass over the joined record; cells are looked at only where something is odd.
        if csvfile.odd_characters("\n".join(c for c in row if c)):
            for i, cell in enumerate(row[: len(table.fields)]):
                if cell and (what := csvfile.odd_characters(cell)):
                    name = table.fields[i].name
                    problem = f"{name} is {shorten(cell)!r} and holds the {what}; expected none"
                    yield place(table, records, number, "odd-character", problem, name, cell)


def compared(labels: list[str], names: list[str]) -> str:
    """How a header differs from the one that is expected, as a reader would say it."""
    absent = [n for n in names if n not in labels]
    besides = [shorten(label) for label in labels if label not in names]
    if len(labels) == 1 and len(names) > 1 and (sign := SEPARATOR.search(labels[0])):
        return f"the columns are separated by {sign[0]!r}; expected commas"
    parts = [f"lacks {', '.join(absent)}"] if absent else []
    parts += [f"has {', '.join(besides)} besides"] if besides else []
    said = " and ".join(parts) or "has the columns in another order or twice"
    return f"the header {said}; expected {','.join(names)}"


def header(table: Table, records: Records) -> Iterator[Finding]:
    """Where the header is not the list of fields, label by label, as frictionless reads it."""
    labels, fields = records.header, table.fields
    whole = compared(labels, table.names)

    def fault(rule: str, problem: str, name: str = "") -> Finding:
        return Finding(rule, f"{problem}; {whole}", table=table.name, field=name,
                       file=table.path, line=records.header_line)  # fmt: skip

    for number in range(len(fields) + 1, len(labels) + 1):
        yield fault("extra-label", f"column {number} {labels[number - 1]!r} is one too many")
    for f in fields[len(labels) :]:
        yield fault("missing-label", f"the column {f.name!r} is missing", f.name)
    for number, (f, label) in enumerate(zip(fields, labels, strict=False), 1):
        if not label:
            yield fault("blank-label", f"column {number} has no name", f.name)
        elif label in labels[: number - 1]:
            problem = f"column {number} repeats the name {shorten(label)!r}"
            yield fault("duplicate-label", problem, f.name)
        elif label != f.name:
            problem = f"column {number} is named {shorten(label)!r}, not {f.name!r}"
            yield fault("incorrect-label", problem, f.name)


def widths(table: Table, records: Records) -> Iterator[Finding]:
    """Records with no cells, too few or too many."""
    width = len(records.header)
    for number in sorted(records.blank):
        yield place(table, records, number, "blank-row", "the record is empty; expected none")
    for number, cells in records.ragged.items():
        if number in records.blank:
            continue
        problem = f"the record has {len(cells)} cells; expected {width}"
        for name in [*table.names, *[""] * (width - len(table.fields))][len(cells) : width]:
            yield place(table, records, number, "missing-cell", problem, name)
        for _ in cells[width:]:
            yield place(table, records, number, "extra-cell", problem)


def cells(table: Table, records: Records, faults: list[CellFault]) -> Iterator[Finding]:
    """What the schema finds wrong with single cells."""
    for row, f, rule, constraint in faults:
        text = records.rows[row - 1][table.names.index(f.name)] or ""
        yield place(table, records, row, rule, explain(f, rule, constraint, text), f.name, text)


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


def place(
    table: Table,
    records: Records,
    row: int,
    rule: str,
    problem: str,
    field: str = "",
    value: str | None = None,
    severity: str = "error",
) -> Finding:
    """A finding on one record: with its key, its file and its physical line."""
    return Finding(
        rule,
        problem,
        severity,
        table.name,
        key(table, records, row),
        field,
        value,
        table.path,
        records.lines[row - 1],
        row,
    )


def key(table: Table, records: Records, row: int) -> str:
    """The primary key of a record as a reader would write it; "" where it has none."""
    cells = dict(zip(table.names, records.rows[row - 1], strict=False))
    return "/".join(c for c in (cells.get(k) for k in table.primary_key) if c)
