-- The state of a truce belongs to a row of ceasefires.
-- severity: warning
SELECT 'incidents' AS "table", i._row, 'incident_type' AS field,
  i.incident_id || ' is a truce that no ceasefire names; expected a row in ceasefires' AS problem
FROM incidents AS i
WHERE i.incident_type = 'ceasefire'
  AND NOT EXISTS (SELECT 1 FROM ceasefires AS c WHERE c.incident_id = i.incident_id)
