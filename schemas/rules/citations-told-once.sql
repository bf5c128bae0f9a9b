-- The same sentence supports the same record in the same way once.
-- severity: error
SELECT 'citations' AS "table", _row, 'locator' AS field,
  'the same citation stands already as ' || earlier AS problem
FROM (
  SELECT _row,
    row_number() OVER same AS nth,
    first_value(citation_id) OVER same AS earlier
  FROM citations
  WINDOW same AS (
    PARTITION BY
      "table", record_id, field, source_id, via, locator, support, value
    ORDER BY _row
  )
) AS told
WHERE nth > 1
