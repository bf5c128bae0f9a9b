"""The faults of a package's records as one relation, so that a million are as good as one.

Each check that some record does not pass is a unit: what is checked of which column. Records that
fail the same units are as one, a pattern. The engine lets what explains another hide it in each
pattern, and counts; single faults are looked at only as far as they are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from hudna.engine.store import Store
from hudna.engine.typed import literal
from hudna.meaning.marking import Marked, Unit, mark
from hudna.meaning.report import KINDS, rank
from hudna.meaning.sqlfile import SqlFile

FOUND = {"unit": "INTEGER", "_row": "BIGINT", "extra": "BIGINT"}
TOLD = {"rule": "INTEGER", "table": "VARCHAR", "_row": "BIGINT", "field": "VARCHAR",
        "problem": "VARCHAR"}  # fmt: skip


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
        # Of each table: what its masks say, the numbers of its checks, and their conditions.
        self.marked: dict[str, tuple[Marked, list[tuple[int, str]]]] = {}
        self.keyed: list[int] = []  # the checks of keys that some record fails
        self.failed: set[int] = set()  # all checks that some record fails
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
        counts = self.store.gather("_found", FOUND, queries)
        self.keyed += [start + n for n, count in enumerate(counts) if count]
        self.units += [unit for unit, _ in wanted]

    def gather_conditions(self, wanted: dict[str, Marked]) -> None:
        """Note the checks of records that have masks, by table; `collapse` looks at them."""
        for name, marked in wanted.items():
            numbered = enumerate(marked.conditions, len(self.units))
            self.marked[name] = marked, [(n, condition) for n, (_, condition) in numbered]
            self.units += [unit for unit, _ in marked.conditions]

    def mark(self) -> None:
        """Let records that fail the same checks be as one, a pattern: see `marking`."""
        self.failed = mark(
            self.store, self.order, self.marked,
            {n: [i for i in self.keyed if self.units[i].table == n] for n in self.order},
        )  # fmt: skip

    @property
    def any(self) -> bool:
        return bool(self.keyed or any(several for _, several in self.marked.values()))

    def collapse(self, left_out: Iterable[str]) -> None:
        """Let faults hide what they explain: `_kept` holds those that are told.

        A record with too few or too many cells, or none, tells that alone; a cell tells its first
        fault; a record whose key stands twice tells that, and no other key.
        left_out: tables of which nothing more is told.
        """
        if not self.any:
            return
        self.mark()
        self.store.create("_units", self.known(left_out))
        self.store.create(
            "_ranked",
            """
            SELECT f.unit, f.pattern, u."table", u.field, u.kind, u.place, u.level, u.rule,
              min(CASE WHEN u.kind = 'record' THEN u.level END)
                OVER (PARTITION BY u.place, f.pattern) AS record_level,
              min(u.level) OVER (PARTITION BY u.place, f.pattern, u.field) AS cell_level
            FROM _patterned AS f JOIN _units AS u ON u.unit = f.unit
            """,
        )
        self.store.create(
            "_kept",
            """
            SELECT * FROM (
              SELECT *, max(CASE WHEN kind = 'key' THEN 1 ELSE 0 END)
                OVER (PARTITION BY place, pattern) AS keyless
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
            if u.told and n in self.failed and u.table not in skipped
        ]
        names = 'unit, "table", field, kind, place, level, rule'
        values = ", ".join(f"({', '.join(map(literal, row))})" for row in rows)
        if not rows:
            return f"SELECT * FROM (VALUES (0, '', '', '', 0, 0, '')) AS v({names}) WHERE FALSE"
        return f"SELECT * FROM (VALUES {values}) AS v({names})"

    def told(self) -> dict[str, int]:
        """How many faults of each rule are told."""
        sizes = "_kept AS k JOIN _sizes AS s ON s.place = k.place AND s.pattern = k.pattern"
        return dict(self.store.sql(
            f"SELECT k.rule, CAST(sum(s.records) AS BIGINT) FROM {sizes} GROUP BY k.rule"
        ))  # fmt: skip

    def tables(self) -> set[str]:
        """The tables of which something is told."""
        return {name for (name,) in self.store.sql('SELECT DISTINCT "table" FROM _kept')}

    def first(self, limit: int) -> list[Fault]:
        """The first faults of each rule, as many as the limit says."""
        rules = sorted({self.units[n].rule for n in self.failed})
        several = self.store.side_by_side(lambda rule: self.of_rule(rule, limit), rules)
        return [fault for faults in several for fault in faults]

    def of_rule(self, rule: str, limit: int) -> list[Fault]:
        """The first faults of a rule."""
        kept = f"(SELECT place, pattern, unit, level FROM _kept WHERE rule = {literal(rule)})"
        records = (
            "SELECT m.place, m.pattern, m._row FROM _marks AS m "
            f"JOIN (SELECT DISTINCT place, pattern FROM {kept} AS k) AS p "
            f"ON p.place = m.place AND p.pattern = m.pattern ORDER BY m.place, m._row LIMIT {limit}"
        )
        return self.faults(
            f"({records}) AS m JOIN {kept} AS k ON k.place = m.place AND k.pattern = m.pattern",
            f"ORDER BY m.place, m._row, k.level LIMIT {limit}",
        )

    def every(self) -> list[Fault]:
        """Every fault, hidden or not."""
        same = "k.place = m.place AND k.pattern = m.pattern"
        return self.faults(f"_marks AS m JOIN _patterned AS k ON {same}") if self.any else []

    def faults(self, source: str, order: str = "") -> list[Fault]:
        """Faults of a relation of records m and units k."""
        query = (
            f"SELECT k.unit, m._row, f.extra FROM {source} "
            f"LEFT JOIN _found AS f ON f.unit = k.unit AND f._row = m._row {order}"
        )
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
        units = [
            (n, u.table, u.field, KINDS.get(u.rule, "cell"), self.order[u.table])
            for n, u in enumerate(self.units)
        ]
        self.store.create("_named", relation(named, 'rule, "table", field'))
        self.store.create("_broken", relation(units, 'unit, "table", field, kind, place'))
        self.store.create(
            "_rests",
            """
            SELECT DISTINCT t.* FROM _told AS t
            JOIN _broken AS u ON u."table" = t."table"
            JOIN _marks AS m ON m.place = u.place AND m._row = t._row
            JOIN _patterned AS f ON f.unit = u.unit AND f.place = m.place AND f.pattern = m.pattern
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
