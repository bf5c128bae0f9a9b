-- The ledger of disagreements: what a row says, who says what instead, and which it is, if that can be told.
-- asks: Where do the sources disagree?
-- param table VARCHAR = of _tables.table: only the records of this table
-- param record VARCHAR =: only this record
-- param kind VARCHAR = all | contradicts | refines | adds: only disagreements of this kind
-- One line a matter: a record and what the disagreement is about (killed_low, _best and _high are
-- one matter, as are the dates, and place and its precision; whole: the record itself).
-- kind: contradicts (a source says otherwise), refines (more exactly), adds (a value told beside it).
-- others_say: each other value, with its origins (who was quoted, else the publisher).
-- held, by what can be counted: within (numbers that the row's lowest and highest hold between them);
-- row (a text behind it was out before each other day named; or at least two origins more stand
-- behind that very field than behind any other value); other (at least two origins more stand behind
-- another value); refined (nobody contradicts); else undecided. A majority is no proof: evidence
-- says what it is. Behind the row stand the texts that support the field, else the whole record,
-- and do not say otherwise; what is said of the whole need not be said of the field: "at most".
-- between_whom: a text and its own source (which it cites for the record), a data set, or sources.
WITH told AS (
  SELECT
    c.citation_id, c."table" AS in_table, c.record_id, c.field, c.source_id,
    coalesce(c.via, c.source_id) AS text,
    c.support, c.value AS raw,
    CASE WHEN regexp_matches(c.field, '_precision\z') THEN 'precision ' ELSE '' END
      || coalesce(c.value, '(not told what)') AS value,
    CASE
      WHEN c.field = '*' THEN 'whole'
      ELSE regexp_replace(c.field, '_(low|best|high|start|end|precision|basis|id)\z', '', 'g')
    END AS matter,
    CASE WHEN c.support IN ('contradicts', 'refines') THEN c.support ELSE 'adds' END AS kind,
    coalesce(s.origin, s.publisher_id, s.source_id) AS origin, s.source_type,
    TRY_CAST(regexp_extract(c.value, '[0-9]+') AS BIGINT) AS number,
    TRY_CAST(regexp_extract(c.value, '\A[0-9]{4}-[0-9]{2}-[0-9]{2}') AS DATE) AS day
  FROM citations AS c
  JOIN sources AS s ON s.source_id = c.source_id
  WHERE (c.support IN ('contradicts', 'refines') OR c.value IS NOT NULL)
    AND ($table IS NULL OR c."table" = $table) AND ($record IS NULL OR c.record_id = $record)
),
concerned AS (SELECT DISTINCT in_table, record_id FROM told),
cells AS (
  SELECT
    x."table" AS in_table, x.record_id, x.field, x.value,
    regexp_replace(x.field, '_(low|best|high|start|end|precision|basis|id)\z', '', 'g') AS matter
  FROM _cells AS x
  JOIN concerned AS c ON c.in_table = x."table" AND c.record_id = x.record_id
  WHERE x.value <> x.record_id
),
-- What is told beside a row and stands in it already is no matter.
said AS (
  SELECT t.*
  FROM told AS t
  LEFT JOIN cells AS x
    ON x.in_table = t.in_table AND x.record_id = t.record_id AND x.field = t.field AND x.value = t.raw
  WHERE t.kind <> 'adds' OR x.field IS NULL
),
matters AS (
  SELECT
    in_table, record_id, matter,
    CASE WHEN bool_or(kind = 'contradicts') THEN 'contradicts' WHEN bool_or(kind = 'refines') THEN 'refines'
      ELSE 'adds' END AS kind
  FROM said
  GROUP BY in_table, record_id, matter
),
-- Rows that share the citations of the record that they belong to.
parents AS (
  SELECT
    in_table, record_id, value AS parent_id,
    CASE
      WHEN field = 'incident_id' THEN 'incidents'
      WHEN field = 'statement_id' THEN 'statements'
      WHEN field = 'ceasefire_id' THEN 'ceasefires'
      ELSE 'actors'
    END AS parent_table
  FROM cells
  WHERE (in_table IN ('incident_actors', 'incident_means') AND field = 'incident_id')
    OR (in_table = 'statement_targets' AND field = 'statement_id')
    OR (in_table IN ('ceasefire_actors', 'ceasefire_incidents') AND field = 'ceasefire_id')
    OR (in_table = 'actor_names' AND field = 'actor_id')
),
row_cells AS (
  SELECT
    in_table, record_id, matter,
    string_agg(
      CASE
        WHEN field = matter OR field = matter || '_id' THEN value
        ELSE regexp_extract(field, '_([a-z]+)\z', 1) || ' ' || value
      END,
      ', ' ORDER BY
        CASE regexp_extract(field, '_([a-z]+)\z', 1) WHEN 'low' THEN 1 WHEN 'start' THEN 1 WHEN 'best' THEN 2
          WHEN 'end' THEN 2 WHEN 'high' THEN 3 WHEN 'precision' THEN 4 ELSE 0 END,
        field
    ) AS row_says,
    min(CASE WHEN regexp_matches(field, '_(low|best)\z') THEN TRY_CAST(value AS BIGINT) END) AS low,
    max(CASE WHEN regexp_matches(field, '_(high|best)\z') THEN TRY_CAST(value AS BIGINT) END) AS high
  FROM cells
  WHERE NOT regexp_matches(field, '_basis\z')
  GROUP BY in_table, record_id, matter
),
labels AS (
  SELECT
    in_table, record_id,
    max(CASE WHEN field IN ('title', 'summary', 'name') THEN value END) AS label,
    max(CASE WHEN field IN ('description', 'note') THEN value END) AS note
  FROM cells
  GROUP BY in_table, record_id
),
-- What stands behind the row: by the field itself, by the whole record, by the record that holds it.
backing AS (
  SELECT
    m.in_table, m.record_id, m.matter, coalesce(s.origin, s.publisher_id, s.source_id) AS origin,
    c.citation_id,
    CASE WHEN s.date_precision = 'day' THEN s.date_end END AS out_on,
    CASE WHEN c.field = '*' THEN 2 ELSE 1 END AS distance
  FROM matters AS m
  JOIN citations AS c ON c."table" = m.in_table AND c.record_id = m.record_id
  JOIN sources AS s ON s.source_id = coalesce(c.via, c.source_id)
  WHERE c.support NOT IN ('contradicts', 'refines') AND c.value IS NULL
    AND (c.field = '*'
      OR regexp_replace(c.field, '_(low|best|high|start|end|precision|basis|id)\z', '', 'g') = m.matter)
  UNION ALL
  SELECT
    m.in_table, m.record_id, m.matter, coalesce(s.origin, s.publisher_id, s.source_id), c.citation_id,
    CASE WHEN s.date_precision = 'day' THEN s.date_end END, 3
  FROM matters AS m
  JOIN parents AS p ON p.in_table = m.in_table AND p.record_id = m.record_id
  JOIN citations AS c ON c."table" = p.parent_table AND c.record_id = p.parent_id AND c.field = '*'
  JOIN sources AS s ON s.source_id = coalesce(c.via, c.source_id)
  WHERE c.support NOT IN ('contradicts', 'refines') AND c.value IS NULL
),
opposed AS (
  SELECT DISTINCT in_table, record_id, matter, origin FROM said WHERE kind = 'contradicts'
),
nearest AS (
  SELECT in_table, record_id, matter, min(distance) AS distance
  FROM backing
  GROUP BY in_table, record_id, matter
),
-- The origins behind each row, with those that say otherwise elsewhere marked.
row_origins AS (
  SELECT b.in_table, b.record_id, b.matter, n.distance, b.origin, bool_or(o.origin IS NULL) AS stands
  FROM backing AS b
  JOIN nearest AS n
    ON n.in_table = b.in_table AND n.record_id = b.record_id AND n.matter = b.matter
    AND n.distance = b.distance
  LEFT JOIN opposed AS o
    ON o.in_table = b.in_table AND o.record_id = b.record_id AND o.matter = b.matter AND o.origin = b.origin
  GROUP BY b.in_table, b.record_id, b.matter, n.distance, b.origin
),
stands AS (
  SELECT
    in_table, record_id, matter, distance, string_agg(origin, ', ' ORDER BY origin) AS row_from,
    count_if(stands) AS origins
  FROM row_origins
  GROUP BY in_table, record_id, matter, distance
),
out AS (
  SELECT b.in_table, b.record_id, b.matter, min(b.out_on) AS out_on
  FROM backing AS b
  LEFT JOIN opposed AS o
    ON o.in_table = b.in_table AND o.record_id = b.record_id AND o.matter = b.matter AND o.origin = b.origin
  WHERE o.origin IS NULL
  GROUP BY b.in_table, b.record_id, b.matter
),
own_sources AS (
  SELECT DISTINCT "table" AS in_table, record_id, source_id FROM citations WHERE via IS NOT NULL
  UNION
  SELECT p.in_table, p.record_id, c.source_id
  FROM parents AS p
  JOIN citations AS c ON c."table" = p.parent_table AND c.record_id = p.parent_id
  WHERE c.via IS NOT NULL
),
told_by AS (
  SELECT
    s.in_table, s.record_id, s.matter, s.kind, s.value, s.origin, min(s.number) AS number, min(s.day) AS day,
    bool_or(s.source_type = 'database') AS data_set, bool_or(o.source_id IS NOT NULL) AS own_source
  FROM said AS s
  LEFT JOIN own_sources AS o
    ON o.in_table = s.in_table AND o.record_id = s.record_id AND o.source_id = s.source_id
  GROUP BY s.in_table, s.record_id, s.matter, s.kind, s.value, s.origin
),
alternatives AS (
  SELECT
    in_table, record_id, matter, kind, value, min(number) AS number, min(day) AS day, count(*) AS origins,
    string_agg(origin, ', ' ORDER BY origin) AS told_by, bool_or(data_set) AS data_set,
    bool_or(own_source) AS own_source
  FROM told_by
  GROUP BY in_table, record_id, matter, kind, value
),
against AS (
  SELECT
    a.in_table, a.record_id, a.matter,
    string_agg(
      CASE a.kind WHEN 'contradicts' THEN '' WHEN 'refines' THEN 'more exactly ' ELSE 'also ' END
        || a.value || ' [' || a.told_by || ']',
      '; ' ORDER BY CASE a.kind WHEN 'contradicts' THEN 1 WHEN 'refines' THEN 2 ELSE 3 END, a.value
    ) AS others_say,
    max(CASE WHEN a.kind = 'contradicts' THEN a.origins ELSE 0 END) AS most,
    bool_and(a.kind <> 'contradicts' OR coalesce(a.number BETWEEN r.low AND r.high, false)) AS within_row,
    bool_and(a.kind <> 'contradicts' OR coalesce(a.day > u.out_on, false)) AS out_before,
    min(u.out_on) AS out_on,
    bool_or(a.data_set) AS data_set, bool_or(a.own_source) AS own_source
  FROM alternatives AS a
  LEFT JOIN row_cells AS r ON r.in_table = a.in_table AND r.record_id = a.record_id AND r.matter = a.matter
  LEFT JOIN out AS u ON u.in_table = a.in_table AND u.record_id = a.record_id AND u.matter = a.matter
  GROUP BY a.in_table, a.record_id, a.matter
),
ids AS (
  SELECT in_table, record_id, matter, in_table || '/' || record_id AS id FROM matters
  UNION
  SELECT in_table, record_id, matter, 'citations/' || citation_id FROM said
  UNION
  SELECT in_table, record_id, matter, 'sources/' || source_id FROM said
  UNION
  SELECT in_table, record_id, matter, 'citations/' || citation_id FROM backing
),
rested AS (
  SELECT in_table, record_id, matter, string_agg(id, ' ' ORDER BY id) AS why
  FROM ids
  GROUP BY in_table, record_id, matter
),
judged AS (
  SELECT
    m.*, a.others_say, a.most, a.out_before, a.out_on, a.data_set, a.own_source,
    coalesce(s.origins, 0) AS behind, s.row_from, s.distance,
    CASE
      WHEN m.kind <> 'contradicts' THEN 'refined'
      WHEN a.within_row AND m.matter IN ('killed', 'wounded', 'events', 'quantity', 'count') THEN 'within'
      WHEN a.out_before OR (s.distance = 1 AND s.origins >= a.most + 2) THEN 'row'
      WHEN a.most >= coalesce(s.origins, 0) + 2 THEN 'other'
      ELSE 'undecided'
    END AS held
  FROM matters AS m
  JOIN against AS a ON a.in_table = m.in_table AND a.record_id = m.record_id AND a.matter = m.matter
  LEFT JOIN stands AS s ON s.in_table = m.in_table AND s.record_id = m.record_id AND s.matter = m.matter
)
SELECT
  j.in_table AS "table", j.record_id, j.matter, j.kind, l.label,
  CASE WHEN j.matter = 'whole' THEN 'the record' ELSE coalesce(r.row_says, '(not said)') END AS row_says,
  j.others_say,
  CASE WHEN j.held = 'refined' AND j.kind = 'adds' THEN NULL ELSE j.held END AS held,
  CASE
    WHEN j.kind = 'contradicts' AND j.out_before
      THEN 'a text behind the row was out on ' || CAST(j.out_on AS VARCHAR)
    WHEN j.kind = 'contradicts' THEN CASE j.distance WHEN 1 THEN '' ELSE 'at most ' END
      || CAST(j.behind AS VARCHAR) || ' to ' || CAST(j.most AS VARCHAR) || ' origins'
  END AS evidence,
  CASE WHEN j.own_source THEN 'a text and its own source' WHEN j.data_set THEN 'a data set' ELSE 'sources' END
    AS between_whom,
  j.row_from, l.note, w.why
FROM judged AS j
LEFT JOIN row_cells AS r ON r.in_table = j.in_table AND r.record_id = j.record_id AND r.matter = j.matter
LEFT JOIN labels AS l ON l.in_table = j.in_table AND l.record_id = j.record_id
LEFT JOIN rested AS w ON w.in_table = j.in_table AND w.record_id = j.record_id AND w.matter = j.matter
WHERE $kind = 'all' OR j.kind = $kind
ORDER BY j.in_table, j.record_id, j.matter
