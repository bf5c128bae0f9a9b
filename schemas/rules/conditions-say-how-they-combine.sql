-- Several conditions, or several outcomes, of one statement say how they combine.
-- severity: warning
SELECT 'statement_targets' AS "table", min(_row) AS _row, 'connective' AS field,
  statement_id || ' has ' || CAST(count(DISTINCT target_id) AS VARCHAR) || ' targets in the role '
    || role || ' and no connective; expected all or any' AS problem
FROM statement_targets
WHERE role IN ('condition', 'necessary-condition', 'outcome')
GROUP BY statement_id, role
HAVING count(DISTINCT target_id) > 1 AND count(connective) < count(*)
