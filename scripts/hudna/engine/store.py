"""A package's tables in DuckDB, in memory, typed by their schemas, with external access off."""

from __future__ import annotations

import os
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from hudna.engine import relations, typed
from hudna.engine.typed import Check, quote
from hudna.form import patterns, values
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
        self.empty: set[str] = set()
        self.made: set[str] = set()
        self.making = threading.Lock()
        self.own = threading.local()
        self.database = duckdb.connect(":memory:", config=settings)

    @property
    def connection(self) -> Any:
        """This thread's connection to the database; temporary tables are its own."""
        if not hasattr(self.own, "connection"):
            self.own.connection = self.database.cursor()
        return self.own.connection

    def side_by_side(self, work: Callable, items: Iterable) -> list:
        """The results of some work on each item, in the items' order, on all cores.

        A statement on small tables costs its planning, which takes one core: so several
        statements run at once.
        """
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(work, items))

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
        with self.making:
            for name in (set(WORD.findall(query)) & relations.MAKERS.keys()) - self.made:
                self.made.add(name)
                body = relations.MAKERS[name](self.tables)
                self.connection.execute(f"CREATE VIEW {quote(name)} AS {body}")

    def plan_plainly(self) -> None:
        """Spare the optimizer: on a few thousand records it costs more time than it saves."""
        self.database.execute("SET GLOBAL enable_optimizer = false")

    def lock(self) -> None:
        """Let no later statement change a setting."""
        self.connection.execute("SET lock_configuration = true")

    def load(self, table: Table, records: Records) -> list[CellFault]:
        """Make the typed table of the records; returns the cells that are not what they should be.

        Columns that the header lacks are NULL and not checked; blank records are left out.
        """
        width = min(len(records.header), len(table.fields))
        self.present[table.name] = set(table.names[:width])
        if len(records.rows) == len(records.blank):
            self.empty.add(table.name)
            columns = (f"{quote(f.name)} {typed.SQL_TYPES[f.type]}" for f in table.fields)
            columns = ", ".join(["_row BIGINT", *columns])
            self.connection.execute(f"CREATE OR REPLACE TABLE {quote(table.name)} ({columns})")
            return []
        raw = texts(records, width)
        faults = self.type(table, width, raw, {})
        if odd := self.odd(table, records, faults):
            faults = self.type(table, width, raw, odd)
        # A cast may have seen a value (2020-09 as a date) where the schema sees none.
        self.empty_cells(table, [f for f in faults if f.rule == "type-error"])
        for field in table.fields[:width]:
            faults += self.patterns(table, field)
        return faults

    def type(
        self, table: Table, width: int, raw_cells: dict[str, list], odd: dict[str, str]
    ) -> list[CellFault]:
        """Make the typed table out of columns of texts, and list the faults of its cells.

        raw_cells: the columns n (record numbers), c0, c1, … odd: for each field with texts that
        only Python reads, the table of the values it gave.
        """
        checks: list[Check] = []
        inner, outer, joins = ["_raw._row"], ["_row"], ""
        for i, field in enumerate(table.fields):
            name, raw = quote(field.name), f"r{i}"
            if i >= width:
                outer.append(f"NULL::{typed.SQL_TYPES[field.type]} AS {name}")
                continue
            source = typed.text(table, f"c{i}")
            found, value = typed.checks(field, raw, name), typed.typed(field, source)
            if values_of := odd.get(field.name):
                joins += f" LEFT JOIN {values_of} ON {values_of}.t = {source}"
                plainly = f"CASE WHEN {typed.plain(field, source)} THEN {value} END"
                value = f"coalesce({plainly}, {values_of}.v)"
                reads = f"({found[0].broken} AND {name} IS NULL)"
                found[0] = Check(field, "type-error", "", reads)
            inner += [f"{source} AS {raw}", f"{value} AS {name}"]
            outer.append(name)
            checks += found
        masks = [f"{m} AS _mask{i}" for i, m in enumerate(typed.masks(checks))]
        columns = "".join(f", unnest($c{i}::VARCHAR[]) AS c{i}" for i in range(width))
        self.connection.execute(
            f"CREATE OR REPLACE TABLE {quote(table.name)} AS SELECT {', '.join(outer + masks)} "
            f"FROM (SELECT {', '.join(inner)} FROM "
            f"(SELECT unnest($n::BIGINT[]) AS _row{columns}) AS _raw{joins})",
            raw_cells,
        )
        return self.cell_faults(table, checks, len(masks))

    def odd(self, table: Table, records: Records, faults: list[CellFault]) -> dict[str, str]:
        """For each field whose mistyped texts have a value after all, the table that holds it."""
        seen: dict[str, set[str]] = defaultdict(set)
        for row, field, rule, _ in faults:
            if rule == "type-error":
                seen[field.name].add(records.rows[row - 1][table.names.index(field.name)] or "")
        out: dict[str, str] = {}
        for column, given in seen.items():
            field = table.field(column)
            good = {t: v for t in sorted(given) if (v := fitting(field, t)) is not None}
            if good:
                name = out[column] = f"_odd{len(out)}"
                kind = typed.SQL_TYPES[field.type]
                self.connection.execute(
                    f"CREATE OR REPLACE TEMP TABLE {name} AS "
                    f"SELECT unnest($t::VARCHAR[]) AS t, unnest($v::{kind}[]) AS v",
                    {"t": list(good), "v": list(good.values())},
                )
        return out

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
            hit = [c for i, c in enumerate(checks) if typed.is_set(bits, i)]
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
        if pattern is None or patterns.in_sql(pattern) is not None:
            return []
        name, own = quote(field.name), quote(table.name)
        seen = self.sql(f"SELECT DISTINCT {name} FROM {own} WHERE {name} IS NOT NULL")
        bad = [t for (t,) in seen if not values.matches(pattern, t)]
        rows = self.sql(
            f"SELECT _row FROM {own} WHERE {name} IN (SELECT unnest($bad))",
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


def texts(records: Records, width: int) -> dict[str, list]:
    """The records that are not blank, as columns of texts: n (their numbers), c0, c1, …"""
    numbers = [n for n in range(1, len(records.rows) + 1) if n not in records.blank]
    rows = [records.rows[n - 1] for n in numbers]
    return {"n": numbers, **{f"c{i}": [row[i] for row in rows] for i in range(width)}}


def fitting(field: Field, text: str) -> Any:
    """The value of an odd text, or None where it has none or none that a column can hold."""
    value = values.value(field, text)
    if field.type == "number" and value is not None:
        return None if value.is_snan() else float(value)
    if field.type == "integer" and value is not None and not -(2**63) <= value < 2**63:
        return None
    return value
