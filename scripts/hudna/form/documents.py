"""Tables as nested documents, and back: the same facts, byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hudna.form import canonical, jsontext, nesting
from hudna.form.nesting import Nest, Tables
from hudna.form.schema import Field, Table

Row = dict[str, str]
Rows = Mapping[str, list[Row]]
text = jsontext.text
TEXTS = ("string", "date")  # types whose values are texts in JSON


class Unplaced(ValueError):
    """Rows that no document can hold, so that the documents would lose them."""


def compose(tables: Tables, rows: Rows) -> dict[str, Any]:
    """The documents of a package by name: arrays of records, or an object of such arrays.

    rows: the rows of each table, every field a text. Raises Unplaced for a row whose parent does
    not exist, for a table without a place in the documents, and for a cell that is no value of
    its field's type: nothing is left out.
    """
    for table, problem in nesting.faults(tables):
        raise Unplaced(f"{table.name} {problem}")
    waiting: dict[tuple[str, str, str], list[Row]] = {}
    top: dict[str, list[Row]] = {}
    for table in tables.values():
        ordered = canonical.rows(table, rows.get(table.name, []))
        if not table.nests:
            if ordered and not table.document:
                raise Unplaced(f"{table.name} has rows, but no document and no table to nest in")
            top[table.name] = ordered
            continue
        column, by = nesting.host_column(table), table.nests["by"]
        for row in ordered:
            host = row[column] if column else table.nests["in"]
            waiting.setdefault((table.name, host, row[by]), []).append(row)
    inside = nesting.nests(tables)
    out: dict[str, Any] = {}
    for name, roots in nesting.roots(tables).items():
        lists = {t.name: [record(t, r, (), inside, waiting) for r in top[t.name]] for t in roots}
        out[name] = lists[name] if nesting.is_list(name, roots) else lists
    for (name, host, parent), left in waiting.items():
        key = ", ".join(left[0][k] for k in tables[name].primary_key)
        raise Unplaced(f"{name} {key}: its parent {parent!r} does not exist in {host or 'a table'}")
    return out


def record(
    table: Table,
    row: Row,
    unsaid: tuple[str, ...],
    inside: Mapping[str, list[Nest]],
    waiting: dict[tuple[str, str, str], list[Row]],
) -> dict[str, Any]:
    """One row as a document, with the rows that wait for it (they are taken out of `waiting`)."""
    out = {
        f.name: row[f.name] if f.type in TEXTS else typed(table, f, row[f.name])
        for f in table.fields
        if row[f.name] not in table.missing and f.name not in unsaid
    }
    for nest in inside[table.name]:
        found = waiting.pop((nest.table.name, table.name, row[table.id_field]), None)
        if found:
            out[nest.name] = [record(nest.table, r, nest.unsaid, inside, waiting) for r in found]
    return out


def typed(table: Table, field: Field, cell: str) -> Any:
    """The JSON value of a canonical cell; raises Unplaced where JSON has none."""
    if field.type == "boolean" and cell in ("true", "false"):
        return cell == "true"
    if field.type in ("integer", "number"):
        if not jsontext.NUMBER.fullmatch(cell) or (field.type == "integer" and not whole(cell)):
            raise Unplaced(f"{table.name}: {field.name} is {cell!r}, which is no number in JSON")
        return int(cell) if whole(cell) else jsontext.Number(cell)
    if field.type == "boolean":
        raise Unplaced(f"{table.name}: {field.name} is {cell!r}, which is no boolean")
    return cell


def whole(cell: str) -> bool:
    """Whether an int is spelled like the cell (Python reads at most 4300 digits)."""
    return cell.removeprefix("-").isdigit() and cell != "-0" and len(cell) < 4300


def split(tables: Tables, documents: Mapping[str, Any]) -> dict[str, list[Row]]:
    """The rows of each table that the documents hold: the inverse of `compose`.

    documents: values as `compose` gives them, or as `jsontext.read` reads them; each keeps its
    JSON Schema. Raises KeyError or AttributeError for one that does not.
    """
    out: dict[str, list[Row]] = {name: [] for name in tables}
    inside = nesting.nests(tables)
    for name, roots in nesting.roots(tables).items():
        value = documents.get(name, {})
        lists = {name: value or []} if nesting.is_list(name, roots) else value
        for table in roots:
            unfold(table, lists.get(table.name, []), {}, inside, out)
    return out


def unfold(
    table: Table,
    records: list[dict[str, Any]],
    said: Row,
    inside: Mapping[str, list[Nest]],
    out: dict[str, list[Row]],
    existing: Rows | None = None,
) -> None:
    """Add the rows of nested records to `out`; `said` is what their place tells of each.

    existing: rows that are in the tables already: a link row without an id gets the next one
    that is free there, before what is nested in it refers to it.
    """
    rows = [
        {f.name: said.get(f.name) or cell(f, item.get(f.name)) for f in table.fields}
        for item in records
    ]
    out[table.name] += rows
    if table.id_field and any(not r[table.id_field] for r in rows):
        canonical.fill_ids(table, [*(existing or {}).get(table.name, ()), *out[table.name]])
    for item, row in zip(records, rows, strict=True):
        for nest in inside[table.name]:
            place = {nest.by: row[table.id_field]}
            if nest.host:
                place[nest.host] = table.name
            unfold(nest.table, item.get(nest.name, []), place, inside, out, existing)


def cell(field: Field, value: Any) -> str:
    """The cell of a JSON value; what is absent is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, jsontext.Number):
        exact = Decimal(value.text)
        small = field.type == "integer" and exact.adjusted() < 4300
        return str(int(exact)) if small and exact == exact.to_integral_value() else value.text
    return str(value)
