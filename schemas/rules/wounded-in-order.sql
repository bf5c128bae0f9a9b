-- The lowest number wounded is not above the best, nor the best above the highest.
-- severity: error
SELECT 'incidents' AS "table", _row,
  CASE WHEN wounded_low > wounded_best OR wounded_low > wounded_high THEN 'wounded_low'
    ELSE 'wounded_high' END AS field,
  'wounded_low, _best and _high are ' || coalesce(CAST(wounded_low AS VARCHAR), 'empty') || ', '
    || coalesce(CAST(wounded_best AS VARCHAR), 'empty') || ', '
    || coalesce(CAST(wounded_high AS VARCHAR), 'empty') || '; expected them to rise' AS problem
FROM incidents
WHERE wounded_low > wounded_best OR wounded_best > wounded_high OR wounded_low > wounded_high
