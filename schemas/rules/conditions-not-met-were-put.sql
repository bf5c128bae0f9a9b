-- A forecast whose condition was not met has a condition.
-- severity: error
SELECT 'resolutions' AS "table", r._row, 'outcome' AS field,
  'outcome is condition-not-met but ' || r.statement_id || ' has no condition' AS problem
FROM resolutions AS r
WHERE r.outcome = 'condition-not-met'
  AND NOT EXISTS (
    SELECT 1 FROM statement_targets AS t
    WHERE t.statement_id = r.statement_id AND t.role IN ('condition', 'necessary-condition')
  )
