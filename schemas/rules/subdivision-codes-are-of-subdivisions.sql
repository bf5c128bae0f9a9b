-- iso_3166_2 stands where the place itself is the subdivision: a governorate or a region.
-- severity: warning
SELECT 'places' AS "table", _row, 'iso_3166_2' AS field,
  'iso_3166_2 is ' || iso_3166_2 || ' but ' || place_id || ' is a ' || place_type
    || '; expected a governorate or region' AS problem
FROM places
WHERE iso_3166_2 IS NOT NULL AND place_type IN ('country', 'city', 'site')
