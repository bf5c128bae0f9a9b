-- Incidents and statements in the order that their dates allow, with the places that each can have in it.
-- asks: What happened, and in what order?
-- param analysis BOOLEAN = false: also the claims of analysts (forecasts, explanations, assessments)
-- param from DATE =: leave out what certainly ended before this day
-- param to DATE =: leave out what certainly began after this day
-- earliest, latest: the first and last day on which any of it can have taken place; empty = open.
-- A is certainly before B where the latest day of A is before the earliest day of B: rows of one
-- day, and rows of which one may last while the other happens, are not put in order.
-- first_place, last_place: lowest and highest place that the row can have among those shown.
-- Rows without an earliest day stand at their bound (by, until, known at); undated ones last.
-- status: of an incident its status, of a statement its basis.
WITH named AS (
  SELECT
    a.incident_id, a.role, a.basis,
    string_agg(DISTINCT coalesce(n.name, a.actor_id), ', ' ORDER BY coalesce(n.name, a.actor_id)) AS names
  FROM incident_actors AS a
  LEFT JOIN actors AS n ON n.actor_id = a.actor_id
  GROUP BY a.incident_id, a.role, a.basis
),
involved AS (
  SELECT
    incident_id,
    string_agg(
      role || CASE WHEN basis = 'stated' THEN '' ELSE ' (' || basis || ')' END || ': ' || names,
      '; ' ORDER BY role, basis
    ) AS who
  FROM named
  GROUP BY incident_id
),
links AS (
  SELECT
    incident_id,
    string_agg('incident_actors/' || involvement_id, ' ' ORDER BY involvement_id) AS why
  FROM incident_actors
  GROUP BY incident_id
),
told AS (
  SELECT
    'incident' AS kind, i.incident_id AS id, i.incident_type AS type, i.title AS what,
    v.who, i.part_of, i.status, i.date_start, i.date_end, i.date_precision, i.date_basis,
    CAST(NULL AS DATE) AS known,
    concat_ws(' ', k.why, 'incidents/' || i.incident_id) AS why
  FROM incidents AS i
  LEFT JOIN involved AS v ON v.incident_id = i.incident_id
  LEFT JOIN links AS k ON k.incident_id = i.incident_id
  UNION ALL
  SELECT
    'statement', s.statement_id, s.statement_type, s.summary,
    coalesce(a.name, s.speaker_id)
      || coalesce(' for ' || coalesce(b.name, s.on_behalf_of), ''),
    s.part_of, s.basis, s.date_start, s.date_end, s.date_precision, s.date_basis,
    s.date_reported, 'statements/' || s.statement_id
  FROM statements AS s
  LEFT JOIN statement_types AS t ON t.code = s.statement_type
  LEFT JOIN actors AS a ON a.actor_id = s.speaker_id
  LEFT JOIN actors AS b ON b.actor_id = s.on_behalf_of
  WHERE $analysis OR NOT coalesce(t.analytic, false)
),
-- The words are those of date_precision. What became known on a day was said by then.
bounded AS (
  SELECT
    told.*,
    CASE WHEN date_precision IN ('day', 'throughout', 'within', 'since', 'after') THEN date_start
    END AS earliest,
    CASE
      WHEN date_precision IN ('by', 'within', 'after', 'unknown')
        AND known >= coalesce(date_start, known) AND known <= coalesce(date_end, known) THEN known
      WHEN date_precision IN ('day', 'throughout', 'within', 'by', 'until') THEN date_end
    END AS latest
  FROM told
),
shown AS (
  SELECT *
  FROM bounded
  WHERE (CAST($from AS DATE) IS NULL OR latest IS NULL OR latest >= CAST($from AS DATE))
    AND (CAST($to AS DATE) IS NULL OR earliest IS NULL OR earliest <= CAST($to AS DATE))
),
-- Counting by day, not row by row, keeps this linear on large packages.
ends AS (SELECT latest AS day, count(*) AS n FROM shown WHERE latest IS NOT NULL GROUP BY latest),
starts AS (
  SELECT earliest AS day, count(*) AS n FROM shown WHERE earliest IS NOT NULL GROUP BY earliest
),
marks AS (
  SELECT day, sum(n) AS ended, 0 AS began FROM ends GROUP BY day
  UNION ALL
  SELECT day, 0, sum(n) FROM starts GROUP BY day
),
days AS (
  SELECT
    day,
    sum(sum(ended)) OVER (ORDER BY day) - sum(ended) AS ended_before,
    sum(sum(began)) OVER (ORDER BY day) AS began_by
  FROM marks
  GROUP BY day
),
total AS (SELECT count(*) AS n, count(earliest) AS dated FROM shown)
SELECT
  CASE
    WHEN date_precision = 'day' THEN CAST(date_start AS VARCHAR)
    WHEN date_precision = 'throughout' THEN 'from ' || CAST(date_start AS VARCHAR) || ' to ' || CAST(date_end AS VARCHAR)
    WHEN date_precision = 'since' THEN 'since ' || CAST(date_start AS VARCHAR)
    WHEN date_precision = 'after' AND latest IS NULL THEN 'on or after ' || CAST(date_start AS VARCHAR)
    WHEN date_precision IN ('within', 'after') THEN 'at some time from ' || CAST(date_start AS VARCHAR) || ' to ' || CAST(latest AS VARCHAR)
    WHEN date_precision = 'as-of' THEN 'known at some time from ' || CAST(date_start AS VARCHAR) || ' to ' || CAST(date_end AS VARCHAR)
    WHEN date_precision = 'until' THEN 'until ' || coalesce('some time from ' || CAST(date_start AS VARCHAR) || ' to ', '') || CAST(date_end AS VARCHAR)
    WHEN latest IS NOT NULL THEN 'by ' || CAST(latest AS VARCHAR)
    ELSE 'undated'
  END AS dated,
  CAST(coalesce(e.ended_before, 0) + 1 AS BIGINT) AS first_place,
  CAST(total.n - coalesce(total.dated - l.began_by, 0) AS BIGINT) AS last_place,
  kind, type, what, who, id, part_of, status,
  date_start, date_end, date_precision, date_basis, earliest, latest, why
FROM shown
CROSS JOIN total
LEFT JOIN days AS e ON e.day = shown.earliest
LEFT JOIN days AS l ON l.day = shown.latest
ORDER BY coalesce(earliest, latest, date_end) NULLS LAST, latest NULLS LAST, id
