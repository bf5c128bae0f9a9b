-- A ceasefire is announced by a statement of its declarer: as speaker, or on its behalf.
-- severity: error
SELECT 'ceasefires' AS "table", c._row, 'announcement_id' AS field,
  'announcement_id is ' || c.announcement_id || ' but its speaker, ' || s.speaker_id
    || ', is no declarer and speaks for none' AS problem
FROM ceasefires AS c
JOIN statements AS s ON s.statement_id = c.announcement_id
WHERE EXISTS (
    SELECT 1 FROM ceasefire_actors AS a
    WHERE a.ceasefire_id = c.ceasefire_id AND a.position = 'declarer'
  )
  AND NOT EXISTS (
    SELECT 1 FROM ceasefire_actors AS a
    WHERE a.ceasefire_id = c.ceasefire_id AND a.position = 'declarer'
      AND (a.actor_id = s.speaker_id OR a.actor_id = s.on_behalf_of)
  )
