-- No forecast is resolved before it is made.
-- severity: error
SELECT 'resolutions' AS "table", r._row, 'as_of' AS field,
  'as_of is ' || CAST(r.as_of AS VARCHAR) || ' but ' || r.statement_id || ' is of '
    || CAST(s.date_start AS VARCHAR) AS problem
FROM resolutions AS r
JOIN statements AS s ON s.statement_id = r.statement_id
WHERE r.as_of < s.date_start
