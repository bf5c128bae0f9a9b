-- The same target in the same role is told once.
-- severity: error
SELECT 'statement_targets' AS "table", _row, 'target_id' AS field,
  'the same target stands already as ' || earlier AS problem
FROM (
  SELECT _row,
    row_number() OVER same AS nth,
    first_value(link_id) OVER same AS earlier
  FROM statement_targets
  -- Only records whose hash stands twice are compared.
  WHERE hash(
      statement_id, role, target_table, target_id, negated, basis, asserted_by
    ) IN (
      SELECT hash(
            statement_id, role, target_table, target_id, negated, basis, asserted_by
          )
      FROM statement_targets GROUP BY 1 HAVING count(*) > 1
    )
  WINDOW same AS (
    PARTITION BY
      statement_id, role, target_table, target_id, negated, basis, asserted_by
    ORDER BY _row
  )
) AS told
WHERE nth > 1
