-- What has parts is no single event: it is an aggregate, a container or a state.
-- severity: error
SELECT 'incidents' AS "table", p._row, 'part_of' AS field,
  'part_of is ' || p.part_of || ', a single event; expected an aggregate, a container or a state'
    AS problem
FROM incidents AS p
JOIN incidents AS w ON w.incident_id = p.part_of
WHERE w.extent = 'single'
