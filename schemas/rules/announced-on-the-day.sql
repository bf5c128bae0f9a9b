-- A ceasefire is declared on the day of its announcement.
-- severity: error
SELECT 'ceasefires' AS "table", c._row, 'declared_on' AS field,
  'declared_on is ' || CAST(c.declared_on AS VARCHAR) || ' but its announcement, '
    || c.announcement_id || ', is of another day' AS problem
FROM ceasefires AS c
JOIN statements AS s ON s.statement_id = c.announcement_id
WHERE c.declared_on < s.date_start OR c.declared_on > s.date_end
