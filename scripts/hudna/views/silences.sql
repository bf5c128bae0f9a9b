-- Who spoke of comparable deeds and not of this one, as far as these data know.
-- asks: Who spoke of comparable events and not of this one?
-- param incident VARCHAR = of incidents.incident_id: only this deed (without it, all of which anybody spoke)
-- param actor VARCHAR = of actors.actor_id: only this actor
-- param days INTEGER = 14: how many days before and after the deed words_then looks
-- param within INTEGER =: how many days a comparable deed may lie away (without it any; of more than 2000 deeds, 30)
-- Comparable: of one type, or of a type and a wider one, and with the same place or a target in common
-- (the same actor, or one within the other). Claims of responsibility and the words of analysts are no
-- words here; a word counts for the one on whose behalf it is said.
-- silence: "told" where a source says that the actor kept silent; "told: silent or unclear" where it
-- does not say which; "spoke of a wave" that may hold the deed; else "no word here": these data hold
-- none, and whether there was none is not known.
-- spoke_of: the comparable deeds of which the actor spoke, and the type of the word.
-- words_then: utterances of the actor about anything in the days around the deed. Where there are
-- some, the sources did follow it then, and a word on the deed would rather be known.
-- within_days: comparable deeds further away were left out (empty: none were). Pairs grow with the
-- square of the deeds, so that of more than 2000 at once only those within 30 days are compared,
-- unless within says otherwise.
WITH RECURSIVE under AS (
  SELECT code AS wide, code AS narrow, 0 AS depth FROM incident_types
  UNION ALL
  SELECT u.wide, t.code, u.depth + 1
  FROM under AS u
  JOIN incident_types AS t ON t.broader = u.narrow
  WHERE u.depth < 20
),
kin AS (
  SELECT wide AS one, narrow AS other FROM under
  UNION
  SELECT narrow, wide FROM under
),
words AS (
  SELECT DISTINCT
    t.target_id AS incident_id, coalesce(s.on_behalf_of, s.speaker_id) AS actor_id, s.statement_id,
    s.statement_type, s.statement_type NOT IN ('silence', 'no-clear-position') AS spoken
  FROM statement_targets AS t
  JOIN statements AS s ON s.statement_id = t.statement_id
  LEFT JOIN statement_types AS y ON y.code = s.statement_type
  WHERE t.target_table = 'incidents' AND t.role IN ('topic', 'in-response-to')
    AND NOT coalesce(y.analytic, false) AND s.statement_type <> 'claim-responsibility'
),
spoken_of AS (SELECT DISTINCT incident_id FROM words),
deeds AS (
  SELECT
    i.incident_id, i.title, i.incident_type, i.place_id, i.part_of,
    i.extent IN ('aggregate', 'container', 'state') AS wave,
    CASE WHEN i.date_precision IN ('day', 'throughout', 'within', 'since', 'after') THEN i.date_start
    END AS earliest,
    CASE WHEN i.date_precision IN ('day', 'throughout', 'within', 'by', 'until') THEN i.date_end
    END AS latest
  FROM incidents AS i
  WHERE i.status <> 'denied'
    AND (i.incident_id IN (SELECT incident_id FROM spoken_of) OR i.incident_id = $incident)
),
asked AS (SELECT * FROM deeds WHERE $incident IS NULL OR incident_id = $incident),
reach AS (
  SELECT coalesce(CAST($within AS INTEGER), CASE WHEN count(*) > 2000 THEN 30 END) AS within_days FROM asked
),
-- Where dates leave it open how far two deeds lie apart, they may be near.
dated AS (
  SELECT
    d.incident_id, d.incident_type, d.place_id, r.within_days,
    coalesce(d.earliest, d.latest, DATE '1000-01-01') AS from_day,
    coalesce(d.latest, d.earliest, DATE '9000-01-01') AS to_day
  FROM deeds AS d
  CROSS JOIN reach AS r
),
kindred AS (SELECT d.*, k.other FROM dated AS d JOIN kin AS k ON k.one = d.incident_type),
aims AS (
  SELECT DISTINCT incident_id, actor_id
  FROM incident_actors
  WHERE role = 'target' AND basis <> 'denied' AND incident_id IN (SELECT incident_id FROM deeds)
),
within_one AS (
  SELECT subject_id AS one, object_id AS other
  FROM actor_relations
  WHERE object_table = 'actors' AND basis <> 'denied'
    AND relation_type IN ('member-of', 'subset-of', 'part-of', 'same-as')
),
near AS (
  SELECT actor_id AS one, actor_id AS other FROM aims
  UNION
  SELECT one, other FROM within_one
  UNION
  SELECT other, one FROM within_one
),
-- Pairs by what makes them near: a target in common, the place, or the whole that one is part of.
pairs AS (
  SELECT a.incident_id AS one, b.incident_id AS other
  FROM asked AS d
  JOIN kindred AS a ON a.incident_id = d.incident_id
  JOIN aims AS x ON x.incident_id = a.incident_id
  JOIN near AS n ON n.one = x.actor_id
  JOIN aims AS y ON y.actor_id = n.other
  JOIN dated AS b ON b.incident_id = y.incident_id AND b.incident_type = a.other
  WHERE a.within_days IS NULL
    OR (b.from_day <= a.to_day + a.within_days AND b.to_day >= a.from_day - a.within_days)
  UNION
  SELECT a.incident_id, b.incident_id
  FROM asked AS d
  JOIN kindred AS a ON a.incident_id = d.incident_id
  JOIN dated AS b ON b.place_id = a.place_id AND b.incident_type = a.other
  WHERE a.within_days IS NULL
    OR (b.from_day <= a.to_day + a.within_days AND b.to_day >= a.from_day - a.within_days)
  UNION
  SELECT incident_id, part_of FROM asked WHERE part_of IS NOT NULL
),
comparable AS (
  SELECT
    a.incident_id AS one, b.incident_id AS other,
    b.wave AND (
      coalesce(a.part_of = b.incident_id, false)
      OR (coalesce(b.earliest <= a.latest, true) AND coalesce(b.latest >= a.earliest, true))
    ) AS holds
  FROM pairs AS p
  JOIN asked AS a ON a.incident_id = p.one
  JOIN deeds AS b ON b.incident_id = p.other AND b.incident_id <> a.incident_id
  JOIN kin AS k ON k.one = a.incident_type AND k.other = b.incident_type
),
elsewhere AS (
  SELECT DISTINCT
    c.one AS incident_id, w.actor_id, c.other, c.holds, w.statement_id,
    c.other || ' (' || w.statement_type || ')' AS spoke
  FROM comparable AS c
  JOIN words AS w ON w.incident_id = c.other AND w.spoken
  WHERE $actor IS NULL OR w.actor_id = $actor
),
told AS (
  SELECT
    w.incident_id, w.actor_id, min(w.statement_type) AS told,
    string_agg(w.statement_id, ' ' ORDER BY w.statement_id) AS ids
  FROM words AS w
  JOIN asked AS a ON a.incident_id = w.incident_id
  WHERE NOT w.spoken AND ($actor IS NULL OR w.actor_id = $actor)
  GROUP BY w.incident_id, w.actor_id
),
-- Each actor that might have spoken of the deed and did not.
candidates AS (
  SELECT incident_id, actor_id FROM elsewhere
  UNION
  SELECT incident_id, actor_id FROM told
),
lacking AS (
  SELECT c.incident_id, c.actor_id
  FROM candidates AS c
  WHERE NOT EXISTS (
    SELECT 1 FROM words AS w
    WHERE w.incident_id = c.incident_id AND w.actor_id = c.actor_id AND w.spoken
  )
),
-- Two DISTINCT in one grouping are more than Spark can do.
several AS (
  SELECT incident_id, actor_id, count(DISTINCT other) AS n, bool_or(holds) AS wave
  FROM elsewhere
  GROUP BY incident_id, actor_id
),
summed AS (
  SELECT e.incident_id, e.actor_id, e.spoke_of, s.n, s.wave
  FROM (
    SELECT incident_id, actor_id, string_agg(DISTINCT spoke, '; ' ORDER BY spoke) AS spoke_of
    FROM elsewhere
    GROUP BY incident_id, actor_id
  ) AS e
  JOIN several AS s ON s.incident_id = e.incident_id AND s.actor_id = e.actor_id
),
utterances AS (
  SELECT
    coalesce(on_behalf_of, speaker_id) AS actor_id, statement_id,
    CASE WHEN date_precision IN ('day', 'throughout', 'within', 'since', 'after') THEN date_start
    END AS earliest,
    CASE WHEN date_precision IN ('day', 'throughout', 'within', 'by', 'until') THEN date_end
    END AS latest
  FROM statements
  WHERE part_of IS NULL
),
then_said AS (
  SELECT l.incident_id, l.actor_id, u.statement_id
  FROM lacking AS l
  JOIN asked AS a ON a.incident_id = l.incident_id
  JOIN utterances AS u ON u.actor_id = l.actor_id
  WHERE coalesce(u.earliest, u.latest) <= coalesce(a.latest, a.earliest) + CAST($days AS INTEGER)
    AND coalesce(u.latest, u.earliest) >= coalesce(a.earliest, a.latest) - CAST($days AS INTEGER)
),
counted AS (
  SELECT incident_id, actor_id, count(*) AS n FROM then_said GROUP BY incident_id, actor_id
),
ids AS (
  SELECT incident_id, actor_id, 'incidents/' || incident_id AS id FROM lacking
  UNION
  SELECT incident_id, actor_id, 'incidents/' || other FROM elsewhere
  UNION
  SELECT incident_id, actor_id, 'statements/' || statement_id FROM elsewhere
  UNION
  SELECT incident_id, actor_id, 'statements/' || statement_id FROM then_said
  UNION
  SELECT t.incident_id, t.actor_id, 'statements/' || w.statement_id
  FROM told AS t
  JOIN words AS w ON w.incident_id = t.incident_id AND w.actor_id = t.actor_id AND NOT w.spoken
),
rested AS (
  SELECT incident_id, actor_id, string_agg(id, ' ' ORDER BY id) AS why
  FROM ids
  GROUP BY incident_id, actor_id
)
SELECT
  l.incident_id, a.title AS deed, a.earliest, a.latest, l.actor_id,
  CASE
    WHEN t.told = 'silence' THEN 'told'
    WHEN t.told IS NOT NULL THEN 'told: silent or unclear'
    WHEN s.wave THEN 'spoke of a wave'
    ELSE 'no word here'
  END AS silence,
  CAST(coalesce(s.n, 0) AS BIGINT) AS comparable_deeds, s.spoke_of,
  CAST(coalesce(c.n, 0) AS BIGINT) AS words_then,
  CAST(h.within_days AS BIGINT) AS within_days, r.why
FROM lacking AS l
CROSS JOIN reach AS h
JOIN asked AS a ON a.incident_id = l.incident_id
LEFT JOIN rested AS r ON r.incident_id = l.incident_id AND r.actor_id = l.actor_id
LEFT JOIN summed AS s ON s.incident_id = l.incident_id AND s.actor_id = l.actor_id
LEFT JOIN told AS t ON t.incident_id = l.incident_id AND t.actor_id = l.actor_id
LEFT JOIN counted AS c ON c.incident_id = l.incident_id AND c.actor_id = l.actor_id
WHERE $actor IS NULL OR l.actor_id = $actor
ORDER BY coalesce(a.earliest, a.latest) NULLS LAST, l.incident_id, l.actor_id
