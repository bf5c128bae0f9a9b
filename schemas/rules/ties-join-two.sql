-- No actor is tied to itself.
-- severity: error
SELECT 'actor_relations' AS "table", _row, 'object_id' AS field,
  subject_id || ' is ' || relation_type || ' itself; expected another actor' AS problem
FROM actor_relations
WHERE object_table = 'actors' AND subject_id = object_id
