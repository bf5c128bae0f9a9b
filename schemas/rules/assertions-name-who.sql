-- asserted_by names whose assessment, claim, accusation or denial it is.
-- severity: error
SELECT "table", _row, 'asserted_by' AS field,
  'asserted_by is empty but basis is ' || basis || '; expected whose it is' AS problem
FROM _claims
WHERE asserted_by IS NULL AND basis IN ('assessed', 'claimed', 'accused', 'denied')
