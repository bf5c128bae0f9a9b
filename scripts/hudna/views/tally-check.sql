-- Each source's own count held against the incidents: what the rows support, and whether it agrees.
-- asks: Do the counts of others agree with the single incidents?
-- param tally VARCHAR = of tallies.tally_id: only this count
-- param candidates BOOLEAN = false: below each count every incident that it may have counted
-- param slack INTEGER = 3: days by which a window reckoned back may begin earlier or later; one a week
-- lowest: what certainly lies in the window, the kind, the area and the target. highest: what may.
-- target_aside: what certainly lies in window, kind and area, where the target is the one counted
-- or may be it. An incident that is disputed, or of a wider kind, may count; a denied one does not.
-- Targets: one that is a part, member or subset of the other is the same; two that share a part or
-- a whole, or of which one serves the other, may be meant alike; an incident that names no target
-- may count. A count that restates an aggregate and names no target has the aggregate's. One of a
-- wide kind (attacks) that names none leaves open on whom: for it no incident counts for certain.
-- other_targets: incidents of the window, kind and area that name only other targets.
-- A whole and its parts are one. Aggregates that a count restates are counts: they are left out.
-- counted: an upper end alone ("nearly 90") is met from nine tenths of it on.
-- A shortage is told only where each day was searched at least in part (searched, by coverage).
-- unsaid: incidents that leave open how many; while there are any, the rows have no upper end.
-- Of killed and wounded the rows do not say whose they are: certain only where all victims count.
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
ties AS (
  SELECT subject_id AS a, object_id AS b, relation_type <> 'serves' AS sure
  FROM actor_relations
  WHERE object_table = 'actors' AND basis <> 'denied'
    AND relation_type IN ('part-of', 'member-of', 'subset-of', 'same-as', 'serves')
  UNION
  SELECT object_id, subject_id, true
  FROM actor_relations
  WHERE object_table = 'actors' AND basis <> 'denied' AND relation_type = 'same-as'
),
-- The windows, with what they may be at most and what they are at least.
asked AS (
  SELECT
    t.tally_id AS t, t.incident_type, t.place_id, t.target_actor_id, t.unit, t.incident_id,
    t.count_low, t.count_high, w.first_day, w.last_day,
    CASE WHEN t.date_precision IN ('day', 'throughout') THEN t.date_start + w.off END AS sure_from,
    CASE WHEN t.date_precision IN ('day', 'throughout') THEN t.date_end END AS sure_to,
    t.date_precision <> 'unknown' AND t.unit <> 'detained' AS comparable,
    t.incident_type IS NULL OR b.code IS NOT NULL AS wide
  FROM tallies AS t
  LEFT JOIN (SELECT DISTINCT broader AS code FROM incident_types) AS b ON b.code = t.incident_type
  JOIN (
    SELECT
      tally_id, off,
      CASE WHEN date_precision NOT IN ('by', 'until', 'unknown') THEN date_start - off END AS first_day,
      CASE WHEN date_precision NOT IN ('since', 'after', 'unknown') THEN date_end END AS last_day
    FROM (
      SELECT
        tally_id, date_precision, date_start, date_end,
        CAST(CASE
          WHEN date_basis = 'inferred'
            THEN coalesce(least($slack, date_diff('day', date_start, date_end) // 7), 0)
          ELSE 0
        END AS INTEGER) AS off
      FROM tallies
    ) AS loose
  ) AS w ON w.tally_id = t.tally_id
  WHERE $tally IS NULL OR t.tally_id = $tally
),
rows_told AS (
  SELECT i.*
  FROM incidents AS i
  WHERE NOT EXISTS (SELECT 1 FROM tallies AS t WHERE t.incident_id = i.incident_id)
),
told AS (
  SELECT
    i.incident_id AS id, w.incident_id AS whole, i.title, i.incident_type AS type, i.place_id,
    i.place_precision, i.killed_low, i.killed_high, i.wounded_low, i.wounded_high,
    i.status <> 'denied' AND i.extent IN ('single', 'aggregate') AND i.incident_type <> 'ceasefire'
      AS counts,
    i.status IN ('reported', 'presupposed') AS sure,
    CASE WHEN i.extent = 'single' THEN 1 ELSE coalesce(i.events_low, 1) END AS events_low,
    CASE WHEN i.extent = 'single' THEN 1 ELSE i.events_high END AS events_high,
    CASE WHEN i.date_precision IN ('day', 'throughout', 'within', 'since', 'after') THEN i.date_start
    END AS earliest,
    CASE
      WHEN i.extent = 'single' AND i.date_precision IN ('throughout', 'since') THEN i.date_start
      WHEN i.extent = 'single' AND i.date_precision = 'as-of' THEN i.date_end
      WHEN i.date_precision IN ('day', 'throughout', 'within', 'by', 'until') THEN i.date_end
    END AS latest
  FROM rows_told AS i
  LEFT JOIN rows_told AS w ON w.incident_id = i.part_of
),
-- How many of each unit an incident stands for.
means AS (
  SELECT
    incident_id AS id,
    CASE means WHEN 'rocket' THEN 'rockets' WHEN 'ied' THEN 'ieds' WHEN 'drone' THEN 'drones' END AS unit,
    sum(coalesce(quantity_low, 1)) AS low,
    CASE WHEN count(quantity_high) = count(*) THEN sum(quantity_high) END AS high
  FROM incident_means
  GROUP BY incident_id, means
),
with_means AS (SELECT DISTINCT incident_id AS id FROM incident_means),
units AS (SELECT DISTINCT unit FROM asked WHERE comparable),
measured AS (
  SELECT t.id, u.unit, t.events_low AS low, t.events_high AS high
  FROM told AS t
  JOIN units AS u ON u.unit IN ('attacks', 'incidents')
  WHERE t.counts
  UNION ALL
  SELECT t.id, u.unit, coalesce(t.killed_low, 0), t.killed_high
  FROM told AS t
  JOIN units AS u ON u.unit = 'killed'
  WHERE t.counts
  UNION ALL
  SELECT t.id, u.unit, coalesce(t.wounded_low, 0), t.wounded_high
  FROM told AS t
  JOIN units AS u ON u.unit = 'wounded'
  WHERE t.counts
  UNION ALL
  SELECT t.id, u.unit, coalesce(m.low, 0), m.high
  FROM told AS t
  JOIN units AS u ON u.unit IN ('rockets', 'ieds', 'drones')
  LEFT JOIN means AS m ON m.id = t.id AND m.unit = u.unit
  LEFT JOIN with_means AS w ON w.id = t.id
  WHERE t.counts AND (m.id IS NOT NULL OR w.id IS NULL)
),
-- Who was aimed at (of a chosen victim: the victim); and who was hurt.
aimed AS (
  SELECT
    a.incident_id AS id, a.actor_id AS actor, 'aimed' AS how,
    bool_or(a.basis IN ('stated', 'implied') AND coalesce(a.certainty, 'unmarked') IN ('certain', 'unmarked'))
      AS sure
  FROM incident_actors AS a
  JOIN told AS t ON t.id = a.incident_id
  WHERE a.basis <> 'denied'
    AND (a.role = 'target' OR (a.role = 'victim' AND t.type = 'targeted-killing'))
  GROUP BY a.incident_id, a.actor_id
  UNION ALL
  SELECT incident_id, actor_id, 'hurt', true
  FROM incident_actors
  WHERE role = 'victim' AND basis <> 'denied'
  GROUP BY incident_id, actor_id
),
goals AS (
  SELECT t, target_actor_id AS actor FROM asked WHERE target_actor_id IS NOT NULL
  UNION
  SELECT q.t, a.actor_id
  FROM asked AS q
  JOIN incident_actors AS a ON a.incident_id = q.incident_id AND a.role = 'target' AND a.basis <> 'denied'
  WHERE q.target_actor_id IS NULL
),
starts AS (
  SELECT actor FROM goals
  UNION
  SELECT actor FROM aimed
  UNION
  SELECT a FROM ties
),
walk AS (
  SELECT actor AS a, actor AS b, true AS sure, '/' || actor || '/' AS path, 0 AS depth FROM starts
  UNION ALL
  SELECT w.a, t.b, w.sure AND t.sure, w.path || t.b || '/', w.depth + 1
  FROM walk AS w
  JOIN ties AS t ON t.a = w.b
  WHERE w.depth < 6 AND NOT contains(w.path, '/' || t.b || '/')
),
reach AS (SELECT a, b, bool_or(sure) AS sure FROM walk GROUP BY a, b),
-- Two actors of which one lies in the other (sure), or that share a part or a whole.
alike AS (
  SELECT goal, actor, bool_or(sure) AS sure
  FROM (
    SELECT g.actor AS goal, r.a AS actor, r.sure
    FROM (SELECT DISTINCT actor FROM goals) AS g
    JOIN reach AS r ON r.b = g.actor
    UNION ALL
    SELECT g.actor, r.a, false
    FROM (SELECT DISTINCT actor FROM goals) AS g
    JOIN reach AS x ON x.a = g.actor
    JOIN reach AS r ON r.b = x.b
    UNION ALL
    SELECT g.actor, r.b, false
    FROM (SELECT DISTINCT actor FROM goals) AS g
    JOIN reach AS x ON x.b = g.actor
    JOIN reach AS r ON r.a = x.a
  ) AS pairs
  GROUP BY goal, actor
),
hits AS (
  SELECT g.t, a.id, a.how, a.actor, bool_or(k.sure AND a.sure) AS sure
  FROM goals AS g
  JOIN alike AS k ON k.goal = g.actor
  JOIN aimed AS a ON a.actor = k.actor
  GROUP BY g.t, a.id, a.how, a.actor
),
hit AS (
  SELECT t, id, how, bool_or(sure) AS sure, count_if(sure) AS meant
  FROM hits
  GROUP BY t, id, how
),
names_target AS (SELECT DISTINCT id FROM aimed WHERE how = 'aimed'),
victims AS (SELECT id, count(*) AS n FROM aimed WHERE how = 'hurt' GROUP BY id),
limited AS (SELECT DISTINCT t FROM goals),
-- The kinds of incident that each count may have counted: few keys for a join of many rows.
fitting AS (
  SELECT q.t, i.type, q.incident_type IS NULL OR k.narrow IS NOT NULL AS of_kind
  FROM asked AS q
  CROSS JOIN (SELECT DISTINCT type FROM told) AS i
  LEFT JOIN kinds AS k ON k.wide = q.incident_type AND k.narrow = i.type
  LEFT JOIN kinds AS b ON b.wide = i.type AND b.narrow = q.incident_type
  WHERE q.comparable AND (q.incident_type IS NULL OR k.narrow IS NOT NULL OR b.narrow IS NOT NULL)
),
-- Every incident that a count may have counted, with what is certain of it.
matched AS (
  SELECT
    q.t, i.id, m.low, m.high, q.unit,
    coalesce(i.earliest >= q.sure_from AND i.latest <= q.sure_to, false) AS in_time,
    f.of_kind,
    q.place_id IS NULL OR (p.place IS NOT NULL AND (i.place_id <> q.place_id OR i.place_precision <> 'near'))
      AS in_area,
    i.sure AS undisputed,
    CASE
      WHEN l.t IS NULL THEN NOT q.wide
      WHEN q.unit IN ('killed', 'wounded') THEN coalesce(h.meant = v.n, false)
      ELSE coalesce(a.sure, false)
    END AS on_target,
    l.t IS NULL OR a.t IS NOT NULL AS near_target,
    n.id IS NULL AS no_target, l.t IS NOT NULL AS limited,
    l.t IS NOT NULL AND n.id IS NOT NULL AND a.t IS NULL
      AND (q.unit NOT IN ('killed', 'wounded') OR h.t IS NULL) AS elsewhere
  FROM asked AS q
  JOIN fitting AS f ON f.t = q.t
  JOIN told AS i
    ON i.type = f.type
    AND (q.first_day IS NULL OR i.latest IS NULL OR i.latest >= q.first_day)
    AND (q.last_day IS NULL OR i.earliest IS NULL OR i.earliest <= q.last_day)
  JOIN measured AS m ON m.id = i.id AND m.unit = q.unit
  LEFT JOIN areas AS p ON p.place = i.place_id AND p.above = q.place_id
  LEFT JOIN areas AS o ON o.place = q.place_id AND o.above = i.place_id
  LEFT JOIN limited AS l ON l.t = q.t
  LEFT JOIN names_target AS n ON n.id = i.id
  LEFT JOIN hit AS a ON a.t = q.t AND a.id = i.id AND a.how = 'aimed'
  LEFT JOIN hit AS h ON h.t = q.t AND h.id = i.id AND h.how = 'hurt'
  LEFT JOIN victims AS v ON v.id = i.id
  WHERE (q.place_id IS NULL OR i.place_id IS NULL OR p.place IS NOT NULL OR o.place IS NOT NULL)
),
-- A report of several events without an upper end adds nothing where it is doubtful itself.
judged AS (
  SELECT
    t, id, unit,
    in_time AND of_kind AND in_area AND undisputed AND on_target AS sure,
    CASE WHEN in_time AND of_kind AND in_area AND undisputed AND on_target THEN low ELSE 0 END AS low,
    CASE WHEN in_time AND of_kind AND in_area AND undisputed AND near_target THEN low ELSE 0 END AS aside,
    coalesce(high, low) AS high, high IS NULL AS unsaid,
    NOT in_time AS date_doubt, NOT of_kind AS kind_doubt, NOT in_area AS area_doubt,
    NOT undisputed AS disputed, NOT on_target AND NOT (no_target AND limited) AS target_doubt,
    NOT on_target AND no_target AND limited AS target_unnamed
  FROM matched
  WHERE NOT elsewhere
    AND (high IS NOT NULL OR unit NOT IN ('attacks', 'incidents')
      OR (in_time AND of_kind AND in_area AND undisputed AND near_target))
),
others AS (SELECT t, count(*) AS n FROM matched WHERE elsewhere GROUP BY t),
-- Wholes and parts: the whole says how many at least and at most, the parts which.
below AS (
  SELECT id AS part, whole, 1 AS depth FROM told WHERE whole IS NOT NULL
  UNION ALL
  SELECT b.part, t.whole, b.depth + 1
  FROM below AS b
  JOIN told AS t ON t.id = b.whole
  WHERE t.whole IS NOT NULL AND b.depth < 20
),
holds_parts AS (SELECT DISTINCT whole AS id FROM told WHERE whole IS NOT NULL),
leaves AS (
  SELECT DISTINCT b.whole AS root, b.part
  FROM below AS b
  JOIN told AS r ON r.id = b.whole AND r.whole IS NULL
  WHERE b.part NOT IN (SELECT id FROM holds_parts)
),
touched AS (
  SELECT j.t, j.id AS root FROM judged AS j JOIN leaves AS l ON l.root = j.id
  UNION
  SELECT j.t, l.root FROM judged AS j JOIN leaves AS l ON l.part = j.id
),
leaf_sums AS (
  SELECT
    q.t, l.root, sum(coalesce(j.low, 0)) AS low, sum(coalesce(j.aside, 0)) AS aside,
    sum(coalesce(j.high, 0)) AS high, coalesce(bool_or(j.unsaid), false) AS unsaid,
    sum(CASE WHEN j.id IS NULL AND i.sure AND i.counts THEN coalesce(m.low, 0) ELSE 0 END) AS elsewhere
  FROM touched AS c
  JOIN asked AS q ON q.t = c.t
  JOIN leaves AS l ON l.root = c.root
  JOIN told AS i ON i.id = l.part
  LEFT JOIN measured AS m ON m.id = l.part AND m.unit = q.unit
  LEFT JOIN judged AS j ON j.t = q.t AND j.id = l.part
  GROUP BY q.t, l.root
),
counted AS (
  SELECT j.t, j.low, j.aside, j.high, j.unsaid
  FROM judged AS j
  WHERE j.id NOT IN (SELECT part FROM below) AND j.id NOT IN (SELECT id FROM holds_parts)
  UNION ALL
  SELECT
    s.t, greatest(coalesce(j.low, 0), s.low), greatest(coalesce(j.aside, 0), s.aside),
    greatest(coalesce(j.high, 0) - s.elsewhere, s.high, coalesce(j.low, 0)),
    CASE WHEN j.id IS NULL THEN s.unsaid ELSE j.unsaid END
  FROM leaf_sums AS s
  LEFT JOIN judged AS j ON j.t = s.t AND j.id = s.root
),
sums AS (
  SELECT t, sum(low) AS lowest, sum(aside) AS aside, sum(high) AS highest, count_if(unsaid) AS unsaid
  FROM counted
  GROUP BY t
),
-- Each count with its rows, and with the aggregate that it restates (which is none of them).
behind AS (
  SELECT t, id, sure, date_doubt, kind_doubt, area_doubt, target_doubt, target_unnamed, disputed FROM judged
  UNION ALL
  SELECT t, incident_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM asked WHERE incident_id IS NOT NULL
),
doubts AS (
  SELECT
    t, count(sure) AS n,
    concat_ws(', ',
      CASE WHEN bool_or(date_doubt) THEN 'date of ' || CAST(count_if(date_doubt) AS VARCHAR) END,
      CASE WHEN bool_or(kind_doubt) THEN 'kind of ' || CAST(count_if(kind_doubt) AS VARCHAR) END,
      CASE WHEN bool_or(area_doubt) THEN 'place of ' || CAST(count_if(area_doubt) AS VARCHAR) END,
      CASE WHEN bool_or(target_doubt) THEN 'target of ' || CAST(count_if(target_doubt) AS VARCHAR) END,
      CASE WHEN bool_or(target_unnamed)
        THEN 'no target named in ' || CAST(count_if(target_unnamed) AS VARCHAR) END,
      CASE WHEN bool_or(disputed) THEN CAST(count_if(disputed) AS VARCHAR) || ' disputed' END
    ) AS doubtful,
    string_agg('incidents/' || id, ' ' ORDER BY id) AS why
  FROM behind
  GROUP BY t
),
-- How well each day of the window was searched: 3 whole, 2 in part, 1 not, 0 nothing told. The
-- search made for the shortest window speaks for its days, the best of equals.
days AS (
  SELECT
    t, incident_type, place_id, first_day,
    unnest(generate_series(0, date_diff('day', first_day, last_day))) AS n
  FROM asked
  WHERE first_day <= last_day
),
searches AS (
  SELECT
    q.t, c.coverage_id, c.date_start, c.date_end, c.found,
    (c.incident_type IS NULL OR w.narrow IS NOT NULL)
      AND (c.place_id IS NULL OR a.place IS NOT NULL OR (q.place_id IS NULL AND p.part_of IS NULL)) AS whole
  FROM asked AS q
  JOIN coverage AS c ON c.date_start <= q.last_day AND c.date_end >= q.first_day
  LEFT JOIN kinds AS w ON w.wide = c.incident_type AND w.narrow = q.incident_type
  LEFT JOIN kinds AS k ON k.wide = q.incident_type AND k.narrow = c.incident_type
  LEFT JOIN places AS p ON p.place_id = c.place_id
  LEFT JOIN areas AS a ON a.place = q.place_id AND a.above = c.place_id
  LEFT JOIN areas AS b ON b.place = c.place_id AND b.above = q.place_id
  WHERE c.date_precision IN ('day', 'throughout')
    AND (c.incident_type IS NULL OR q.incident_type IS NULL OR w.narrow IS NOT NULL OR k.narrow IS NOT NULL)
    AND (c.place_id IS NULL OR q.place_id IS NULL OR a.place IS NOT NULL OR b.place IS NOT NULL)
),
day_searches AS (
  SELECT
    d.t, d.n, s.whole, date_diff('day', s.date_start, s.date_end) AS length,
    CASE
      WHEN s.whole AND s.found IN ('yes', 'none-found') THEN 3
      WHEN s.found = 'not-searched' THEN 1
      ELSE 2
    END AS level
  FROM days AS d
  JOIN searches AS s
    ON s.t = d.t AND s.date_start <= d.first_day + CAST(d.n AS INTEGER)
    AND s.date_end >= d.first_day + CAST(d.n AS INTEGER)
),
shortest AS (
  SELECT t, n, min(length) AS length, max(level) AS best FROM day_searches GROUP BY t, n
),
told_levels AS (
  SELECT
    m.t, m.n,
    coalesce(max(CASE WHEN s.whole THEN s.level END), CASE WHEN max(m.best) > 1 THEN 2 ELSE 1 END) AS level
  FROM shortest AS m
  JOIN day_searches AS s ON s.t = m.t AND s.n = m.n AND s.length = m.length
  GROUP BY m.t, m.n
),
day_levels AS (
  SELECT d.t, d.n, coalesce(l.level, 0) AS level
  FROM days AS d
  LEFT JOIN told_levels AS l ON l.t = d.t AND l.n = d.n
),
covered AS (
  SELECT
    t, count(*) AS days, count_if(level < 2) AS blank,
    concat_ws(', ',
      CASE WHEN count_if(level = 3) > 0 THEN CAST(count_if(level = 3) AS VARCHAR) || ' days' END,
      CASE WHEN count_if(level = 2) > 0 THEN CAST(count_if(level = 2) AS VARCHAR) || ' in part' END,
      CASE WHEN count_if(level = 1) > 0 THEN CAST(count_if(level = 1) AS VARCHAR) || ' not' END,
      CASE WHEN count_if(level = 0) > 0 THEN CAST(count_if(level = 0) AS VARCHAR) || ' untold' END
    ) AS searched
  FROM day_levels
  GROUP BY t
),
held AS (
  SELECT
    q.t, q.comparable, q.unit, q.count_low, q.count_high, q.wide AND l.t IS NULL AS unscoped,
    coalesce(s.lowest, 0) AS lowest, coalesce(s.aside, 0) AS aside, coalesce(s.highest, 0) AS highest,
    coalesce(s.unsaid, 0) AS unsaid, coalesce(d.n, 0) AS n, o.n AS others, d.doubtful, c.searched,
    c.days, c.blank,
    -- The least that the count can mean.
    coalesce(q.count_low, (q.count_high * 9 + 9) // 10) AS least_meant
  FROM asked AS q
  LEFT JOIN sums AS s ON s.t = q.t
  LEFT JOIN doubts AS d ON d.t = q.t
  LEFT JOIN others AS o ON o.t = q.t
  LEFT JOIN limited AS l ON l.t = q.t
  LEFT JOIN covered AS c ON c.t = q.t
),
verdicts AS (
  SELECT
    h.*,
    CASE
      WHEN NOT comparable OR (unscoped AND count_high < aside) THEN 'not comparable'
      WHEN count_high < lowest THEN 'over by ' || CAST(lowest - count_high AS VARCHAR)
      WHEN least_meant <= highest THEN 'consistent'
      WHEN unsaid > 0 OR days IS NULL OR blank > 0 THEN 'not comparable'
      ELSE 'short by ' || CAST(least_meant - highest AS VARCHAR)
    END AS verdict,
    CASE
      WHEN NOT comparable AND unit = 'detained' THEN 'the rows hold no number of detained'
      WHEN NOT comparable THEN 'the count has no window'
      WHEN unscoped AND count_high < aside
        THEN 'on whom is not said; on any target '
          || CAST(aside - count_high AS VARCHAR) || ' more are certain'
      WHEN count_high < lowest THEN 'so many more are certain'
      WHEN least_meant <= highest AND lowest = highest AND lowest = least_meant AND unsaid = 0 THEN 'exactly'
      WHEN least_meant <= highest AND lowest >= least_meant AND lowest > 0 THEN 'so many are certain'
      WHEN least_meant <= highest AND lowest >= least_meant THEN 'none is certain'
      WHEN least_meant <= highest THEN 'if enough of the doubtful are counted'
      ELSE concat_ws('; ',
        'rows hold ' || CAST(least_meant - highest AS VARCHAR) || ' too few',
        CASE
          WHEN unsaid > 0 THEN CAST(unsaid AS VARCHAR) || ' leave open how many'
          WHEN days IS NULL THEN 'the window is open'
          WHEN blank > 0
            THEN CAST(blank AS VARCHAR) || ' of ' || CAST(days AS VARCHAR) || ' days were not searched'
        END,
        CASE WHEN others > 0 THEN CAST(others AS VARCHAR) || ' more name other targets' END)
    END AS reason
  FROM held AS h
),
-- Independent origins of what supports an incident: who was quoted, else the publisher.
origins AS (
  SELECT c.record_id AS id, count(DISTINCT coalesce(s.origin, s.publisher_id, s.source_id)) AS n
  FROM citations AS c
  JOIN sources AS s ON s.source_id = c.source_id
  WHERE c."table" = 'incidents' AND c.support <> 'contradicts'
  GROUP BY c.record_id
),
looked AS (
  SELECT t, string_agg('coverage/' || coverage_id, ' ' ORDER BY coverage_id) AS why
  FROM (SELECT DISTINCT t, coverage_id FROM searches) AS once
  GROUP BY t
),
lines AS (
  SELECT
    v.t AS tally_id, CAST(NULL AS VARCHAR) AS incident_id, t.title,
    CASE
      WHEN v.count_low = v.count_high THEN CAST(v.count_low AS VARCHAR)
      WHEN v.count_high IS NULL THEN 'at least ' || CAST(v.count_low AS VARCHAR)
      WHEN v.count_low IS NULL THEN 'up to ' || CAST(v.count_high AS VARCHAR)
      ELSE CAST(v.count_low AS VARCHAR) || ' to ' || CAST(v.count_high AS VARCHAR)
    END AS counted,
    v.unit, t.date_start, t.date_end, t.target_actor_id AS target, v.lowest, v.aside AS target_aside,
    v.highest, v.unsaid, v.verdict, v.reason, v.doubtful, v.searched, v.n AS incident_rows,
    coalesce(v.others, 0) AS other_targets,
    CAST(NULL AS BIGINT) AS origins, t.asserted_by,
    concat_ws(' ', l.why, d.why, 'tallies/' || v.t) AS why
  FROM verdicts AS v
  JOIN tallies AS t ON t.tally_id = v.t
  LEFT JOIN looked AS l ON l.t = v.t
  LEFT JOIN doubts AS d ON d.t = v.t
  UNION ALL
  SELECT
    j.t, j.id, i.title, NULL, j.unit, i.date_start, i.date_end, NULL, j.low, j.aside, j.high,
    CASE WHEN j.unsaid THEN 1 ELSE 0 END,
    CASE WHEN j.sure THEN 'counts' ELSE 'may count' END,
    NULL,
    concat_ws(', ',
      CASE WHEN j.date_doubt THEN 'date' END,
      CASE WHEN j.kind_doubt THEN 'kind' END,
      CASE WHEN j.area_doubt THEN 'place' END,
      CASE WHEN j.target_doubt THEN 'target' END,
      CASE WHEN j.target_unnamed THEN 'no target named' END,
      CASE WHEN j.disputed THEN 'disputed' END),
    NULL, 1, NULL, coalesce(o.n, 0), NULL, 'incidents/' || j.id || ' tallies/' || j.t
  FROM judged AS j
  JOIN incidents AS i ON i.incident_id = j.id
  LEFT JOIN origins AS o ON o.id = j.id
  WHERE $candidates
)
SELECT
  tally_id, incident_id, counted, unit,
  CAST(lowest AS BIGINT) AS lowest, CAST(target_aside AS BIGINT) AS target_aside,
  CAST(highest AS BIGINT) AS highest, verdict, reason, NULLIF(doubtful, '') AS doubtful, searched,
  title, CAST(origins AS BIGINT) AS origins, CAST(incident_rows AS BIGINT) AS incident_rows,
  CAST(unsaid AS BIGINT) AS unsaid, CAST(other_targets AS BIGINT) AS other_targets, target,
  asserted_by, date_start, date_end, why
FROM lines
ORDER BY tally_id, incident_id IS NOT NULL, date_start NULLS FIRST, incident_id
