-- Where each actor stands on each issue, actor or deed over time: for, against, no side, or silent.
-- asks: Where does each actor stand, since when, and on whose word?
-- param actor VARCHAR = of actors.actor_id: only this actor
-- param target VARCHAR =: only positions on this record (its id, of any table)
-- param from DATE =: first day that a position may be of
-- param to DATE =: last day that a position may be of
-- param ties BOOLEAN = true: also relations that take a side (supports, opposes, seeks …)
-- One row for each stance that somebody's word takes, and for each relation with a sign. A word
-- counts for the one on whose behalf it is said. Analysts’ statements are left out, and so is what a
-- deed does to something (role affected), which is no stance of the speaker.
-- stance: -1, 0, 1; 0 is a word that takes no side. A silence has none, and is listed only where the
-- data hold it: who is not listed is not known to be silent, nor to be of no opinion.
-- negated: the stance is to its not happening. A class of actors is never divided among its members.
-- beside: another stance of the actor on the same thing is certainly earlier ("after another"),
-- certainly later ("before another"), or of a date that allows no order ("order open").
WITH spoken AS (
  SELECT
    coalesce(s.on_behalf_of, s.speaker_id) AS actor_id, s.speaker_id, t.target_table, t.target_id,
    'word' AS kind, s.statement_type AS by_way_of, coalesce(t.negated, false) AS negated, t.stance,
    CASE
      WHEN s.statement_type = 'silence' THEN 'silent'
      WHEN s.statement_type = 'no-clear-position' THEN 'silent or unclear'
    END AS silence,
    CASE WHEN t.basis = 'stated' THEN s.basis ELSE t.basis END AS basis,
    coalesce(t.asserted_by, s.asserted_by) AS asserted_by, s.certainty,
    CASE WHEN s.date_precision IN ('day', 'throughout', 'within', 'since', 'after') THEN s.date_start
    END AS earliest,
    CASE WHEN s.date_precision IN ('day', 'throughout', 'within', 'by', 'until') THEN s.date_end
    END AS latest,
    t.link_id AS id, 'statement_targets/' || t.link_id || ' statements/' || s.statement_id AS why
  FROM statement_targets AS t
  JOIN statements AS s ON s.statement_id = t.statement_id
  LEFT JOIN statement_types AS y ON y.code = s.statement_type
  WHERE NOT coalesce(y.analytic, false) AND t.role <> 'affected'
    AND (t.stance IS NOT NULL OR s.statement_type IN ('silence', 'no-clear-position'))
),
-- A symmetrical relation is the stance of both. What is denied takes no side.
sides AS (
  SELECT r.*, r.subject_id AS holder, r.object_table AS in_table, r.object_id AS held, t.sign
  FROM actor_relations AS r
  JOIN relation_types AS t ON t.code = r.relation_type
  WHERE t.sign <> 0
  UNION ALL
  SELECT r.*, r.object_id, 'actors', r.subject_id, t.sign
  FROM actor_relations AS r
  JOIN relation_types AS t ON t.code = r.relation_type
  WHERE t.sign <> 0 AND t.symmetric AND r.object_table = 'actors'
),
held AS (
  SELECT * FROM spoken
  UNION ALL
  SELECT
    holder, CAST(NULL AS VARCHAR), in_table, held, 'tie', relation_type, false,
    CASE WHEN basis <> 'denied' THEN sign END, CAST(NULL AS VARCHAR), basis, asserted_by, certainty,
    date_start, date_end, relation_id, 'actor_relations/' || relation_id
  FROM sides
  WHERE $ties
),
compared AS (
  SELECT
    a.id, a.actor_id,
    coalesce(bool_or(b.latest < a.earliest), false) AS after_another,
    coalesce(bool_or(b.earliest > a.latest), false) AS before_another,
    coalesce(bool_or(
      NOT coalesce(b.latest < a.earliest, false) AND NOT coalesce(b.earliest > a.latest, false)
    ), false) AS order_open
  FROM held AS a
  JOIN held AS b
    ON b.actor_id = a.actor_id AND b.target_table = a.target_table AND b.target_id = a.target_id
    AND b.negated = a.negated AND b.stance <> a.stance
  GROUP BY a.id, a.actor_id
)
SELECT
  h.actor_id, h.target_table, h.target_id,
  CASE
    WHEN h.silence IS NOT NULL THEN h.silence
    WHEN h.stance > 0 THEN 'for'
    WHEN h.stance < 0 THEN 'against'
    WHEN h.stance = 0 THEN 'no side'
    ELSE 'denied'
  END AS position,
  CAST(CASE WHEN h.silence IS NULL THEN h.stance END AS BIGINT) AS stance, h.negated, h.kind, h.by_way_of,
  h.speaker_id, h.earliest, h.latest, h.basis, h.asserted_by, h.certainty,
  CASE WHEN c.id IS NOT NULL THEN concat_ws(', ',
    CASE WHEN c.after_another THEN 'after another' END,
    CASE WHEN c.before_another THEN 'before another' END,
    CASE WHEN c.order_open THEN 'order open' END
  ) END AS beside,
  h.why
FROM held AS h
LEFT JOIN compared AS c ON c.id = h.id AND c.actor_id = h.actor_id
WHERE ($actor IS NULL OR h.actor_id = $actor)
  AND ($target IS NULL OR h.target_id = $target)
  AND (CAST($from AS DATE) IS NULL OR h.latest IS NULL OR h.latest >= CAST($from AS DATE))
  AND (CAST($to AS DATE) IS NULL OR h.earliest IS NULL OR h.earliest <= CAST($to AS DATE))
ORDER BY
  h.actor_id, h.target_table, h.target_id, coalesce(h.earliest, h.latest) NULLS LAST,
  h.latest NULLS LAST, h.id
