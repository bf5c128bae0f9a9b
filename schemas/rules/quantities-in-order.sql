-- The lowest number of pieces is not above the highest.
-- severity: error
SELECT 'incident_means' AS "table", _row, 'quantity_high' AS field,
  'quantity_high is ' || CAST(quantity_high AS VARCHAR)
    || ' but quantity_low is ' || CAST(quantity_low AS VARCHAR) AS problem
FROM incident_means
WHERE quantity_low > quantity_high
