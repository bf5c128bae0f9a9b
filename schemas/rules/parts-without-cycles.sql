-- Nothing is a part of itself, however many steps away.
-- severity: error
WITH RECURSIVE walk AS (
  SELECT "table", _row, record_id AS start_id, part_of AS at_id, record_id AS least,
    '/' || record_id || '/' AS path, 1 AS depth
  FROM _parts
  WHERE part_of IS NOT NULL
  UNION ALL
  SELECT w."table", w._row, w.start_id, p.part_of AS at_id, least(w.least, p.record_id) AS least,
    w.path || p.record_id || '/' AS path, w.depth + 1 AS depth
  FROM walk AS w
  JOIN _parts AS p ON p."table" = w."table" AND p.record_id = w.at_id
  WHERE p.part_of IS NOT NULL AND w.depth < 50 AND NOT contains(w.path, '/' || w.at_id || '/')
)
SELECT "table", min(_row) AS _row, 'part_of' AS field,
  start_id || ' is part of itself after ' || CAST(min(depth) AS VARCHAR) || ' steps' AS problem
FROM walk
WHERE at_id = start_id AND start_id = least
GROUP BY "table", start_id
