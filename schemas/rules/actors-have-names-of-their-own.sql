-- No two actors of one type bear one name.
-- severity: warning
SELECT 'actors' AS "table", _row, 'name' AS field,
  'the name ' || name || ' is borne by ' || earlier || ' too; expected one actor, or other words'
    AS problem
FROM (
  SELECT _row, name,
    row_number() OVER same AS nth,
    first_value(actor_id) OVER same AS earlier
  FROM actors
  WHERE name IS NOT NULL
  WINDOW same AS (PARTITION BY actor_type, lower(name) ORDER BY _row)
) AS named
WHERE nth > 1
