-- The lowest count is not above the highest.
-- severity: error
SELECT 'tallies' AS "table", _row, 'count_high' AS field,
  'count_high is ' || CAST(count_high AS VARCHAR)
    || ' but count_low is ' || CAST(count_low AS VARCHAR) AS problem
FROM tallies
WHERE count_low > count_high
