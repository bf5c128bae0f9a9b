-- No incident or statement begins after the last source that tells of it.
-- severity: warning
WITH cited AS (
  SELECT "table", record_id, source_id FROM citations WHERE "table" IN ('incidents', 'statements')
  UNION ALL
  SELECT "table", record_id, via AS source_id FROM citations
  WHERE via IS NOT NULL AND "table" IN ('incidents', 'statements')
),
-- One row for each record, before the records are looked at; no day where a source has none.
last AS (
  SELECT c."table", c.record_id, max(s.date_end) AS day
  FROM cited AS c
  JOIN sources AS s ON s.source_id = c.source_id
  GROUP BY c."table", c.record_id
  HAVING count(*) = count(s.date_end)
)
SELECT d."table", d._row, 'date_start' AS field,
  'date_start is ' || CAST(d.date_start AS VARCHAR) || ' but the last source is of '
    || CAST(l.day AS VARCHAR) AS problem
FROM _dates AS d
JOIN last AS l ON l."table" = d."table" AND l.record_id = d.record_id
WHERE d."table" IN ('incidents', 'statements') AND d.date_start > l.day
