-- The incident of a ceasefire is the state of truce: of type ceasefire.
-- severity: error
SELECT 'ceasefires' AS "table", c._row, 'incident_id' AS field,
  'incident_id is ' || c.incident_id || ', of type ' || i.incident_type
    || '; expected an incident of type ceasefire' AS problem
FROM ceasefires AS c
JOIN incidents AS i ON i.incident_id = c.incident_id
WHERE i.incident_type <> 'ceasefire'
