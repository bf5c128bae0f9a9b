-- A place lies in the country of the place that it is part of.
-- severity: warning
SELECT 'places' AS "table", p._row, 'country' AS field,
  'country is ' || p.country || ' but that of ' || p.part_of || ' is ' || w.country AS problem
FROM places AS p
JOIN places AS w ON w.place_id = p.part_of
WHERE p.country <> w.country AND w.place_type <> 'region'
