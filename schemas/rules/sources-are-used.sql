-- Every source supports something.
-- severity: warning
SELECT 'sources' AS "table", s._row, 'source_id' AS field,
  'no citation names ' || s.source_id || '; expected one that does' AS problem
FROM sources AS s
WHERE NOT EXISTS (SELECT 1 FROM citations AS c WHERE c.source_id = s.source_id)
  AND NOT EXISTS (SELECT 1 FROM citations AS c WHERE c.via = s.source_id)
