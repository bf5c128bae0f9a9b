-- No incident or statement begins after the last source that tells of it.
-- severity: warning
WITH cited AS (
  SELECT "table", record_id, source_id FROM citations
  UNION ALL
  SELECT "table", record_id, via AS source_id FROM citations WHERE via IS NOT NULL
)
SELECT d."table", d._row, 'date_start' AS field,
  'date_start is ' || CAST(d.date_start AS VARCHAR) || ' but the last source is of '
    || CAST(max(s.date_end) AS VARCHAR) AS problem
FROM _dates AS d
JOIN cited AS c ON c."table" = d."table" AND c.record_id = d.record_id
JOIN sources AS s ON s.source_id = c.source_id
WHERE d."table" IN ('incidents', 'statements')
GROUP BY d."table", d._row, d.date_start
HAVING count(*) = count(s.date_end) AND d.date_start > max(s.date_end)
