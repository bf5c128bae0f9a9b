-- What is sought or adhered to is an issue; a seat is a place; what is led, served or joined is an actor.
-- severity: error
SELECT 'actor_relations' AS "table", _row, 'object_table' AS field,
  relation_type || ' points to ' || object_table || '; expected '
    || CASE
      WHEN relation_type IN ('seeks', 'adheres-to') THEN 'issues'
      WHEN relation_type = 'based-in' THEN 'places'
      ELSE 'actors'
    END AS problem
FROM actor_relations
WHERE (relation_type IN ('seeks', 'adheres-to') AND object_table <> 'issues')
  OR (relation_type = 'based-in' AND object_table <> 'places')
  OR (
    relation_type IN (
      'holds-office', 'leads', 'speaks-for', 'official-of', 'member-of', 'part-of', 'subset-of',
      'embedded-in', 'facade-of', 'created-by', 'aligned-with', 'recognises-authority-of',
      'highest-authority-in', 'serves', 'controls', 'sponsors', 'rival-of', 'close-to',
      'intermediary-for', 'intermediary-to', 'same-as'
    )
    AND object_table <> 'actors'
  )
