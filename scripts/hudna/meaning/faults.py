"""The faults of a package's records as one relation, so that a million are as good as one.

Each check that some record does not pass is a unit: what is checked of which column. The engine
gathers (unit, record) of all of them, lets what explains another hide it, and counts; single
faults are looked at only as far as they are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from hudna.engine.store import Store
from hudna.engine.typed import literal
from hudna.meaning.report import KINDS, rank
from hudna.meaning.sqlfile import SqlFile

FOUND = {"unit": "INTEGER", "_row": "BIGINT", "extra": "BIGINT"}
TOLD = {"rule": "INTEGER", "table": "VARCHAR", "_row": "BIGINT", "field": "VARCHAR",
        "problem": "VARCHAR"}  # fmt: skip
# Conditions on one relation from which on they are looked for together.
TOGETHER = 100


class Unit(NamedTuple):
    """One check of one column, or of a record as a whole (field "").

    to: the table in which a key should stand. columns: those of a key. told: whether it is told,
    or only hides what follows from it.
    """

    table: str
    field: str
    rule: str
    constraint: str = ""
    to: str = ""
    columns: tuple[str, ...] = ()
    told: bool = True


class Fault(NamedTuple):
    """A record that fails a check. extra: the number of an earlier record, for a repeated key."""

    unit: Unit
    row: int
    extra: int | None


class Faults:
    """All faults of records: gathered, hidden by what explains them, counted."""

    def __init__(self, store: Store, order: Iterable[str]):
        self.store = store
        self.order = {name: n for n, name in enumerate(order)}
        self.units: list[Unit] = []
        self.counts: list[int] = []
        store.define("_found", FOUND)

    def gather(self, wanted: list[tuple[Unit, str]]) -> None:
        """Run checks; each query gives `_row` and `extra` of the records that fail it."""
        if not wanted:
            return
        start = len(self.units)
        queries = [
            f"SELECT {start + n} AS unit, _row, extra FROM ({query}) AS faulty"
            for n, (_, query) in enumerate(wanted)
        ]
        self.counts += self.store.gather("_found", FOUND, queries)
        self.units += [unit for unit, _ in wanted]

    def gather_conditions(self, wanted: dict[str, list[tuple[Unit, str]]]) -> None:
        """Look for records of some relations that meet conditions, each a unit's.

        Many conditions on one relation are looked for together, so that it is not read for each.
        """
        few = {held: several for held, several in wanted.items() if len(several) <= TOGETHER}
        self.gather([
            (unit, f"SELECT _row, NULL AS extra FROM {held} WHERE {condition}")
            for held, several in few.items()
            for unit, condition in several
        ])  # fmt: skip
        for held, several in wanted.items():
            if held not in few:
                self.gather_together(held, several)

    def gather_together(self, held: str, several: list[tuple[Unit, str]]) -> None:
        """Look for the records of a relation that meet any of many conditions."""
        start, queries = len(self.units), []
        for first in range(0, len(several), TOGETHER):
            some = several[first : first + TOGETHER]
            numbers = ", ".join(
                f"CASE WHEN {condition} THEN {start + first + n} END"
                for n, (_, condition) in enumerate(some)
            )
            met = f"SELECT unnest([{numbers}]) AS unit, _row FROM {held}"
            queries.append(
                f"SELECT unit, _row, NULL AS extra FROM ({met}) AS met WHERE unit IS NOT NULL"
            )
        self.store.gather("_found", FOUND, queries)
        self.units += [unit for unit, _ in several]
        counts = dict(self.store.sql("SELECT unit, count(*) FROM _found GROUP BY unit"))
        self.counts += [counts.get(start + n, 0) for n in range(len(several))]

    @property
    def any(self) -> bool:
        return any(self.counts)

    def collapse(self, left_out: Iterable[str]) -> None:
        """Let faults hide what they explain: `_kept` holds those that are told.

        A record with too few or too many cells, or none, tells that alone; a cell tells its first
        fault; a record whose key stands twice tells that, and no other key.
        left_out: tables of which nothing more is told.
        """
        if not self.any:
            return
        self.store.create("_units", self.known(left_out))
        self.store.create(
            "_ranked",
            """
            SELECT f.unit, f._row, f.extra, u."table", u.field, u.kind, u.place, u.level,
              min(CASE WHEN u.kind = 'record' THEN u.level END) OVER (PARTITION BY u.place, f._row)
                AS record_level,
              min(u.level) OVER (PARTITION BY u.place, f._row, u.field) AS cell_level
            FROM _found AS f JOIN _units AS u ON u.unit = f.unit
            """,
        )
        self.store.create(
            "_kept",
            """
            SELECT * FROM (
              SELECT *, max(CASE WHEN kind = 'key' THEN 1 ELSE 0 END)
                OVER (PARTITION BY place, _row) AS keyless
              FROM _ranked
              WHERE level = CASE WHEN record_level IS NULL THEN cell_level ELSE record_level END
            ) AS first_ones
            WHERE kind <> 'unique' OR keyless = 0
            """,
        )

    def known(self, left_out: Iterable[str]) -> str:
        """The units that are told, as a relation: what hides what by their level."""
        skipped = set(left_out)
        order = sorted(range(len(self.units)), key=lambda n: (rank(self.units[n].rule), n))
        level = {n: i for i, n in enumerate(order)}
        rows = [
            (n, u.table, u.field, KINDS.get(u.rule, "cell"), self.order[u.table], level[n], u.rule)
            for n, u in enumerate(self.units)
            if u.told and self.counts[n] and u.table not in skipped
        ]
        names = 'unit, "table", field, kind, place, level, rule'
        values = ", ".join(f"({', '.join(map(literal, row))})" for row in rows)
        if not rows:
            return f"SELECT * FROM (VALUES (0, '', '', '', 0, 0, '')) AS v({names}) WHERE FALSE"
        return f"SELECT * FROM (VALUES {values}) AS v({names})"

    def told(self) -> dict[str, int]:
        """How many faults of each rule are told."""
        kept = "_kept AS k JOIN _units AS u ON u.unit = k.unit"
        return dict(self.store.sql(f"SELECT u.rule, count(*) FROM {kept} GROUP BY u.rule"))

    def tables(self) -> set[str]:
        """The tables of which something is told."""
        return {name for (name,) in self.store.sql('SELECT DISTINCT "table" FROM _kept')}

    def first(self, limit: int) -> list[Fault]:
        """The first faults of each rule, as many as the limit says."""
        return self.faults(
            f"""
            SELECT unit, _row, extra FROM (
              SELECT k.*, row_number() OVER (PARTITION BY u.rule ORDER BY k.place, k._row, k.level)
                AS nth
              FROM _kept AS k JOIN _units AS u ON u.unit = k.unit
            ) AS numbered
            WHERE nth <= {limit}
            """
        )

    def every(self) -> list[Fault]:
        """Every fault, hidden or not."""
        return self.faults("SELECT unit, _row, extra FROM _found") if self.any else []

    def faults(self, query: str) -> list[Fault]:
        return [Fault(self.units[n], row, extra) for n, row, extra in self.store.sql(query)]

    def hide(
        self, rules: list[SqlFile], columns: dict[str, list[str]], unsound: Iterable[str]
    ) -> None:
        """Let `_standing` be what `_told` says, less what rests on a cell known to be wrong.

        rules: by their number in `_told`. columns: of each table. A rule's finding rests on its
        field and on every column that the rule names; unsound: tables of which nothing is told.
        """
        places = relation([(name, n) for name, n in self.order.items()], '"table", place')
        left_out = ", ".join(map(literal, sorted(unsound)))
        told = f"""
            SELECT DISTINCT t.*, p.place FROM _told AS t LEFT JOIN ({places}) AS p
            ON p."table" = t."table"
            {f'WHERE t."table" IS NULL OR t."table" NOT IN ({left_out})' if left_out else ""}
            """
        if not self.any:
            return self.store.create("_standing", told)
        named = [
            (n, table, name)
            for n, rule in enumerate(rules)
            for table, names in columns.items()
            for name in names
            if name in rule.words
        ]
        units = [(n, u.table, u.field, KINDS.get(u.rule, "cell")) for n, u in enumerate(self.units)]
        self.store.create("_named", relation(named, 'rule, "table", field'))
        self.store.create("_broken", relation(units, 'unit, "table", field, kind'))
        self.store.create(
            "_rests",
            """
            SELECT DISTINCT t.* FROM _told AS t
            JOIN _broken AS u ON u."table" = t."table"
            JOIN _found AS f ON f.unit = u.unit AND f._row = t._row
            LEFT JOIN _named AS n
              ON n.rule = t.rule AND n."table" = u."table" AND n.field = u.field
            WHERE u.kind IN ('record', 'key', 'unique') OR u.field = t.field
              OR (n.rule IS NOT NULL AND u.kind <> 'odd')
            """,
        )
        self.store.create(
            "_standing",
            f"""
            SELECT t.* FROM ({told}) AS t
            WHERE NOT EXISTS (
              SELECT 1 FROM _rests AS r
              WHERE r.rule = t.rule AND r."table" = t."table" AND r._row = t._row
                AND r.field IS NOT DISTINCT FROM t.field AND r.problem = t.problem
            )
            """,
        )


def relation(rows: list[tuple[Any, ...]], names: str) -> str:
    """A relation of given rows, perhaps none."""
    empty = ", ".join(["NULL"] * len(names.split(",")))
    values = ", ".join(f"({', '.join(map(literal, row))})" for row in rows) or f"({empty})"
    return f"SELECT * FROM (VALUES {values}) AS v({names})"
