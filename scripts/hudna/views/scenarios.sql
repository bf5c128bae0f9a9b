-- The conditions and outcomes of each forecast as a graph, with their state on a day.
-- asks: What was foreseen to follow from what, and how far has it come?
-- param day DATE =: the day asked for (without it, the last of which anything is known)
-- param forecast VARCHAR = of statements.statement_id: only this forecast
-- One line a node: if (a condition), only if (a necessary one), then (an outcome), by (a means), for
-- (a purpose); what is negated is told with "not". Several lines of one side hold together (all) or
-- one of them is enough (any). step: 1 for what stands on no other forecast, 2 for what follows from
-- an outcome of step 1, and so on. follows, leads_to: the forecasts before and behind.
-- state, from resolutions of that day or earlier only (no hindsight): of an outcome, that of its
-- forecast (condition-not-met: neither right nor wrong, whether or not the outcome came). Of a
-- condition: taken-as-met where its forecast is resolved otherwise than by condition-not-met (which
-- of several that suffice is not told); by that, not-occurred, or not-all where it is one of several.
-- While its forecast is open: what became of another forecast whose outcome it is (turned round
-- where one of the two is negated).
WITH RECURSIVE made AS (
  SELECT statement_id AS id, summary, certainty, date_start, date_end
  FROM statements
  WHERE statement_type = 'forecast'
    AND (CAST($day AS DATE) IS NULL OR coalesce(date_start, date_end) <= CAST($day AS DATE))
),
known AS (
  SELECT
    r.*,
    row_number() OVER (PARTITION BY r.statement_id ORDER BY r.as_of DESC, r.resolution_id DESC) AS back
  FROM resolutions AS r
  WHERE CAST($day AS DATE) IS NULL OR r.as_of <= CAST($day AS DATE)
),
now_known AS (SELECT * FROM known WHERE back = 1),
nodes AS (
  SELECT
    t.link_id, m.id AS forecast, t.role, t.target_table, t.target_id, t.negated, t.connective,
    CASE t.role WHEN 'condition' THEN 'if' WHEN 'necessary-condition' THEN 'only if'
      WHEN 'outcome' THEN 'then' WHEN 'means' THEN 'by' ELSE 'for' END AS side,
    CASE t.role WHEN 'condition' THEN 1 WHEN 'necessary-condition' THEN 2 WHEN 'outcome' THEN 3
      WHEN 'means' THEN 4 ELSE 5 END AS place,
    count(*) OVER (PARTITION BY m.id, t.role) AS beside
  FROM made AS m
  JOIN statement_targets AS t ON t.statement_id = m.id
  WHERE t.role IN ('condition', 'necessary-condition', 'outcome', 'means', 'purpose')
),
-- One forecast follows from another where its condition is the other's outcome.
edges AS (
  SELECT DISTINCT o.forecast AS before_id, c.forecast AS after_id, c.link_id, o.negated = c.negated AS same
  FROM nodes AS c
  JOIN nodes AS o ON o.target_table = c.target_table AND o.target_id = c.target_id AND o.role = 'outcome'
  WHERE c.role IN ('condition', 'necessary-condition') AND o.forecast <> c.forecast
),
walk AS (
  SELECT id AS forecast, id AS at_id, 1 AS step, '/' || id || '/' AS path FROM made
  UNION ALL
  SELECT w.forecast, e.before_id, w.step + 1, w.path || e.before_id || '/'
  FROM walk AS w
  JOIN edges AS e ON e.after_id = w.at_id
  WHERE w.step < 20 AND NOT contains(w.path, '/' || e.before_id || '/')
),
steps AS (SELECT forecast, max(step) AS step FROM walk GROUP BY forecast),
behind AS (
  SELECT before_id AS forecast, string_agg(DISTINCT after_id, ' ' ORDER BY after_id) AS leads_to
  FROM edges
  GROUP BY before_id
),
-- What other forecasts say of a condition: the latest word.
told AS (
  SELECT
    e.link_id, e.before_id, k.resolution_id, k.as_of,
    CASE
      WHEN e.same OR k.outcome IN ('open', 'partly', 'condition-not-met') THEN k.outcome
      WHEN k.outcome = 'occurred' THEN 'not-occurred'
      ELSE 'occurred'
    END AS state,
    row_number() OVER (PARTITION BY e.link_id ORDER BY k.as_of DESC, e.before_id) AS nth
  FROM edges AS e
  JOIN now_known AS k ON k.statement_id = e.before_id
),
before AS (
  SELECT link_id, string_agg(DISTINCT before_id, ' ' ORDER BY before_id) AS follows
  FROM edges
  GROUP BY link_id
),
states AS (
  SELECT
    n.*, k.resolution_id AS own_resolution, t.resolution_id AS other_resolution,
    CASE
      WHEN n.role = 'outcome' THEN coalesce(k.outcome, 'open')
      WHEN n.place > 3 THEN NULL
      WHEN k.outcome IN ('occurred', 'partly', 'not-occurred') AND n.beside > 1 AND n.connective = 'any'
        THEN 'not-told'
      WHEN k.outcome IN ('occurred', 'partly', 'not-occurred') THEN 'taken-as-met'
      WHEN k.outcome = 'condition-not-met' AND n.beside > 1 AND coalesce(n.connective, 'all') = 'all'
        THEN 'not-all'
      WHEN k.outcome = 'condition-not-met' THEN 'not-occurred'
      WHEN t.state IN ('occurred', 'partly', 'not-occurred') THEN t.state
      ELSE 'open'
    END AS state,
    coalesce(k.outcome, 'open') = 'open' AND n.place < 3 AS by_others,
    CASE
      WHEN n.place > 3 THEN NULL
      WHEN n.place < 3 AND coalesce(k.outcome, 'open') = 'open' THEN t.as_of
      ELSE k.as_of
    END AS as_of,
    CASE WHEN n.role = 'outcome' THEN k.incident_id END AS incident_id,
    CASE WHEN n.role = 'outcome' OR (n.place < 3 AND k.outcome = 'condition-not-met') THEN k.note END AS note
  FROM nodes AS n
  LEFT JOIN now_known AS k ON k.statement_id = n.forecast
  LEFT JOIN told AS t ON t.link_id = n.link_id AND t.nth = 1
),
titles AS (
  SELECT 'issues' AS in_table, issue_id AS id, title FROM issues
  UNION ALL
  SELECT 'incidents', incident_id, title FROM incidents
  UNION ALL
  SELECT 'ceasefires', ceasefire_id, title FROM ceasefires
  UNION ALL
  SELECT 'statements', statement_id, summary FROM statements
  UNION ALL
  SELECT 'actors', actor_id, name FROM actors
),
ids AS (
  SELECT link_id, 'statement_targets/' || link_id AS id FROM states
  UNION
  SELECT link_id, 'statements/' || forecast FROM states
  UNION
  SELECT link_id, target_table || '/' || target_id FROM states
  UNION
  SELECT link_id, 'resolutions/' || own_resolution
  FROM states
  WHERE own_resolution IS NOT NULL AND place < 4
  UNION
  SELECT link_id, 'resolutions/' || other_resolution
  FROM states
  WHERE other_resolution IS NOT NULL AND by_others
),
rested AS (SELECT link_id, string_agg(id, ' ' ORDER BY id) AS why FROM ids GROUP BY link_id)
SELECT
  CAST(p.step AS BIGINT) AS step, s.forecast, s.side,
  CASE WHEN s.beside > 1 THEN coalesce(s.connective, 'not said') END AS together,
  CASE WHEN s.negated THEN 'not: ' ELSE '' END || coalesce(t.title, s.target_id) AS node,
  s.state, s.as_of,
  s.incident_id, s.note, b.follows, CASE WHEN s.role = 'outcome' THEN l.leads_to END AS leads_to,
  m.certainty, s.target_table, s.target_id, r.why
FROM states AS s
JOIN made AS m ON m.id = s.forecast
JOIN steps AS p ON p.forecast = s.forecast
LEFT JOIN titles AS t ON t.in_table = s.target_table AND t.id = s.target_id
LEFT JOIN before AS b ON b.link_id = s.link_id
LEFT JOIN behind AS l ON l.forecast = s.forecast
LEFT JOIN rested AS r ON r.link_id = s.link_id
WHERE $forecast IS NULL OR s.forecast = $forecast
ORDER BY p.step, s.forecast, s.place, s.target_id, s.link_id
