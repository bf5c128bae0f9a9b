-- That an incident breaks a ceasefire, or does not, is said by somebody.
-- severity: error
SELECT 'ceasefire_incidents' AS "table", _row, 'alleged_by' AS field,
  'alleged_by is empty but relation is ' || relation || '; expected who says so' AS problem
FROM ceasefire_incidents
WHERE relation IN ('violation', 'not-a-violation') AND alleged_by IS NULL
