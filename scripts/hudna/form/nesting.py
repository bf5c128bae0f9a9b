"""Which table nests in which: the shape of the documents, read from the Table Schemas alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hudna.form.schema import Table

ANYWHERE = "*"
Tables = Mapping[str, Table]


class Nest(NamedTuple):
    """A list inside a record: its name, its table, and what the place in the document says.

    by: the column that holds the parent's id. host: the column that holds the parent's table, or
    "" where that is always the same.
    """

    name: str
    table: Table
    by: str
    host: str

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The columns that a nested record leaves out, because its place tells them."""
        return (self.by, self.host) if self.host else (self.by,)


def roots(tables: Tables) -> dict[str, list[Table]]:
    """The tables whose records stand on their own in each document file."""
    out: dict[str, list[Table]] = {}
    for table in tables.values():
        if table.document and not table.nests:
            out.setdefault(table.document, []).append(table)
    return out


def is_list(document: str, tables: list[Table]) -> bool:
    """Whether a document file is one array of records; otherwise it is an object of arrays."""
    return [t.name for t in tables] == [document]


def host_column(table: Table) -> str:
    """The column that names the table of a record's parent, for a table that nests anywhere."""
    if table.nests["in"] != ANYWHERE:
        return ""
    return next((r.table for r in table.references if r.record == table.nests["by"]), "")


def may_hold(parent: Table, child: Table) -> bool:
    """Whether records of `child` can nest in records of `parent`."""
    if not child.nests or not parent.id_field:
        return False
    if child.nests["in"] != ANYWHERE:
        return child.nests["in"] == parent.name
    column = host_column(child)
    if not column or parent.nests.get("in") == ANYWHERE:
        return False
    codes = child.field(column).codes
    return not codes or parent.name in codes


def nests(tables: Tables) -> dict[str, list[Nest]]:
    """The lists inside the records of each table, those that may stand anywhere last."""
    inner = sorted((t for t in tables.values() if t.nests), key=lambda t: t.nests["in"] == ANYWHERE)
    return {
        parent.name: [
            Nest(t.nests["as"], t, t.nests["by"], host_column(t))
            for t in inner
            if may_hold(parent, t)
        ]
        for parent in tables.values()
    }


def faults(tables: Tables) -> list[tuple[Table, str]]:
    """What keeps tables from being documents: a list named like a field or like another list."""
    out = []
    for name, inside in nests(tables).items():
        seen = set(tables[name].names)
        for nest in inside:
            if nest.name in seen:
                out.append((nest.table, f"nests in {name} as {nest.name!r}, which is taken there"))
            seen.add(nest.name)
    return out
