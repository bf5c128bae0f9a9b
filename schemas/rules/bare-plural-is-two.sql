-- A report of events in the plural stands for two at least.
-- severity: warning
SELECT 'incidents' AS "table", _row, 'events_low' AS field,
  'extent is aggregate but events_low is ' || CAST(events_low AS VARCHAR)
    || '; expected 2 or more where the source speaks in the plural' AS problem
FROM incidents
WHERE extent = 'aggregate' AND events_low < 2 AND events_high IS DISTINCT FROM 1
