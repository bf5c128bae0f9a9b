-- A citation that contradicts says what its source says instead.
-- severity: error
SELECT 'citations' AS "table", _row, 'value' AS field,
  'value is empty but support is contradicts; expected what the source says' AS problem
FROM citations
WHERE support = 'contradicts' AND value IS NULL
