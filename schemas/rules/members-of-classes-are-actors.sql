-- A class within a class is its subset; member-of is for one actor.
-- severity: error
SELECT 'actor_relations' AS "table", r._row, 'relation_type' AS field,
  r.subject_id || ' (' || s.actor_type || ') is member-of ' || r.object_id || ' ('
    || o.actor_type || '); expected subset-of' AS problem
FROM actor_relations AS r
JOIN actors AS s ON s.actor_id = r.subject_id
JOIN actors AS o ON o.actor_id = r.object_id
WHERE r.relation_type = 'member-of' AND r.object_table = 'actors'
  AND s.actor_type IN ('category', 'population') AND o.actor_type IN ('category', 'population')
