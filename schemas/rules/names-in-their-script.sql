-- A name in Arabic or Persian stands in Arabic letters, one tagged Latn in Latin letters.
-- severity: warning
SELECT 'actor_names' AS "table", _row, 'name' AS field,
  'the name is ' || name || ' but language is ' || language || '; expected '
    || CASE WHEN language IN ('ar', 'fa', 'ckb') THEN 'Arabic' ELSE 'Latin' END || ' letters'
    AS problem
FROM actor_names
WHERE (language IN ('ar', 'fa', 'ckb') AND NOT regexp_matches(name, '[ء-ۿ]'))
  OR (
    (language = 'en' OR language LIKE '%-Latn%')
    AND regexp_matches(name, '[ء-ۿ]')
  )
