-- No statement became known before it was made.
-- severity: error
SELECT 'statements' AS "table", _row, 'date_reported' AS field,
  'date_reported is ' || CAST(date_reported AS VARCHAR) || ' but date_start is '
    || CAST(date_start AS VARCHAR) AS problem
FROM statements
WHERE date_reported < date_start
