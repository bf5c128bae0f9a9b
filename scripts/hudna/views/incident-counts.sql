-- Lowest and highest number of events that the rows support, per window of time, type and target.
-- asks: How many attacks were there, at least and at most?
-- param from DATE =: first day that counts
-- param to DATE =: last day that counts
-- param by VARCHAR = month | week | year | all: the length of a window (weeks begin on Monday)
-- param type VARCHAR = attack of incident_types.code: a type of incident, counted with its narrower ones
-- param target VARCHAR = of actors.actor_id: only what is counted for this target
-- param narrower BOOLEAN = true: also lines of the narrower types
-- An event counts in the window in which it began. lowest: what certainly falls into the window,
-- the type and the target; disputed incidents count 0. highest: what may; empty = no upper bound.
-- Denied incidents, states and containers count for nothing, the parts of a container do. A whole
-- and its parts are one: the whole says at least and at most how many, the parts say where.
-- A row of a wider type (an attack of unspecified kind) may be of each narrower one.
-- target: * = whatever the target; ? = no target named. Attributed or uncertain targets count 0
-- for the lowest; of a report of several events with several targets, each is sure of one event.
-- A window without rows is shown (as zero) only where the coverage table says that the whole of it
-- was searched and nothing found; searched: what coverage says of the whole window.
WITH RECURSIVE under AS (
  SELECT code AS wide, code AS narrow, 0 AS depth FROM incident_types
  UNION ALL
  SELECT u.wide, t.code, u.depth + 1
  FROM under AS u
  JOIN incident_types AS t ON t.broader = u.narrow
  WHERE u.depth < 20
),
kinds AS (SELECT DISTINCT wide, narrow FROM under),
families AS (
  SELECT DISTINCT x.narrow AS a, y.narrow AS b FROM kinds AS x JOIN kinds AS y ON y.wide = x.wide
),
asked AS (SELECT narrow AS type FROM kinds WHERE wide = $type),
shown AS (SELECT type FROM asked WHERE $narrower OR type = $type),
-- Every incident, since one that does not count may hold parts that do.
told AS (
  SELECT
    i.incident_id AS id, p.incident_id AS whole, i.incident_type AS type, i.extent,
    i.status <> 'denied' AND i.extent IN ('single', 'aggregate') AND i.incident_type <> 'ceasefire'
      AS counts,
    i.status IN ('reported', 'presupposed') AS sure,
    CASE WHEN i.extent = 'single' THEN 1 ELSE coalesce(i.events_low, 1) END AS low,
    CASE WHEN i.extent = 'single' THEN 1 ELSE i.events_high END AS high,
    CASE WHEN i.date_precision IN ('day', 'throughout', 'within', 'since', 'after') THEN i.date_start
    END AS earliest,
    CASE
      WHEN i.extent = 'single' AND i.date_precision IN ('throughout', 'since') THEN i.date_start
      WHEN i.extent = 'single' AND i.date_precision = 'as-of' THEN i.date_end
      WHEN i.date_precision IN ('day', 'throughout', 'within', 'by', 'until') THEN i.date_end
    END AS latest
  FROM incidents AS i
  LEFT JOIN incidents AS p ON p.incident_id = i.part_of
),
searches AS (
  SELECT c.*, c.place_id IS NULL OR (p.place_id IS NOT NULL AND p.part_of IS NULL) AS everywhere
  FROM coverage AS c
  LEFT JOIN places AS p ON p.place_id = c.place_id
  WHERE c.date_precision IN ('day', 'throughout')
),
-- The days at which rows are anchored: both bounds, or the only one.
anchors AS (
  SELECT coalesce(earliest, latest) AS a, coalesce(latest, earliest) AS b
  FROM told
  WHERE counts
    AND (type IN (SELECT type FROM asked) OR type IN (SELECT wide FROM kinds WHERE narrow = $type))
  UNION ALL
  SELECT date_start, date_end FROM searches WHERE found = 'none-found'
),
span AS (
  SELECT
    greatest(min(a), CAST($from AS DATE)) AS first_day,
    least(max(b), CAST($to AS DATE)) AS last_day
  FROM anchors
),
calendar AS (
  SELECT unnest(generate_series(0, date_diff('day', first_day, last_day))) AS n, first_day
  FROM span
  WHERE first_day <= last_day AND $by <> 'all'
),
begun AS (
  SELECT DISTINCT
    CASE $by
      WHEN 'week' THEN CAST(date_trunc('week', first_day + CAST(n AS INTEGER)) AS DATE)
      WHEN 'month' THEN CAST(date_trunc('month', first_day + CAST(n AS INTEGER)) AS DATE)
      ELSE CAST(date_trunc('year', first_day + CAST(n AS INTEGER)) AS DATE)
    END AS d
  FROM calendar
),
windows AS (
  SELECT
    greatest(d, CAST($from AS DATE)) AS window_start,
    least(
      CASE $by
        WHEN 'week' THEN d + 6
        WHEN 'month' THEN CAST(d + INTERVAL 1 MONTH AS DATE) - 1
        ELSE CAST(d + INTERVAL 1 YEAR AS DATE) - 1
      END,
      CAST($to AS DATE)
    ) AS window_end
  FROM begun
  UNION ALL
  SELECT CAST($from AS DATE), CAST($to AS DATE) WHERE $by = 'all'
),
frames AS (SELECT w.*, CAST(row_number() OVER (ORDER BY window_start) AS BIGINT) AS w FROM windows AS w),
in_window AS (
  SELECT
    t.id, f.w,
    coalesce(f.window_start IS NULL OR t.earliest >= f.window_start, false)
      AND coalesce(f.window_end IS NULL OR t.latest <= f.window_end, false) AS sure,
    $by = 'all'
      OR (coalesce(t.earliest, t.latest) <= f.window_end AND coalesce(t.latest, t.earliest) >= f.window_start)
      AS anchored
  FROM told AS t
  JOIN frames AS f
    ON (f.window_start IS NULL OR t.latest IS NULL OR t.latest >= f.window_start)
    AND (f.window_end IS NULL OR t.earliest IS NULL OR t.earliest <= f.window_end)
  WHERE t.counts
),
of_type AS (
  SELECT t.id, a.type, k.narrow IS NOT NULL AS sure
  FROM told AS t
  CROSS JOIN shown AS a
  LEFT JOIN kinds AS k ON k.wide = a.type AND k.narrow = t.type
  LEFT JOIN kinds AS m ON m.wide = t.type AND m.narrow = a.type
  WHERE t.counts AND (k.narrow IS NOT NULL OR m.narrow IS NOT NULL)
),
named AS (
  SELECT
    incident_id AS id, actor_id AS target,
    bool_or(basis IN ('stated', 'implied') AND coalesce(certainty, 'unmarked') IN ('certain', 'unmarked'))
      AS sure,
    count(*) OVER (PARTITION BY incident_id) AS beside
  FROM incident_actors
  WHERE role = 'target' AND basis <> 'denied'
  GROUP BY incident_id, actor_id
),
-- Each part with every whole above it.
below AS (
  SELECT id AS part, whole, 1 AS depth FROM told WHERE whole IS NOT NULL
  UNION ALL
  SELECT b.part, t.whole, b.depth + 1
  FROM below AS b
  JOIN told AS t ON t.id = b.whole
  WHERE t.whole IS NOT NULL AND b.depth < 20
),
holds_parts AS (SELECT DISTINCT whole AS id FROM told WHERE whole IS NOT NULL),
on_target AS (
  SELECT id, '*' AS target, true AS sure, 1 AS beside FROM told WHERE counts
  UNION ALL
  SELECT id, target, sure, beside FROM named
  UNION ALL
  SELECT t.id, '?', h.id IS NULL, 1
  FROM told AS t
  LEFT JOIN holds_parts AS h ON h.id = t.id
  WHERE t.counts
    AND NOT EXISTS (SELECT 1 FROM named AS n WHERE n.id = t.id)
    AND NOT EXISTS (
      SELECT 1 FROM below AS b JOIN named AS n ON n.id = b.whole WHERE b.part = t.id
    )
),
-- What each row says of each cell (window, type, target) by itself.
own AS (
  SELECT
    w.w, k.type, g.target, t.id, t.high,
    CASE
      WHEN NOT (t.sure AND w.sure AND k.sure AND g.sure) THEN 0
      WHEN g.beside > 1 THEN least(t.low, 1)
      ELSE t.low
    END AS low,
    w.anchored AND (k.sure OR k.type = $type) AS anchored
  FROM told AS t
  JOIN in_window AS w ON w.id = t.id
  JOIN of_type AS k ON k.id = t.id
  JOIN on_target AS g ON g.id = t.id
  WHERE $target IS NULL OR g.target = $target
),
roots AS (SELECT id FROM told WHERE whole IS NULL AND id IN (SELECT id FROM holds_parts)),
trees AS (
  SELECT id AS root, id FROM roots
  UNION ALL
  SELECT DISTINCT b.whole, b.part FROM below AS b JOIN roots AS r ON r.id = b.whole
),
tree_cells AS (
  SELECT DISTINCT r.root, o.w, o.type, o.target FROM own AS o JOIN trees AS r ON r.id = o.id
),
-- Every member of a tree in every cell that the tree touches. elsewhere: its events that certainly
-- are of another window, type or target (a part that names no target may have any).
members AS (
  SELECT
    c.root, c.w, c.type, c.target, t.id, t.whole, t.extent, o.id IS NOT NULL AS may,
    coalesce(o.low, 0) AS low,
    CASE WHEN o.id IS NULL THEN 0 ELSE o.high END AS high,
    CASE
      WHEN o.id IS NOT NULL OR NOT t.counts OR NOT t.sure OR f.a IS NULL THEN 0
      WHEN i.id IS NULL OR k.id IS NULL THEN t.low
      WHEN c.target NOT IN ('*', '?') AND n.id IS NULL THEN 0
      ELSE t.low
    END AS elsewhere
  FROM tree_cells AS c
  JOIN trees AS r ON r.root = c.root
  JOIN told AS t ON t.id = r.id
  LEFT JOIN own AS o ON o.id = t.id AND o.w = c.w AND o.type = c.type AND o.target = c.target
  LEFT JOIN in_window AS i ON i.id = t.id AND i.w = c.w
  LEFT JOIN of_type AS k ON k.id = t.id AND k.type = c.type
  LEFT JOIN families AS f ON f.a = t.type AND f.b = c.type
  LEFT JOIN (SELECT DISTINCT id FROM named) AS n ON n.id = t.id
),
-- Parts of the root that have parts: held against their leaves. Then the root against its parts.
-- Three levels are exact; what lies deeper counts by its leaves, which is true but may be wider.
leaves AS (
  SELECT DISTINCT b.whole, b.part FROM below AS b WHERE b.part NOT IN (SELECT id FROM holds_parts)
),
leaf_sums AS (
  SELECT
    m.w, m.type, m.target, l.whole AS id, sum(m.low) AS low, sum(m.high) AS high,
    bool_or(m.high IS NULL) AS unbounded, sum(m.elsewhere) AS elsewhere
  FROM members AS m
  JOIN leaves AS l ON l.part = m.id
  GROUP BY m.w, m.type, m.target, l.whole
),
parts AS (
  SELECT
    m.root, m.w, m.type, m.target,
    greatest(m.low, coalesce(s.low, 0)) AS low,
    CASE
      WHEN s.id IS NULL THEN m.high
      WHEN NOT m.may AND s.unbounded THEN NULL
      WHEN NOT m.may THEN s.high
      WHEN m.high IS NULL THEN NULL
      WHEN m.extent = 'aggregate' THEN greatest(m.high - s.elsewhere, m.low, s.low)
      ELSE greatest(m.high, s.low)
    END AS high,
    greatest(m.elsewhere, coalesce(s.elsewhere, 0)) AS elsewhere
  FROM members AS m
  LEFT JOIN leaf_sums AS s ON s.id = m.id AND s.w = m.w AND s.type = m.type AND s.target = m.target
  WHERE m.whole = m.root
),
part_sums AS (
  SELECT
    root, w, type, target, sum(low) AS low, sum(high) AS high,
    bool_or(high IS NULL) AS unbounded, sum(elsewhere) AS elsewhere
  FROM parts
  GROUP BY root, w, type, target
),
counted AS (
  SELECT o.w, o.type, o.target, o.low, o.high
  FROM own AS o
  WHERE o.id NOT IN (SELECT id FROM trees)
  UNION ALL
  SELECT
    m.w, m.type, m.target, greatest(m.low, s.low),
    CASE
      WHEN NOT m.may AND s.unbounded THEN NULL
      WHEN NOT m.may THEN s.high
      WHEN m.high IS NULL THEN NULL
      WHEN m.extent = 'aggregate' THEN greatest(m.high - s.elsewhere, m.low, s.low)
      ELSE greatest(m.high, s.low)
    END
  FROM members AS m
  JOIN part_sums AS s ON s.root = m.id AND s.w = m.w AND s.type = m.type AND s.target = m.target
  WHERE m.id = m.root
),
sums AS (
  SELECT
    w, type, target, sum(low) AS low,
    CASE WHEN bool_or(high IS NULL) THEN NULL ELSE sum(high) END AS high
  FROM counted
  GROUP BY w, type, target
),
rested AS (
  SELECT
    w, type, target, count(*) AS n, bool_or(anchored) AS anchored,
    string_agg('incidents/' || id, ' ' ORDER BY id) AS why
  FROM own
  GROUP BY w, type, target
),
-- What coverage says of whole windows.
searched AS (
  SELECT
    f.w, a.type,
    bool_or(s.found = 'none-found' AND s.everywhere AND (a.type = $type OR a.type = s.incident_type))
      AS empty,
    string_agg(DISTINCT s.found || coalesce(' (' || s.place_id || ')', ''), '; '
      ORDER BY s.found || coalesce(' (' || s.place_id || ')', '')) AS searched,
    string_agg('coverage/' || s.coverage_id, ' ' ORDER BY s.coverage_id) AS why
  FROM frames AS f
  JOIN searches AS s ON s.date_start <= f.window_start AND s.date_end >= f.window_end
  CROSS JOIN shown AS a
  LEFT JOIN kinds AS k ON k.wide = s.incident_type AND k.narrow = a.type
  WHERE s.incident_type IS NULL OR k.narrow IS NOT NULL
  GROUP BY f.w, a.type
),
cells AS (
  SELECT w, type, target FROM rested WHERE anchored
  UNION
  SELECT w, type, coalesce($target, '*') FROM searched WHERE empty
)
SELECT
  f.window_start, f.window_end, c.type, c.target,
  CAST(coalesce(s.low, 0) AS BIGINT) AS lowest,
  CAST(CASE WHEN r.n IS NULL THEN 0 ELSE s.high END AS BIGINT) AS highest,
  CAST(coalesce(r.n, 0) AS BIGINT) AS incident_rows,
  e.searched,
  concat_ws(' ', e.why, r.why) AS why
FROM cells AS c
JOIN frames AS f ON f.w = c.w
LEFT JOIN sums AS s ON s.w = c.w AND s.type = c.type AND s.target = c.target
LEFT JOIN rested AS r ON r.w = c.w AND r.type = c.type AND r.target = c.target
LEFT JOIN searched AS e ON e.w = c.w AND e.type = c.type
ORDER BY f.window_start NULLS FIRST, c.type <> $type, c.type, c.target <> '*', c.target
