-- What the coder infers is nobody else's assertion: asserted_by is empty.
-- severity: error
SELECT "table", _row, 'asserted_by' AS field,
  'asserted_by is ' || asserted_by || ' but basis is inferred; expected it empty, or assessed'
    AS problem
FROM _claims
WHERE basis = 'inferred' AND asserted_by IS NOT NULL
