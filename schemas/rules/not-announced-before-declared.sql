-- No ceasefire is held to be announced before the day of its declaration.
-- severity: error
SELECT 'ceasefire_statuses' AS "table", s._row, 'date_end' AS field,
  'status is announced and date_end ' || CAST(s.date_end AS VARCHAR) || ' but declared_on is '
    || CAST(c.declared_on AS VARCHAR) AS problem
FROM ceasefire_statuses AS s
JOIN ceasefires AS c ON c.ceasefire_id = s.ceasefire_id
WHERE s.status = 'announced' AND s.date_end < c.declared_on
