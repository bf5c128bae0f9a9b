-- What other data sets would hold of each incident and ceasefire, under which code, and what gets lost.
-- asks: What would other data sets hold of each incident and ceasefire, and what gets lost?
-- param incident VARCHAR = of incidents.incident_id: only this incident
-- param ceasefire VARCHAR = of ceasefires.ceasefire_id: only this ceasefire
-- param scheme VARCHAR = of crosswalk.scheme: only this data set
-- By type, after the table crosswalk; no row of theirs was looked up. A type without a line of its
-- own goes by the wider type that has one (held_as). A ceasefire goes by its state; its incidents and
-- the words about it stand in the view ceasefire-elsewhere.
-- held: yes (an exact or wider code); may (only narrower or related ones); only if (somebody was
-- killed, which is not known, for a data set of deadly violence); no; not compared (no line: nobody
-- has looked, which is no "no").
-- codes: each code there with how it fits (exact, broad = theirs is wider, narrow, related, none).
-- lost: what of this row a row there has no column for, by our reading of their columns: in ACLED,
-- PLOVER and CAMEO one row is one event of one day, without bounds of the dead; none has room for
-- who claims, accuses and denies.
WITH held AS (
  SELECT
    'incidents' AS in_table, i.incident_id AS id, i.title, i.incident_type AS code, i.incident_id,
    'incidents/' || i.incident_id AS why
  FROM incidents AS i
  WHERE i.incident_id = $incident OR ($incident IS NULL AND $ceasefire IS NULL)
  UNION ALL
  SELECT
    'ceasefires', c.ceasefire_id, c.title, 'ceasefire', i.incident_id,
    concat_ws(' ', 'ceasefires/' || c.ceasefire_id, 'incidents/' || i.incident_id)
  FROM ceasefires AS c
  LEFT JOIN incidents AS i ON i.incident_id = c.incident_id
  WHERE c.ceasefire_id = $ceasefire OR ($incident IS NULL AND $ceasefire IS NULL)
),
broader AS (
  SELECT code, code AS listed, 0 AS steps FROM incident_types
  UNION ALL
  SELECT code, broader, 1 FROM incident_types WHERE broader IS NOT NULL
),
lines AS (
  SELECT
    b.code, b.listed, b.steps, x.crosswalk_id, x.scheme, x.scheme_version, x.scheme_code, x."match",
    x.source_id, x.note,
    min(b.steps) OVER (PARTITION BY b.code, x.scheme) AS nearest
  FROM broader AS b
  JOIN crosswalk AS x ON x."table" = 'incident_types' AND x.code = b.listed
),
schemes AS (SELECT DISTINCT scheme FROM crosswalk WHERE $scheme IS NULL OR scheme = $scheme),
nearest AS (SELECT * FROM lines WHERE steps = nearest),
-- Two DISTINCT in one grouping are more than Spark can do.
noted AS (
  SELECT code, scheme, string_agg(note, ' ' ORDER BY note) AS note
  FROM (SELECT DISTINCT code, scheme, note FROM nearest) AS n
  GROUP BY code, scheme
),
sourced AS (
  SELECT code, scheme, string_agg('sources/' || source_id, ' ' ORDER BY source_id) AS source_ids
  FROM (SELECT DISTINCT code, scheme, source_id FROM nearest) AS n
  GROUP BY code, scheme
),
coded AS (
  SELECT
    code, scheme, max(CASE WHEN steps > 0 THEN listed END) AS held_as,
    bool_and("match" = 'none') AS nothing, bool_or("match" IN ('exact', 'broad')) AS whole,
    string_agg("match" || coalesce(': ' || scheme_code, ''), '; ' ORDER BY crosswalk_id) AS codes,
    min(scheme_version) AS scheme_version,
    string_agg('crosswalk/' || crosswalk_id, ' ' ORDER BY crosswalk_id) AS line_ids
  FROM nearest
  GROUP BY code, scheme
),
compared AS (
  SELECT c.*, n.note, s.source_ids
  FROM coded AS c
  JOIN noted AS n ON n.code = c.code AND n.scheme = c.scheme
  JOIN sourced AS s ON s.code = c.code AND s.scheme = c.scheme
),
blamed AS (
  SELECT
    incident_id, count(*) > 1 OR bool_or(basis NOT IN ('stated', 'implied')) AS contested
  FROM incident_actors
  WHERE role = 'perpetrator'
  GROUP BY incident_id
),
conditioned AS (
  SELECT DISTINCT t.target_id AS id
  FROM statement_targets AS t
  JOIN statement_targets AS c ON c.statement_id = t.statement_id
  WHERE t.target_table = 'ceasefires' AND c.role IN ('condition', 'necessary-condition')
),
standing AS (
  SELECT ceasefire_id AS id, count(DISTINCT status) AS n
  FROM ceasefire_statuses
  WHERE status <> 'announced'
  GROUP BY ceasefire_id
),
judged AS (
  SELECT
    h.in_table, h.id, h.title, h.code, s.scheme, c.held_as, c.codes, c.note, c.scheme_version,
    h.why, c.line_ids, c.source_ids, i.extent, i.events_low, i.events_high, i.date_precision,
    i.killed_low, i.killed_high, i.status, b.contested, q.id AS conditions, d.n AS views_of_it,
    CASE
      WHEN c.code IS NULL THEN 'not compared'
      WHEN c.nothing THEN 'no'
      WHEN s.scheme = 'ucdp-ged' AND i.killed_high = 0 THEN 'no'
      WHEN s.scheme = 'ucdp-ged' AND coalesce(i.killed_low, 0) = 0 THEN 'only if'
      WHEN c.whole THEN 'yes'
      ELSE 'may'
    END AS held
  FROM held AS h
  CROSS JOIN schemes AS s
  LEFT JOIN compared AS c ON c.code = h.code AND c.scheme = s.scheme
  LEFT JOIN incidents AS i ON i.incident_id = h.incident_id
  LEFT JOIN blamed AS b ON b.incident_id = h.incident_id AND h.in_table = 'incidents'
  LEFT JOIN conditioned AS q ON h.in_table = 'ceasefires' AND q.id = h.id
  LEFT JOIN standing AS d ON h.in_table = 'ceasefires' AND d.id = h.id
)
SELECT
  in_table AS "table", id AS record_id, title, code, scheme, held, held_as, codes,
  CASE
    WHEN held = 'not compared' THEN NULL
    WHEN held = 'no' AND scheme = 'ucdp-ged' AND killed_high = 0 AND codes NOT LIKE 'none%'
      THEN 'the whole: nobody was killed'
    WHEN held = 'no' THEN 'the whole'
    ELSE nullif(concat_ws('; ',
      CASE WHEN scheme IN ('acled', 'plover', 'cameo') AND extent = 'aggregate'
        THEN 'that the row stands for ' || CASE
          WHEN events_high IS NULL THEN 'at least ' || CAST(events_low AS VARCHAR)
          WHEN events_low = events_high THEN CAST(events_low AS VARCHAR)
          ELSE CAST(events_low AS VARCHAR) || ' to ' || CAST(events_high AS VARCHAR)
        END || ' events' END,
      CASE WHEN date_precision <> 'day' AND scheme IN ('acled', 'plover', 'cameo')
        THEN 'the bounds of the date (' || date_precision || ')'
        WHEN date_precision IN ('by', 'until', 'since', 'after', 'unknown')
        THEN 'that the date is open to one side (' || date_precision || ')' END,
      CASE WHEN scheme IN ('acled', 'plover', 'cameo') AND (killed_low <> killed_high)
        THEN 'that ' || CAST(killed_low AS VARCHAR) || ' to ' || CAST(killed_high AS VARCHAR) || ' were killed' END,
      CASE WHEN contested THEN 'who claims, accuses or denies it' END,
      CASE WHEN status IN ('disputed', 'presupposed') THEN 'that it is ' || status END,
      CASE WHEN conditions IS NOT NULL THEN 'its conditions' END,
      CASE WHEN views_of_it > 1 THEN 'that its state is contested' END
    ), '')
  END AS lost,
  note, scheme_version,
  concat_ws(' ',
    CASE WHEN in_table = 'ceasefires' THEN split_part(why, ' ', 1) END, line_ids,
    CASE WHEN in_table = 'incidents' THEN why ELSE nullif(split_part(why, ' ', 2), '') END,
    source_ids
  ) AS why
FROM judged
ORDER BY in_table, id, scheme
