-- From what sources each actor is known: how many, of what kind and tongue, and how much from one alone.
-- asks: Through whose eyes do we see this actor?
-- reads: publisher-ties party=
-- param actor VARCHAR = of actors.actor_id: only this actor
-- param least INTEGER = 5: only actors of whom at least so many records tell
-- records: incidents that the actor takes part in, statements that it makes, that are made for it or
-- aim at it, relations and places in a ceasefire. texts: the texts read for them. origins: who was
-- quoted or whose wire it is, else the publisher. main_origin, main_share: the origin of most records,
-- and the share of the records that it tells of. one_origin: share of the records with one origin.
-- own_word: share of the records told by the actor itself or by somebody tied to it
-- (publisher-ties). whole: share of the texts read to the end. Shares are of 1.
WITH about AS (
  SELECT actor_id, 'incidents' AS in_table, incident_id AS id FROM incident_actors
  UNION
  SELECT speaker_id, 'statements', statement_id FROM statements
  UNION
  SELECT on_behalf_of, 'statements', statement_id FROM statements WHERE on_behalf_of IS NOT NULL
  UNION
  SELECT target_id, 'statements', statement_id FROM statement_targets WHERE target_table = 'actors'
  UNION
  SELECT subject_id, 'actor_relations', relation_id FROM actor_relations
  UNION
  SELECT object_id, 'actor_relations', relation_id FROM actor_relations WHERE object_table = 'actors'
  UNION
  SELECT actor_id, 'ceasefire_actors', party_id FROM ceasefire_actors
),
asked AS (
  SELECT a.actor_id, count(*) AS records
  FROM about AS a
  WHERE $actor IS NULL OR a.actor_id = $actor
  GROUP BY a.actor_id
  HAVING count(*) >= coalesce($least, 0)
),
texts AS (
  SELECT DISTINCT
    a.actor_id, a.in_table, a.id, s.source_id, s.source_type, coalesce(s."language", 'not said') AS tongue,
    s.access, coalesce(s.origin, s.publisher_id, s.source_id) AS origin
  FROM about AS a
  JOIN asked AS q ON q.actor_id = a.actor_id
  JOIN citations AS c ON c."table" = a.in_table AND c.record_id = a.id AND c.support <> 'contradicts'
  JOIN sources AS s ON s.source_id = coalesce(c.via, c.source_id)
),
per_record AS (
  SELECT
    t.actor_id, t.in_table, t.id, count(DISTINCT t.origin) AS origins,
    bool_or(t.origin = t.actor_id OR p.party_id IS NOT NULL) AS own
  FROM texts AS t
  LEFT JOIN publisher_ties AS p ON p.publisher_id = t.origin AND p.party_id = t.actor_id
  GROUP BY t.actor_id, t.in_table, t.id
),
summed AS (
  SELECT actor_id, count(*) AS cited, count_if(origins = 1) AS one, count_if(own) AS own
  FROM per_record
  GROUP BY actor_id
),
per_origin AS (
  SELECT actor_id, origin, count(DISTINCT in_table || '/' || id) AS n FROM texts GROUP BY actor_id, origin
),
ranked AS (
  SELECT
    actor_id, origin, n, count(*) OVER (PARTITION BY actor_id) AS origins,
    row_number() OVER (PARTITION BY actor_id ORDER BY n DESC, origin) AS nth
  FROM per_origin
),
each_text AS (SELECT DISTINCT actor_id, source_id, source_type, tongue, access FROM texts),
per_kind AS (SELECT actor_id, source_type, count(*) AS n FROM each_text GROUP BY actor_id, source_type),
kinds AS (
  SELECT
    actor_id, string_agg(source_type || ' ' || CAST(n AS VARCHAR), ', ' ORDER BY n DESC, source_type) AS kinds
  FROM per_kind
  GROUP BY actor_id
),
per_tongue AS (SELECT actor_id, tongue, count(*) AS n FROM each_text GROUP BY actor_id, tongue),
tongues AS (
  SELECT actor_id, string_agg(tongue || ' ' || CAST(n AS VARCHAR), ', ' ORDER BY n DESC, tongue) AS tongues
  FROM per_tongue
  GROUP BY actor_id
),
read AS (
  SELECT actor_id, count(*) AS texts, count_if(access = 'read') AS whole FROM each_text GROUP BY actor_id
),
ids AS (
  SELECT a.actor_id, a.in_table || '/' || a.id AS id FROM about AS a JOIN asked AS q ON q.actor_id = a.actor_id
  UNION
  SELECT actor_id, 'sources/' || source_id FROM each_text
),
rested AS (SELECT actor_id, string_agg(id, ' ' ORDER BY id) AS why FROM ids GROUP BY actor_id)
SELECT
  q.actor_id, coalesce(x.name, q.actor_id) AS actor, CAST(q.records AS BIGINT) AS records,
  CAST(coalesce(r.texts, 0) AS BIGINT) AS texts, CAST(coalesce(m.origins, 0) AS BIGINT) AS origins,
  m.origin AS main_origin, round(m.n / CAST(s.cited AS DOUBLE), 2) AS main_share,
  round(s.one / CAST(s.cited AS DOUBLE), 2) AS one_origin, round(s.own / CAST(s.cited AS DOUBLE), 2) AS own_word,
  round(r.whole / CAST(r.texts AS DOUBLE), 2) AS whole, k.kinds, t.tongues, w.why
FROM asked AS q
JOIN rested AS w ON w.actor_id = q.actor_id
LEFT JOIN summed AS s ON s.actor_id = q.actor_id
LEFT JOIN ranked AS m ON m.actor_id = q.actor_id AND m.nth = 1
LEFT JOIN read AS r ON r.actor_id = q.actor_id
LEFT JOIN kinds AS k ON k.actor_id = q.actor_id
LEFT JOIN tongues AS t ON t.actor_id = q.actor_id
LEFT JOIN actors AS x ON x.actor_id = q.actor_id
ORDER BY q.records DESC, q.actor_id
