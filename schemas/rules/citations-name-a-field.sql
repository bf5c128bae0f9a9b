-- A citation supports a field that its table has, or * for the whole record.
-- severity: error
SELECT 'citations' AS "table", c._row, 'field' AS field,
  'field is ' || c.field || '; expected * or a field of ' || c."table" AS problem
FROM citations AS c
WHERE c.field <> '*'
  AND EXISTS (SELECT 1 FROM _tables AS t WHERE t."table" = c."table")
  AND NOT EXISTS (
    SELECT 1 FROM _fields AS f WHERE f."table" = c."table" AND f.field = c.field
  )
