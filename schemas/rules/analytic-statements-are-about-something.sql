-- An analyst's statement says of what it holds: a topic, an outcome, a cause, an effect or what varies with what.
-- severity: error
SELECT 'statements' AS "table", s._row, 'statement_type' AS field,
  s.statement_id || ' (' || s.statement_type
    || ') has no target in the role topic, outcome, cause, effect or covariate' AS problem
FROM statements AS s
JOIN statement_types AS y ON y.code = s.statement_type
WHERE y.analytic
  AND NOT EXISTS (
    SELECT 1 FROM statement_targets AS t
    WHERE t.statement_id = s.statement_id
      AND t.role IN ('topic', 'outcome', 'cause', 'effect', 'covariate')
  )
