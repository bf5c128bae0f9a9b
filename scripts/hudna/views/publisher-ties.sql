-- Which publishers and origins of sources are, or are tied to, an actor of the conflict.
-- asks: Whose word is a source, and who stands behind it?
-- param party VARCHAR = of actors.actor_id: only ties to this actor
-- A tie: part of, organ, office, spokesman, official or front of the actor; controlled, led or
-- sponsored by it; another name of it; or a chain of up to three such. steps: 0 where the publisher
-- or origin takes part in incidents itself. sure: every relation of the chain is stated or implied.
-- Only what relations say: where none stands, nobody has looked who is behind a publisher.
WITH RECURSIVE bodies AS (
  SELECT publisher_id AS body, source_id FROM sources WHERE publisher_id IS NOT NULL
  UNION
  SELECT origin, source_id FROM sources WHERE origin IS NOT NULL
),
held AS (
  SELECT subject_id AS body, object_id AS party, relation_id, basis IN ('stated', 'implied') AS sure
  FROM actor_relations
  WHERE object_table = 'actors' AND basis <> 'denied'
    AND relation_type IN ('part-of', 'speaks-for', 'official-of', 'facade-of', 'holds-office', 'same-as')
  UNION ALL
  SELECT object_id, subject_id, relation_id, basis IN ('stated', 'implied')
  FROM actor_relations
  WHERE object_table = 'actors' AND basis <> 'denied'
    AND relation_type IN ('controls', 'leads', 'sponsors', 'same-as')
),
chains AS (
  SELECT b.body, h.party, 1 AS steps, h.sure, 'actor_relations/' || h.relation_id AS why, '/' || b.body || '/' AS path
  FROM (SELECT DISTINCT body FROM bodies) AS b
  JOIN held AS h ON h.body = b.body
  UNION ALL
  SELECT c.body, h.party, c.steps + 1, c.sure AND h.sure, c.why || ' actor_relations/' || h.relation_id,
    c.path || c.party || '/'
  FROM chains AS c
  JOIN held AS h ON h.body = c.party
  WHERE c.steps < 3 AND NOT contains(c.path || c.party || '/', '/' || h.party || '/')
),
involved AS (SELECT DISTINCT actor_id FROM incident_actors),
ties AS (
  SELECT body, party, steps, sure, why FROM chains
  UNION ALL
  SELECT DISTINCT b.body, b.body, 0, true, 'actors/' || b.body
  FROM bodies AS b
  JOIN involved AS i ON i.actor_id = b.body
),
nearest AS (
  SELECT
    body, party, steps, sure, why,
    row_number() OVER (PARTITION BY body, party ORDER BY NOT sure, steps, why) AS nth
  FROM ties
),
links AS (
  SELECT body, party, unnest(string_split(why, ' ')) AS id FROM nearest WHERE nth = 1
  UNION
  SELECT n.body, n.party, 'sources/' || b.source_id
  FROM nearest AS n
  JOIN bodies AS b ON b.body = n.body
  WHERE n.nth = 1
),
tied AS (
  SELECT body, party, string_agg(id, ' ' ORDER BY id) AS why, count_if(id LIKE 'sources/%') AS n
  FROM links
  GROUP BY body, party
)
SELECT
  n.body AS publisher_id, coalesce(p.name, n.body) AS publisher, n.party AS party_id, coalesce(a.name, n.party) AS party,
  CAST(n.steps AS BIGINT) AS steps, n.sure, CAST(t.n AS BIGINT) AS sources, t.why
FROM nearest AS n
JOIN tied AS t ON t.body = n.body AND t.party = n.party
LEFT JOIN actors AS p ON p.actor_id = n.body
LEFT JOIN actors AS a ON a.actor_id = n.party
WHERE n.nth = 1 AND ($party IS NULL OR n.party = $party)
ORDER BY n.body, n.steps, n.party
