-- Who claims an involvement claims it of itself.
-- severity: warning
SELECT 'incident_actors' AS "table", _row, 'asserted_by' AS field,
  'basis is claimed and asserted_by is ' || asserted_by || ' but the actor is ' || actor_id
    || '; expected the actor itself, or another basis' AS problem
FROM incident_actors
WHERE basis = 'claimed' AND asserted_by <> actor_id
