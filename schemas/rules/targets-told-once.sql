-- The same target in the same role is told once.
-- severity: error
SELECT 'statement_targets' AS "table", _row, 'target_id' AS field,
  'the same target stands already as ' || earlier AS problem
FROM (
  SELECT _row,
    row_number() OVER same AS nth,
    first_value(link_id) OVER same AS earlier
  FROM statement_targets
  WINDOW same AS (
    PARTITION BY
      statement_id, role, target_table, target_id, negated, basis, asserted_by
    ORDER BY _row
  )
) AS told
WHERE nth > 1
