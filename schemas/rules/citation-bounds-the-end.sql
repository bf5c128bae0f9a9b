-- A date taken from a source's date is an upper bound, never the day of the act nor its beginning.
-- severity: error
SELECT "table", _row, 'date_precision' AS field,
  'date_precision is ' || date_precision || ' but date_basis is citation'
    || '; expected by, within, as-of or until' AS problem
FROM _dates
WHERE date_basis = 'citation'
  AND date_precision IN ('day', 'throughout', 'since', 'after')
  AND "table" <> 'sources'
