-- Who is not named in public has no identifier by which to be found out.
-- severity: error
SELECT 'actors' AS "table", _row, 'wikidata_id' AS field,
  'wikidata_id is ' || wikidata_id || ' but named is false; expected it empty' AS problem
FROM actors
WHERE NOT named AND wikidata_id IS NOT NULL
