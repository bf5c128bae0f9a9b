-- On one word, nobody is a party to a ceasefire and no party to it, or declares and rejects it.
-- severity: warning
SELECT 'ceasefire_actors' AS "table", b._row, 'position' AS field,
  b.actor_id || ' is ' || b.position || ' but ' || a.position || ' in ' || a.party_id
    || ', at the same time and on the same word' AS problem
FROM ceasefire_actors AS a
JOIN ceasefire_actors AS b
  ON b.ceasefire_id = a.ceasefire_id AND b.actor_id = a.actor_id
  AND b.basis = a.basis AND b.asserted_by IS NOT DISTINCT FROM a.asserted_by
  AND b.date_start IS NOT DISTINCT FROM a.date_start
  AND b.date_end IS NOT DISTINCT FROM a.date_end
WHERE a.position IN ('declarer', 'party') AND b.position IN ('non-party', 'rejecter')
