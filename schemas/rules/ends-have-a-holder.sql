-- That a ceasefire is over, set aside or broken is held by somebody.
-- severity: error
SELECT 'ceasefire_statuses' AS "table", _row, 'asserted_by' AS field,
  'asserted_by is empty but status is ' || status || '; expected who holds it to be so' AS problem
FROM ceasefire_statuses
WHERE status IN ('violated', 'suspended', 'ended') AND asserted_by IS NULL
