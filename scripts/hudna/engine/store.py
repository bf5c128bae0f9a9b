"""A package's tables in DuckDB, in memory, typed by their schemas, with external access off."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from hudna.engine import relations, typed
from hudna.engine.typed import Check, quote
from hudna.form import values
from hudna.form.csvfile import Records
from hudna.form.schema import Field, Table

WORD = re.compile(r"\w+")


class CellFault(NamedTuple):
    """A cell that is not what its schema asks for: record number, field, rule, constraint."""

    row: int
    field: Field
    rule: str
    constraint: str


class Store:
    """The tables of a package under their names; runs SQL over them.

    Each table has its schema's columns, typed, and `_row`, the number of the record in its file
    (from 1). Beside them stand the relations of `engine.relations`, made when first asked for.
    """

    def __init__(self, tables: dict[str, Table]):
        import duckdb

        settings = {"enable_external_access": "false", "autoinstall_known_extensions": "false"}
        self.tables = tables
        self.present: dict[str, set[str]] = {}
        self.made: set[str] = set()
        self.connection = duckdb.connect(":memory:", config=settings)

    def sql(self, query: str, params: Any = None) -> list[tuple]:
        """The rows of a query, as tuples."""
        return self.run(query, params)[1]

    def run(self, query: str, params: Any = None) -> tuple[list[str], list[tuple]]:
        """The column names and the rows of a query."""
        self.prepare(query)
        cursor = self.connection.execute(query, params)
        return [d[0] for d in cursor.description or ()], cursor.fetchall()

    def prepare(self, query: str) -> None:
        """Make the generated relations that the query names, where they are not there yet."""
        for name in (set(WORD.findall(query)) & relations.MAKERS.keys()) - self.made:
            self.made.add(name)
            body = relations.MAKERS[name](self.tables)
            self.connection.execute(f"CREATE VIEW {quote(name)} AS {body}")

    def lock(self) -> None:
        """Let no later statement change a setting."""
        self.connection.execute("SET lock_configuration = true")

    def load(self, table: Table, records: Records) -> list[CellFault]:
        """Make the typed table of the records; returns the cells that are not what they should be.

        Columns that the header lacks are NULL and not checked; blank records are left out.
        """
        width = min(len(records.header), len(table.fields))
        self.present[table.name] = set(table.names[:width])
        self.raw(records, width)
        faults = self.type(table, width)
        for field in table.fields[:width]:
            faults += self.patterns(table, field)
        self.connection.execute("DROP TABLE _raw")
        return faults

    def raw(self, records: Records, width: int) -> None:
        """The records as text, in the table _raw: _row, c0, c1, …"""
        numbers = [n for n in range(1, len(records.rows) + 1) if n not in records.blank]
        cells = [records.rows[n - 1] for n in numbers]
        params: dict[str, list] = {f"c{i}": [row[i] for row in cells] for i in range(width)}
        params["n"] = numbers
        columns = "".join(f", unnest($c{i}::VARCHAR[]) AS c{i}" for i in range(width))
        self.connection.execute(
            f"CREATE TABLE _raw AS SELECT unnest($n::BIGINT[]) AS _row{columns}", params
        )

    def type(self, table: Table, width: int) -> list[CellFault]:
        """Make the typed table out of _raw, and list the faults of its cells."""
        checks: list[Check] = []
        inner, outer, joins = ["_raw._row"], ["_row"], ""
        for i, field in enumerate(table.fields):
            name, raw = quote(field.name), f"r{i}"
            if i >= width:
                outer.append(f"NULL::{typed.SQL_TYPES[field.type]} AS {name}")
                continue
            found = typed.checks(field, raw, name)
            source = typed.text(table, f"c{i}")
            if found and found[0].rule == "type-error" and self.odd(field, i, source):
                # Texts that only Python can read: join the values that it gave.
                joins += f" LEFT JOIN _odd{i} ON _odd{i}.t = {source}"
                value = f"coalesce({typed_if_plain(field, source)}, _odd{i}.v)"
                reads = f"({found[0].broken} AND {name} IS NULL)"
                found[0] = Check(field, "type-error", "", reads)
            else:
                value = typed.typed(field, source)
            inner += [f"{source} AS {raw}", f"{value} AS {name}"]
            outer.append(name)
            checks += found
        masks = [f"{m} AS _mask{i}" for i, m in enumerate(typed.masks(checks))]
        self.connection.execute(
            f"CREATE TABLE {quote(table.name)} AS SELECT {', '.join(outer + masks)} "
            f"FROM (SELECT {', '.join(inner)} FROM _raw{joins})"
        )
        return self.cell_faults(table, checks, len(masks))

    def odd(self, field: Field, i: int, source: str) -> bool:
        """Whether some texts of column i must be read by Python; their values go to _odd<i>."""
        texts = self.sql(
            f"SELECT DISTINCT {source} FROM _raw "
            f"WHERE {source} IS NOT NULL AND NOT {typed.plain(field, source)}"
        )
        good = [(t, v) for (t,) in texts if (v := fitting(field, t)) is not None]
        if good:
            kind = typed.SQL_TYPES[field.type]
            self.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE _odd{i} AS "
                f"SELECT unnest($t::VARCHAR[]) AS t, unnest($v::{kind}[]) AS v",
                {"t": [t for t, _ in good], "v": [v for _, v in good]},
            )
        return bool(good)

    def cell_faults(self, table: Table, checks: list[Check], masks: int) -> list[CellFault]:
        """The faults that the masks of a typed table tell; a type error hides the constraints."""
        if not masks:
            return []
        names = [f"_mask{i}" for i in range(masks)]
        broken = self.sql(
            f"SELECT _row, {', '.join(names)} FROM {quote(table.name)} "
            f"WHERE {' OR '.join(f'{n} <> 0' for n in names)} ORDER BY _row"
        )
        out = []
        for row, *bits in broken:
            hit = [c for i, c in enumerate(checks) if bits[i // typed.MASK_BITS] >> i % typed.MASK_BITS & 1]
            mistyped = {c.field.name for c in hit if c.rule == "type-error"}
            out += [
                CellFault(row, c.field, c.rule, c.constraint)
                for c in hit
                if c.rule == "type-error" or c.field.name not in mistyped
            ]
        return out

    def patterns(self, table: Table, field: Field) -> list[CellFault]:
        """The cells that break a pattern which SQL cannot be trusted to read as Python does."""
        pattern = field.constraints.get("pattern")
        if pattern is None or typed.simple(pattern):
            return []
        name = quote(field.name)
        texts = self.sql(f"SELECT DISTINCT {name} FROM {quote(table.name)} WHERE {name} IS NOT NULL")
        bad = [t for (t,) in texts if not values.matches(pattern, t)]
        rows = self.sql(
            f"SELECT _row FROM {quote(table.name)} WHERE {name} IN (SELECT unnest($bad))",
            {"bad": bad},
        ) if bad else []  # fmt: skip
        return [CellFault(row, field, "constraint-error", "pattern") for (row,) in rows]

    def empty_cells(self, table: Table, faults: Iterable[CellFault]) -> None:
        """Make the faulty cells NULL, so that rules see them as not said."""
        rows: dict[str, list[int]] = defaultdict(list)
        for fault in faults:
            rows[fault.field.name].append(fault.row)
        for name, numbers in rows.items():
            self.connection.execute(
                f"UPDATE {quote(table.name)} SET {quote(name)} = NULL "
                "WHERE _row IN (SELECT unnest($rows))",
                {"rows": numbers},
            )


def typed_if_plain(field: Field, source: str) -> str:
    """The typed value where SQL may read the text itself, else NULL."""
    return f"CASE WHEN {typed.plain(field, source)} THEN {typed.typed(field, source)} END"


def fitting(field: Field, text: str) -> Any:
    """The value of an odd text, or None where it has none or none that a column can hold."""
    value = values.value(field, text)
    if field.type == "number" and value is not None:
        return None if value.is_snan() else float(value)
    if field.type == "integer" and value is not None and not -(2**63) <= value < 2**63:
        return None
    return value
