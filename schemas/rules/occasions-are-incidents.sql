-- The occasion of a statement is an incident.
-- severity: error
SELECT 'statement_targets' AS "table", _row, 'target_table' AS field,
  'target_table is ' || target_table || ' but role is occasion; expected incidents' AS problem
FROM statement_targets
WHERE role = 'occasion' AND target_table <> 'incidents'
