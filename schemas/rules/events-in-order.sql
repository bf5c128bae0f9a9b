-- No row stands for more events at least than at most.
-- severity: error
SELECT 'incidents' AS "table", _row, 'events_high' AS field,
  'events_high is ' || CAST(events_high AS VARCHAR)
    || ' but events_low is ' || CAST(events_low AS VARCHAR) AS problem
FROM incidents
WHERE events_low > events_high
