-- What is said of a truce points to the ceasefire, never to the incident that stands for its state.
-- severity: error
SELECT 'statement_targets' AS "table", t._row, 'target_table' AS field,
  'target_id is ' || t.target_id || ', the state of ' || c.ceasefire_id
    || '; expected the ceasefire' AS problem
FROM statement_targets AS t
JOIN ceasefires AS c ON c.incident_id = t.target_id
WHERE t.target_table = 'incidents'
