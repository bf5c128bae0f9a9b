-- On how many independent origins each incident stands, and what share of the incidents on one, two, three.
-- asks: How well is each incident attested?
-- param incident VARCHAR = of incidents.incident_id: only this incident
-- The lines with a share come first (origins 0, 1, 2, and 3 for three or more), then one line an
-- incident. An origin is who was quoted or whose wire it is, else the publisher. Texts are one origin
-- where they share one, or rest on one source that they cite for this incident. A citation that
-- contradicts is not counted. address: whether one of the sources, cited or read, has a public one.
WITH origin AS (
  SELECT s.source_id, coalesce(b.origin, a.origin, s.origin, s.publisher_id, s.source_id) AS origin
  FROM sources AS s
  LEFT JOIN sources AS a ON a.source_id = s.origin
  LEFT JOIN sources AS b ON b.source_id = a.origin
),
cited AS (
  SELECT DISTINCT record_id AS id, source_id, coalesce(via, source_id) AS text
  FROM citations
  WHERE "table" = 'incidents' AND support <> 'contradicts' AND ($incident IS NULL OR record_id = $incident)
),
-- What each text rests on, for one incident: its own origin and that of what it cites there.
roots AS (
  SELECT c.id, c.text, coalesce(o.origin, c.text) AS root
  FROM cited AS c
  LEFT JOIN origin AS o ON o.source_id = c.text
  UNION
  SELECT c.id, c.text, coalesce(o.origin, c.source_id)
  FROM cited AS c
  LEFT JOIN origin AS o ON o.source_id = c.source_id
),
-- Texts that share a root, then chains of such texts, each step doubling their reach (1, 2, 4).
near AS (
  SELECT DISTINCT a.id, a.text AS one, b.text AS other
  FROM roots AS a
  JOIN roots AS b ON b.id = a.id AND b.root = a.root
),
far AS (
  SELECT DISTINCT a.id, a.one, b.other FROM near AS a JOIN near AS b ON b.id = a.id AND b.one = a.other
),
farthest AS (
  SELECT DISTINCT a.id, a.one, b.other FROM far AS a JOIN far AS b ON b.id = a.id AND b.one = a.other
),
heads AS (SELECT id, one AS text, min(other) AS head FROM farthest GROUP BY id, one),
named AS (
  SELECT h.id, h.head, string_agg(DISTINCT r.root, ' = ' ORDER BY r.root) AS origin
  FROM heads AS h
  JOIN roots AS r ON r.id = h.id AND r.text = h.text
  GROUP BY h.id, h.head
),
independent AS (
  SELECT id, count(*) AS origins, string_agg(origin, '; ' ORDER BY origin) AS named FROM named GROUP BY id
),
addressed AS (
  SELECT DISTINCT c.id
  FROM (SELECT id, source_id FROM cited UNION SELECT id, text FROM cited) AS c
  JOIN sources AS s ON s.source_id = c.source_id
  WHERE s.url IS NOT NULL OR s.archive_url IS NOT NULL
),
ids AS (
  SELECT incident_id AS id, 'incidents/' || incident_id AS ref FROM incidents
  UNION
  SELECT id, 'sources/' || source_id FROM cited
  UNION
  SELECT id, 'sources/' || text FROM cited
),
rested AS (SELECT id, string_agg(ref, ' ' ORDER BY ref) AS why FROM ids GROUP BY id),
counted AS (
  SELECT
    i.incident_id, i.title, i.incident_type, i.date_start, i.date_end,
    coalesce(n.origins, 0) AS origins, n.named,
    a.id IS NOT NULL AS address, w.why
  FROM incidents AS i
  LEFT JOIN independent AS n ON n.id = i.incident_id
  LEFT JOIN addressed AS a ON a.id = i.incident_id
  LEFT JOIN rested AS w ON w.id = i.incident_id
  WHERE $incident IS NULL OR i.incident_id = $incident
),
total AS (SELECT count(*) AS n FROM counted),
lines AS (
  SELECT
    least(c.origins, 3) AS origins, CAST(NULL AS VARCHAR) AS incident_id,
    CASE WHEN least(c.origins, 3) = 3 THEN 'three or more origins'
      WHEN least(c.origins, 3) = 2 THEN 'two origins'
      WHEN least(c.origins, 3) = 1 THEN 'one origin'
      ELSE 'no origin' END AS title,
    count(*) AS incidents, round(100.0 * count(*) / max(t.n), 1) AS share, CAST(NULL AS VARCHAR) AS named,
    bool_and(c.address) AS address, CAST(NULL AS VARCHAR) AS incident_type, CAST(NULL AS DATE) AS date_start,
    CAST(NULL AS DATE) AS date_end,
    string_agg('incidents/' || c.incident_id, ' ' ORDER BY c.incident_id) AS why
  FROM counted AS c
  CROSS JOIN total AS t
  GROUP BY least(c.origins, 3)
  UNION ALL
  SELECT origins, incident_id, title, 1, NULL, named, address, incident_type, date_start, date_end, why
  FROM counted
)
SELECT
  incident_id, CAST(origins AS BIGINT) AS origins, CAST(incidents AS BIGINT) AS incidents,
  CAST(share AS DOUBLE) AS share, title, named, address, incident_type, date_start, date_end, why
FROM lines
ORDER BY incident_id IS NOT NULL, CASE WHEN incident_id IS NULL THEN origins END,
  date_start NULLS FIRST, incident_id
