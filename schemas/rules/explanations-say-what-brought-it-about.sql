-- An explanation says what brought something about: it has a cause or an effect.
-- severity: error
SELECT 'statements' AS "table", s._row, 'statement_type' AS field,
  s.statement_id || ' explains without a target in the role cause or effect' AS problem
FROM statements AS s
WHERE s.statement_type = 'explain'
  AND NOT EXISTS (
    SELECT 1 FROM statement_targets AS t
    WHERE t.statement_id = s.statement_id AND t.role IN ('cause', 'effect')
  )
