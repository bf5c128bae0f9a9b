-- The parts of an aggregate do not stand for more events than the aggregate.
-- severity: error
SELECT 'incidents' AS "table", w._row, 'events_high' AS field,
  'events_high is ' || CAST(w.events_high AS VARCHAR) || ' but the parts stand for '
    || CAST(p.events AS VARCHAR) || ' at least' AS problem
FROM incidents AS w
JOIN (
  SELECT part_of, CAST(sum(coalesce(events_low, 1)) AS BIGINT) AS events
  FROM incidents
  WHERE part_of IS NOT NULL AND part_of <> incident_id AND extent IN ('single', 'aggregate')
    AND status NOT IN ('disputed', 'denied')
  GROUP BY part_of
) AS p ON p.part_of = w.incident_id
WHERE w.extent = 'aggregate' AND p.events > w.events_high
