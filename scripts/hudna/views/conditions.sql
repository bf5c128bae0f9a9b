-- What ceasefires, threats and forecasts depend on, on whom the duty lies, and what was met.
-- asks: What does the truce depend on, who would have to do it, and was it done?
-- param day DATE =: the day asked for (without it, the last of which anything is known)
-- param ceasefire VARCHAR = of ceasefires.ceasefire_id: only what is said of this ceasefire
-- One line a condition: about (the ceasefire, else the kind of statement), side (if; only if, for a
-- necessary condition), what must come ("not:" where it must not), what depends on it, who says so
-- and when. Several conditions of one statement hold together (all) or one is enough (any).
-- duty_on: who would have to do it; empty where nobody says.
-- met, from what is known on that day of forecasts: met, partly, not-met where a forecast foresaw the
-- same thing (turned round where one of the two is negated); for a forecast of its own, taken-as-met
-- where it was resolved otherwise than by an unmet condition, not-all where several had to be met
-- together and were not, not-told where one of several was enough; open where the last word leaves it
-- so. Empty: nobody has looked, which is no "not met". Conditions that the parties voice are as they
-- voice them, and each may see them met or not: ceasefire-status tells that.
WITH said AS (
  SELECT
    s.statement_id AS id, s.statement_type, s.summary, s.speaker_id, s.on_behalf_of, s.date_start, s.date_end,
    s.certainty, c.ceasefire_id
  FROM statements AS s
  LEFT JOIN (
    SELECT statement_id, min(target_id) AS ceasefire_id
    FROM statement_targets
    WHERE target_table = 'ceasefires' AND role = 'topic'
    GROUP BY statement_id
  ) AS c ON c.statement_id = s.statement_id
  WHERE CAST($day AS DATE) IS NULL OR coalesce(s.date_start, s.date_end) <= CAST($day AS DATE)
),
titles AS (
  SELECT 'issues' AS in_table, issue_id AS id, title, actor_id FROM issues
  UNION ALL
  SELECT 'incidents', incident_id, title, NULL FROM incidents
  UNION ALL
  SELECT 'ceasefires', ceasefire_id, title, NULL FROM ceasefires
  UNION ALL
  SELECT 'statements', statement_id, summary, NULL FROM statements
),
nodes AS (
  SELECT
    t.link_id, t.statement_id AS id, t.role, t.target_table, t.target_id, t.negated, t.connective,
    CASE WHEN t.negated THEN 'not: ' ELSE '' END || coalesce(x.title, t.target_id) AS title, x.actor_id,
    count(*) OVER (PARTITION BY t.statement_id, t.role) AS beside
  FROM statement_targets AS t
  JOIN said AS s ON s.id = t.statement_id
  LEFT JOIN titles AS x ON x.in_table = t.target_table AND x.id = t.target_id
  WHERE t.role IN ('condition', 'necessary-condition', 'outcome')
),
followed AS (
  SELECT
    id,
    CASE WHEN connective = 'any' THEN string_agg(title, ' or ' ORDER BY target_id, link_id)
      ELSE string_agg(title, '; ' ORDER BY target_id, link_id) END AS outcome
  FROM nodes
  WHERE role = 'outcome'
  GROUP BY id, connective
),
outcomes AS (SELECT id, string_agg(outcome, '; ' ORDER BY outcome) AS outcome FROM followed GROUP BY id),
known AS (
  SELECT
    r.*,
    row_number() OVER (PARTITION BY r.statement_id ORDER BY r.as_of DESC, r.resolution_id DESC) AS back
  FROM resolutions AS r
  WHERE CAST($day AS DATE) IS NULL OR r.as_of <= CAST($day AS DATE)
),
-- What forecasts of the same thing came to: the latest word, of others than this statement.
foreseen AS (
  SELECT
    n.link_id, k.resolution_id, k.as_of, k.note, k.incident_id, k.statement_id,
    CASE
      WHEN k.outcome IN ('open', 'condition-not-met') THEN 'open'
      WHEN k.outcome = 'partly' THEN 'partly'
      WHEN (k.outcome = 'occurred') = (o.negated = n.negated) THEN 'met'
      ELSE 'not-met'
    END AS met,
    row_number() OVER (PARTITION BY n.link_id ORDER BY k.as_of DESC, k.resolution_id DESC) AS nth
  FROM nodes AS n
  JOIN nodes AS o ON o.target_table = n.target_table AND o.target_id = n.target_id
    AND o.role = 'outcome' AND o.id <> n.id
  JOIN known AS k ON k.statement_id = o.id AND k.back = 1
  WHERE n.role <> 'outcome'
),
states AS (
  SELECT
    n.*, k.resolution_id AS own_id, f.resolution_id AS other_id, f.statement_id AS forecast,
    coalesce(k.outcome, 'open') <> 'open' AS settled,
    CASE
      WHEN k.outcome IN ('occurred', 'partly', 'not-occurred') AND n.beside > 1 AND n.connective = 'any'
        THEN 'not-told'
      WHEN k.outcome IN ('occurred', 'partly', 'not-occurred') THEN 'taken-as-met'
      WHEN k.outcome = 'condition-not-met' AND n.beside > 1 AND coalesce(n.connective, 'all') = 'all'
        THEN 'not-all'
      WHEN k.outcome = 'condition-not-met' THEN 'not-met'
      ELSE coalesce(f.met, k.outcome)
    END AS met,
    CASE WHEN coalesce(k.outcome, 'open') <> 'open' THEN k.as_of ELSE coalesce(f.as_of, k.as_of) END AS as_of,
    CASE WHEN coalesce(k.outcome, 'open') <> 'open' THEN k.note ELSE coalesce(f.note, k.note) END AS note
  FROM nodes AS n
  LEFT JOIN known AS k ON k.statement_id = n.id AND k.back = 1
  LEFT JOIN foreseen AS f ON f.link_id = n.link_id AND f.nth = 1
  WHERE n.role <> 'outcome'
),
ids AS (
  SELECT link_id, 'statement_targets/' || link_id AS id FROM states
  UNION
  SELECT link_id, 'statements/' || id FROM states
  UNION
  SELECT link_id, target_table || '/' || target_id FROM states
  UNION
  SELECT s.link_id, 'statement_targets/' || o.link_id
  FROM states AS s
  JOIN nodes AS o ON o.id = s.id AND o.role = 'outcome'
  UNION
  SELECT s.link_id, 'ceasefires/' || m.ceasefire_id
  FROM states AS s
  JOIN said AS m ON m.id = s.id
  WHERE m.ceasefire_id IS NOT NULL
  UNION
  SELECT link_id, 'resolutions/' || own_id FROM states WHERE own_id IS NOT NULL
  UNION
  SELECT link_id, 'resolutions/' || other_id FROM states WHERE other_id IS NOT NULL AND NOT settled
),
rested AS (SELECT link_id, string_agg(id, ' ' ORDER BY id) AS why FROM ids GROUP BY link_id)
SELECT
  coalesce(q.title, m.ceasefire_id, m.statement_type) AS about,
  CASE s.role WHEN 'condition' THEN 'if' ELSE 'only if' END AS side, s.title AS "condition",
  CASE WHEN s.beside > 1 THEN coalesce(s.connective, 'not said') END AS together,
  o.outcome, coalesce(d.name, s.actor_id) AS duty_on, s.met, s.as_of,
  coalesce(b.name, v.name, m.on_behalf_of, m.speaker_id) AS voiced_by, m.date_start, m.date_end, m.statement_type,
  m.certainty, s.note, s.id AS statement_id, s.target_id AS condition_id, s.actor_id AS duty_id, r.why
FROM states AS s
JOIN said AS m ON m.id = s.id
JOIN rested AS r ON r.link_id = s.link_id
LEFT JOIN outcomes AS o ON o.id = s.id
LEFT JOIN ceasefires AS q ON q.ceasefire_id = m.ceasefire_id
LEFT JOIN actors AS d ON d.actor_id = s.actor_id
LEFT JOIN actors AS v ON v.actor_id = m.speaker_id
LEFT JOIN actors AS b ON b.actor_id = m.on_behalf_of
WHERE $ceasefire IS NULL OR m.ceasefire_id = $ceasefire
ORDER BY m.ceasefire_id IS NULL, m.ceasefire_id, m.statement_type, m.date_end NULLS LAST, s.id, s.target_id, s.link_id
