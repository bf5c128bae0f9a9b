-- A source is not read via itself.
-- severity: error
SELECT 'citations' AS "table", _row, 'via' AS field,
  'via is ' || via || ', the source itself; expected it empty' AS problem
FROM citations
WHERE via = source_id
