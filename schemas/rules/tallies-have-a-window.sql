-- A tally counts over a window.
-- severity: error
SELECT 'tallies' AS "table", _row, 'date_precision' AS field,
  'date_precision is unknown; expected a window' AS problem
FROM tallies
WHERE date_precision = 'unknown'
