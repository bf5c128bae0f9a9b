-- Nobody accuses itself: what an actor says of its own deed is claimed or denied.
-- severity: error
SELECT 'incident_actors' AS "table", _row, 'basis' AS field,
  'basis is accused but asserted_by is the actor itself, ' || actor_id
    || '; expected claimed or denied' AS problem
FROM incident_actors
WHERE basis = 'accused' AND asserted_by = actor_id
