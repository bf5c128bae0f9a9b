-- A condition points to an issue: it has not happened.
-- severity: error
SELECT 'statement_targets' AS "table", _row, 'target_table' AS field,
  'target_table is ' || target_table || ' but role is ' || role || '; expected issues' AS problem
FROM statement_targets
WHERE role IN ('condition', 'necessary-condition') AND target_table <> 'issues'
