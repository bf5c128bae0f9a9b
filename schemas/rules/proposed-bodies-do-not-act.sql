-- A body that somebody only wants created has no part in an incident.
-- severity: error
SELECT 'incident_actors' AS "table", i._row, 'actor_id' AS field,
  'actor_id is ' || i.actor_id || ', a proposed-body; expected an actor that exists' AS problem
FROM incident_actors AS i
JOIN actors AS a ON a.actor_id = i.actor_id
WHERE a.actor_type = 'proposed-body'
