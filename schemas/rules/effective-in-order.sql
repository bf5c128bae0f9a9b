-- No ceasefire ends before it takes effect.
-- severity: error
SELECT 'ceasefires' AS "table", _row, 'effective_end' AS field,
  'effective_end is ' || CAST(effective_end AS VARCHAR) || ' but effective_start is '
    || CAST(effective_start AS VARCHAR) AS problem
FROM ceasefires
WHERE effective_start > effective_end
