-- A forecast that may not be out yet is open.
-- severity: warning
SELECT 'resolutions' AS "table", r._row, 'outcome' AS field,
  'outcome is ' || r.outcome || ' as of ' || CAST(r.as_of AS VARCHAR) || ' but ' || r.statement_id
    || ' may be as late as ' || CAST(s.date_end AS VARCHAR) || '; expected open' AS problem
FROM resolutions AS r
JOIN statements AS s ON s.statement_id = r.statement_id
WHERE r.outcome <> 'open' AND r.as_of < s.date_end
