-- place_precision is unknown exactly where no place is given.
-- severity: error
SELECT 'incidents' AS "table", _row,
  CASE WHEN place_id IS NULL THEN 'place_id' ELSE 'place_precision' END AS field,
  'place_precision is ' || place_precision || ' but place_id is ' || coalesce(place_id, 'empty')
    AS problem
FROM incidents
WHERE (place_precision = 'unknown') <> (place_id IS NULL)
