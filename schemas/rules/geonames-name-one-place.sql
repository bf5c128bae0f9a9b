-- A GeoNames identifier stands for one place.
-- severity: warning
SELECT 'places' AS "table", _row, 'geonames_id' AS field,
  'geonames_id is ' || CAST(geonames_id AS VARCHAR) || ' as of ' || earlier
    || '; expected one place' AS problem
FROM (
  SELECT _row, geonames_id,
    row_number() OVER same AS nth,
    first_value(place_id) OVER same AS earlier
  FROM places
  WHERE geonames_id IS NOT NULL
  WINDOW same AS (PARTITION BY geonames_id ORDER BY _row)
) AS numbered
WHERE nth > 1
