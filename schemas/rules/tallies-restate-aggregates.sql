-- The incident that a tally restates is an aggregate.
-- severity: error
SELECT 'tallies' AS "table", t._row, 'incident_id' AS field,
  'incident_id is ' || t.incident_id || ', of extent ' || i.extent || '; expected an aggregate'
    AS problem
FROM tallies AS t
JOIN incidents AS i ON i.incident_id = t.incident_id
WHERE i.extent <> 'aggregate'
