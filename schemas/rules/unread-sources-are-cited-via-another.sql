-- A source known only from a citation is cited via the text that cites it.
-- severity: error
SELECT 'citations' AS "table", c._row, 'via' AS field,
  'via is empty but access to ' || c.source_id || ' is cited-only; expected the text that was read'
    AS problem
FROM citations AS c
JOIN sources AS s ON s.source_id = c.source_id
WHERE s.access = 'cited-only' AND c.via IS NULL AND c."table" <> 'sources'
