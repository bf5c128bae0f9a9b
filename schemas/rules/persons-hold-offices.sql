-- A person holds an office: holder and office are two actors, and no office holds another.
-- severity: error
SELECT 'actor_relations' AS "table", r._row,
  CASE WHEN s.actor_type <> 'person' THEN 'subject_id' ELSE 'object_id' END AS field,
  CASE
    WHEN s.actor_type <> 'person'
      THEN r.subject_id || ' (' || s.actor_type || ') holds an office; expected a person'
    ELSE r.object_id || ' (' || coalesce(o.actor_type, r.object_table)
      || ') is held as an office; expected an actor of type office'
  END AS problem
FROM actor_relations AS r
JOIN actors AS s ON s.actor_id = r.subject_id
LEFT JOIN actors AS o ON o.actor_id = r.object_id AND r.object_table = 'actors'
WHERE r.relation_type = 'holds-office'
  AND (s.actor_type <> 'person' OR o.actor_type IS DISTINCT FROM 'office')
