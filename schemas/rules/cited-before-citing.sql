-- A text cites nothing that was published after it.
-- severity: warning
-- Dates are compared for each pair at the end: else every source may be held against every other.
SELECT 'citations' AS "table", min(c._row) AS _row, 'source_id' AS field,
  c.source_id || ' is of ' || CAST(min(s.date_start) AS VARCHAR) || ' but ' || c.via
    || ', which cites it, of ' || CAST(min(v.date_end) AS VARCHAR) AS problem
FROM citations AS c
JOIN sources AS s ON s.source_id = c.source_id
JOIN sources AS v ON v.source_id = c.via
GROUP BY c.source_id, c.via
HAVING min(s.date_start) > min(v.date_end)
