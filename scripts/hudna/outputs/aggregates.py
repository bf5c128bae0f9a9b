"""Counts of the private incidents of a workspace, as rows that a public package can take."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hudna.engine import whole
from hudna.form import rows
from hudna.form.package import Package
from hudna.ground.finding import CannotRun
from hudna.meaning import sqlfile, views
from hudna.meaning.disclosure import ANY, Cell
from hudna.meaning.suppression import Count, Decision

VIEW = "incident-counts"
PERIODS = ("month", "week", "year")
BY = ("type", "target", *PERIODS)
ATTACK, UNNAMED = "attack", "?"


@dataclass(frozen=True)
class Asked:
    """What is to be counted: the window, the type, and by what it is broken down.

    target: count only what is on this actor. source: id of the source row; on: the day on which
    the database was read.
    """

    start: datetime.date
    end: datetime.date
    type: str = ATTACK
    by: tuple[str, ...] = ()
    target: str = ""
    source: str = ""
    title: str = "Private incident database"
    on: datetime.date = datetime.date.min
    floor: int = 5


def private(workspace: Package) -> Package:
    """The workspace without the incidents of its base: actors and codes are those of both."""
    own = ("incidents", "incident_actors", "coverage")
    tables = {
        n: replace(t, paths=t.own, lent=(), lender="") if n in own else t
        for n, t in workspace.tables.items()
    }
    return replace(workspace, tables=tables)


def counts(workspace: Package, asked: Asked) -> dict[Cell, Count]:
    """The private events of each cell of the table that is asked for, with its totals.

    Types and targets that only the workspace knows are left out: a public row cannot name them.
    Raises CannotRun where a cell of the tables cannot be read.
    """
    public = known(workspace.base)
    out: dict[Cell, Count] = {}
    for period in ("all", *(p for p in PERIODS if p in asked.by)):
        for row in shown(private(workspace), asked, period):
            if (
                wanted(row, asked)
                and row["type"] in public["incident_types"]
                and (row["target"] == ANY or row["target"] in public["actors"])
            ):
                cell = Cell(row["window_start"], row["window_end"], row["type"], row["target"])
                out[cell] = Count(row["lowest"], row["highest"])
    return out


def wanted(row: Mapping[str, Any], asked: Asked) -> bool:
    """Whether a row of the view is a cell of the table that is asked for."""
    if row["type"] != asked.type and "type" not in asked.by:
        return False
    if asked.target:
        return row["target"] == asked.target
    return row["target"] == ANY or ("target" in asked.by and row["target"] != UNNAMED)


def shown(package: Package, asked: Asked, period: str) -> Iterator[dict[str, Any]]:
    """The rows of the view that counts events."""
    given = {"from": str(asked.start), "to": str(asked.end), "by": period, "type": asked.type}
    answer = views.run(sqlfile.read(views.own()[VIEW]), package, given)
    if answer.unread:
        raise CannotRun(f"{answer.unread:,} cells cannot be read; `hudna validate` tells which")
    for row in answer.rows:
        yield dict(zip(answer.columns, row, strict=True))


def known(base: Package) -> dict[str, dict[str, str]]:
    """What the base calls its types of incident and its actors, by code and id."""
    out = {}
    for name, key, label in (("incident_types", "code", "label"), ("actors", "actor_id", "name")):
        table = base.tables[name]
        held = rows.dicts(table, whole.table(base, table))
        out[name] = {r[key]: r[label] for r in held}
    return out


def broader(base: Package) -> dict[str, str]:
    """Of each type of incident that events can have, the wider one."""
    table = base.tables["incident_types"]
    held = rows.dicts(table, whole.table(base, table))
    return {r["code"]: r["broader"] for r in held if r["code"] != "ceasefire"}


def order(cells: Mapping[Cell, Count], asked: Asked) -> list[Cell]:
    """The cells, totals first, then the larger ones: what is published is chosen in this order."""

    def coarse(cell: Cell) -> tuple:
        window = (cell.start, cell.end) != (asked.start, asked.end)
        parts = window + (cell.type != asked.type) + (cell.target not in (ANY, asked.target))
        return parts, -cells[cell].low, cell

    return sorted(cells, key=coarse)


def documents(decisions: Iterable[Decision], asked: Asked, base: Package) -> dict[str, Any]:
    """What can be published, as documents that `hudna add` takes: the source and its counts."""
    told = [d for d in decisions if d.low is not None]
    names = known(base)
    table = base.tables["sources"]
    there = {r["source_id"] for r in rows.dicts(table, whole.table(base, table))}
    out: dict[str, Any] = {} if asked.source in there else {"sources": [source(asked)]}
    return out | {"tallies": [tally(d, asked, names) for d in told]}


def source(asked: Asked) -> dict[str, Any]:
    """The row of the database: no author, no address."""
    return {
        "source_id": asked.source,
        "title": asked.title,
        "source_type": "database",
        **dates(asked.on, asked.on),
        "access": "private",
        "citations": cited(asked),
    }


def tally(d: Decision, asked: Asked, names: dict[str, dict[str, str]]) -> dict[str, Any]:
    """One count."""
    cell = d.cell
    unit = "attacks" if asked.type == ATTACK else "incidents"
    much = f"{d.low:,}" if d.high == d.low else f"At least {d.low:,}"
    target = "" if cell.target == ANY else f" on {names['actors'][cell.target]}"
    kind = "" if cell.type == ATTACK else f" ({names['incident_types'][cell.type].lower()})"
    parts = [asked.source, cell.type, cell.target if target else "", cell.start, cell.end]
    note = f"Counted from private incidents; groups of fewer than {asked.floor} are not told."
    if asked.by:
        note += f" Of the table by {', '.join(asked.by)}, what has no row is suppressed."
    out: dict[str, Any] = {
        "tally_id": "-".join(str(p) for p in parts if p),
        "title": f"{much} {unit}{kind}{target} from {cell.start} to {cell.end}",
        **dates(cell.start, cell.end),
        "unit": unit,
        "incident_type": cell.type,
    }
    out |= {"target_actor_id": cell.target} if target else {}
    out |= {"count_low": d.low} | ({} if d.high is None else {"count_high": d.high})
    return out | {"note": note, "citations": cited(asked)}


def dates(start: datetime.date, end: datetime.date) -> dict[str, str]:
    """The columns of a window."""
    precision = "day" if start == end else "throughout"
    return {"date_start": str(start), "date_end": str(end), "date_precision": precision,
            "date_basis": "stated"}  # fmt: skip


def cited(asked: Asked) -> list[dict[str, str]]:
    """The citation of what the database says."""
    return [{"field": "*", "source_id": asked.source, "support": "states"}]
