-- The same involvement on the same word is told once.
-- severity: error
SELECT 'incident_actors' AS "table", _row, 'role' AS field,
  'the same involvement stands already as ' || earlier AS problem
FROM (
  SELECT _row,
    row_number() OVER same AS nth,
    first_value(involvement_id) OVER same AS earlier
  FROM incident_actors
  -- Only records whose hash stands twice are compared.
  WHERE hash(incident_id, actor_id, role, basis, asserted_by, certainty) IN (
      SELECT hash(incident_id, actor_id, role, basis, asserted_by, certainty)
      FROM incident_actors GROUP BY 1 HAVING count(*) > 1
    )
  WINDOW same AS (
    PARTITION BY
      incident_id, actor_id, role, basis, asserted_by, certainty
    ORDER BY _row
  )
) AS told
WHERE nth > 1
