"""The rows of a source as ceasefires: one row a party, gathered by key and day of declaration."""

from __future__ import annotations

from typing import Any

from hudna.engine.typed import literal
from hudna.outputs.importing import cells as values
from hudna.outputs.importing import dates, naming, records
from hudna.outputs.importing.cells import Cells, Fault

# What the rows of one ceasefire ought to say alike.
SHARED = ("title", "class", "side", "written", "scope", "effective_start", "over_end", "ended")


def typed(cells: Cells, prefix: str) -> tuple[str, list[naming.Named]]:
    """SQL of the typed rows, and the parties that are named in them."""
    spec = cells.mapping["ceasefires"]
    party = naming.named(cells, spec["party"], "ceasefires.party")
    told = {p: dates.when(cells, spec.get(p), f"ceasefires.{p}")
            for p in ("declared", "effective", "ended")}  # fmt: skip
    for later in ("effective", "ended"):
        if spec.get(later) and spec.get("declared"):
            words = f"no day before {cells.named(spec['declared'].get('year', 'the declaration'))}"
            name = cells.named(spec[later].get("year", later))
            end, start = told[later].end, told["declared"].start
            text = f"CAST({end} AS VARCHAR)"
            other = f"', ' || CAST({start} AS VARCHAR)"
            broken = f"{end} < {start}"
            cells.faults.append(Fault("dates-in-order", name, text, broken, words, other))
    key = records.key(cells)
    day = f"strftime({told['declared'].end}, '%Y-%m-%d')"
    position = cells.sql(spec.get("position"), "ceasefires.position")
    over = cells.sql(spec.get("ended_if"), "ceasefires.ended_if")
    slug = f"coalesce({values.slug(key)}, 'row-' || _n)"
    columns = {
        "_n": "_n", "key": key,
        "id": f"concat_ws('-', {literal(prefix)}, {day}, {slug})",
        "party": f"{party.names}[1]",
        "position": f"coalesce({position}, 'declarer')",
        "title": cells.text(cells.sql(spec.get("title"), "ceasefires.title")),
        "class": cells.sql(spec.get("class"), "ceasefires.class"),
        "side": cells.sql(spec.get("side"), "ceasefires.side"),
        "written": f"TRY_CAST({cells.sql(spec.get('written'), 'ceasefires.written')} AS BOOLEAN)",
        "scope": cells.text(cells.sql(spec.get("scope"), "ceasefires.scope")),
        "ended": f"coalesce({over} = 'true', false)",
    }  # fmt: skip
    for name, when in (("declared", told["declared"]), ("effective", told["effective"]),
                       ("over", told["ended"])):  # fmt: skip
        columns.update(
            {
                f"{name}_start": when.start,
                f"{name}_end": when.end,
                f"{name}_precision": when.precision,
                f"{name}_basis": when.basis,
            }
        )
    return "SELECT " + ", ".join(f"{s} AS {n}" for n, s in columns.items()) + " FROM src", [party]


def gather(con: Any) -> None:
    """Make the tables `truce` (one row a ceasefire) and `party` (one row an actor in it)."""
    names = [d[0] for d in con.execute("SELECT * FROM typed LIMIT 0").description]
    held = [n for n in names if n not in ("_n", "id", "party", "position")]
    first = ", ".join(f"arg_min_null({n}, _n) AS {n}" for n in held)
    con.execute("CREATE TABLE rows_in AS SELECT * FROM typed WHERE party IS NOT NULL")
    con.execute(f"CREATE TABLE truce AS SELECT id, {first}, min(_n) AS _n, count(*) AS rows "
                "FROM rows_in GROUP BY id")  # fmt: skip
    con.execute("""CREATE TABLE party AS SELECT *, id || '-' || row_number() OVER (
      PARTITION BY id ORDER BY _n) AS party_id FROM (SELECT r.id, a.actor_id, r.position,
      min(r._n) AS _n, list(r._n ORDER BY r._n) AS several FROM rows_in AS r
      JOIN actor AS a ON a.name = r.party GROUP BY ALL)""")


def label(cells: Cells, name: str) -> str:
    """What a thing that the rows share is called in the source."""
    spec = cells.mapping["ceasefires"]
    of = {"effective_start": "effective", "over_end": "ended", "ended": "ended_if"}.get(name, name)
    told = spec.get(of)
    return cells.named(told.get("year", told) if isinstance(told, dict) else told)


def differing(cells: Cells, key: str) -> str:
    """SQL of the warnings that only a look at several rows can give. key: its name."""
    parts = [
        f"""SELECT r._n, r.key, {literal(label(cells, n))} AS field,
        CAST(r.{n} AS VARCHAR) AS value,
        'rows-differ' AS rule, 'what the first row of the ceasefire says, ' ||
        coalesce(CAST(t.{n} AS VARCHAR), 'nothing') AS wanted FROM rows_in AS r
        JOIN truce AS t ON t.id = r.id WHERE r.{n} IS DISTINCT FROM t.{n}"""
        for n in SHARED
    ]
    parts.append(f"""SELECT r._n, r.key, {literal(key)} AS field, r.key AS value,
      'duplicate-key' AS rule,
      'one ceasefire; it stands for ' || k.n || ' days of declaration' AS wanted
      FROM rows_in AS r JOIN (SELECT key, count(DISTINCT id) AS n FROM rows_in GROUP BY key
      HAVING count(DISTINCT id) > 1) AS k ON k.key = r.key""")
    return " UNION ALL ".join(parts)


REFUSED = "SELECT _n, key, 'no party is named' AS reason FROM typed WHERE party IS NULL"
CEASEFIRES = """
SELECT id AS ceasefire_id, coalesce(title, id) AS title, NULL AS announcement_id,
  NULL AS incident_id, "class" AS ceasefire_class, side, written, scope,
  CASE WHEN declared_start = declared_end THEN declared_start END AS declared_on,
  CASE WHEN effective_start = effective_end THEN effective_start END AS effective_start,
  CASE WHEN ended AND over_start = over_end THEN over_start END AS effective_end FROM truce"""
PARTIES = """
SELECT party_id, id AS ceasefire_id, actor_id, position, NULL AS date_start, NULL AS date_end,
  'unknown' AS date_precision, NULL AS date_basis, 'stated' AS basis, NULL AS asserted_by,
  NULL AS certainty FROM party"""


def statuses(holder: str) -> str:
    """SQL of what the source holds a ceasefire to be. holder: the actor that holds it so."""
    return f"""
SELECT id || '-announced' AS status_id, id AS ceasefire_id, 'announced' AS status,
  declared_start AS date_start, declared_end AS date_end, declared_precision AS date_precision,
  declared_basis AS date_basis, 'stated' AS basis, NULL AS asserted_by, NULL AS certainty,
  NULL AS note FROM truce
UNION ALL
SELECT id || '-ended', id, 'ended', over_start, over_end, over_precision, over_basis, 'assessed',
  {literal(holder)}, NULL, NULL FROM truce WHERE ended"""


def cited(source: str, named: str) -> str:
    """SQL for the citations: each row of the source stands for a party, the first for the rest."""
    source_id, words = literal(source), literal(named + " ")
    return f"""
SELECT p.party_id || '-c' || r.nth AS citation_id, 'ceasefire_actors' AS "table",
  p.party_id AS record_id, '*' AS field, {source_id} AS source_id,
  {words} || t.key || ', row ' || r.n AS locator
FROM (SELECT party_id, unnest(several) AS n, generate_subscripts(several, 1) AS nth FROM party) AS r
JOIN party AS p ON p.party_id = r.party_id JOIN truce AS t ON t.id = p.id
UNION ALL SELECT id || '-c1', 'ceasefires', id, '*', {source_id}, {words} || key FROM truce
UNION ALL SELECT id || '-announced-c1', 'ceasefire_statuses', id || '-announced', '*', {source_id},
  {words} || key FROM truce
UNION ALL SELECT id || '-ended-c1', 'ceasefire_statuses', id || '-ended', '*', {source_id},
  {words} || key FROM truce WHERE ended"""
