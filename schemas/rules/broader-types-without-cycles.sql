-- No type of incident is broader than itself.
-- severity: error
WITH RECURSIVE walk AS (
  SELECT _row, code AS start_code, broader AS at_code, code AS least, '/' || code || '/' AS path,
    1 AS depth
  FROM incident_types
  WHERE broader IS NOT NULL
  UNION ALL
  SELECT w._row, w.start_code, t.broader AS at_code, least(w.least, t.code) AS least,
    w.path || t.code || '/' AS path, w.depth + 1 AS depth
  FROM walk AS w
  JOIN incident_types AS t ON t.code = w.at_code
  WHERE t.broader IS NOT NULL AND w.depth < 50 AND NOT contains(w.path, '/' || w.at_code || '/')
)
SELECT 'incident_types' AS "table", min(_row) AS _row, 'broader' AS field,
  start_code || ' is broader than itself after ' || CAST(min(depth) AS VARCHAR) || ' steps'
    AS problem
FROM walk
WHERE at_code = start_code AND start_code = least
GROUP BY start_code
