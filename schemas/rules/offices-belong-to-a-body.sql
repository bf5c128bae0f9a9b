-- An office is part of its body.
-- severity: warning
SELECT 'actors' AS "table", a._row, 'actor_id' AS field,
  a.actor_id || ' is an office without a tie part-of; expected the body that it belongs to'
    AS problem
FROM actors AS a
WHERE a.actor_type = 'office'
  AND NOT EXISTS (
    SELECT 1 FROM actor_relations AS r
    WHERE r.subject_id = a.actor_id AND r.relation_type = 'part-of'
  )
