-- A statement that puts a condition to a truce has the truce as its topic.
-- severity: error
SELECT 'statement_targets' AS "table", t._row, 'role' AS field,
  t.statement_id || ' puts a condition and points to ' || t.target_id || ' as ' || t.role
    || '; expected it as topic too' AS problem
FROM statement_targets AS t
WHERE t.target_table = 'ceasefires' AND t.role <> 'topic'
  AND EXISTS (
    SELECT 1 FROM statement_targets AS c
    WHERE c.statement_id = t.statement_id AND c.role IN ('condition', 'necessary-condition')
  )
  AND NOT EXISTS (
    SELECT 1 FROM statement_targets AS o
    WHERE o.statement_id = t.statement_id AND o.role = 'topic' AND o.target_table = 'ceasefires'
      AND o.target_id = t.target_id
  )
