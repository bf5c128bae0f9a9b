-- An abbreviation is shorter than the name of its actor.
-- severity: warning
SELECT 'actor_names' AS "table", n._row, 'name' AS field,
  n.name || ' is no shorter than ' || a.name || '; expected an abbreviation, or another name_type'
    AS problem
FROM actor_names AS n
JOIN actors AS a ON a.actor_id = n.actor_id
WHERE n.name_type = 'abbreviation' AND length(n.name) >= length(a.name)
