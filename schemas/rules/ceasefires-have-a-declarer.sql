-- A ceasefire has somebody who declared it.
-- severity: error
SELECT 'ceasefires' AS "table", c._row, 'ceasefire_id' AS field,
  c.ceasefire_id || ' has no actor in the position declarer' AS problem
FROM ceasefires AS c
WHERE NOT EXISTS (
    SELECT 1 FROM ceasefire_actors AS a
    WHERE a.ceasefire_id = c.ceasefire_id AND a.position = 'declarer'
  )
