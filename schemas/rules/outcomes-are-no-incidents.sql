-- What is threatened, demanded or forecast is never an incident.
-- severity: error
SELECT 'statement_targets' AS "table", _row, 'target_table' AS field,
  'target_table is incidents but role is outcome; expected issues' AS problem
FROM statement_targets
WHERE role = 'outcome' AND target_table = 'incidents'
