-- What is resolved is a forecast.
-- severity: error
SELECT 'resolutions' AS "table", r._row, 'statement_id' AS field,
  'statement_id is ' || r.statement_id || ', of type ' || s.statement_type
    || '; expected a forecast' AS problem
FROM resolutions AS r
JOIN statements AS s ON s.statement_id = r.statement_id
WHERE s.statement_type <> 'forecast'
