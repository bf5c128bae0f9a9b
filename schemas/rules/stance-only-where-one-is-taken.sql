-- No stance stands on an addressee, an occasion, an evidence or what merely came before.
-- severity: warning
SELECT 'statement_targets' AS "table", _row, 'stance' AS field,
  'stance is ' || CAST(stance AS VARCHAR) || ' but role is ' || role || '; expected it empty'
    AS problem
FROM statement_targets
WHERE stance IS NOT NULL AND role IN ('addressee', 'occasion', 'evidence', 'after', 'covariate')
