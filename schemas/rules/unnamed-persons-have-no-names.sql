-- A person who is not named in public has no other name on record.
-- severity: warning
SELECT 'actor_names' AS "table", n._row, 'name' AS field,
  n.actor_id || ' has a ' || n.name_type || ' but is not named in public; expected none' AS problem
FROM actor_names AS n
JOIN actors AS a ON a.actor_id = n.actor_id
WHERE a.actor_type = 'person' AND NOT a.named AND n.name_type <> 'title' AND n.name <> a.name
