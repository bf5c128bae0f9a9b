-- The parts of an incident do not have more wounded than the whole.
-- severity: warning
SELECT 'incidents' AS "table", w._row, 'wounded_high' AS field,
  'wounded_high is ' || CAST(w.wounded_high AS VARCHAR) || ' but the parts have '
    || CAST(p.persons AS VARCHAR) || ' wounded at least' AS problem
FROM incidents AS w
JOIN (
  SELECT part_of, CAST(sum(wounded_low) AS BIGINT) AS persons
  FROM incidents
  WHERE part_of IS NOT NULL AND part_of <> incident_id AND status NOT IN ('disputed', 'denied')
  GROUP BY part_of
) AS p ON p.part_of = w.incident_id
WHERE p.persons > w.wounded_high
