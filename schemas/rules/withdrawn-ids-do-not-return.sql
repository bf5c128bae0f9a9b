-- The id of a withdrawn record never stands again.
-- severity: error
SELECT 'withdrawn' AS "table", w._row, 'record_id' AS field,
  w.record_id || ' was withdrawn but stands in ' || w."table" || '; expected a new id' AS problem
FROM withdrawn AS w
JOIN _records AS r ON r."table" = w."table" AND r.record_id = w.record_id
