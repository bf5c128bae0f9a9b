-- A tally of attacks or incidents can be the number of the aggregate that it restates.
-- severity: warning
SELECT 'tallies' AS "table", t._row,
  CASE WHEN t.count_low > i.events_high THEN 'count_low' ELSE 'count_high' END AS field,
  'the count is ' || coalesce(CAST(t.count_low AS VARCHAR), 'open') || ' to '
    || coalesce(CAST(t.count_high AS VARCHAR), 'open') || ' but ' || i.incident_id
    || ' stands for ' || coalesce(CAST(i.events_low AS VARCHAR), 'open') || ' to '
    || coalesce(CAST(i.events_high AS VARCHAR), 'open') || ' events' AS problem
FROM tallies AS t
JOIN incidents AS i ON i.incident_id = t.incident_id
WHERE t.unit IN ('attacks', 'incidents')
  AND (t.count_low > i.events_high OR t.count_high < i.events_low)
