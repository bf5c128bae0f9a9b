-- A human source who is not named in public is not named here: a private interview has no author.
-- severity: error
SELECT 'sources' AS "table", _row, 'author' AS field,
  'author stands but source_type is interview and access private; expected it empty' AS problem
FROM sources
WHERE source_type = 'interview' AND access = 'private' AND author IS NOT NULL
