-- An incident of type ceasefire is the truce as a state, not its announcement.
-- severity: error
SELECT 'incidents' AS "table", _row, 'extent' AS field,
  'extent is ' || extent || ' but incident_type is ceasefire; expected state' AS problem
FROM incidents
WHERE incident_type = 'ceasefire' AND extent <> 'state'
