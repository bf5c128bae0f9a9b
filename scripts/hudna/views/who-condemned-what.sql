-- Who condemned, endorsed or kept silent on each deed, openly or not, in the order that the dates allow.
-- asks: Who condemned which attack, and in which order?
-- param incident VARCHAR = of incidents.incident_id: only this deed
-- param actor VARCHAR = of actors.actor_id: only words of this actor, or said on its behalf
-- param from DATE =: first day that a deed may be of
-- param to DATE =: last day that a deed may be of
-- param claims BOOLEAN = false: also claims of responsibility
-- A deed is an incident, or a wave of them where the word was said of the wave (extent: aggregate);
-- a word on a wave is no word on each deed in it. A word on such deeds in general (an issue) stands in
-- the view positions. The words of analysts are left out.
-- place: the word's place among those on the deed: one number, a range where dates leave it open,
-- "not orderable" where it can be any. No word is earlier than the deed. A silence has no place.
-- silent: only where the data hold a silence; who is not listed is not known to have kept silent.
-- how: implicit where the speaker is not open, or the text carries the stance unsaid.
-- basis: how it is known (of the word, or of its stance where that is less than stated).
WITH picked AS (
  SELECT
    t.target_id AS incident_id, t.link_id, t.stance, t.basis AS stance_basis,
    t.asserted_by AS stance_by, s.*,
    row_number() OVER (
      PARTITION BY t.target_id, s.statement_id ORDER BY t.stance NULLS LAST, t.link_id
    ) AS nth
  FROM statement_targets AS t
  JOIN statements AS s ON s.statement_id = t.statement_id
  LEFT JOIN statement_types AS y ON y.code = s.statement_type
  WHERE t.target_table = 'incidents' AND t.role IN ('topic', 'in-response-to')
    AND NOT coalesce(y.analytic, false)
    AND ($claims OR s.statement_type <> 'claim-responsibility')
),
deeds AS (
  SELECT
    i.*,
    CASE WHEN date_precision IN ('day', 'throughout', 'within', 'since', 'after') THEN date_start
    END AS begun,
    CASE WHEN date_precision IN ('day', 'throughout', 'within', 'by', 'until') THEN date_end
    END AS over_by
  FROM incidents AS i
),
words AS (
  SELECT
    p.incident_id, p.link_id, p.statement_id, p.speaker_id, p.on_behalf_of, p.statement_type,
    p.certainty, d.title AS deed, d.extent, d.begun, d.over_by,
    CASE
      WHEN p.statement_type = 'silence' THEN 'silent'
      WHEN p.statement_type = 'no-clear-position' THEN 'silent or unclear'
      WHEN p.statement_type = 'claim-responsibility' THEN 'owned to it'
      WHEN p.statement_type = 'deny' THEN 'denied a part'
      WHEN p.stance = 0 THEN 'took no side'
      WHEN p.stance > 0 THEN 'endorsed'
      WHEN p.statement_type IN ('condemn', 'criticise', 'reject') THEN 'condemned'
      WHEN p.stance < 0 THEN 'spoke against'
      WHEN p.statement_type = 'endorse' THEN 'endorsed'
      ELSE 'spoke of it'
    END AS word,
    CASE WHEN p.explicitness = 'implicit' OR p.stance_basis = 'implied' THEN 'implicit'
      ELSE p.explicitness
    END AS how,
    CASE WHEN p.stance_basis = 'stated' THEN p.basis ELSE p.stance_basis END AS basis,
    coalesce(p.stance_by, p.asserted_by) AS asserted_by,
    greatest(
      CASE WHEN p.date_precision IN ('day', 'throughout', 'within', 'since', 'after') THEN p.date_start
      END,
      d.begun
    ) AS earliest,
    CASE
      WHEN p.date_precision IN ('by', 'within', 'after', 'unknown')
        AND p.date_reported <= coalesce(p.date_end, p.date_reported)
        AND p.date_reported >= coalesce(p.date_start, p.date_reported) THEN p.date_reported
      WHEN p.date_precision IN ('day', 'throughout', 'within', 'by', 'until') THEN p.date_end
    END AS latest
  FROM picked AS p
  JOIN deeds AS d ON d.incident_id = p.incident_id
  WHERE p.nth = 1
),
said AS (SELECT * FROM words WHERE word NOT LIKE 'silent%'),
-- Counting by day, not word against word, keeps this linear where a deed has many words.
marks AS (
  SELECT incident_id, latest AS day, count(*) AS ended, 0 AS began
  FROM said
  WHERE latest IS NOT NULL
  GROUP BY incident_id, latest
  UNION ALL
  SELECT incident_id, earliest, 0, count(*)
  FROM said
  WHERE earliest IS NOT NULL
  GROUP BY incident_id, earliest
),
days AS (
  SELECT
    incident_id, day,
    sum(sum(ended)) OVER (PARTITION BY incident_id ORDER BY day) - sum(ended) AS ended_before,
    sum(sum(began)) OVER (PARTITION BY incident_id ORDER BY day) AS began_by
  FROM marks
  GROUP BY incident_id, day
),
total AS (
  SELECT incident_id, count(*) AS n, count(earliest) AS dated FROM said GROUP BY incident_id
),
placed AS (
  SELECT
    w.*, t.n,
    CASE WHEN s.statement_id IS NOT NULL THEN coalesce(e.ended_before, 0) + 1 END AS first_place,
    CASE WHEN s.statement_id IS NOT NULL THEN t.n - coalesce(t.dated - l.began_by, 0) END AS last_place
  FROM words AS w
  LEFT JOIN said AS s ON s.incident_id = w.incident_id AND s.statement_id = w.statement_id
  LEFT JOIN total AS t ON t.incident_id = w.incident_id
  LEFT JOIN days AS e ON e.incident_id = w.incident_id AND e.day = w.earliest
  LEFT JOIN days AS l ON l.incident_id = w.incident_id AND l.day = w.latest
)
SELECT
  incident_id, deed, extent, begun AS deed_earliest, over_by AS deed_latest,
  CASE
    WHEN first_place IS NULL THEN NULL
    WHEN first_place = last_place THEN CAST(CAST(first_place AS BIGINT) AS VARCHAR)
    WHEN first_place = 1 AND last_place = n THEN 'not orderable'
    ELSE CAST(CAST(first_place AS BIGINT) AS VARCHAR) || ' to ' || CAST(CAST(last_place AS BIGINT) AS VARCHAR)
  END AS place,
  word, how, speaker_id, on_behalf_of, statement_type, earliest, latest, basis, asserted_by, certainty,
  'incidents/' || incident_id || ' statement_targets/' || link_id || ' statements/' || statement_id AS why
FROM placed
WHERE ($incident IS NULL OR incident_id = $incident)
  AND ($actor IS NULL OR speaker_id = $actor OR on_behalf_of = $actor)
  AND (CAST($from AS DATE) IS NULL OR over_by IS NULL OR over_by >= CAST($from AS DATE))
  AND (CAST($to AS DATE) IS NULL OR begun IS NULL OR begun <= CAST($to AS DATE))
ORDER BY
  coalesce(begun, over_by) NULLS LAST, incident_id, first_place NULLS LAST, last_place,
  coalesce(earliest, latest) NULLS LAST, speaker_id, statement_id
