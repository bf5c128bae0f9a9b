-- Who is for and who against whom, in words, deeds and ties: one line a pair of actors, signed.
-- asks: Who stood for, and who against whom?
-- param from DATE =: first day that counts
-- param to DATE =: last day that counts
-- A line joins two actors, whichever of them spoke or acted. Ties: relations whose type has a sign.
-- Words: the stance of a speaker (or the body that it speaks for) to an actor, or to a deed and so to
-- those who did it; without a stance, threats, criticism and the like tell one by their kind. Deeds:
-- attacks, between those who did and those who suffered them as a target. Analysts' views of others
-- are not their own stand and are left out; so is what is denied.
-- sign: 1 for, -1 against, 0 where both are told. Doubtful: what is assessed, accused, inferred or
-- hedged, implicit words, a stance told by the kind alone or by who suffers, and what may lie outside
-- of the window. A claim of one's own deed is not doubtful. sure: the pair has an edge at all without
-- what is doubtful.
-- Classes and their members, and an office and its holder, stay apart.
WITH RECURSIVE kinds AS (
  SELECT code, 0 AS depth FROM incident_types WHERE code = 'attack'
  UNION ALL
  SELECT t.code, k.depth + 1 FROM kinds AS k JOIN incident_types AS t ON t.broader = k.code WHERE k.depth < 20
),
attacks AS (SELECT DISTINCT code FROM kinds),
spoken AS (
  SELECT
    s.statement_id, coalesce(s.on_behalf_of, s.speaker_id) AS speaker, s.statement_type,
    s.date_start, s.date_end, s.date_precision,
    s.basis IN ('stated', 'implied') AND coalesce(s.certainty, 'unmarked') IN ('certain', 'unmarked')
      AND s.explicitness <> 'implicit' AS clear
  FROM statements AS s
  JOIN statement_types AS t ON t.code = s.statement_type
  WHERE NOT t.analytic AND s.basis <> 'denied'
),
targets AS (
  SELECT
    k.link_id, k.statement_id, k.target_table, k.target_id, k.role, k.basis IN ('stated', 'implied') AS clear,
    CASE
      WHEN k.stance IS NOT NULL THEN k.stance
      WHEN k.target_table <> 'actors' THEN NULL
      WHEN k.role = 'topic' AND s.statement_type IN ('criticise', 'accuse', 'reject') THEN -1
      WHEN k.role = 'addressee' AND s.statement_type = 'threaten' THEN -1
      WHEN k.role = 'topic' AND s.statement_type = 'endorse' THEN 1
    END AS sign,
    k.stance IS NOT NULL AND k.role = 'topic' AS coded
  FROM statement_targets AS k
  JOIN spoken AS s ON s.statement_id = k.statement_id
  WHERE k.role IN ('topic', 'addressee', 'affected') AND coalesce(k.basis, 'stated') <> 'denied'
),
doers AS (
  SELECT
    a.*, a.basis IN ('stated', 'implied') AND coalesce(a.certainty, 'unmarked') IN ('certain', 'unmarked') AS clear
  FROM incident_actors AS a
  WHERE a.basis <> 'denied' AND a.role IN ('perpetrator', 'target')
),
told AS (
  SELECT
    r.subject_id AS one, r.object_id AS other, t.sign, 'tie' AS kind,
    r.basis IN ('stated', 'implied') AND coalesce(r.certainty, 'unmarked') IN ('certain', 'unmarked') AS clear,
    r.date_start, r.date_end, r.date_precision,
    'actor_relations/' || r.relation_id AS first_id, CAST(NULL AS VARCHAR) AS second_id,
    CAST(NULL AS VARCHAR) AS third_id
  FROM actor_relations AS r
  JOIN relation_types AS t ON t.code = r.relation_type
  WHERE r.object_table = 'actors' AND r.basis <> 'denied'
  UNION ALL
  SELECT
    s.speaker, k.target_id, k.sign, 'word', s.clear AND k.clear AND k.coded,
    s.date_start, s.date_end, s.date_precision,
    'statements/' || s.statement_id, 'statement_targets/' || k.link_id, NULL
  FROM targets AS k
  JOIN spoken AS s ON s.statement_id = k.statement_id
  WHERE k.target_table = 'actors'
  UNION ALL
  SELECT
    s.speaker, a.actor_id, k.sign, 'word on a deed', s.clear AND k.clear AND a.clear,
    s.date_start, s.date_end, s.date_precision,
    'statements/' || s.statement_id, 'statement_targets/' || k.link_id, 'incident_actors/' || a.involvement_id
  FROM targets AS k
  JOIN spoken AS s ON s.statement_id = k.statement_id
  JOIN doers AS a ON a.incident_id = k.target_id AND a.role = 'perpetrator'
  WHERE k.target_table = 'incidents' AND k.role = 'topic'
  UNION ALL
  SELECT
    p.actor_id, t.actor_id, -1, 'deed',
    (p.clear OR (p.basis = 'claimed' AND coalesce(p.asserted_by, p.actor_id) = p.actor_id))
      AND t.clear AND i.status <> 'disputed',
    i.date_start, i.date_end, i.date_precision,
    'incident_actors/' || p.involvement_id, 'incident_actors/' || t.involvement_id, 'incidents/' || i.incident_id
  FROM doers AS p
  JOIN doers AS t ON t.incident_id = p.incident_id AND t.role = 'target'
  JOIN incidents AS i ON i.incident_id = p.incident_id
  WHERE p.role = 'perpetrator' AND i.status <> 'denied' AND i.incident_type IN (SELECT code FROM attacks)
),
dated AS (
  SELECT
    t.*,
    CASE WHEN date_precision NOT IN ('by', 'until') THEN date_start END AS first_day,
    CASE WHEN date_precision NOT IN ('since', 'after') THEN date_end END AS last_day
  FROM told AS t
  WHERE sign <> 0 AND one <> other
),
in_window AS (
  SELECT
    CASE WHEN d.one < d.other THEN d.one ELSE d.other END AS a,
    CASE WHEN d.one < d.other THEN d.other ELSE d.one END AS b,
    d.sign, d.kind, d.first_id, d.second_id, d.third_id,
    d.clear AND (
      (coalesce(CAST($from AS DATE) IS NULL OR d.first_day >= CAST($from AS DATE), false)
        AND coalesce(CAST($to AS DATE) IS NULL OR d.last_day <= CAST($to AS DATE), false))
      OR d.date_precision = 'throughout'
      OR (d.date_precision = 'since'
        AND coalesce(CAST($from AS DATE) IS NULL OR d.first_day >= CAST($from AS DATE), false))
    ) AS sure
  FROM dated AS d
  WHERE (CAST($from AS DATE) IS NULL OR d.last_day IS NULL OR d.last_day >= CAST($from AS DATE))
    AND (CAST($to AS DATE) IS NULL OR d.first_day IS NULL OR d.first_day <= CAST($to AS DATE))
),
ids AS (
  SELECT a, b, first_id AS id FROM in_window
  UNION
  SELECT a, b, second_id FROM in_window WHERE second_id IS NOT NULL
  UNION
  SELECT a, b, third_id FROM in_window WHERE third_id IS NOT NULL
),
rested AS (SELECT a, b, string_agg(id, ' ' ORDER BY id) AS why FROM ids GROUP BY a, b),
counted AS (
  SELECT
    a, b, count_if(sign > 0) AS pro, count_if(sign > 0 AND sure) AS pro_sure,
    count_if(sign < 0) AS con, count_if(sign < 0 AND sure) AS con_sure,
    string_agg(DISTINCT kind, ', ' ORDER BY kind) AS by_what
  FROM in_window
  GROUP BY a, b
)
SELECT
  c.a AS actor_id, coalesce(x.name, c.a) AS actor, c.b AS other_id, coalesce(y.name, c.b) AS other,
  CAST(CASE WHEN c.con = 0 THEN 1 WHEN c.pro = 0 THEN -1 ELSE 0 END AS BIGINT) AS sign,
  c.pro_sure + c.con_sure > 0 AS sure, c.by_what,
  CAST(c.pro AS BIGINT) AS for_each_other, CAST(c.pro_sure AS BIGINT) AS for_sure,
  CAST(c.con AS BIGINT) AS against, CAST(c.con_sure AS BIGINT) AS against_sure, r.why
FROM counted AS c
JOIN rested AS r ON r.a = c.a AND r.b = c.b
LEFT JOIN actors AS x ON x.actor_id = c.a
LEFT JOIN actors AS y ON y.actor_id = c.b
ORDER BY c.a, c.b
