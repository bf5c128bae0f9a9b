-- An analyst's reading of an utterance stands with the utterance; a silence needs none, nor what is ascribed to a class.
-- severity: error
SELECT 'statements' AS "table", s._row, 'part_of' AS field,
  'part_of is empty but basis is assessed and statement_type is ' || s.statement_type
    || '; expected the utterance that is read so' AS problem
FROM statements AS s
JOIN statement_types AS t ON t.code = s.statement_type
JOIN actors AS a ON a.actor_id = s.speaker_id
WHERE s.basis = 'assessed' AND s.part_of IS NULL AND NOT t.analytic
  AND s.statement_type NOT IN ('silence', 'no-clear-position')
  AND a.actor_type <> 'category'
