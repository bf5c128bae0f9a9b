-- The text through which a source is cited was read, in full or in part.
-- severity: error
SELECT 'citations' AS "table", c._row, 'via' AS field,
  'via is ' || c.via || ' but access to it is ' || s.access || '; expected a text that was read'
    AS problem
FROM citations AS c
JOIN sources AS s ON s.source_id = c.via
WHERE s.access IN ('cited-only', 'private')
