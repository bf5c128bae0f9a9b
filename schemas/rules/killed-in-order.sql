-- The lowest number killed is not above the best, nor the best above the highest.
-- severity: error
SELECT 'incidents' AS "table", _row,
  CASE WHEN killed_low > killed_best OR killed_low > killed_high THEN 'killed_low'
    ELSE 'killed_high' END AS field,
  'killed_low, _best and _high are ' || coalesce(CAST(killed_low AS VARCHAR), 'empty') || ', '
    || coalesce(CAST(killed_best AS VARCHAR), 'empty') || ', '
    || coalesce(CAST(killed_high AS VARCHAR), 'empty') || '; expected them to rise' AS problem
FROM incidents
WHERE killed_low > killed_best OR killed_best > killed_high OR killed_low > killed_high
