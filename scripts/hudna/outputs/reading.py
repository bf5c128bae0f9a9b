"""One record as a person wants to read it: its fields, its links both ways, its citations."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hudna.engine import whole
from hudna.form import dates, documents, nesting, rows
from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.ground.finding import CannotRun

NAMES = ("name", "title", "summary", "label")
Row = dict[str, str]


@dataclass
class Library:
    """Every record of a package by table and id, and who points at it."""

    tables: dict[str, Table]
    rows: dict[str, list[Row]]
    byid: dict[tuple[str, str], Row] = field(default_factory=dict)
    pointing: dict[tuple[str, str], list[tuple[Table, Row, str]]] = field(default_factory=dict)

    @classmethod
    def read(cls, package: Package) -> Library:
        """The records of a package; CannotRun where a table has not the form of its schema."""
        records = whole.read(package)
        for name, table in package.tables.items():
            if not rows.sound(table, records[name]):
                raise CannotRun(f"{table.path} cannot be read as it should; see hudna validate")
        library = cls(package.tables, rows.texts(package, records))
        for table in package.tables.values():
            for row in library.rows[table.name]:
                if table.id_field:
                    library.byid[table.name, row[table.id_field]] = row
                for name, to, key in pointers(table, row):
                    library.pointing.setdefault((to, key), []).append((table, row, name))
        return library

    def name(self, table: str, key: str) -> str:
        """What a reader calls a record: its name, title, summary or label; else its id."""
        row = self.byid.get((table, key), {})
        return next((row[n] for n in NAMES if row.get(n)), key)


def pointers(table: Table, row: Row) -> Iterator[tuple[str, str, str]]:
    """Column, table and id of everything that a row points at."""
    for key in table.foreign_keys:
        if len(key.fields) == 1 and row[key.fields[0]]:
            yield key.fields[0], key.table, row[key.fields[0]]
    for reference in table.references:
        if row[reference.record]:
            yield reference.record, row[reference.table], row[reference.record]


def find(library: Library, wanted: str) -> list[tuple[str, str]]:
    """Table and id of each record with an id, given as `id` or `table/id`.

    Raises CannotRun with the nearest ids where there is none.
    """
    table, _, key = wanted.rpartition("/")
    found = [(t, k) for t, k in library.byid if k == key and table in ("", t)]
    if not found:
        near = difflib.get_close_matches(key, sorted({k for _, k in library.byid}), 3, 0.5)
        hint = f"; the nearest are {', '.join(near)}" if near else ""
        raise CannotRun(f"no record has the id {wanted!r}{hint}")
    return found


def show(library: Library, table: str, key: str, width: int) -> Iterator[str]:
    """The lines that tell a record: heading, fields, links, who points at it, citations."""
    schema, row = library.tables[table], library.byid[table, key]
    yield from wrapped(library.name(table, key), width)
    yield f"{table}/{key}"
    yield from fields(library, schema, row, width, skip={schema.id_field, first_name(schema, row)})
    nested = nesting.nests(library.tables)[table]
    for nest in (n for n in nested if not n.host):
        links = [r for r in library.rows[nest.table.name] if r[nest.by] == key]
        lines = (told(library, nest.table, r, nest) for r in links)
        yield from section(nest.table.title, lines, width)
    yield from section("Elsewhere", elsewhere(library, table, key), width)
    for nest in (n for n in nested if n.host):
        links = (r for r in library.rows[nest.table.name] if r[nest.by] == key)
        links = [r for r in links if r[nest.host] == table]
        yield from section(nest.table.title, cited(links), width)


def cited(links: list[Row]) -> Iterator[str]:
    """Citations, those of one source and kind together: source, how it was read, where, how."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for r in links:
        kind = (r["field"], r["source_id"], r["via"], r["support"], r["value"])
        groups.setdefault(kind, []).append(r["locator"])
    for (name, source, via, support, value), locators in groups.items():
        what = "" if name == "*" else f"{name}: "
        through = f" via {via}" if via else ""
        where = " ".join(["", *filter(None, locators)])
        says = (
            f" ({support}{': ' + value if value else ''})" if support != "states" or value else ""
        )
        yield f"{what}{source}{through}{where}{says}"


def document(library: Library, table: str, key: str) -> Any:
    """A record as its JSON document; a link row without what is nested in it."""
    schema, row = library.tables[table], library.byid[table, key]
    if schema.nests:
        return documents.record(schema, row, (), {schema.name: []}, {})
    made = documents.compose(library.tables, library.rows)[schema.document]
    records = made if isinstance(made, list) else made[table]
    return next(r for r in records if r[schema.id_field] == key)


def first_name(table: Table, row: Row) -> str:
    """The column that the heading of a record shows."""
    return next((n for n in NAMES if row.get(n)), "")


def fields(library: Library, table: Table, row: Row, width: int, skip: set[str]) -> Iterator[str]:
    """The fields of a record that say something, one line each, with names for ids."""
    left = max(len(f.raw.get("title", f.name)) for f in table.fields) + 2
    if when := dates.words(row):
        yield f"  {'When'.ljust(left)}{when}"
        skip = {*skip, *dates.COLUMNS}
    names = {name: (to, key) for name, to, key in pointers(table, row)}
    for f in table.fields:
        if row[f.name] and f.name not in skip:
            value = spoken(library, f.raw, row[f.name], names.get(f.name))
            head = "  " + f.raw.get("title", f.name).ljust(left)
            yield from textwrap.wrap(
                value, width, initial_indent=head, subsequent_indent=" " * len(head)
            )


def spoken(library: Library, raw: dict, value: str, to: tuple[str, str] | None) -> str:
    """A value with what it stands for: the record that it names, or the meaning of its code."""
    if to:
        name = library.name(*to)
        return value if name == value else f"{name} ({value})"
    meaning = next((c["label"] for c in raw.get("categories", ()) if c["value"] == value), "")
    return f"{value}: {meaning}" if meaning else value


def told(library: Library, table: Table, row: Row, nest: nesting.Nest) -> str:
    """A link row in one line: its codes and the names of what it points at."""
    names = {name: (to, key) for name, to, key in pointers(table, row)}
    silent = {table.id_field, nest.by, nest.host, *(r.table for r in table.references)}
    silent |= set(dates.COLUMNS)
    parts = []
    for f in table.fields:
        if not row[f.name] or f.name in silent:
            continue
        value = row[f.name]
        if f.name in names:
            value = spoken(library, {}, value, names[f.name])
        elif f.type == "boolean":
            value = f.name if value == "true" else ""
        elif f.type != "string":
            value = f"{f.raw.get('title', f.name).lower()} {value}"
        if value != "unmarked":
            parts.append(value)
    parts.append(dates.words(row))
    return " · ".join(filter(None, parts))


def elsewhere(library: Library, table: str, key: str) -> Iterator[str]:
    """The records of other kinds that point at a record, through whatever link row does."""
    for other, row, column in library.pointing.get((table, key), ()):
        if other.nests.get("in") == nesting.ANYWHERE or other.nests.get("by") == column:
            continue
        title = other.field(column).raw.get("title", column)
        what = row.get("role") or row.get("relation_type") or title.lower()
        by = other.nests.get("by", "")
        if by:
            host = other.nests["in"]
            yield f"{what} in {host}/{row[by]}: {library.name(host, row[by])}"
        elif other.id_field:
            own = row[other.id_field]
            link = "" if what.endswith(" of") else " of"
            yield f"{what}{link} {other.name}/{own}: {library.name(other.name, own)}"


def section(title: str, lines: Iterable[str], width: int) -> Iterator[str]:
    """A titled list; nothing where the list is empty."""
    lines = list(lines)
    if lines:
        yield ""
        yield title
        for line in dict.fromkeys(lines):
            yield from wrapped(line, width, "  - ", "    ")


def wrapped(text: str, width: int, first: str = "", then: str = "") -> list[str]:
    """A text in lines no wider than asked for."""
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=then)
