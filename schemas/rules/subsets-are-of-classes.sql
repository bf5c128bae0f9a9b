-- Only a class is a subset of a class: both ends are categories, populations or movements.
-- severity: error
SELECT 'actor_relations' AS "table", r._row,
  CASE WHEN s.actor_type NOT IN ('category', 'population', 'movement') THEN 'subject_id'
    ELSE 'object_id' END AS field,
  r.subject_id || ' (' || s.actor_type || ') is subset-of ' || r.object_id || ' ('
    || o.actor_type || '); expected two classes, or member-of or part-of' AS problem
FROM actor_relations AS r
JOIN actors AS s ON s.actor_id = r.subject_id
JOIN actors AS o ON o.actor_id = r.object_id
WHERE r.relation_type = 'subset-of' AND r.object_table = 'actors'
  AND (
    s.actor_type NOT IN ('category', 'population', 'movement')
    OR o.actor_type NOT IN ('category', 'population', 'movement')
  )
