-- A forecast has one outcome on one day.
-- severity: warning
SELECT 'resolutions' AS "table", _row, 'outcome' AS field,
  'outcome is ' || outcome || ' but on the same day ' || statement_id || ' has another in '
    || earlier AS problem
FROM (
  SELECT _row, statement_id, outcome,
    row_number() OVER same AS nth,
    first_value(resolution_id) OVER same AS earlier
  FROM resolutions
  WHERE outcome IS NOT NULL AND as_of IS NOT NULL
  WINDOW same AS (PARTITION BY statement_id, as_of ORDER BY _row)
) AS resolved
WHERE nth > 1
