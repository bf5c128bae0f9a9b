-- A forecast says what will or may come: it has an outcome.
-- severity: error
SELECT 'statements' AS "table", s._row, 'statement_type' AS field,
  s.statement_id || ' is a forecast without a target in the role outcome' AS problem
FROM statements AS s
WHERE s.statement_type = 'forecast'
  AND NOT EXISTS (
    SELECT 1 FROM statement_targets AS t
    WHERE t.statement_id = s.statement_id AND t.role = 'outcome'
  )
