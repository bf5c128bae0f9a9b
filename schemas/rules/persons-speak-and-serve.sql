-- Who speaks for a body or is its official is a person or an office.
-- severity: warning
SELECT 'actor_relations' AS "table", r._row, 'subject_id' AS field,
  r.subject_id || ' (' || s.actor_type || ') is ' || r.relation_type || ' ' || r.object_id
    || '; expected a person' AS problem
FROM actor_relations AS r
JOIN actors AS s ON s.actor_id = r.subject_id
WHERE r.relation_type IN ('speaks-for', 'official-of') AND s.actor_type NOT IN ('person', 'office')
