-- The targets of a statement in one role combine in one way, all or any.
-- severity: error
SELECT 'statement_targets' AS "table", max(_row) AS _row, 'connective' AS field,
  statement_id || ' has all and any in the role ' || role || '; expected one of them' AS problem
FROM statement_targets
GROUP BY statement_id, role
HAVING count(DISTINCT connective) > 1
