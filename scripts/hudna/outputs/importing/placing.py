"""Places of a source: each once, inside the larger ones that the source names with it."""

from __future__ import annotations

from typing import Any, NamedTuple

from hudna.engine.typed import literal
from hudna.ground.folding import fold
from hudna.outputs.importing.cells import Cells, slug
from hudna.outputs.importing.naming import WORD
from hudna.outputs.importing.tables import fill

# What a place is where the source says only how close it is.
LEVELS = ("district", "governorate", "country")


class Where(NamedTuple):
    """SQL of the place of a row: columns by name, for the view of typed rows."""

    columns: dict[str, str]


NOWHERE = Where({"place_key": "NULL::UBIGINT", "place_precision": "'unknown'"})


def where(cells: Cells, spec: dict[str, Any] | None) -> Where:
    """The place that a mapping says, as SQL; a larger one where the source names none closer."""
    if not spec:
        return NOWHERE
    of = {p: cells.text(cells.sql(spec.get(p), f"where.{p}")) for p in ("name", *LEVELS)}
    given = cells.sql(spec.get("type"), "where.type")
    code = cells.sql(spec.get("country_code"), "where.country_code")
    lat = cells.decimal(spec.get("latitude"), "where.latitude", 90)
    lon = cells.decimal(spec.get("longitude"), "where.longitude", 180)
    if "latitude" in spec and "longitude" in spec:
        two = [cells.sql(spec[p], "where") for p in ("latitude", "longitude")]
        cells.fault(
            "no-pair",
            spec["latitude"],
            f"concat_ws(' ', {two[0]}, {two[1]})",
            f"({two[0]} IS NULL) <> ({two[1]} IS NULL)",
            "a latitude and a longitude",
        )
    close = cells.sql(spec.get("precision"), "where.precision")
    return Where({
        "_name": of["name"], "_district": of["district"], "_governorate": of["governorate"],
        "_country": of["country"], "_given": given, "_close": close,
        "_lat": f"CASE WHEN {lon} IS NOT NULL THEN {lat} END",
        "_lon": f"CASE WHEN {lat} IS NOT NULL THEN {lon} END",
        "_code": f"CASE WHEN regexp_full_match({code}, '[A-Z]{{3}}') THEN {code} END",
    })  # fmt: skip


def derived(inner: str) -> str:
    """SQL: typed rows with the place that they are at (`place_key`) and how close it is."""
    point = "concat_ws(', ', CAST(_lat AS VARCHAR), CAST(_lon AS VARCHAR))"
    return f"""
SELECT *, CASE WHEN p_name IS NOT NULL THEN hash(p_type, p_name, p_district, p_governorate,
    p_country, p_lat, p_lon) END AS place_key,
  CASE WHEN p_name IS NULL THEN 'unknown'
    WHEN p_type = 'country' THEN 'country'
    WHEN p_type IN ('governorate', 'region') THEN 'governorate'
    WHEN p_type = 'district' THEN 'city'
    WHEN _close IN ('exact', 'near', 'city') THEN _close
    WHEN p_type = 'site' THEN 'exact' ELSE 'city' END AS place_precision
FROM (
  SELECT *, CASE WHEN p_type <> 'country' THEN _country END AS p_country,
    CASE WHEN p_type IN ('city', 'site', 'district') THEN _governorate END AS p_governorate,
    CASE WHEN p_type IN ('city', 'site') THEN _district END AS p_district,
    CASE WHEN p_type IN ('city', 'site') THEN _lat END AS p_lat,
    CASE WHEN p_type IN ('city', 'site') THEN _lon END AS p_lon
  FROM (
    SELECT *,
      CASE WHEN _name IS NOT NULL THEN coalesce(_given, 'city') WHEN _district IS NOT NULL
        THEN 'district' WHEN _governorate IS NOT NULL THEN 'governorate' WHEN _country IS NOT NULL
        THEN 'country' WHEN _lat IS NOT NULL THEN 'site' END AS p_type,
      coalesce(_name, _district, _governorate, _country, nullif({point}, '')) AS p_name
    FROM ({inner})
  )
)"""


PARENTS = """
SELECT DISTINCT 'district' AS p_type, p_district AS p_name, NULL::VARCHAR AS p_district,
  p_governorate, p_country FROM leaf WHERE p_district IS NOT NULL
UNION SELECT DISTINCT 'governorate', p_governorate, NULL, NULL, p_country FROM leaf
  WHERE p_governorate IS NOT NULL
UNION SELECT DISTINCT 'country', p_country, NULL, NULL, NULL FROM leaf WHERE p_country IS NOT NULL
"""


def resolve(con: Any, prefix: str) -> int:
    """Make the table `place` of all places of the typed rows; returns how many there are.

    What is larger than a town has one point, the one told most often.
    """
    con.execute("""CREATE TABLE leaf AS SELECT place_key AS key, any_value(p_type) AS p_type,
      any_value(p_name) AS p_name, any_value(p_district) AS p_district,
      any_value(p_governorate) AS p_governorate, any_value(p_country) AS p_country,
      mode(struct_pack(a := _lat, b := _lon)) FILTER (WHERE _lat IS NOT NULL) AS point,
      count(DISTINCT (_lat, _lon)) FILTER (WHERE _lat IS NOT NULL) AS points,
      mode(_code) AS code, count(*) AS rows,
      count(DISTINCT p_name) AS names FROM typed WHERE place_key IS NOT NULL
      GROUP BY place_key""")
    own = key("p_type", "p_name", "NULL::VARCHAR", "p_governorate", "p_country")
    con.execute(f"""CREATE TABLE above AS SELECT *, {own} AS key FROM ({PARENTS})""")
    con.execute("""CREATE TABLE spot AS SELECT key, p_type, p_name, p_district, p_governorate,
      p_country, point.a AS lat, point.b AS lon, points, code, rows FROM leaf UNION ALL
      SELECT a.key, p_type, p_name, p_district, p_governorate, p_country, NULL, NULL, 0, l.code, 0
      FROM above AS a LEFT JOIN (SELECT coalesce(p_country, p_name) AS land, mode(code) AS code
        FROM leaf GROUP BY 1) AS l ON l.land = coalesce(a.p_country, a.p_name)
      WHERE NOT EXISTS (SELECT 1 FROM leaf WHERE leaf.key = a.key)""")
    same = "SELECT count(*) FROM leaf WHERE names > 1"
    assert not con.execute(same).fetchone()[0], "two places have one hash"
    others = con.execute(
        f"SELECT DISTINCT p_name FROM spot WHERE {slug('p_name')} IS NULL "
        "OR NOT regexp_matches(p_name, '^[\\x00-\\x{24f}\\x{2bb}-\\x{2bf}\\x{2018}\\x{2019}]*$')"
    ).fetchall()
    plain = [(n, "-".join(WORD.findall(fold(n))) or "place") for (n,) in others]
    fill(con, "spelled", {"name": "VARCHAR", "plain": "VARCHAR"}, plain)
    id = f"{literal(prefix)} || '-' || coalesce(w.plain, {slug('s.p_name')})"
    con.execute(f"""CREATE TABLE place AS SELECT *, CASE WHEN nth > 1 THEN base || '-n' || nth
      ELSE base END AS place_id FROM (SELECT s.*, {id} AS base,
        row_number() OVER (PARTITION BY {id} ORDER BY s.rows DESC, s.key) AS nth
      FROM spot AS s LEFT JOIN spelled AS w ON w.name = s.p_name)""")
    return con.execute("SELECT count(*) FROM place").fetchone()[0]


def key(kind: str, name: str, *above: str) -> str:
    """SQL for the key of a place that has no point. above: district, governorate, country."""
    return f"hash({kind}, {name}, {', '.join(above)}, NULL::DOUBLE, NULL::DOUBLE)"


# The place that a place lies in: the closest of the larger ones that are named with it.
PLACES = f"""
SELECT s.place_id, s.p_name AS name, NULL AS name_ar, s.p_type AS place_type,
  w.place_id AS part_of, s.code AS country, NULL AS iso_3166_2, s.lat AS latitude,
  s.lon AS longitude, NULL AS geonames_id
FROM (SELECT *, CASE
    WHEN p_district IS NOT NULL
      THEN {key("'district'", "p_district", "NULL::VARCHAR", "p_governorate", "p_country")}
    WHEN p_governorate IS NOT NULL
      THEN {key("'governorate'", "p_governorate", "NULL::VARCHAR", "NULL::VARCHAR", "p_country")}
    WHEN p_country IS NOT NULL
      THEN {key("'country'", "p_country", "NULL::VARCHAR", "NULL::VARCHAR", "NULL::VARCHAR")}
  END AS up FROM place) AS s
LEFT JOIN place AS w ON w.key = s.up
"""
