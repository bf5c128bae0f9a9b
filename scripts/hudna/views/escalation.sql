-- Attacks per week and target with bounds, beside what was said, the state of the truce, and what was searched.
-- asks: Did the attacks go up or down, who was hit, and what was said at that time?
-- reads: incident-counts by=week narrower=false
-- param from DATE =: first day that counts
-- param to DATE =: last day that counts
-- param type VARCHAR = attack of incident_types.code: a type of incident, counted with its narrower ones
-- param target VARCHAR = of actors.actor_id: only what is counted for this target
-- lowest, highest: as in incident-counts (* = whatever the target; ? = no target named; empty highest =
-- no upper bound). A week with words or a truce but without such rows has empty counts: nothing was
-- found, which is zero only where the search was whole. Words are of the week if they certainly fall
-- into it: threats, condemnations and claims of responsibility, and whatever is said of a ceasefire
-- by others than analysts. truce: what anybody holds a ceasefire to be at a time that touches the
-- week; several words contradict each other. coverage: what was searched that touches the week.
WITH spoken AS (
  SELECT DISTINCT
    f.w, s.statement_id,
    CASE
      WHEN s.statement_type IN ('threaten', 'condemn', 'claim-responsibility') THEN s.statement_type
      ELSE 'other'
    END AS kind,
    t.statement_id IS NOT NULL AS on_truce
  FROM frames AS f
  JOIN statements AS s ON s.date_start >= f.window_start AND s.date_end <= f.window_end
  JOIN statement_types AS y ON y.code = s.statement_type
  LEFT JOIN (SELECT DISTINCT statement_id FROM statement_targets WHERE target_table = 'ceasefires') AS t
    ON t.statement_id = s.statement_id
  WHERE NOT y.analytic AND s.basis <> 'denied' AND s.date_precision IN ('day', 'within', 'throughout', 'as-of')
    AND (t.statement_id IS NOT NULL OR s.statement_type IN ('threaten', 'condemn', 'claim-responsibility'))
),
words AS (
  SELECT
    w, count_if(kind = 'threaten') AS threats, count_if(kind = 'condemn') AS condemnations,
    count_if(kind = 'claim-responsibility') AS claims, count_if(on_truce) AS on_truce
  FROM spoken
  GROUP BY w
),
held AS (
  SELECT f.w, s.status_id, CASE WHEN s.basis = 'denied' THEN 'not ' || s.status ELSE s.status END AS status
  FROM frames AS f
  JOIN ceasefire_statuses AS s
    ON coalesce(CASE WHEN s.date_precision NOT IN ('by', 'until') THEN s.date_start END, s.date_end) <= f.window_end
    AND (
      s.date_precision IN ('since', 'after')
      OR (s.date_precision = 'by' AND s.status = 'ended')
      OR s.date_end >= f.window_start
    )
),
truces AS (SELECT w, string_agg(DISTINCT status, '; ' ORDER BY status) AS truce FROM held GROUP BY w),
looked AS (
  SELECT DISTINCT f.w, c.coverage_id, c.found, c.incident_type
  FROM frames AS f
  JOIN searches AS c ON c.date_start <= f.window_end AND c.date_end >= f.window_start
  WHERE c.incident_type IS NULL OR c.incident_type IN (SELECT type FROM asked)
),
per_word AS (
  SELECT w, found, string_agg(DISTINCT coalesce(incident_type, 'all'), ', ' ORDER BY coalesce(incident_type, 'all')) AS kinds
  FROM looked
  GROUP BY w, found
),
looks AS (
  SELECT w, string_agg(found || ': ' || kinds, '; ' ORDER BY found) AS coverage FROM per_word GROUP BY w
),
lines AS (
  SELECT f.w, f.window_start, f.window_end, c.target, c.lowest, c.highest, c.incident_rows
  FROM frames AS f
  LEFT JOIN incident_counts AS c ON c.window_start = f.window_start
),
-- What a week rests on whatever the target; what was searched beyond the type holds for counts only.
week_ids AS (
  SELECT w, 'coverage' AS kind, 'coverage/' || coverage_id AS id, false AS counts_only FROM looked
  UNION ALL
  SELECT DISTINCT s.w, 'coverage', s.id, true
  FROM (SELECT w, unnest(string_split(why, ' ')) AS id FROM searched) AS s
  LEFT JOIN looked AS k ON k.w = s.w AND 'coverage/' || k.coverage_id = s.id
  WHERE k.w IS NULL
  UNION ALL
  SELECT w, 'held', 'ceasefire_statuses/' || status_id, false FROM held
  UNION ALL
  SELECT w, 'words', 'statements/' || statement_id, false FROM spoken
),
around AS (
  SELECT
    w, counted,
    string_agg(CASE WHEN kind <> 'words' THEN id END, ' ' ORDER BY id) AS ids_first,
    string_agg(CASE WHEN kind = 'words' THEN id END, ' ' ORDER BY id) AS ids_last
  FROM week_ids
  JOIN (SELECT true AS counted UNION ALL SELECT false) AS lines_of ON counted OR NOT counts_only
  GROUP BY w, counted
)
SELECT
  l.window_start AS week, l.window_end AS week_end, coalesce(a.name, l.target) AS target, l.lowest, l.highest,
  CAST(coalesce(w.threats, 0) AS BIGINT) AS threats, CAST(coalesce(w.claims, 0) AS BIGINT) AS claims,
  CAST(coalesce(w.condemnations, 0) AS BIGINT) AS condemnations,
  CAST(coalesce(w.on_truce, 0) AS BIGINT) AS on_truce, t.truce, k.coverage, l.incident_rows,
  l.target AS target_id,
  concat_ws(' ', b.ids_first, r.why, b.ids_last) AS why
FROM lines AS l
LEFT JOIN words AS w ON w.w = l.w
LEFT JOIN truces AS t ON t.w = l.w
LEFT JOIN looks AS k ON k.w = l.w
LEFT JOIN actors AS a ON a.actor_id = l.target
LEFT JOIN around AS b ON b.w = l.w AND b.counted = (l.target IS NOT NULL)
LEFT JOIN rested AS r ON r.w = l.w AND r.target = l.target
WHERE l.target IS NOT NULL OR w.w IS NOT NULL OR t.w IS NOT NULL
ORDER BY l.window_start, l.target IS NULL, l.target <> '*', l.target
