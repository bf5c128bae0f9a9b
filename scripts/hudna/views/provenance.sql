-- Per record its citations, the texts read and the independent origins behind them; single-source records marked.
-- asks: What does each record rest on?
-- param table VARCHAR = of _tables.table: only the records of this table
-- Records that must be cited themselves, and others that have citations of their own.
-- sources: sources cited. texts_read: texts that were read (via, else the source itself).
-- cited_only: sources known for this record only through another text; they add no origin.
-- origins: independent origins of what supports the record. The origin of a text is who was quoted or
-- whose wire it is, else its publisher. Texts are one origin where they share it, or a source that
-- they cite for this record. What contradicts the record supports nothing and is counted apart.
-- single_source: one origin.
WITH cited AS (
  SELECT
    c."table" AS in_table, c.record_id, c.citation_id, c.source_id, coalesce(c.via, c.source_id) AS text,
    c.locator, c.support
  FROM citations AS c
),
origin AS (
  SELECT source_id, coalesce(origin, publisher_id, source_id) AS origin FROM sources
),
-- What each text rests on, for one record: its own origin and that of what it cites there.
roots AS (
  SELECT DISTINCT c.in_table, c.record_id, c.text, coalesce(o.origin, c.text) AS root
  FROM cited AS c
  LEFT JOIN origin AS o ON o.source_id = c.text
  WHERE c.support <> 'contradicts'
  UNION
  SELECT DISTINCT c.in_table, c.record_id, c.text, coalesce(o.origin, c.source_id)
  FROM cited AS c
  LEFT JOIN origin AS o ON o.source_id = c.source_id
  WHERE c.support <> 'contradicts'
),
-- Texts that share a root, then chains of such texts, each step doubling their reach (1, 2, 4).
near AS (
  SELECT DISTINCT a.in_table, a.record_id, a.text AS one, b.text AS other
  FROM roots AS a
  JOIN roots AS b ON b.in_table = a.in_table AND b.record_id = a.record_id AND b.root = a.root
),
far AS (
  SELECT DISTINCT a.in_table, a.record_id, a.one, b.other
  FROM near AS a
  JOIN near AS b ON b.in_table = a.in_table AND b.record_id = a.record_id AND b.one = a.other
),
farthest AS (
  SELECT DISTINCT a.in_table, a.record_id, a.one, b.other
  FROM far AS a
  JOIN far AS b ON b.in_table = a.in_table AND b.record_id = a.record_id AND b.one = a.other
),
grouped AS (
  SELECT in_table, record_id, one, min(other) AS head FROM farthest GROUP BY in_table, record_id, one
),
independent AS (
  SELECT in_table, record_id, count(DISTINCT head) AS origins
  FROM grouped
  GROUP BY in_table, record_id
),
per_source AS (
  SELECT in_table, record_id, source_id, bool_and(text <> source_id) AS unread
  FROM cited
  GROUP BY in_table, record_id, source_id
),
per_record AS (
  SELECT
    in_table, record_id, count(*) AS sources,
    string_agg(CASE WHEN unread THEN source_id END, ' ' ORDER BY source_id) AS cited_only
  FROM per_source
  GROUP BY in_table, record_id
),
per_text AS (
  SELECT
    in_table, record_id, text, string_agg(DISTINCT locator, ' ' ORDER BY locator) AS places
  FROM cited
  GROUP BY in_table, record_id, text
),
located AS (
  SELECT
    in_table, record_id, count(*) AS texts_read,
    string_agg(concat_ws(' ', text, places), '; ' ORDER BY text) AS locators
  FROM per_text
  GROUP BY in_table, record_id
),
counted AS (
  SELECT
    in_table, record_id, count(*) AS citations, count_if(support = 'contradicts') AS contradicting
  FROM cited
  GROUP BY in_table, record_id
),
shown AS (
  SELECT r."table" AS in_table, r.record_id
  FROM _records AS r
  LEFT JOIN counted AS n ON n.in_table = r."table" AND n.record_id = r.record_id
  WHERE ($table IS NULL OR r."table" = $table) AND (r.cited = 'itself' OR n.citations IS NOT NULL)
),
ids AS (
  SELECT in_table, record_id, in_table || '/' || record_id AS id FROM shown
  UNION
  SELECT in_table, record_id, 'citations/' || citation_id FROM cited
  UNION
  SELECT in_table, record_id, 'sources/' || source_id FROM cited
  UNION
  SELECT in_table, record_id, 'sources/' || text FROM cited
),
rested AS (
  SELECT in_table, record_id, string_agg(id, ' ' ORDER BY id) AS why
  FROM ids
  GROUP BY in_table, record_id
)
SELECT
  r.in_table AS "table", r.record_id,
  CAST(coalesce(n.citations, 0) AS BIGINT) AS citations,
  CAST(coalesce(p.sources, 0) AS BIGINT) AS sources,
  CAST(coalesce(l.texts_read, 0) AS BIGINT) AS texts_read,
  CAST(coalesce(i.origins, 0) AS BIGINT) AS origins,
  coalesce(i.origins, 0) = 1 AS single_source,
  CAST(coalesce(n.contradicting, 0) AS BIGINT) AS contradicting,
  p.cited_only, l.locators, w.why
FROM shown AS r
LEFT JOIN counted AS n ON n.in_table = r.in_table AND n.record_id = r.record_id
LEFT JOIN per_record AS p ON p.in_table = r.in_table AND p.record_id = r.record_id
LEFT JOIN located AS l ON l.in_table = r.in_table AND l.record_id = r.record_id
LEFT JOIN independent AS i ON i.in_table = r.in_table AND i.record_id = r.record_id
LEFT JOIN rested AS w ON w.in_table = r.in_table AND w.record_id = r.record_id
ORDER BY r.in_table, r.record_id
