-- Who stands in what relation to whom, on a day or at any time: the actors as a network.
-- asks: Who belonged to, led, backed or opposed whom on that day?
-- param day DATE =: the day asked for (without it, relations of any time)
-- param actor VARCHAR = of actors.actor_id: only the relations of this actor, either way
-- Relations as they are told; none is concluded from others. object: an actor, or an issue or place.
-- held: of the day asked for. certain: told of a stretch that holds the day, or from an earlier day
-- on (the end of which nobody tells). possible: known to hold at some time of a stretch that holds
-- the day, or until a later day, the start being unknown. undated: no day is told. What is told of
-- other days only is left out: that it held on the day, nobody says. Denied relations are left out.
-- For Gephi, Cytoscape or networkx: `hudna view network --format graphml`.
WITH shown AS (
  SELECT
    r.*,
    CASE
      WHEN CAST($day AS DATE) IS NULL THEN 'any time'
      WHEN r.date_precision IN ('day', 'throughout')
        AND r.date_start <= CAST($day AS DATE) AND r.date_end >= CAST($day AS DATE) THEN 'certain'
      WHEN r.date_precision = 'since' AND r.date_start <= CAST($day AS DATE) THEN 'certain'
      WHEN r.date_precision IN ('as-of', 'within')
        AND r.date_start <= CAST($day AS DATE) AND r.date_end >= CAST($day AS DATE) THEN
        CASE WHEN r.date_start = r.date_end THEN 'certain' ELSE 'possible' END
      WHEN r.date_precision IN ('until', 'by') AND r.date_end >= CAST($day AS DATE) THEN 'possible'
      WHEN r.date_precision = 'after' AND r.date_start < CAST($day AS DATE) THEN 'possible'
      WHEN r.date_precision = 'unknown' THEN 'undated'
    END AS held
  FROM actor_relations AS r
  WHERE r.basis <> 'denied'
    AND ($actor IS NULL OR r.subject_id = $actor OR (r.object_table = 'actors' AND r.object_id = $actor))
),
objects AS (
  SELECT 'actors' AS in_table, actor_id AS id, name, actor_type AS kind FROM actors
  UNION ALL
  SELECT 'issues', issue_id, title, kind FROM issues
  UNION ALL
  SELECT 'places', place_id, name, place_type FROM places
)
SELECT
  coalesce(a.name, s.subject_id) AS subject, coalesce(t.label, s.relation_type) AS relation,
  coalesce(o.name, s.object_id) AS object, s.held, CAST(t.sign AS BIGINT) AS sign, s.basis, s.asserted_by,
  s.certainty, s.hedge, s.date_start, s.date_end, s.date_precision,
  s.subject_id, a.actor_type AS subject_type, s.relation_type, s.object_table, s.object_id,
  o.kind AS object_type, s.relation_id, s.note,
  concat_ws(' ',
    'actor_relations/' || s.relation_id,
    CASE WHEN s.object_table = 'actors' AND s.object_id < s.subject_id THEN 'actors/' || s.object_id END,
    'actors/' || s.subject_id,
    CASE WHEN s.object_table <> 'actors' OR s.object_id > s.subject_id THEN s.object_table || '/' || s.object_id END
  ) AS why
FROM shown AS s
LEFT JOIN relation_types AS t ON t.code = s.relation_type
LEFT JOIN actors AS a ON a.actor_id = s.subject_id
LEFT JOIN objects AS o ON o.in_table = s.object_table AND o.id = s.object_id
WHERE s.held IS NOT NULL
ORDER BY s.subject_id, s.relation_type, s.object_id, s.relation_id
