-- An addressee is an actor.
-- severity: error
SELECT 'statement_targets' AS "table", _row, 'target_table' AS field,
  'target_table is ' || target_table || ' but role is addressee; expected actors' AS problem
FROM statement_targets
WHERE role = 'addressee' AND target_table <> 'actors'
