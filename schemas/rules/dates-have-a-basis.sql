-- date_basis stands wherever dates stand, and nowhere else.
-- severity: error
SELECT "table", _row, 'date_basis' AS field,
  'date_precision is ' || date_precision || ' but date_basis is '
    || coalesce(date_basis, 'empty') || '; expected '
    || CASE WHEN date_basis IS NULL THEN 'where the dates come from' ELSE 'none' END AS problem
FROM _dates
WHERE (date_precision = 'unknown') <> (date_basis IS NULL)
