-- A text cites nothing that was published after it.
-- severity: warning
SELECT 'citations' AS "table", min(c._row) AS _row, 'source_id' AS field,
  c.source_id || ' is of ' || CAST(s.date_start AS VARCHAR) || ' but ' || c.via
    || ', which cites it, of ' || CAST(v.date_end AS VARCHAR) AS problem
FROM citations AS c
JOIN sources AS s ON s.source_id = c.source_id
JOIN sources AS v ON v.source_id = c.via
WHERE s.date_start > v.date_end
GROUP BY c.source_id, c.via, s.date_start, v.date_end
