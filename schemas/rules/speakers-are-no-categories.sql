-- A category speaks only by assessment: a class of actors has no mouth of its own.
-- severity: warning
SELECT 'statements' AS "table", s._row, 'speaker_id' AS field,
  'speaker_id is ' || s.speaker_id || ', a category, and basis is ' || s.basis
    || '; expected assessed, or an actor that can speak' AS problem
FROM statements AS s
JOIN actors AS a ON a.actor_id = s.speaker_id
WHERE a.actor_type = 'category' AND s.basis <> 'assessed'
