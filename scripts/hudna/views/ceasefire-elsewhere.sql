-- What other data sets can hold of a ceasefire and what not: of its state, its incidents, the words about it.
-- asks: What would other data sets hold of this ceasefire, and what would they lose?
-- param ceasefire VARCHAR = of ceasefires.ceasefire_id: only this ceasefire
-- param scheme VARCHAR = of crosswalk.scheme: only this data set
-- What a scheme has no line for is not listed: nobody has looked, which is no "none".
-- here: how many incidents or statements of the ceasefire are of the code.
WITH elements AS (
  SELECT c.ceasefire_id, 'state' AS element, 'incident_types' AS in_table, i.incident_type AS code,
    'incidents/' || i.incident_id AS id
  FROM ceasefires AS c
  JOIN incidents AS i ON i.incident_id = c.incident_id
  UNION
  SELECT c.ceasefire_id, 'announcement', 'statement_types', s.statement_type, 'statements/' || s.statement_id
  FROM ceasefires AS c
  JOIN statements AS s ON s.statement_id = c.announcement_id
  UNION
  SELECT l.ceasefire_id, l.relation, 'incident_types', i.incident_type, 'incidents/' || i.incident_id
  FROM ceasefire_incidents AS l
  JOIN incidents AS i ON i.incident_id = l.incident_id
  UNION
  SELECT t.target_id, 'word about it', 'statement_types', s.statement_type, 'statements/' || s.statement_id
  FROM statement_targets AS t
  JOIN statements AS s ON s.statement_id = t.statement_id
  WHERE t.target_table = 'ceasefires'
),
counted AS (
  SELECT ceasefire_id, element, in_table, code, count(*) AS n, string_agg(id, ' ' ORDER BY id) AS why
  FROM elements
  GROUP BY ceasefire_id, element, in_table, code
),
-- A kind that a scheme does not list is held as the wider kind that it lists.
broader AS (
  SELECT 'incident_types' AS in_table, code, code AS listed, 0 AS steps FROM incident_types
  UNION ALL
  SELECT 'incident_types', code, broader, 1 FROM incident_types WHERE broader IS NOT NULL
  UNION ALL
  SELECT 'statement_types', code, code, 0 FROM statement_types
),
listed AS (
  SELECT
    e.ceasefire_id, e.element, e.code, e.n, e.why, x.scheme, x.scheme_version, x."match", x.scheme_code,
    x.source_id, x.note, b.listed, b.steps,
    min(b.steps) OVER (PARTITION BY e.ceasefire_id, e.element, e.code, x.scheme) AS nearest
  FROM counted AS e
  JOIN broader AS b ON b.in_table = e.in_table AND b.code = e.code
  JOIN crosswalk AS x ON x."table" = e.in_table AND x.code = b.listed
  WHERE ($ceasefire IS NULL OR e.ceasefire_id = $ceasefire) AND ($scheme IS NULL OR x.scheme = $scheme)
)
SELECT
  ceasefire_id, scheme, element, code, CAST(n AS BIGINT) AS here,
  CASE WHEN steps > 0 THEN listed END AS held_as, "match", scheme_code, note, scheme_version, source_id,
  concat_ws(' ',
    'ceasefires/' || ceasefire_id,
    CASE WHEN why LIKE 'incidents/%' THEN why END,
    'sources/' || source_id,
    CASE WHEN why NOT LIKE 'incidents/%' THEN why END
  ) AS why
FROM listed
WHERE steps = nearest
ORDER BY ceasefire_id, scheme, element, code, scheme_code NULLS FIRST, scheme_version
