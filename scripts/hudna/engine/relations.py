"""Relations made from the Table Schemas, that rules and views read beside the tables.

They let one rule speak of every table of a kind: all dated tables, all that are cited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hudna.engine.typed import literal, quote
from hudna.form.schema import Table

DATES = ("date_start", "date_end", "date_precision", "date_basis")


def union(parts: Iterable[str], columns: dict[str, str]) -> str:
    """The parts one after the other; an empty relation of the same columns where there are none."""
    none = ", ".join(f"NULL::{kind} AS {quote(name)}" for name, kind in columns.items())
    return " UNION ALL ".join([*parts, f"SELECT {none} WHERE FALSE"])


def record(table: Table) -> str:
    """The columns that say which record a row is."""
    return f'{literal(table.name)} AS "table", _row, {quote(table.id_field)} AS record_id'


RECORD = {"table": "VARCHAR", "_row": "BIGINT", "record_id": "VARCHAR"}


def with_id(tables: dict[str, Table], *columns: str) -> Iterator[Table]:
    """The tables whose rows have one id, a text, and which have the columns."""
    for t in tables.values():
        if t.id_field and t.field(t.id_field).type == "string" and t.has(*columns):
            yield t


def texts(table: Table, *columns: str) -> bool:
    """Whether the columns of a table are texts."""
    return all(table.field(c).type == "string" for c in columns)


def constant(rows: Iterable[tuple], columns: dict[str, str]) -> str:
    """A relation of given values; one VALUES list plans a hundred times faster than a union."""
    none = ", ".join(f"NULL::{kind}" for kind in columns.values())
    lines = ", ".join(f"({', '.join(map(literal, row))})" for row in rows)
    names = ", ".join(map(quote, columns))
    values = f"VALUES ({none}){', ' if lines else ''}{lines}"
    return f"SELECT * FROM ({values}) AS v({names}) WHERE {quote(next(iter(columns)))} IS NOT NULL"


def tables_relation(tables: dict[str, Table]) -> str:
    """_tables("table", title, cited, document): every table of the package."""
    return constant(
        ((t.name, t.title, t.cited, t.document) for t in tables.values()),
        {"table": "VARCHAR", "title": "VARCHAR", "cited": "VARCHAR", "document": "VARCHAR"},
    )


def fields_relation(tables: dict[str, Table]) -> str:
    """_fields("table", field, type, required): every column of every table."""
    return constant(fields_rows(tables), FIELDS)


FIELDS = {"table": "VARCHAR", "field": "VARCHAR", "type": "VARCHAR", "required": "BOOLEAN"}


def fields_rows(tables: dict[str, Table]) -> list[tuple]:
    """The rows of `_fields`."""
    return [(t.name, f.name, f.type, f.required) for t in tables.values() for f in t.fields]


def records_relation(tables: dict[str, Table]) -> str:
    """_records("table", _row, record_id, cited): every record that has an id."""
    return union(
        (
            f"SELECT {record(t)}, {literal(t.cited)} AS cited FROM {quote(t.name)}"
            for t in with_id(tables)
        ),
        {**RECORD, "cited": "VARCHAR"},
    )


def references_relation(tables: dict[str, Table]) -> str:
    """_references("table", _row, record_id, field, to_table, to_id): a table and an id."""
    parts = []
    for t in tables.values():
        own = quote(t.id_field) if t.id_field else "NULL::VARCHAR"
        for r in t.references:
            if texts(t, r.table, r.record):
                parts.append(
                    f'SELECT {literal(t.name)} AS "table", _row, {own} AS record_id, '
                    f"{literal(r.record)} AS field, {quote(r.table)} AS to_table, "
                    f"{quote(r.record)} AS to_id FROM {quote(t.name)} "
                    f"WHERE {quote(r.record)} IS NOT NULL"
                )
    return union(parts, {**RECORD, "field": "VARCHAR", "to_table": "VARCHAR", "to_id": "VARCHAR"})


def dates_relation(tables: dict[str, Table]) -> str:
    """_dates("table", _row, record_id, date_start, date_end, date_precision, date_basis)."""
    dated = (
        t for t in with_id(tables, *DATES)
        if texts(t, *DATES[2:]) and all(t.field(d).type == "date" for d in DATES[:2])
    )  # fmt: skip
    return union(
        (f"SELECT {record(t)}, {', '.join(DATES)} FROM {quote(t.name)}" for t in dated),
        {**RECORD, **dict.fromkeys(DATES[:2], "DATE"), **dict.fromkeys(DATES[2:], "VARCHAR")},
    )


def claims_relation(tables: dict[str, Table]) -> str:
    """_claims("table", _row, record_id, basis, asserted_by, certainty): whatever asserts."""
    columns = ("basis", "asserted_by", "certainty")
    parts = []
    for t in with_id(tables, "basis"):
        has = [c if t.has(c) and texts(t, c) else f"NULL::VARCHAR AS {c}" for c in columns]
        parts.append(f"SELECT {record(t)}, {', '.join(has)} FROM {quote(t.name)}")
    return union(parts, {**RECORD, **dict.fromkeys(columns, "VARCHAR")})


def parts_relation(tables: dict[str, Table]) -> str:
    """_parts("table", _row, record_id, part_of): whatever can be a part of its like."""
    return union(
        (
            f"SELECT {record(t)}, part_of FROM {quote(t.name)}"
            for t in with_id(tables, "part_of")
            if texts(t, "part_of")
        ),
        {**RECORD, "part_of": "VARCHAR"},
    )


def code_lists(tables: dict[str, Table]) -> dict[tuple, list[tuple[Table, str]]]:
    """Each enum of the package with its columns: one list where names and codes agree."""
    lists: dict[tuple, list[tuple[Table, str]]] = {}
    for t in tables.values():
        for f in t.fields:
            if f.codes and f.type == "string":
                lists.setdefault((f.name, tuple(f.codes)), []).append((t, f.name))
    return lists


def cells_relation(tables: dict[str, Table]) -> str:
    """_cells("table", _row, record_id, field, value): every cell that is not empty, as a text."""
    columns = {**RECORD, "field": "VARCHAR", "value": "VARCHAR"}
    parts = []
    for t in with_id(tables):
        whens = " ".join(
            f"WHEN {literal(f.name)} THEN CAST(t.{quote(f.name)} AS VARCHAR)" for f in t.fields
        )
        names = ", ".join(f"({literal(f.name)})" for f in t.fields)
        own = f'{literal(t.name)} AS "table", t._row, t.{quote(t.id_field)} AS record_id'
        parts.append(
            f"SELECT {own}, f.name AS field, CASE f.name {whens} END AS value "
            f"FROM {quote(t.name)} AS t CROSS JOIN (VALUES {names}) AS f(name)"
        )
    return f"SELECT * FROM ({union(parts, columns)}) AS cells WHERE value IS NOT NULL"


def lookups(tables: dict[str, Table]) -> dict[str, list[tuple[Table, str]]]:
    """Each code list that is a table, with the columns of other tables that point at it."""
    out: dict[str, list[tuple[Table, str]]] = {}
    for t in tables.values():
        for key in t.foreign_keys:
            to = tables.get(key.table)
            if to and to is not t and to.id_field == "code" and key.to == ("code",):
                out.setdefault(to.name, []).append((t, key.fields[0]))
    return out


CODE = {"table": "VARCHAR", "field": "VARCHAR", "code": "VARCHAR"}


def codes_relation(tables: dict[str, Table]) -> str:
    """_codes("table", field, code, reserved): every code that a column may hold.

    A list that several tables share (date_precision) stands once, under the first of them; a code
    list that is a table stands under its own name.
    """
    enums = [
        (uses[0][0].name, name, code, any(code in t.reserved.get(name, ()) for t, _ in uses))
        for (name, codes), uses in code_lists(tables).items()
        for code in codes
    ]
    columns = {**CODE, "reserved": "BOOLEAN"}
    parts = [f"({constant(enums, columns)})"]
    for name in lookups(tables):
        reserved = ", ".join(map(literal, tables[name].reserved.get("code", ()))) or "NULL"
        parts.append(
            f"SELECT {literal(name)} AS \"table\", 'code' AS field, code, "
            f"coalesce(code IN ({reserved}), FALSE) AS reserved FROM {quote(name)}"
        )
    return union(parts, columns)


def used_relation(tables: dict[str, Table]) -> str:
    """_used("table", field, code): the codes that stand in data, under the names of _codes."""
    parts = []
    for (name, _), uses in code_lists(tables).items():
        parts += [used(uses[0][0].name, name, t, column) for t, column in uses]
    for name, uses in lookups(tables).items():
        parts += [used(name, "code", t, column) for t, column in uses]
        to = tables[name]
        parts += [
            used(name, "code", to, key.fields[0]) for key in to.foreign_keys if key.table == name
        ]
    return union(parts, CODE)


def used(table: str, field: str, source: Table, column: str) -> str:
    """The codes of one column, as often as they stand there, under the name of their list."""
    return (
        f'SELECT {literal(table)} AS "table", {literal(field)} AS field, '
        f"{quote(column)} AS code FROM {quote(source.name)} WHERE {quote(column)} IS NOT NULL"
    )


MAKERS = {
    "_tables": tables_relation,
    "_fields": fields_relation,
    "_records": records_relation,
    "_references": references_relation,
    "_dates": dates_relation,
    "_claims": claims_relation,
    "_parts": parts_relation,
    "_cells": cells_relation,
    "_codes": codes_relation,
    "_used": used_relation,
}
