-- A point has a latitude and a longitude.
-- severity: error
SELECT 'places' AS "table", _row,
  CASE WHEN latitude IS NULL THEN 'latitude' ELSE 'longitude' END AS field,
  CASE WHEN latitude IS NULL THEN 'latitude is empty but longitude is not'
    ELSE 'longitude is empty but latitude is not' END AS problem
FROM places
WHERE (latitude IS NULL) <> (longitude IS NULL)
