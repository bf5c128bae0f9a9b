-- Whether a ceasefire was announced, in force, contested or ended on a day, and according to whom.
-- asks: Was the truce in force on that day, and who says so?
-- param day DATE = 2020-10-10: the day asked for (without it, the last of which anything is told)
-- param ceasefire VARCHAR = of ceasefires.ceasefire_id: only this ceasefire
-- param hindsight BOOLEAN = true: also what was said of that day only later
-- The first line of each ceasefire (no holder) sums up: not-announced; in-force: somebody holds it to
-- be in force and nobody to be broken, set aside or over; ended: all who say anything; else contested
-- (announced: nobody says anything).
-- Below it one line a holder, with the latest status that it holds on the day. Holder: whose word it
-- is; where a text says it in its own voice, its publisher. told_on: first day on which a source
-- says so; hindsight: only after the day asked for.
-- how: certain (the status is told of the day); possible (of some time in a stretch that holds it);
-- last word (of an earlier day, and the holder says nothing else since). What is told to have gone
-- on over a stretch is no word on what came after it. An end lasts until its holder says otherwise;
-- one that is told as reached by a day, no one knows when, counts from that day on.
WITH asked AS (
  SELECT
    c.ceasefire_id AS c, c.title, c.announcement_id,
    coalesce(c.declared_on, a.date_end, a.date_start) AS declared_on,
    coalesce(CAST($day AS DATE), l.day) AS day
  FROM ceasefires AS c
  LEFT JOIN statements AS a ON a.statement_id = c.announcement_id
  LEFT JOIN (
    SELECT ceasefire_id, max(greatest(date_start, date_end)) AS day
    FROM ceasefire_statuses
    GROUP BY ceasefire_id
  ) AS l ON l.ceasefire_id = c.ceasefire_id
  WHERE $ceasefire IS NULL OR c.ceasefire_id = $ceasefire
),
-- The sources of each status: who published, and when at the earliest and latest.
cited AS (
  SELECT
    c.record_id AS id, s.source_id, coalesce(s.origin, s.publisher_id, s.source_id) AS publisher,
    coalesce(t.date_end, t.date_start, s.date_end, s.date_start) AS told_on
  FROM citations AS c
  JOIN sources AS s ON s.source_id = c.source_id
  LEFT JOIN sources AS t ON t.source_id = c.via
  WHERE c."table" = 'ceasefire_statuses' AND c.support NOT IN ('contradicts', 'refines')
),
told AS (
  SELECT
    id, min(told_on) AS told_on, min(publisher) AS publisher,
    string_agg(DISTINCT source_id, ' ' ORDER BY source_id) AS sources
  FROM cited
  GROUP BY id
),
-- from_day: the first day that the status is told of; to_day: the last, empty where open.
held AS (
  SELECT
    s.status_id AS id, s.ceasefire_id AS c, s.status, s.basis, s.certainty, s.note, s.asserted_by,
    s.date_precision, t.told_on, t.sources,
    coalesce(s.asserted_by, t.publisher) AS holder,
    CASE WHEN s.date_precision IN ('by', 'until') THEN s.date_end ELSE s.date_start END AS from_day,
    CASE WHEN s.date_precision NOT IN ('since', 'after') THEN s.date_end END AS to_day,
    CASE WHEN s.basis = 'denied' THEN 'denies that it is ' || s.status ELSE s.status END AS said,
    CASE
      WHEN s.basis <> 'denied' THEN s.status
      WHEN s.status IN ('ended', 'violated', 'suspended') THEN 'in-force'
      ELSE 'disputed'
    END AS side
  FROM ceasefire_statuses AS s
  LEFT JOIN told AS t ON t.id = s.status_id
),
reached AS (
  SELECT
    h.*, a.day,
    CASE
      WHEN h.date_precision = 'throughout' AND h.to_day < a.day THEN NULL
      WHEN h.date_precision IN ('within', 'as-of') AND h.from_day <= a.day AND h.to_day >= a.day
        AND h.from_day < h.to_day THEN 'possible'
      WHEN h.status = 'ended' OR h.to_day IS NULL OR h.to_day >= a.day THEN 'certain'
      WHEN h.asserted_by IS NULL THEN NULL
      ELSE 'last word'
    END AS how
  FROM held AS h
  JOIN asked AS a ON a.c = h.c
  WHERE h.from_day <= a.day AND a.day >= a.declared_on AND h.status <> 'announced'
    AND ($hindsight OR h.told_on <= a.day)
),
latest AS (
  SELECT
    r.*,
    row_number() OVER (
      PARTITION BY c, holder
      ORDER BY from_day DESC, coalesce(to_day, from_day) DESC, id DESC
    ) AS nth
  FROM reached AS r
  WHERE how IS NOT NULL
),
lines AS (SELECT * FROM latest WHERE nth = 1),
sums AS (
  SELECT
    c, count(*) AS n,
    count_if(side = 'in-force') AS in_force, count_if(side = 'violated') AS violated,
    count_if(side = 'suspended') AS suspended, count_if(side = 'ended') AS ended,
    count_if(side = 'disputed') AS disputed
  FROM lines
  GROUP BY c
),
announced AS (
  SELECT
    c, string_agg('ceasefire_statuses/' || id, ' ' ORDER BY id) AS why,
    string_agg(sources, ' ' ORDER BY id) AS sources, min(told_on) AS told_on
  FROM held
  WHERE status = 'announced'
  GROUP BY c
),
answered AS (
  SELECT
    a.c AS ceasefire_id, 0 AS nth, CAST(NULL AS VARCHAR) AS holder,
    CASE
      WHEN a.declared_on IS NULL OR a.day < a.declared_on THEN 'not-announced'
      WHEN s.n IS NULL THEN 'announced'
      WHEN s.in_force = s.n THEN 'in-force'
      WHEN s.ended = s.n THEN 'ended'
      ELSE 'contested'
    END AS status,
    'declared on ' || CAST(a.declared_on AS VARCHAR) AS dated, a.declared_on AS since,
    CAST(NULL AS VARCHAR) AS how, CAST(NULL AS VARCHAR) AS basis,
    CAST(NULL AS VARCHAR) AS certainty,
    concat_ws(', ',
      CASE WHEN s.in_force > 0 THEN 'in force: ' || CAST(s.in_force AS VARCHAR) END,
      CASE WHEN s.violated > 0 THEN 'broken, not over: ' || CAST(s.violated AS VARCHAR) END,
      CASE WHEN s.suspended > 0 THEN 'set aside: ' || CAST(s.suspended AS VARCHAR) END,
      CASE WHEN s.ended > 0 THEN 'over: ' || CAST(s.ended AS VARCHAR) END,
      CASE WHEN s.disputed > 0 THEN 'denied to be: ' || CAST(s.disputed AS VARCHAR) END
    ) AS note,
    n.told_on, n.sources, a.day,
    concat_ws(' ', CASE WHEN a.day >= a.declared_on THEN n.why END, 'ceasefires/' || a.c) AS why
  FROM asked AS a
  LEFT JOIN sums AS s ON s.c = a.c
  LEFT JOIN announced AS n ON n.c = a.c
  UNION ALL
  SELECT
    l.c, 1, l.holder, l.said,
    CASE
      WHEN l.date_precision IN ('by', 'until') THEN 'by ' || CAST(l.to_day AS VARCHAR)
      WHEN l.to_day IS NULL THEN 'since ' || CAST(l.from_day AS VARCHAR)
      WHEN l.from_day = l.to_day THEN 'on ' || CAST(l.from_day AS VARCHAR)
      WHEN l.date_precision = 'throughout'
        THEN 'from ' || CAST(l.from_day AS VARCHAR) || ' to ' || CAST(l.to_day AS VARCHAR)
      ELSE 'at some time from ' || CAST(l.from_day AS VARCHAR) || ' to ' || CAST(l.to_day AS VARCHAR)
    END,
    l.from_day, l.how, l.basis, l.certainty, l.note, l.told_on, l.sources, l.day,
    'ceasefire_statuses/' || l.id
  FROM lines AS l
)
SELECT
  x.ceasefire_id, x.day, coalesce(h.name, x.holder) AS holder, x.status, x.dated, x.how, x.basis, x.certainty,
  x.told_on, x.told_on > x.day AS hindsight, NULLIF(x.note, '') AS note, x.sources, x.why
FROM answered AS x
LEFT JOIN actors AS h ON h.actor_id = x.holder
ORDER BY x.ceasefire_id, x.nth, x.status, x.since, x.told_on NULLS LAST, x.holder
