-- Who threatens, demands, offers, promises or appeals says what: a topic, a condition or an outcome.
-- severity: warning
SELECT 'statements' AS "table", s._row, 'statement_type' AS field,
  s.statement_id || ' (' || s.statement_type
    || ') has no target in the role topic, condition, necessary-condition or outcome' AS problem
FROM statements AS s
WHERE s.statement_type IN ('threaten', 'demand', 'offer', 'promise', 'appeal')
  AND NOT EXISTS (
    SELECT 1 FROM statement_targets AS t
    WHERE t.statement_id = s.statement_id
      AND t.role IN ('topic', 'condition', 'necessary-condition', 'outcome')
  )
