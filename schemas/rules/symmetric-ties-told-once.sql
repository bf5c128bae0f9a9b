-- A tie that holds both ways is told once, from either end.
-- severity: error
SELECT 'actor_relations' AS "table", b._row, 'relation_type' AS field,
  b.subject_id || ' ' || b.relation_type || ' ' || b.object_id || ' stands already as '
    || a.relation_id || ', from the other end' AS problem
FROM actor_relations AS a
JOIN actor_relations AS b
  ON b.subject_id = a.object_id AND b.object_id = a.subject_id
  AND b.relation_type = a.relation_type AND b.object_table = a.object_table
  AND b.basis = a.basis AND b.asserted_by IS NOT DISTINCT FROM a.asserted_by
  AND b.date_start IS NOT DISTINCT FROM a.date_start
  AND b.date_end IS NOT DISTINCT FROM a.date_end
  AND a._row < b._row
JOIN relation_types AS t ON t.code = a.relation_type
WHERE t.symmetric AND a.object_table = 'actors'
