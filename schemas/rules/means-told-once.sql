-- One kind of means stands once for an incident; sources that differ on its number are citations.
-- severity: warning
SELECT 'incident_means' AS "table", _row, 'means' AS field,
  'the same means stands already as ' || earlier AS problem
FROM (
  SELECT _row,
    row_number() OVER same AS nth,
    first_value(means_id) OVER same AS earlier
  FROM incident_means
  -- Only records whose hash stands twice are compared.
  WHERE hash(incident_id, means) IN (
      SELECT hash(incident_id, means)
      FROM incident_means GROUP BY 1 HAVING count(*) > 1
    )
  WINDOW same AS (
    PARTITION BY
      incident_id, means
    ORDER BY _row
  )
) AS told
WHERE nth > 1
