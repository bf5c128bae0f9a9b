-- What is condemned, criticised or accused has no good stance; what is endorsed no bad one.
-- severity: warning
SELECT 'statement_targets' AS "table", t._row, 'stance' AS field,
  'stance is ' || CAST(t.stance AS VARCHAR) || ' but statement_type is ' || s.statement_type
    AS problem
FROM statement_targets AS t
JOIN statements AS s ON s.statement_id = t.statement_id
WHERE t.role = 'topic' AND NOT t.negated
  AND (
    (s.statement_type IN ('condemn', 'criticise', 'accuse') AND t.stance = 1)
    OR (s.statement_type = 'endorse' AND t.stance = -1)
  )
