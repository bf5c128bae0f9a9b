-- What is known to a country, governorate or city is placed in one.
-- severity: warning
SELECT 'incidents' AS "table", i._row, 'place_precision' AS field,
  'place_precision is ' || i.place_precision || ' but ' || i.place_id || ' is a ' || p.place_type
    AS problem
FROM incidents AS i
JOIN places AS p ON p.place_id = i.place_id
WHERE (i.place_precision = 'country' AND p.place_type NOT IN ('country', 'region'))
  OR (i.place_precision = 'governorate' AND p.place_type NOT IN ('governorate', 'region'))
  OR (i.place_precision = 'city' AND p.place_type NOT IN ('city', 'district'))
  OR (
    i.extent = 'single' AND i.place_precision IN ('exact', 'near')
    AND p.place_type IN ('country', 'region', 'governorate')
  )
