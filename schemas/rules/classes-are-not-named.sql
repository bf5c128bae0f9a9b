-- Whether an identity is published is asked of actors, not of categories, populations and proposed bodies.
-- severity: error
SELECT 'actors' AS "table", _row, 'named' AS field,
  'named is ' || CAST(named AS VARCHAR) || ' but ' || actor_id || ' is of type ' || actor_type
    || '; expected it empty' AS problem
FROM actors
WHERE named IS NOT NULL AND actor_type IN ('category', 'population', 'proposed-body')
