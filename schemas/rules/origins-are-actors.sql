-- An origin is an actor, so that two texts of one origin are seen to be one.
-- severity: error
SELECT 'sources' AS "table", s._row, 'origin' AS field,
  'origin is ' || s.origin || ', which is no actor; expected who was quoted or whose wire it is' AS problem
FROM sources AS s
WHERE s.origin IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM actors AS a WHERE a.actor_id = s.origin)
