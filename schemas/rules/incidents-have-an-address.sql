-- An incident leads to a public address.
-- severity: warning
SELECT 'incidents' AS "table", i._row, 'incident_id' AS field,
  'none of the sources cited for ' || i.incident_id || ' has a url or an archive_url; expected one' AS problem
FROM incidents AS i
ANTI JOIN (
  SELECT c.record_id
  FROM (
    SELECT record_id, source_id AS text FROM citations WHERE "table" = 'incidents'
    UNION ALL
    SELECT record_id, via FROM citations WHERE "table" = 'incidents' AND via IS NOT NULL
  ) AS c
  JOIN sources AS s ON s.source_id = c.text
  WHERE s.url IS NOT NULL OR s.archive_url IS NOT NULL
) AS led ON led.record_id = i.incident_id
