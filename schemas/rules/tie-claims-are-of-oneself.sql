-- Who claims a tie is one of its two ends.
-- severity: warning
SELECT 'actor_relations' AS "table", _row, 'asserted_by' AS field,
  'basis is claimed and asserted_by is ' || asserted_by || ', which is neither ' || subject_id
    || ' nor ' || object_id || '; expected one of them, or another basis' AS problem
FROM actor_relations
WHERE basis = 'claimed'
  AND asserted_by <> subject_id
  AND (object_table <> 'actors' OR asserted_by <> object_id)
