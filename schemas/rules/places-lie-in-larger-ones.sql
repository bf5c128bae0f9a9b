-- A place is part of a larger one: site, city or district, governorate, country.
-- severity: error
WITH ranked AS (
  SELECT _row, place_id, place_type, part_of,
    CASE place_type
      WHEN 'country' THEN 1 WHEN 'governorate' THEN 2 WHEN 'district' THEN 3 WHEN 'city' THEN 3
      WHEN 'site' THEN 4
    END AS rank
  FROM places
)
SELECT 'places' AS "table", p._row, 'part_of' AS field,
  p.place_id || ' (' || p.place_type || ') is part of ' || p.part_of || ' (' || w.place_type
    || '); expected a larger place' AS problem
FROM ranked AS p
JOIN ranked AS w ON w.place_id = p.part_of
WHERE p.place_id <> w.place_id AND (p.rank < w.rank OR (p.rank = w.rank AND p.rank < 3))
