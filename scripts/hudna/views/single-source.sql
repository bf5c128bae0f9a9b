-- What stands on one origin only, or on no other word than a party's.
-- asks: Which records would fall if one source were wrong?
-- reads: provenance
-- reads: publisher-ties party=
-- param table VARCHAR = incidents of _tables.table: only the records of this table (empty: of all)
-- origins as in provenance: wires and quoted bodies count once. reason: one origin; one origin, a
-- party's (it is, or is tied to, an actor of the incident: publisher-ties); a party's word only
-- (several origins, each of them a party's or tied to one). Of other tables than incidents, the
-- speaker's own word on what it said is no reason.
-- texts: how many texts were read. read: how well (whole, excerpt, cited only).
WITH parties AS (
  SELECT DISTINCT 'incidents' AS in_table, incident_id AS record_id, actor_id AS party
  FROM incident_actors
  WHERE role IN ('perpetrator', 'target', 'victim', 'instigator') AND basis <> 'denied'
  UNION
  SELECT DISTINCT 'ceasefire_statuses', s.status_id, a.actor_id
  FROM ceasefire_statuses AS s
  JOIN ceasefire_actors AS a ON a.ceasefire_id = s.ceasefire_id
  WHERE a.position IN ('declarer', 'party', 'protected', 'rejecter') AND a.basis <> 'denied'
),
own_roots AS (
  SELECT DISTINCT r.in_table, r.record_id, r.root, t.party_id AS party, t.why AS tie
  FROM roots AS r
  LEFT JOIN parties AS p ON p.in_table = r.in_table AND p.record_id = r.record_id
  LEFT JOIN publisher_ties AS t ON t.publisher_id = r.root AND t.party_id = p.party
),
per_root AS (
  SELECT in_table, record_id, root, min(party) AS party, min(tie) AS tie
  FROM own_roots
  GROUP BY in_table, record_id, root
),
by_record AS (
  SELECT
    in_table, record_id, string_agg(root, ' ' ORDER BY root) AS origin, bool_and(party IS NOT NULL) AS partial,
    string_agg(DISTINCT party, ' ' ORDER BY party) AS party
  FROM per_root
  GROUP BY in_table, record_id
),
accessed AS (
  SELECT c.in_table, c.record_id, string_agg(DISTINCT s.access, ', ' ORDER BY s.access) AS read
  FROM cited AS c
  JOIN sources AS s ON s.source_id = c.text
  WHERE c.support <> 'contradicts'
  GROUP BY c.in_table, c.record_id
),
behind AS (
  SELECT "table" AS in_table, record_id, unnest(string_split(why, ' ')) AS id FROM provenance
  UNION
  SELECT in_table, record_id, unnest(string_split(tie, ' ')) FROM per_root WHERE tie IS NOT NULL
),
linked AS (
  SELECT l.in_table, l.record_id, string_agg(l.id, ' ' ORDER BY l.id) AS why
  FROM behind AS l
  JOIN by_record AS b ON b.in_table = l.in_table AND b.record_id = l.record_id
  GROUP BY l.in_table, l.record_id
)
SELECT
  p."table", p.record_id,
  CASE
    WHEN NOT b.partial THEN 'one origin'
    WHEN p.origins = 1 THEN 'one origin, a party''s'
    ELSE 'a party''s word only'
  END AS reason,
  b.origin, b.party, p.origins, p.texts_read AS texts, a.read, p.locators, l.why
FROM provenance AS p
JOIN by_record AS b ON b.in_table = p."table" AND b.record_id = p.record_id
JOIN linked AS l ON l.in_table = p."table" AND l.record_id = p.record_id
LEFT JOIN accessed AS a ON a.in_table = p."table" AND a.record_id = p.record_id
WHERE p.origins = 1 OR b.partial
ORDER BY p."table", p.record_id
