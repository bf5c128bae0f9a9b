-- On which side of the Shia spectrum's several axes each actor stands, and by whose word.
-- asks: Which camps are there among the Shia, and who stands in more than one?
-- param axis VARCHAR = all | authority | chain | parliament | street: only this axis
-- param actor VARCHAR = of actors.actor_id: only this actor
-- authority: Najaf or Wilayat al-Fiqh. chain: under the state, in the PMU, in the Resistance
-- Committee, on Iran's side (no source draws one line between in and outside the state's chain, so
-- each body is a side of its own). parliament: bloc. street: whose crowd.
-- A side is told by a few bodies, offices and doctrines (its heads). An actor stands there by a
-- relation to one of them, or as a member, part, leader, spokesman or front of one that does: way.
-- Nobody stands anywhere for what his followers or leaders do, nor for being a friend of a friend.
-- membership: how the way is known, by its weakest step; asserted_by: whose judgement is in it.
-- certainty: doubt that its steps bear. also: other sides of the same axis, where it stands on both.
-- ways: how many ways lead there; shown is the best known, then the shortest. Who is not listed is
-- on no side that the data tell. Ties are those of any time; steps of one way may be of different ones.
WITH RECURSIVE heads AS (
  SELECT 'authority' AS axis, 'najaf' AS side, 'actors' AS kind, 'najaf-clergy' AS id
  UNION ALL SELECT 'authority', 'najaf', 'actors', 'najaf-clergy-supporters'
  UNION ALL SELECT 'authority', 'najaf', 'actors', 'ali-al-sistani'
  UNION ALL SELECT 'authority', 'wilayat-al-fiqh', 'issues', 'wilayat-al-fiqh'
  UNION ALL SELECT 'authority', 'wilayat-al-fiqh', 'actors', 'wilayat-al-fiqh-adherents'
  UNION ALL SELECT 'authority', 'wilayat-al-fiqh', 'actors', 'supreme-leader-of-iran'
  UNION ALL SELECT 'chain', 'state', 'actors', 'iraqi-government'
  UNION ALL SELECT 'chain', 'state', 'actors', 'iraqi-prime-minister'
  UNION ALL SELECT 'chain', 'state', 'actors', 'state-aligned-pmu-factions'
  UNION ALL SELECT 'chain', 'pmu', 'actors', 'popular-mobilization-units'
  UNION ALL SELECT 'chain', 'committee', 'actors', 'iraqi-resistance-committee'
  UNION ALL SELECT 'chain', 'iran', 'actors', 'iran'
  UNION ALL SELECT 'chain', 'iran', 'actors', 'pro-iranian-militias'
  UNION ALL SELECT 'parliament', 'fatah', 'actors', 'fatah-bloc'
  UNION ALL SELECT 'parliament', 'sairoon', 'actors', 'sairoon-coalition'
  UNION ALL SELECT 'street', 'protest', 'actors', 'october-2019-protest-movement'
  UNION ALL SELECT 'street', 'pmu', 'actors', 'pmu-supporters'
  UNION ALL SELECT 'street', 'sadr', 'actors', 'sadr-supporters'
),
-- belongs: who belongs stands where the body stands. Allegiance leads to a head only.
ties AS (
  SELECT
    relation_id, subject_id AS who, object_table AS kind, object_id AS whom, relation_type AS step,
    basis, asserted_by, certainty,
    relation_type NOT IN ('adheres-to', 'recognises-authority-of', 'aligned-with', 'supports', 'serves')
      AS belongs
  FROM actor_relations
  WHERE relation_type IN (
    'member-of', 'subset-of', 'part-of', 'embedded-in', 'speaks-for', 'official-of', 'holds-office',
    'leads', 'highest-authority-in', 'facade-of', 'same-as',
    'adheres-to', 'recognises-authority-of', 'aligned-with', 'supports', 'serves'
  )
  UNION ALL
  SELECT
    relation_id, object_id, 'actors', subject_id,
    CASE relation_type WHEN 'same-as' THEN 'same-as' ELSE 'is-controlled-by' END,
    basis, asserted_by, certainty, relation_type = 'same-as'
  FROM actor_relations
  WHERE relation_type IN ('same-as', 'controls') AND object_table = 'actors'
),
steps AS (
  SELECT
    *,
    CASE basis
      WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 WHEN 'claimed' THEN 2 WHEN 'assessed' THEN 3
      WHEN 'inferred' THEN 4 ELSE 5
    END AS weak,
    certainty IN ('doubtful', 'unclear', 'possible', 'apparent', 'likely') AS doubted
  FROM ties
  WHERE basis <> 'denied'
),
ways AS (
  SELECT
    h.axis, h.side, s.who AS actor_id, 1 AS hops, s.weak,
    CASE WHEN s.doubted THEN 1 ELSE 0 END AS doubts,
    CASE WHEN s.doubted THEN s.certainty ELSE '' END AS certainty,
    coalesce(s.asserted_by, '') AS asserted_by,
    s.who || ' ' || s.step || ' ' || s.whom AS way, s.relation_id AS ids
  FROM heads AS h
  JOIN steps AS s ON s.kind = h.kind AND s.whom = h.id
  UNION ALL
  SELECT
    w.axis, w.side, s.who, w.hops + 1, greatest(w.weak, s.weak),
    w.doubts + CASE WHEN s.doubted THEN 1 ELSE 0 END,
    CASE WHEN NOT coalesce(s.doubted, false) OR w.certainty = s.certainty THEN w.certainty
      WHEN w.certainty = '' THEN s.certainty ELSE s.certainty || ', ' || w.certainty END,
    CASE WHEN s.asserted_by IS NULL OR w.asserted_by = s.asserted_by THEN w.asserted_by
      WHEN w.asserted_by = '' THEN s.asserted_by ELSE s.asserted_by || ', ' || w.asserted_by END,
    s.who || ' ' || s.step || ' ' || w.way, s.relation_id || ' ' || w.ids
  FROM ways AS w
  JOIN steps AS s ON s.kind = 'actors' AND s.whom = w.actor_id AND s.belongs
  WHERE w.hops < 4 AND (' ' || w.way || ' ') NOT LIKE ('% ' || s.who || ' %')
),
ranked AS (
  SELECT
    w.*,
    row_number() OVER (PARTITION BY w.axis, w.side, w.actor_id ORDER BY w.doubts, w.weak, w.hops, w.way) AS nth,
    count(*) OVER (PARTITION BY w.axis, w.side, w.actor_id) AS n
  FROM ways AS w
  LEFT JOIN heads AS h
    ON h.axis = w.axis AND h.side = w.side AND h.kind = 'actors' AND h.id = w.actor_id
  WHERE h.id IS NULL
),
stands AS (SELECT * FROM ranked WHERE nth = 1),
beside AS (
  SELECT a.axis, a.side, a.actor_id, string_agg(b.side, ', ' ORDER BY b.side) AS also
  FROM stands AS a
  JOIN (
    SELECT axis, side, actor_id FROM stands
    UNION
    SELECT h.axis, h.side, h.id FROM heads AS h WHERE h.kind = 'actors'
  ) AS b ON b.axis = a.axis AND b.actor_id = a.actor_id AND b.side <> a.side
  GROUP BY a.axis, a.side, a.actor_id
),
parts AS (SELECT axis, side, actor_id, unnest(string_split(ids, ' ')) AS id FROM stands),
rested AS (
  SELECT axis, side, actor_id, string_agg('actor_relations/' || id, ' ' ORDER BY id) AS why
  FROM parts
  GROUP BY axis, side, actor_id
)
SELECT
  s.axis, s.side, s.actor_id,
  CASE s.weak
    WHEN 0 THEN 'stated' WHEN 1 THEN 'implied' WHEN 2 THEN 'claimed' WHEN 3 THEN 'assessed'
    WHEN 4 THEN 'inferred' ELSE 'accused'
  END AS membership,
  CASE WHEN s.asserted_by <> '' THEN s.asserted_by END AS asserted_by,
  CASE WHEN s.certainty <> '' THEN s.certainty END AS certainty,
  b.also, CAST(s.hops AS BIGINT) AS steps, s.way, CAST(s.n AS BIGINT) AS ways, r.why
FROM stands AS s
JOIN rested AS r ON r.axis = s.axis AND r.side = s.side AND r.actor_id = s.actor_id
LEFT JOIN beside AS b ON b.axis = s.axis AND b.side = s.side AND b.actor_id = s.actor_id
WHERE ($axis = 'all' OR s.axis = $axis) AND ($actor IS NULL OR s.actor_id = $actor)
ORDER BY s.axis, s.side, s.actor_id
