"""Actors of a source: the names in it, matched with actors that are known, the others made."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from hudna.engine.typed import literal
from hudna.form.package import Package
from hudna.ground.folding import fold
from hudna.outputs.importing import coding
from hudna.outputs.importing.cells import Cells
from hudna.outputs.importing.tables import fill

CLASSES = ("category", "population", "proposed-body")
WORD = re.compile(r"[a-z0-9]+")


class Named(NamedTuple):
    """SQL of one actor of a row: a list of names, kind, and what it does there."""

    names: str
    kind: str
    told: dict[str, str]
    several: bool


def named(cells: Cells, spec: dict[str, Any], at: str) -> Named:
    """What a mapping says of an actor, as SQL."""
    if not isinstance(spec, dict) or "name" not in spec:
        raise cells.mapping.wrong(at, "it has no name; expected the column that names the actor")
    name = cells.sql(spec["name"], f"{at}.name")
    if spec.get("split"):
        parts = f"string_split({name}, {literal(str(spec['split']))})"
        several = f"list_filter(list_transform({parts}, lambda x: nullif(trim(x), '')), " \
                  "lambda x: x IS NOT NULL)"  # fmt: skip
        names = f"list_transform(coalesce({several}, []), lambda x: {cells.text('x')})"
    else:
        names = f"[{cells.text(name)}]"
    kind = cells.sql(spec.get("type") or {"is": "organisation"}, f"{at}.type")
    told = {
        part: cells.sql(spec[part], f"{at}.{part}") if part in spec else "NULL::VARCHAR"
        for part in ("role", "basis", "certainty", "note")
    }
    return Named(names, kind, told, "split" in spec)


class Actor(NamedTuple):
    """One name of the source. verdict: match, ambiguous, none; near: what it may be."""

    name: str
    rows: int
    kind: str
    actor_id: str
    verdict: str
    near: str


def resolve(
    con: Any, package: Package, specs: list[Named], prefix: str, find: Any, holder: str = ""
) -> list[Actor]:
    """Make the table `actor` (name, actor_id, new, kind) of all names in the source.

    holder: the id of the actor that publishes it. find: gives for a list of names as many
    matches, or None where nobody asks.
    """
    union = " UNION ALL ".join(
        f"SELECT unnest({s.names}) AS name, {s.kind} AS kind FROM src" for s in specs
    )
    rows = (
        []
        if not specs
        else con.execute(
            "SELECT name, sum(n), arg_max(kind, n) FROM (SELECT name, kind, count(*) AS n FROM "
            f"({union}) WHERE name IS NOT NULL GROUP BY ALL) GROUP BY name ORDER BY name"
        ).fetchall()
    )
    types = {c for c in package.tables["actors"].field("actor_type").codes}
    matches = find([name for name, *_ in rows]) if find else [None] * len(rows)
    taken = {r["actor_id"] for r in coding.table(package, "actors")} | {holder}
    out = []
    for (name, count, kind), match in zip(rows, matches, strict=True):
        kind = kind if kind in types else "organisation"
        known = match is not None and match.verdict == "match"
        id = match.actor_id if known else free(f"{prefix}-{words(name)}", taken)
        verdict = match.verdict if match else "none"
        out.append(Actor(name, count, kind, id, verdict, near(match)))
    columns = {"name": "VARCHAR", "actor_id": "VARCHAR", "made": "BOOLEAN", "kind": "VARCHAR"}
    fill(con, "actor", columns, [(a.name, a.actor_id, a.verdict != "match", a.kind) for a in out])
    return out


def near(match: Any) -> str:
    """Who else a name may be."""
    if match is None or match.verdict != "ambiguous":
        return ""
    told = [match.actor_id, getattr(match, "runner_up", "")]
    return ", ".join(str(t) for t in told if t)


def words(name: str) -> str:
    """A name as the words of an id."""
    return "-".join(WORD.findall(fold(name))) or "actor"


def free(id: str, taken: set[str]) -> str:
    """An id that nobody has, as near as can be."""
    nth, out = 1, id
    while out in taken:
        nth += 1
        out = f"{id}-{nth}"
    taken.add(out)
    return out
