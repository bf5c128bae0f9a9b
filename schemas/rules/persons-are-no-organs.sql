-- part-of joins bodies: a person is neither an organ nor has one.
-- severity: error
SELECT 'actor_relations' AS "table", r._row,
  CASE WHEN s.actor_type = 'person' THEN 'subject_id' ELSE 'object_id' END AS field,
  r.subject_id || ' (' || s.actor_type || ') is part-of ' || r.object_id || ' ('
    || o.actor_type || '); expected bodies, or member-of, official-of or leads' AS problem
FROM actor_relations AS r
JOIN actors AS s ON s.actor_id = r.subject_id
JOIN actors AS o ON o.actor_id = r.object_id
WHERE r.relation_type = 'part-of' AND r.object_table = 'actors'
  AND (s.actor_type = 'person' OR o.actor_type = 'person')
