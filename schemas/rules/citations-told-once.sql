-- The same sentence supports the same record in the same way once.
-- severity: error
SELECT 'citations' AS "table", _row, 'locator' AS field,
  'the same citation stands already as ' || earlier AS problem
FROM (
  SELECT _row,
    row_number() OVER same AS nth,
    first_value(citation_id) OVER same AS earlier
  FROM citations
  -- Only records whose hash stands twice are compared.
  WHERE hash("table", record_id, field, source_id, via, locator, support, value) IN (
      SELECT hash("table", record_id, field, source_id, via, locator, support, value)
      FROM citations GROUP BY 1 HAVING count(*) > 1
    )
  WINDOW same AS (
    PARTITION BY
      "table", record_id, field, source_id, via, locator, support, value
    ORDER BY _row
  )
) AS told
WHERE nth > 1
