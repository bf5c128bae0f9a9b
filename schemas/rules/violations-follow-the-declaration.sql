-- Nothing breaks a ceasefire before it is declared.
-- severity: error
SELECT 'ceasefire_incidents' AS "table", l._row, 'incident_id' AS field,
  l.incident_id || ' was over by ' || CAST(i.date_end AS VARCHAR) || ' but ' || l.ceasefire_id
    || ' was declared on ' || CAST(c.declared_on AS VARCHAR) AS problem
FROM ceasefire_incidents AS l
JOIN ceasefires AS c ON c.ceasefire_id = l.ceasefire_id
JOIN incidents AS i ON i.incident_id = l.incident_id
WHERE l.relation IN ('violation', 'breakdown') AND i.date_end < c.declared_on
