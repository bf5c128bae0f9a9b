-- A ceasefire takes effect when it is declared, or later.
-- severity: warning
SELECT 'ceasefires' AS "table", _row, 'effective_start' AS field,
  'effective_start is ' || CAST(effective_start AS VARCHAR) || ' but declared_on is '
    || CAST(declared_on AS VARCHAR) AS problem
FROM ceasefires
WHERE effective_start < declared_on
