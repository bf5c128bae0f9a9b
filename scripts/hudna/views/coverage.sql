-- How much of each window the searches cover, kind by kind, with the incidents that stand in it.
-- asks: Where was nothing found because nobody looked?
-- param from DATE =: first day asked for
-- param to DATE =: last day asked for
-- param by VARCHAR = month | week | year | all: the length of a window (weeks begin on Monday)
-- param type VARCHAR = attack of incident_types.code: the kind of incident, with its narrower ones
-- param place VARCHAR = of places.place_id: the area (without it, everywhere)
-- Each day counts by the search made for the shortest window that holds it, of equals by the best:
-- searched (whole kind and area gone through; none_found: with nothing found), partly (a part of
-- them, or of the sources), not_searched, untold (no row says anything). A search of a narrower kind
-- or area is a part.
-- incident_rows: rows that may lie in the window, certain_rows: those that certainly do; of a wider
-- kind or area they are not counted, nor are denied ones, states, and wholes that have parts.
-- reading: whether the number of rows can be taken as it is.
WITH RECURSIVE under AS (
  SELECT code AS wide, code AS narrow, 0 AS depth FROM incident_types
  UNION ALL
  SELECT u.wide, t.code, u.depth + 1
  FROM under AS u
  JOIN incident_types AS t ON t.broader = u.narrow
  WHERE u.depth < 20
),
kinds AS (SELECT DISTINCT wide, narrow FROM under),
up AS (
  SELECT place_id AS place, place_id AS above, 0 AS depth FROM places
  UNION ALL
  SELECT u.place, p.part_of, u.depth + 1
  FROM up AS u
  JOIN places AS p ON p.place_id = u.above
  WHERE p.part_of IS NOT NULL AND u.depth < 20
),
areas AS (SELECT DISTINCT place, above FROM up),
told AS (
  SELECT
    i.incident_id AS id, i.incident_type AS type,
    CASE WHEN i.date_precision IN ('day', 'throughout', 'within', 'since', 'after') THEN i.date_start
    END AS earliest,
    CASE
      WHEN i.extent = 'single' AND i.date_precision IN ('throughout', 'since') THEN i.date_start
      WHEN i.extent = 'single' AND i.date_precision = 'as-of' THEN i.date_end
      WHEN i.date_precision IN ('day', 'throughout', 'within', 'by', 'until') THEN i.date_end
    END AS latest
  FROM incidents AS i
  JOIN kinds AS k ON k.wide = $type AND k.narrow = i.incident_type
  LEFT JOIN areas AS a ON a.place = i.place_id AND a.above = $place
  WHERE i.status <> 'denied' AND i.extent IN ('single', 'aggregate') AND i.incident_type <> 'ceasefire'
    AND ($place IS NULL OR a.place IS NOT NULL)
    AND i.incident_id NOT IN (SELECT part_of FROM incidents WHERE part_of IS NOT NULL)
),
searches AS (
  SELECT
    c.coverage_id AS id, c.incident_type AS type, c.date_start, c.date_end, c.found, c.gaps,
    c.place_id IS NULL OR a.place IS NOT NULL OR ($place IS NULL AND p.part_of IS NULL) AS whole_area
  FROM coverage AS c
  LEFT JOIN places AS p ON p.place_id = c.place_id
  LEFT JOIN areas AS a ON a.place = $place AND a.above = c.place_id
  LEFT JOIN areas AS b ON b.place = c.place_id AND b.above = $place
  LEFT JOIN kinds AS w ON w.wide = c.incident_type AND w.narrow = $type
  LEFT JOIN kinds AS n ON n.wide = $type AND n.narrow = c.incident_type
  WHERE c.date_precision IN ('day', 'throughout')
    AND (c.incident_type IS NULL OR w.narrow IS NOT NULL OR n.narrow IS NOT NULL)
    AND (c.place_id IS NULL OR $place IS NULL OR a.place IS NOT NULL OR b.place IS NOT NULL)
),
-- The kind asked for, and the narrower ones of which a search or an incident is told.
asked AS (
  SELECT code AS type FROM incident_types WHERE code = $type
  UNION
  SELECT s.type FROM searches AS s JOIN kinds AS k ON k.wide = $type AND k.narrow = s.type
  UNION
  SELECT type FROM told
),
anchors AS (
  SELECT coalesce(earliest, latest) AS a, coalesce(latest, earliest) AS b FROM told
  UNION ALL
  SELECT date_start, date_end FROM searches
),
span AS (
  SELECT
    coalesce(
      CAST($from AS DATE),
      CASE $by
        WHEN 'week' THEN CAST(date_trunc('week', a) AS DATE)
        WHEN 'month' THEN CAST(date_trunc('month', a) AS DATE)
        WHEN 'year' THEN CAST(date_trunc('year', a) AS DATE)
        ELSE a
      END
    ) AS first_day,
    coalesce(
      CAST($to AS DATE),
      CASE $by
        WHEN 'week' THEN CAST(date_trunc('week', b) AS DATE) + 6
        WHEN 'month' THEN CAST(CAST(date_trunc('month', b) AS DATE) + INTERVAL 1 MONTH AS DATE) - 1
        WHEN 'year' THEN CAST(CAST(date_trunc('year', b) AS DATE) + INTERVAL 1 YEAR AS DATE) - 1
        ELSE b
      END
    ) AS last_day
  FROM (SELECT min(a) AS a, max(b) AS b FROM anchors) AS ends
),
days AS (
  SELECT first_day + CAST(n AS INTEGER) AS d
  FROM (
    SELECT first_day, unnest(generate_series(0, date_diff('day', first_day, last_day))) AS n
    FROM span
    WHERE first_day <= last_day
  ) AS counted
),
framed AS (
  SELECT
    d,
    CASE $by
      WHEN 'week' THEN CAST(date_trunc('week', d) AS DATE)
      WHEN 'month' THEN CAST(date_trunc('month', d) AS DATE)
      WHEN 'year' THEN CAST(date_trunc('year', d) AS DATE)
      ELSE (SELECT first_day FROM span)
    END AS w
  FROM days
),
windows AS (
  SELECT w, min(d) AS window_start, max(d) AS window_end, count(*) AS days FROM framed GROUP BY w
),
-- 4 found, 3 none found, 2 in part, 1 not.
day_searches AS (
  SELECT
    f.w, f.d, a.type, date_diff('day', s.date_start, s.date_end) AS length,
    s.whole_area AND (s.type IS NULL OR k.narrow IS NOT NULL) AS whole,
    CASE
      WHEN s.found = 'not-searched' THEN 1
      WHEN NOT s.whole_area OR (s.type IS NOT NULL AND k.narrow IS NULL) OR s.found = 'partly-searched' THEN 2
      WHEN s.found = 'none-found' THEN 3
      ELSE 4
    END AS level
  FROM framed AS f
  JOIN searches AS s ON s.date_start <= f.d AND s.date_end >= f.d
  CROSS JOIN asked AS a
  LEFT JOIN kinds AS k ON k.wide = s.type AND k.narrow = a.type
  LEFT JOIN kinds AS x ON x.wide = a.type AND x.narrow = s.type
  WHERE s.type IS NULL OR k.narrow IS NOT NULL OR x.narrow IS NOT NULL
),
shortest AS (
  SELECT w, d, type, min(length) AS length, max(level) AS best FROM day_searches GROUP BY w, d, type
),
told_levels AS (
  SELECT
    m.w, m.d, m.type,
    coalesce(max(CASE WHEN s.whole THEN s.level END), CASE WHEN max(m.best) > 1 THEN 2 ELSE 1 END) AS level
  FROM shortest AS m
  JOIN day_searches AS s ON s.d = m.d AND s.type = m.type AND s.length = m.length
  GROUP BY m.w, m.d, m.type
),
day_best AS (
  SELECT f.w, f.d, a.type, coalesce(l.level, 0) AS level
  FROM framed AS f
  CROSS JOIN asked AS a
  LEFT JOIN told_levels AS l ON l.d = f.d AND l.type = a.type
),
covered AS (
  SELECT
    w, type, count_if(level >= 3) AS searched, count_if(level = 3) AS none_found,
    count_if(level = 2) AS partly, count_if(level = 1) AS not_searched, count_if(level = 0) AS untold
  FROM day_best
  GROUP BY w, type
),
standing AS (
  SELECT
    f.w, a.type, t.id,
    t.earliest >= f.window_start AND t.latest <= f.window_end AS certain
  FROM told AS t
  JOIN kinds AS k ON k.narrow = t.type
  JOIN asked AS a ON a.type = k.wide
  JOIN windows AS f
    ON coalesce(t.earliest, t.latest) <= f.window_end AND coalesce(t.latest, t.earliest) >= f.window_start
),
counted AS (
  SELECT w, type, count(*) AS n, count_if(coalesce(certain, false)) AS certain
  FROM standing
  GROUP BY w, type
),
-- Searches made for this window or a part of it tell their gaps.
missing AS (
  SELECT f.w, a.type, string_agg(DISTINCT s.gaps, ' | ' ORDER BY s.gaps) AS gaps
  FROM windows AS f
  JOIN searches AS s ON s.date_start >= f.window_start AND s.date_end <= f.window_end
  CROSS JOIN asked AS a
  LEFT JOIN kinds AS k ON k.wide = a.type AND k.narrow = s.type
  LEFT JOIN kinds AS x ON x.wide = s.type AND x.narrow = a.type
  WHERE s.type IS NULL OR k.narrow IS NOT NULL OR x.narrow IS NOT NULL
  GROUP BY f.w, a.type
),
ids AS (
  SELECT w, type, 'incidents/' || id AS id FROM standing
  UNION
  SELECT f.w, a.type, 'coverage/' || s.id
  FROM windows AS f
  JOIN searches AS s ON s.date_start <= f.window_end AND s.date_end >= f.window_start
  CROSS JOIN asked AS a
  LEFT JOIN kinds AS k ON k.wide = a.type AND k.narrow = s.type
  LEFT JOIN kinds AS x ON x.wide = s.type AND x.narrow = a.type
  WHERE s.type IS NULL OR k.narrow IS NOT NULL OR x.narrow IS NOT NULL
),
rested AS (SELECT w, type, string_agg(id, ' ' ORDER BY id) AS why FROM ids GROUP BY w, type),
-- A narrower kind is shown where an incident, or a search for it by name, lies in the window.
shown AS (
  SELECT f.w, a.type FROM windows AS f CROSS JOIN asked AS a WHERE a.type = $type
  UNION
  SELECT w, type FROM counted
  UNION
  SELECT f.w, s.type
  FROM windows AS f
  JOIN searches AS s ON s.date_start <= f.window_end AND s.date_end >= f.window_start
)
SELECT
  f.window_start, f.window_end, c.type,
  CAST(coalesce(n.n, 0) AS BIGINT) AS incident_rows, CAST(coalesce(n.certain, 0) AS BIGINT) AS certain_rows,
  CAST(f.days AS BIGINT) AS days, CAST(c.searched AS BIGINT) AS searched,
  CAST(c.none_found AS BIGINT) AS none_found, CAST(c.partly AS BIGINT) AS partly,
  CAST(c.not_searched AS BIGINT) AS not_searched, CAST(c.untold AS BIGINT) AS untold,
  CASE
    WHEN c.searched = f.days AND n.n IS NULL THEN 'searched, none found'
    WHEN c.searched = f.days THEN 'searched'
    WHEN c.searched + c.partly = 0 AND n.n IS NULL THEN 'not searched: says nothing'
    WHEN c.searched + c.partly = 0 THEN 'not searched: a floor'
    WHEN n.n IS NULL THEN 'searched in part: not a zero'
    ELSE 'searched in part: a floor'
  END AS reading,
  m.gaps, coalesce(r.why, 'incident_types/' || c.type) AS why
FROM windows AS f
JOIN covered AS c ON c.w = f.w
JOIN shown AS h ON h.w = f.w AND h.type = c.type
LEFT JOIN counted AS n ON n.w = f.w AND n.type = c.type
LEFT JOIN missing AS m ON m.w = f.w AND m.type = c.type
LEFT JOIN rested AS r ON r.w = f.w AND r.type = c.type
ORDER BY f.window_start, c.type <> $type, c.type
