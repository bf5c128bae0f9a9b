"""What a source breaks of its own rules: a warning for each cell, nothing lost, nothing mended."""

from __future__ import annotations

from typing import Any

from hudna.engine.typed import literal, quote
from hudna.outputs.importing.cells import Cells
from hudna.outputs.importing.staging import Staged
from hudna.outputs.importing.tables import fill

BROKEN = "\ufffd"


def gather(con: Any, cells: Cells, key: str, staged: Staged, more: list[str]) -> dict[str, int]:
    """Make the table `warning` of everything that is to be told; returns the number of each rule.

    key: SQL of the key over `src`. more: SQL of other warnings.
    """
    con.execute("CREATE TABLE warning (row BIGINT, key VARCHAR, field VARCHAR, value VARCHAR, "
                "rule VARCHAR, wanted VARCHAR)")  # fmt: skip
    asked = [
        f"SELECT _n, {key}, {literal(f.field)}, {f.value}, {literal(f.rule)}, "
        f"{literal(f.wanted)} || coalesce({f.other}, '') FROM src WHERE {f.broken}"
        for f in dict.fromkeys(cells.faults)
    ]
    asked += [
        f"SELECT _n, {key}, {literal(c)}, {quote(c)}, 'lost-character', 'a letter where U+FFFD "
        f"stands' FROM src WHERE contains({quote(c)}, '{BROKEN}')"
        for c in cells.columns
        if staged.lost
    ]
    for query in asked + more:
        con.execute(f"INSERT INTO warning {query}")
    encodings(con, key, staged)
    rows = con.execute("SELECT rule, count(*) FROM warning GROUP BY 1 ORDER BY 1").fetchall()
    return dict(rows)


def encodings(con: Any, key: str, staged: Staged) -> None:
    """Tell of the lines that were not UTF-8."""
    if not staged.broken:
        return
    columns = {"row": "BIGINT", "line": "BIGINT", "encoding": "VARCHAR"}
    fill(con, "broken", columns, staged.broken)
    con.execute(f"INSERT INTO warning SELECT b.row, s.key, '', 'line ' || b.line || ' read as ' || "
                "b.encoding, 'broken-encoding', 'UTF-8' FROM broken AS b LEFT JOIN "
                f"(SELECT _n, {key} AS key FROM src) AS s ON s._n = b.row")  # fmt: skip


def sample(con: Any, each: int) -> list[dict[str, Any]]:
    """The first warnings of each rule."""
    cursor = con.execute(
        "SELECT rule, row, key, field, value, wanted FROM (SELECT *, row_number() OVER (PARTITION "
        "BY rule ORDER BY row, field) AS nth FROM warning) WHERE nth <= ? "
        "ORDER BY rule, row, field",
        [each],
    )
    names = [d[0] for d in cursor.description]
    return [dict(zip(names, r, strict=True)) for r in cursor.fetchall()]
