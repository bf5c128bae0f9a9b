-- A deed is condemned, an actor criticised.
-- severity: warning
SELECT 'statement_targets' AS "table", t._row, 'target_table' AS field,
  s.statement_id || ' condemns the actor ' || t.target_id
    || '; expected a deed, or statement_type criticise' AS problem
FROM statement_targets AS t
JOIN statements AS s ON s.statement_id = t.statement_id
WHERE s.statement_type = 'condemn' AND t.role = 'topic' AND t.target_table = 'actors'
