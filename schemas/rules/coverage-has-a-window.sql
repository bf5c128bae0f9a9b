-- A search covers a window.
-- severity: error
SELECT 'coverage' AS "table", _row, 'date_precision' AS field,
  'date_precision is unknown; expected a window' AS problem
FROM coverage
WHERE date_precision = 'unknown'
