-- A single incident stands for one event: events_low and events_high are 1.
-- severity: error
SELECT 'incidents' AS "table", _row,
  CASE WHEN events_low IS DISTINCT FROM 1 THEN 'events_low' ELSE 'events_high' END AS field,
  'extent is single but events_low and events_high are '
    || coalesce(CAST(events_low AS VARCHAR), 'empty') || ' and '
    || coalesce(CAST(events_high AS VARCHAR), 'empty') || '; expected 1 and 1' AS problem
FROM incidents
WHERE extent = 'single'
  AND (events_low IS DISTINCT FROM 1 OR events_high IS DISTINCT FROM 1)
