-- The same tie, of the same time and on the same word, is told once.
-- severity: error
SELECT 'actor_relations' AS "table", _row, 'relation_type' AS field,
  'the same tie stands already as ' || earlier AS problem
FROM (
  SELECT _row,
    row_number() OVER same AS nth,
    first_value(relation_id) OVER same AS earlier
  FROM actor_relations
  -- Only records whose hash stands twice are compared.
  WHERE hash(
      subject_id, relation_type, object_table, object_id, date_start, date_end,
      date_precision, basis, asserted_by, certainty, hedge
    ) IN (
      SELECT hash(
            subject_id, relation_type, object_table, object_id, date_start, date_end,
            date_precision, basis, asserted_by, certainty, hedge
          )
      FROM actor_relations GROUP BY 1 HAVING count(*) > 1
    )
  WINDOW same AS (
    PARTITION BY
      subject_id, relation_type, object_table, object_id, date_start, date_end,
      date_precision, basis, asserted_by, certainty, hedge
    ORDER BY _row
  )
) AS told
WHERE nth > 1
