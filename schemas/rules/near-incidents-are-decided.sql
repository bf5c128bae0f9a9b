-- Two incidents of one kind of event, one place and one day (or the next) are told to be one event or two.
-- severity: error
-- Places are one where one lies in the other, a country aside. What is dated no closer than to a
-- month is near nothing. Rows meet by family, place and week, so that only neighbours are compared.
-- What one database lists as two records of its own, it has told apart.
WITH RECURSIVE climb AS (
  SELECT code, code AS top, broader, 0 AS depth FROM incident_types
  UNION ALL
  SELECT c.code, t.code, t.broader, c.depth + 1
  FROM climb AS c
  JOIN incident_types AS t ON t.code = c.broader
  WHERE c.depth < 20
),
families AS (
  SELECT code, top AS family FROM (
    SELECT code, top, row_number() OVER (PARTITION BY code ORDER BY depth DESC) AS nth FROM climb
  ) AS climbed
  WHERE nth = 1
),
up AS (
  SELECT place_id AS place, place_id AS above, part_of AS next, 0 AS depth FROM places
  UNION ALL
  SELECT u.place, p.place_id, p.part_of, u.depth + 1
  FROM up AS u
  JOIN places AS p ON p.place_id = u.next
  WHERE p.place_type <> 'country' AND u.depth < 20
),
areas AS (SELECT DISTINCT place, above FROM up),
-- The topmost whole of each part.
held AS (
  SELECT incident_id AS id, part_of AS whole, 1 AS depth FROM incidents WHERE part_of IS NOT NULL
  UNION ALL
  SELECT h.id, i.part_of, h.depth + 1
  FROM held AS h
  JOIN incidents AS i ON i.incident_id = h.whole
  WHERE i.part_of IS NOT NULL AND h.depth < 20
),
wholes AS (
  SELECT id, whole FROM (
    SELECT id, whole, row_number() OVER (PARTITION BY id ORDER BY depth DESC) AS nth FROM held
  ) AS heights
  WHERE nth = 1
),
listed AS (
  SELECT c.record_id, min(c.source_id) AS base, min(c.locator) AS entry
  FROM citations AS c
  JOIN sources AS s ON s.source_id = c.source_id
  WHERE c."table" = 'incidents' AND c.field = '*' AND c.locator IS NOT NULL
    AND s.source_type = 'database'
  GROUP BY c.record_id
),
dated AS (
  SELECT
    l.base, l.entry, i._row, i.incident_id AS id, f.family, i.place_id, i.date_start, i.date_end,
    coalesce(w.whole, i.incident_id) AS whole,
    date_diff('day', DATE '2000-01-03', i.date_start - 1) // 7 AS first_week,
    date_diff('day', DATE '2000-01-03', i.date_end) // 7 AS last_week
  FROM incidents AS i
  JOIN families AS f ON f.code = i.incident_type
  LEFT JOIN wholes AS w ON w.id = i.incident_id
  LEFT JOIN listed AS l ON l.record_id = i.incident_id
  WHERE i.extent IN ('single', 'aggregate') AND i.date_precision IN ('day', 'within', 'throughout')
    AND date_diff('day', i.date_start, i.date_end) BETWEEN 0 AND 31
),
weeks AS (
  SELECT d.*, d.first_week + n.n AS week
  FROM dated AS d
  JOIN (SELECT unnest(generate_series(0, 5)) AS n) AS n ON d.first_week + n.n <= d.last_week
),
pairs AS (
  SELECT DISTINCT
    least(a._row, b._row) AS early, greatest(a._row, b._row) AS late,
    least(a.id, b.id) AS one, greatest(a.id, b.id) AS other,
    CASE WHEN a._row < b._row THEN a.id ELSE b.id END AS early_id
  FROM weeks AS a
  JOIN (SELECT w.*, p.above FROM weeks AS w JOIN areas AS p ON p.place = w.place_id) AS b
    ON b.family = a.family AND b.above = a.place_id AND b.week = a.week
  WHERE a.id <> b.id AND a.whole <> b.whole
    AND a.date_start - 1 <= b.date_end AND b.date_start - 1 <= a.date_end
    AND a.week = greatest(a.first_week, b.first_week)
    AND NOT coalesce(a.base = b.base AND a.entry <> b.entry, FALSE)
)
SELECT 'incidents' AS "table", p.late AS _row, 'incident_id' AS field,
  'it may be the same event as ' || min(p.early_id)
    || CASE WHEN count(*) > 1 THEN ' (and ' || CAST(count(*) - 1 AS VARCHAR) || ' more)' ELSE '' END
    || '; expected one withdrawn, both in one whole, or the pair in distinct_incidents' AS problem
FROM pairs AS p
LEFT JOIN distinct_incidents AS d ON d.incident_id = p.one AND d.other_id = p.other
WHERE d.incident_id IS NULL
GROUP BY p.late
