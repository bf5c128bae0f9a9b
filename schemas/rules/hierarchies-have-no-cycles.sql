-- No actor is above itself: ties of a hierarchical type lead round to nobody.
-- severity: error
WITH RECURSIVE ties AS (
  SELECT r._row, r.relation_type, r.subject_id, r.object_id
  FROM actor_relations AS r
  JOIN relation_types AS t ON t.code = r.relation_type
  WHERE t.hierarchical AND r.object_table = 'actors' AND r.basis <> 'denied'
    AND r.subject_id <> r.object_id
),
walk AS (
  SELECT _row, relation_type, subject_id AS start_id, object_id AS at_id, subject_id AS least,
    '/' || subject_id || '/' AS path, 1 AS depth
  FROM ties
  UNION ALL
  SELECT w._row, w.relation_type, w.start_id, t.object_id AS at_id,
    least(w.least, t.subject_id) AS least, w.path || t.subject_id || '/' AS path,
    w.depth + 1 AS depth
  FROM walk AS w
  JOIN ties AS t ON t.relation_type = w.relation_type AND t.subject_id = w.at_id
  WHERE w.depth < 50 AND NOT contains(w.path, '/' || w.at_id || '/')
)
SELECT 'actor_relations' AS "table", min(_row) AS _row, 'object_id' AS field,
  relation_type || ' leads from ' || start_id || ' back to itself after '
    || CAST(min(depth) AS VARCHAR) || ' ties' AS problem
FROM walk
WHERE at_id = start_id AND start_id = least
GROUP BY relation_type, start_id
