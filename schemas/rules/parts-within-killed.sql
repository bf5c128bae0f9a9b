-- The parts of an incident do not have more killed than the whole.
-- severity: warning
SELECT 'incidents' AS "table", w._row, 'killed_high' AS field,
  'killed_high is ' || CAST(w.killed_high AS VARCHAR) || ' but the parts have '
    || CAST(p.persons AS VARCHAR) || ' killed at least' AS problem
FROM incidents AS w
JOIN (
  SELECT part_of, CAST(sum(killed_low) AS BIGINT) AS persons
  FROM incidents
  WHERE part_of IS NOT NULL AND part_of <> incident_id AND status NOT IN ('disputed', 'denied')
  GROUP BY part_of
) AS p ON p.part_of = w.incident_id
WHERE p.persons > w.killed_high
