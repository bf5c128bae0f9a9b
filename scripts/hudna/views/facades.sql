-- Which claims of responsibility lead to which groups behind the claimant, and by whose assessment.
-- asks: Which claims lead to which groups, by whose assessment?
-- param claimant VARCHAR = of actors.actor_id: only claims of this name
-- param group VARCHAR = of actors.actor_id: only claims that lead to this group
-- One row for each claim and each tie of the claimant to another actor; without a tie, one row with
-- no group: no source here says who is behind it, which is no word that nobody is. Who made a claim
-- need not have done the deed.
-- tie: facade-of where a source says front; other ties say less. A denied tie is shown as denied.
-- tie_time: whether the tie is told of the time of the claim; where not, it is told of another.
-- groups: how many actors the claimant is said to be a facade of.
-- others_named: whom else the sources name as perpetrator of the deeds claimed, how, and by whom.
WITH stated_claims AS (
  SELECT
    'statements/' || s.statement_id AS claim, coalesce(s.on_behalf_of, s.speaker_id) AS claimant_id,
    CASE WHEN s.date_precision IN ('day', 'throughout', 'within', 'since', 'after') THEN s.date_start
    END AS earliest,
    CASE WHEN s.date_precision IN ('day', 'throughout', 'within', 'by', 'until') THEN s.date_end
    END AS latest,
    t.target_id AS incident_id
  FROM statements AS s
  LEFT JOIN statement_targets AS t
    ON t.statement_id = s.statement_id AND t.target_table = 'incidents' AND t.role = 'topic'
  WHERE s.statement_type = 'claim-responsibility'
),
-- A claim that is known from the deed only, not as a statement with a date: not before the deed.
known_claims AS (
  SELECT
    'incident_actors/' || a.involvement_id AS claim, a.actor_id,
    CASE WHEN i.date_precision IN ('day', 'throughout', 'within', 'since', 'after') THEN i.date_start
    END AS earliest,
    CAST(NULL AS DATE) AS latest, a.incident_id
  FROM incident_actors AS a
  JOIN incidents AS i ON i.incident_id = a.incident_id
  LEFT JOIN stated_claims AS s ON s.incident_id = a.incident_id AND s.claimant_id = a.actor_id
  WHERE a.role = 'perpetrator' AND a.basis = 'claimed' AND s.claim IS NULL
),
claims AS (
  SELECT * FROM stated_claims
  UNION ALL
  SELECT * FROM known_claims
),
told AS (
  SELECT
    claim, claimant_id, earliest, latest,
    string_agg(DISTINCT incident_id, ' ' ORDER BY incident_id) AS deeds
  FROM claims
  GROUP BY claim, claimant_id, earliest, latest
),
others AS (
  SELECT DISTINCT
    c.claim, 'incident_actors/' || a.involvement_id AS id,
    a.actor_id || ' (' || a.basis || coalesce(' by ' || a.asserted_by, '') || ')' AS named
  FROM claims AS c
  JOIN incident_actors AS a ON a.incident_id = c.incident_id AND a.role = 'perpetrator'
  WHERE a.actor_id <> c.claimant_id
),
named AS (
  SELECT claim, string_agg(DISTINCT named, '; ' ORDER BY named) AS others_named FROM others GROUP BY claim
),
ties AS (
  SELECT * FROM actor_relations
  WHERE object_table = 'actors' AND relation_type IN (
    'facade-of', 'created-by', 'part-of', 'subset-of', 'member-of', 'embedded-in', 'aligned-with',
    'serves', 'same-as'
  )
),
counted AS (
  SELECT subject_id, count(DISTINCT object_id) AS groups
  FROM ties
  WHERE relation_type = 'facade-of' AND basis <> 'denied'
  GROUP BY subject_id
),
ids AS (
  SELECT claim, claim AS id FROM told
  UNION
  SELECT claim, 'incidents/' || incident_id FROM claims WHERE incident_id IS NOT NULL
  UNION
  SELECT claim, id FROM others
),
joined AS (
  SELECT x.claim, t.relation_id, x.id
  FROM ids AS x
  JOIN told AS c ON c.claim = x.claim
  LEFT JOIN ties AS t ON t.subject_id = c.claimant_id
  UNION
  SELECT c.claim, t.relation_id, 'actor_relations/' || t.relation_id
  FROM told AS c
  JOIN ties AS t ON t.subject_id = c.claimant_id
),
rested AS (
  SELECT claim, coalesce(relation_id, '') AS relation_id, string_agg(id, ' ' ORDER BY id) AS why
  FROM joined
  GROUP BY claim, coalesce(relation_id, '')
)
SELECT
  c.claimant_id, c.claim, c.earliest, c.latest, c.deeds, t.object_id AS group_id,
  t.relation_type AS tie, t.basis, t.asserted_by, t.certainty, t.hedge,
  CASE
    WHEN t.relation_id IS NULL THEN NULL
    WHEN t.date_precision = 'unknown' THEN 'undated'
    WHEN c.latest < t.date_start THEN 'told of a later time'
    WHEN c.earliest > t.date_end THEN 'told of an earlier time'
    WHEN c.earliest >= t.date_start AND c.latest <= coalesce(t.date_end, c.latest) THEN 'told of that time'
    ELSE 'open'
  END AS tie_time,
  CAST(coalesce(g.groups, 0) AS BIGINT) AS groups, n.others_named, r.why
FROM told AS c
LEFT JOIN ties AS t ON t.subject_id = c.claimant_id
LEFT JOIN counted AS g ON g.subject_id = c.claimant_id
LEFT JOIN named AS n ON n.claim = c.claim
JOIN rested AS r ON r.claim = c.claim AND r.relation_id = coalesce(t.relation_id, '')
WHERE ($claimant IS NULL OR c.claimant_id = $claimant) AND ($group IS NULL OR t.object_id = $group)
ORDER BY
  c.claimant_id, coalesce(c.earliest, c.latest) NULLS LAST, c.claim,
  CASE WHEN t.relation_type = 'facade-of' THEN 0 ELSE 1 END, t.object_id NULLS LAST, t.relation_id
