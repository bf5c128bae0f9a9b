-- Of every person it is said whether a source publishes who it is.
-- severity: warning
SELECT 'actors' AS "table", _row, 'named' AS field,
  'named is empty but ' || actor_id || ' is a person; expected true or false' AS problem
FROM actors
WHERE named IS NULL AND actor_type = 'person'
