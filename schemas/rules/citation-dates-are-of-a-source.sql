-- A date whose basis is a citation is the date of a source that the record cites.
-- severity: warning
WITH cited AS (
  SELECT "table", record_id, source_id FROM citations
  UNION ALL
  SELECT "table", record_id, via AS source_id FROM citations WHERE via IS NOT NULL
)
SELECT d."table", d._row, 'date_end' AS field,
  'date_end is ' || CAST(d.date_end AS VARCHAR)
    || ' by a citation, but no cited source is of that day' AS problem
FROM _dates AS d
JOIN cited AS c ON c."table" = d."table" AND c.record_id = d.record_id
JOIN sources AS s ON s.source_id = c.source_id
WHERE d.date_basis = 'citation' AND d.date_end IS NOT NULL AND s.date_end IS NOT NULL
GROUP BY d."table", d._row, d.date_end
HAVING count(*) FILTER (WHERE d.date_end IN (s.date_start, s.date_end)) = 0
