-- A tally holds a number.
-- severity: error
SELECT 'tallies' AS "table", _row, 'count_low' AS field,
  'count_low and count_high are empty; expected what the source counts' AS problem
FROM tallies
WHERE count_low IS NULL AND count_high IS NULL
