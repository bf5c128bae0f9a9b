-- A facade group stands for somebody: it has a tie facade-of.
-- severity: warning
SELECT 'actors' AS "table", a._row, 'actor_type' AS field,
  a.actor_id || ' is a facade-group without a tie facade-of; expected whose facade it is'
    AS problem
FROM actors AS a
WHERE a.actor_type = 'facade-group'
  AND NOT EXISTS (
    SELECT 1 FROM actor_relations AS r
    WHERE r.subject_id = a.actor_id AND r.relation_type = 'facade-of'
  )
