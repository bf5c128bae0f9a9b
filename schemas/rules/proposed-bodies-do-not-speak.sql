-- A body that somebody only wants created says nothing.
-- severity: error
SELECT 'statements' AS "table", s._row, 'speaker_id' AS field,
  'speaker_id is ' || s.speaker_id || ', a proposed-body; expected an actor that exists' AS problem
FROM statements AS s
JOIN actors AS a ON a.actor_id = s.speaker_id
WHERE a.actor_type = 'proposed-body'
