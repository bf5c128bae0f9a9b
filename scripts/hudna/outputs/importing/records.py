"""The rows of a source as incidents and statements: typed views, and a query for each table."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hudna.engine.typed import literal
from hudna.outputs.importing import cells as values
from hudna.outputs.importing import dates, naming, placing
from hudna.outputs.importing.cells import Cells
from hudna.outputs.importing.coding import Codes

COUNTS = ("low", "best", "high")
NAMES = (
    "struct_pack(name := x, role := {role}, basis := {basis}, certainty := {certainty}, "
    "note := {note})"
)


def key(cells: Cells) -> str:
    """SQL for the key of a row, as the source has it."""
    spec = cells.mapping["key"]
    several = spec if isinstance(spec, list) else [spec]
    return f"nullif(concat_ws('-', {', '.join(cells.sql(s, 'key') for s in several)}), '')"


def typed(cells: Cells, codes: Codes) -> tuple[str, list[naming.Named]]:
    """SQL of the typed rows, and the actors that are named in them."""
    mapping = cells.mapping
    columns = {"_n": "_n", "key": key(cells), "theirs": codes.sql}
    columns["slug"] = values.slug(columns["key"])
    columns.update(placing.where(cells, mapping["where"]).columns)
    named: list[naming.Named] = []
    if mapping["incidents"]:
        columns.update(incident(cells, mapping["incidents"], named))
    if mapping["statements"]:
        columns.update(statement(cells, mapping["statements"], named))
    told = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    inner = f"SELECT {told}, {dates.when(cells, mapping['when'], 'when').columns} FROM src"
    return (placing.derived(inner) if mapping["where"] else inner), named


def incident(cells: Cells, spec: dict[str, Any], named: list[naming.Named]) -> dict[str, str]:
    """Columns of what a mapping says of incidents."""
    extent = f"coalesce({cells.sql(spec.get('extent'), 'incidents.extent')}, 'single')"
    out = {
        "i_title": cells.text(cells.sql(spec.get("title"), "incidents.title")),
        "i_description": cells.text(cells.sql(spec.get("description"), "incidents.description")),
        "i_status": f"coalesce({cells.sql(spec.get('status'), 'incidents.status')}, 'reported')",
        "i_extent": f"CASE WHEN {extent} = 'aggregate' THEN 'aggregate' ELSE 'single' END",
        "i_means": cells.sql(spec.get("means"), "incidents.means"),
    }
    for part, parts in {"events": ("low", "high"), "killed": COUNTS, "wounded": COUNTS}.items():
        told, least = spec.get(part) or {}, 1 if part == "events" else 0
        for bound in parts:
            at = f"incidents.{part}.{bound}"
            out[f"{part}_{bound}"] = cells.number(told.get(bound), at, least)
        cells.faults.extend(rise(cells, [told[b] for b in parts if b in told]))
    actors = [naming.named(cells, a, "incidents.actors") for a in spec.get("actors") or ()]
    named += actors
    if any(a.several for a in actors):
        out["i_actors"] = listed(actors)
        return out
    for n, one in enumerate(actors, 1):
        told = {"name": f"{one.names}[1]", **one.told}
        out.update({f"a{n}_{part}": sql for part, sql in told.items()})
    return out


def listed(actors: list[naming.Named]) -> str:
    """SQL for the actors of a row with what they do there, each once, in their order."""
    if not actors:
        return "[]"
    several = ", ".join(
        f"list_transform({a.names}, lambda x: {NAMES.format(**a.told)})" for a in actors
    )
    whole = f"list_filter(flatten([{several}]), lambda x: x.name IS NOT NULL)"
    return f"list_filter({whole}, lambda x, i: list_position({whole}, x) = i)"


def statement(cells: Cells, spec: dict[str, Any], named: list[naming.Named]) -> dict[str, str]:
    """Columns of what a mapping says of statements."""
    out = {
        "s_summary": cells.text(cells.sql(spec.get("summary"), "statements.summary")),
        "s_certainty": cells.sql(spec.get("certainty"), "statements.certainty"),
    }
    for part in ("speaker", "addressee"):
        at = f"statements.{part}"
        one = naming.named(cells, spec[part], at) if part in spec else None
        out[f"s_{part}"] = f"{one.names}[1]" if one else "NULL::VARCHAR"
        named += [one] if one else []
    return out


def rise(cells: Cells, several: list[Any]) -> list[values.Fault]:
    """Faults of numbers that ought to rise from one to the next."""
    out = []
    for low, high in pairwise(several):
        a, b = (cells.sql(s, "expect.rise") for s in (low, high))
        broken = f"TRY_CAST({a} AS DOUBLE) > TRY_CAST({b} AS DOUBLE)"
        words = f"no more than {cells.named(high)}"
        out.append(values.Fault("counts-in-order", cells.named(low), a, broken, words,
                                f"', ' || {b}"))  # fmt: skip
    return out


def expected(cells: Cells) -> None:
    """Add the faults that a mapping expects its source not to have."""
    for one in cells.mapping["expect"] or ():
        if "rise" in one:
            cells.faults.extend(rise(cells, one["rise"]))
        if "sum" in one:
            parts = [cells.sql(c, "expect.sum") for c in one["sum"]]
            whole = cells.sql(one["total"], "expect.total")
            total = " + ".join(f"coalesce(TRY_CAST({p} AS DOUBLE), 0)" for p in parts)
            broken = f"TRY_CAST({whole} AS DOUBLE) <> {total}"
            cells.fault("sum-differs", one["total"], whole, broken,
                        f"the sum of {', '.join(map(str, one['sum']))}")  # fmt: skip
        if "year_of" in one:
            day, year = (
                cells.sql(one["year_of"], "expect.year_of"),
                cells.sql(one["year"], "expect"),
            )
            formats = (cells.mapping["when"] or {}).get("formats")
            at = (f"try_strptime({day}, [{', '.join(map(literal, formats))}])" if formats
                  else f"TRY_CAST({day} AS DATE)")  # fmt: skip
            broken = f"year({at}) <> TRY_CAST({year} AS INTEGER)"
            cells.fault("year-differs", one["year"], year, broken,
                        f"the year of {one['year_of']}")  # fmt: skip


def taken(prefix: str, speaks: bool) -> str:
    """SQL of the rows that come in: typed, with their id, their table and our code.

    A row whose key stood before, or that has none, has its number in its id.
    """
    silent = " AND NOT (c.tab = 'statements' AND t.s_speaker IS NULL)" if speaks else ""
    base = f"concat_ws('-', {literal(prefix)}, t.slug)"
    return f"""SELECT t.*, c.tab, c.code, CASE WHEN d._n IS NULL AND t.slug IS NOT NULL THEN {base}
      ELSE {base} || '-row-' || t._n END AS id, d._n IS NOT NULL OR t.slug IS NULL AS again
    FROM typed AS t JOIN codes AS c ON c.theirs = t.theirs
    LEFT JOIN dups AS d ON d._n = t._n WHERE c.code <> ''{silent}"""


REFUSED = """SELECT t._n, t.key, c.why AS reason FROM typed AS t JOIN codes AS c
  ON c.theirs = t.theirs WHERE c.code = ''"""
SILENT = """ UNION ALL SELECT t._n, t.key, 'nobody is named who speaks' FROM typed AS t
  JOIN codes AS c
  ON c.theirs = t.theirs WHERE c.tab = 'statements' AND t.s_speaker IS NULL"""
INCIDENTS = """
SELECT t.id AS incident_id, coalesce(t.i_title, t.id) AS title, t.code AS incident_type,
  t.date_start, t.date_end, t.date_precision, t.date_basis, p.place_id,
  CASE WHEN p.place_id IS NULL THEN 'unknown' ELSE t.place_precision END AS place_precision,
  t.i_extent AS extent,
  CASE WHEN t.i_extent = 'single' THEN 1 ELSE coalesce(t.events_low, 2) END AS events_low,
  CASE WHEN t.i_extent = 'single' THEN 1 ELSE t.events_high END AS events_high,
  t.killed_low, t.killed_best, t.killed_high, t.wounded_low, t.wounded_best, t.wounded_high,
  NULL AS part_of, t.i_status AS status, t.i_description AS description
FROM taken AS t LEFT JOIN place AS p ON p.key = t.place_key WHERE t.tab = 'incidents'"""
MEANS = """
SELECT id || '-1' AS means_id, id AS incident_id, i_means AS means, NULL AS quantity_low,
  NULL AS quantity_high FROM taken WHERE tab = 'incidents' AND i_means IS NOT NULL"""
SEVERAL = """
  SELECT id, unnest(i_actors) AS who, generate_subscripts(i_actors, 1) AS nth FROM taken
  WHERE tab = 'incidents'"""
INVOLVED = """
SELECT u.id || '-' || u.nth AS involvement_id, u.id AS incident_id, a.actor_id,
  coalesce(u.who.role, 'participant') AS role, coalesce(u.who.basis, 'stated') AS basis,
  NULL AS asserted_by, u.who.certainty AS certainty, u.who.note AS note
FROM ({rows}) AS u JOIN actor AS a ON a.name = u.who.name"""
STATEMENTS = """
SELECT t.id AS statement_id, a.actor_id AS speaker_id, NULL AS on_behalf_of,
  t.code AS statement_type, coalesce(t.s_summary, t.id) AS summary, t.date_start, t.date_end,
  t.date_precision, t.date_basis, NULL AS date_reported, NULL AS channel,
  'explicit' AS explicitness, 'stated' AS basis, NULL AS asserted_by, t.s_certainty AS certainty,
  NULL AS hedge, NULL AS part_of
FROM taken AS t JOIN actor AS a ON a.name = t.s_speaker WHERE t.tab = 'statements'"""
# Whom a judgement is of is its topic; to whom other words are said, their addressee.
JUDGING = "('condemn', 'criticise', 'accuse', 'reject', 'endorse', 'deny')"
TARGETS = f"""
SELECT t.id || '-1' AS link_id, t.id AS statement_id,
  CASE WHEN t.code IN {JUDGING} THEN 'topic' ELSE 'addressee' END AS role,
  'actors' AS target_table, a.actor_id AS target_id, false AS negated, NULL AS connective,
  CASE WHEN t.code IN ('condemn', 'criticise', 'accuse') THEN -1
    WHEN t.code = 'endorse' THEN 1 END AS stance,
  'stated' AS basis, NULL AS asserted_by, NULL AS note
FROM taken AS t JOIN actor AS a ON a.name = t.s_addressee WHERE t.tab = 'statements'"""


def involved(spec: dict[str, Any]) -> str:
    """SQL of who is involved in the incidents, each once in one role."""
    actors = spec.get("actors") or []
    if any("split" in a for a in actors):
        return INVOLVED.format(rows=SEVERAL)
    parts = [
        f"""SELECT id, struct_pack(name := a{n}_name, role := a{n}_role, basis := a{n}_basis,
        certainty := a{n}_certainty, note := a{n}_note) AS who, {n} AS nth FROM taken
        WHERE tab = 'incidents' AND a{n}_name IS NOT NULL"""
        + "".join(
            f" AND (a{m}_name, a{m}_role) IS DISTINCT FROM (a{n}_name, a{n}_role)"
            for m in range(1, n)
        )
        for n in range(1, len(actors) + 1)
    ]
    return INVOLVED.format(rows=" UNION ALL ".join(parts))


def cited(source: str, named: str) -> str:
    """SQL for the citations of the rows. named: what the key is called there."""
    return f"""SELECT id || '-c1' AS citation_id, tab AS "table", id AS record_id, '*' AS field,
      {literal(source)} AS source_id, {literal(named + " ")} || coalesce(key, '(none)') ||
      CASE WHEN again THEN ', row ' || _n ELSE '' END AS locator FROM taken"""


def duplicates(con: Any) -> int:
    """Make the table `dups` of the rows whose key stood before; returns their number."""
    con.execute("""CREATE TABLE dups AS SELECT _n, key FROM (
      SELECT _n, key, slug, row_number() OVER (PARTITION BY slug ORDER BY _n) AS nth FROM typed
      WHERE slug IN (SELECT slug FROM typed GROUP BY slug HAVING count(*) > 1)) WHERE nth > 1""")
    return con.execute("SELECT count(*) FROM dups").fetchone()[0]
