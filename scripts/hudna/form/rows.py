"""The rows of a package's tables, as texts by field name."""

from __future__ import annotations

from collections.abc import Mapping

from hudna.form import csvfile
from hudna.form.csvfile import Records
from hudna.form.package import Package
from hudna.form.schema import Table


def read(package: Package) -> dict[str, Records]:
    """The records that each table of a package has in a file of its own (not of a base)."""
    return {n: csvfile.read(package.path(t.path), t.missing) for n, t in package.own.items()}


def sound(table: Table, records: Records) -> bool:
    """Whether the records have the table's shape, so that every cell has its field."""
    faulty = records.fatal or records.byte_faults or records.blank or records.ragged
    return not faulty and records.header == table.names


def dicts(table: Table, records: Records) -> list[dict[str, str]]:
    """The rows by field name; a field that the file does not have, or a row is short of, is ""."""
    at = {name: n for n, name in enumerate(records.header)}
    return [{n: (r[at[n]] if n in at else None) or "" for n in table.names} for r in records.rows]


def texts(package: Package, records: Mapping[str, Records]) -> dict[str, list[dict[str, str]]]:
    """The rows of every table by field name."""
    return {n: dicts(t, records[n]) for n, t in package.tables.items()}
