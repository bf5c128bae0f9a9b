-- The acts of one utterance have its speaker, and an act has no acts of its own.
-- severity: error
SELECT 'statements' AS "table", p._row,
  CASE WHEN w.part_of IS NOT NULL THEN 'part_of' ELSE 'speaker_id' END AS field,
  CASE
    WHEN w.part_of IS NOT NULL
      THEN 'part_of is ' || p.part_of || ', itself a part of ' || w.part_of
        || '; expected the utterance'
    ELSE 'speaker_id is ' || p.speaker_id || ' but that of the utterance, ' || p.part_of || ', is '
      || w.speaker_id
  END AS problem
FROM statements AS p
JOIN statements AS w ON w.statement_id = p.part_of
WHERE p.part_of <> p.statement_id AND (w.part_of IS NOT NULL OR p.speaker_id <> w.speaker_id)
