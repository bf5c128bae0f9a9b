-- Whoever is affected is so for good or bad: stance stands.
-- severity: warning
SELECT 'statement_targets' AS "table", _row, 'stance' AS field,
  'stance is empty but role is affected; expected good (1) or bad (-1) for ' || target_id
    AS problem
FROM statement_targets
WHERE role = 'affected' AND stance IS NULL
