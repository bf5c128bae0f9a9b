-- No date_start is after its date_end.
-- severity: error
SELECT "table", _row, 'date_end' AS field,
  'date_end is ' || CAST(date_end AS VARCHAR) || ' but date_start is '
    || CAST(date_start AS VARCHAR) AS problem
FROM _dates
WHERE date_start > date_end
