-- A digest belongs to a sentence: its locator stands.
-- severity: error
SELECT 'citations' AS "table", _row, 'locator' AS field,
  'locator is empty but digest is not; expected where the sentence is' AS problem
FROM citations
WHERE digest IS NOT NULL AND locator IS NULL
