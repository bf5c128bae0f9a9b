-- The subdivision codes of one country begin with the same two letters.
-- severity: error
SELECT 'places' AS "table", _row, 'iso_3166_2' AS field,
  'iso_3166_2 is ' || iso_3166_2 || ' but ' || earlier || ', of the same country, has ' || usual
    AS problem
FROM (
  SELECT _row, iso_3166_2,
    first_value(iso_3166_2) OVER same AS usual,
    first_value(place_id) OVER same AS earlier
  FROM places
  WHERE iso_3166_2 IS NOT NULL AND country IS NOT NULL
  WINDOW same AS (PARTITION BY country ORDER BY _row)
) AS coded
WHERE left(iso_3166_2, 2) <> left(usual, 2)
