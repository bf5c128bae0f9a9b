-- An actor has one main name in each language; the others are aliases.
-- severity: error
SELECT 'actor_names' AS "table", _row, 'name_type' AS field,
  name || ' is a second main name of ' || actor_id || ' in ' || language || ', after ' || earlier
    || '; expected alias, abbreviation, previous-name or title' AS problem
FROM (
  SELECT _row, actor_id, name, language,
    row_number() OVER same AS nth,
    first_value(name) OVER same AS earlier
  FROM actor_names
  WHERE name_type = 'name' AND name IS NOT NULL AND language IS NOT NULL
  WINDOW same AS (PARTITION BY actor_id, language ORDER BY _row)
) AS named
WHERE nth > 1
