-- A code of ours leads to a code of another scheme once.
-- severity: error
SELECT 'crosswalk' AS "table", _row, 'scheme_code' AS field,
  'the same mapping stands already as ' || earlier AS problem
FROM (
  SELECT _row,
    row_number() OVER same AS nth,
    first_value(crosswalk_id) OVER same AS earlier
  FROM crosswalk
  WINDOW same AS (
    PARTITION BY
      "table", code, scheme, scheme_code
    ORDER BY _row
  )
) AS told
WHERE nth > 1
