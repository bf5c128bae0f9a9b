-- Each forecast with what became of it, as it could be known day by day.
-- asks: Which forecasts came true, as far as was known on that day?
-- param day DATE =: only what was known by this day (without it, whatever is known)
-- param forecast VARCHAR = of statements.statement_id: only this forecast
-- param speaker VARCHAR = of statements.speaker_id: only forecasts of this speaker
-- One line a resolution, in the order of the days; a forecast without any is open. latest: the
-- outcome known on the day asked for. A forecast that cannot have been made by then is not shown;
-- one that may have been (the first possible day has come, the last has not) is.
-- condition-not-met is neither right nor wrong. days_after: days since the last possible day of the
-- forecast; negative or 0: known when it was made.
WITH made AS (
  SELECT
    s.statement_id AS id, coalesce(a.name, s.speaker_id) AS speaker, s.summary, s.certainty, s.hedge,
    s.date_start, s.date_end,
    CASE
      WHEN s.date_precision = 'day' THEN CAST(s.date_start AS VARCHAR)
      WHEN s.date_start IS NULL AND s.date_end IS NOT NULL THEN 'by ' || CAST(s.date_end AS VARCHAR)
      WHEN s.date_end IS NULL AND s.date_start IS NOT NULL THEN 'from ' || CAST(s.date_start AS VARCHAR)
      ELSE CAST(s.date_start AS VARCHAR) || ' to ' || CAST(s.date_end AS VARCHAR)
    END AS made
  FROM statements AS s
  LEFT JOIN actors AS a ON a.actor_id = s.speaker_id
  WHERE s.statement_type = 'forecast'
    AND ($forecast IS NULL OR s.statement_id = $forecast)
    AND ($speaker IS NULL OR s.speaker_id = $speaker)
    AND (CAST($day AS DATE) IS NULL OR coalesce(s.date_start, s.date_end) <= CAST($day AS DATE))
),
known AS (
  SELECT
    r.*,
    row_number() OVER (PARTITION BY r.statement_id ORDER BY r.as_of DESC, r.resolution_id DESC) AS back
  FROM resolutions AS r
  WHERE CAST($day AS DATE) IS NULL OR r.as_of <= CAST($day AS DATE)
),
cited AS (
  SELECT record_id AS id, string_agg(DISTINCT source_id, ' ' ORDER BY source_id) AS sources
  FROM citations
  WHERE "table" = 'resolutions' AND support <> 'contradicts'
  GROUP BY record_id
),
ids AS (
  SELECT id AS forecast, CAST(NULL AS VARCHAR) AS resolution, 'statements/' || id AS id FROM made
  UNION
  SELECT statement_id, resolution_id, 'resolutions/' || resolution_id FROM known
  UNION
  SELECT statement_id, resolution_id, 'statements/' || statement_id FROM known
  UNION
  SELECT statement_id, resolution_id, 'incidents/' || incident_id FROM known WHERE incident_id IS NOT NULL
  UNION
  SELECT k.statement_id, k.resolution_id, 'sources/' || c.source_id
  FROM known AS k
  JOIN citations AS c
    ON c."table" = 'resolutions' AND c.record_id = k.resolution_id AND c.support <> 'contradicts'
),
rested AS (
  SELECT forecast, resolution, string_agg(id, ' ' ORDER BY id) AS why FROM ids GROUP BY forecast, resolution
)
SELECT
  m.id AS forecast, m.made, m.summary, m.certainty, k.as_of, coalesce(k.outcome, 'open') AS outcome,
  coalesce(k.back, 1) = 1 AS latest, k.note, k.incident_id, i.title AS incident, c.sources,
  CAST(date_diff('day', coalesce(m.date_end, m.date_start), k.as_of) AS BIGINT) AS days_after,
  m.speaker, m.hedge, r.why
FROM made AS m
LEFT JOIN known AS k ON k.statement_id = m.id
LEFT JOIN incidents AS i ON i.incident_id = k.incident_id
LEFT JOIN cited AS c ON c.id = k.resolution_id
LEFT JOIN rested AS r ON r.forecast = m.id AND r.resolution IS NOT DISTINCT FROM k.resolution_id
ORDER BY m.date_start NULLS FIRST, m.id, k.as_of, k.resolution_id
