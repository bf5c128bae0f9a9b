-- An actor bears one name in one language once.
-- severity: error
SELECT 'actor_names' AS "table", _row, 'name' AS field,
  'the name ' || name || ' (' || language || ') stands already as ' || earlier AS problem
FROM (
  SELECT _row, name, language,
    row_number() OVER same AS nth,
    first_value(name_id) OVER same AS earlier
  FROM actor_names
  WHERE name IS NOT NULL AND language IS NOT NULL
  WINDOW same AS (PARTITION BY actor_id, language, lower(name) ORDER BY _row)
) AS named
WHERE nth > 1
