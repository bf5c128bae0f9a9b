-- An aggregate can stand for several events: it has a lowest number, and its highest is not 1.
-- severity: error
SELECT 'incidents' AS "table", _row,
  CASE WHEN events_low IS NULL THEN 'events_low' ELSE 'events_high' END AS field,
  'extent is aggregate but events_low and events_high are '
    || coalesce(CAST(events_low AS VARCHAR), 'empty') || ' and '
    || coalesce(CAST(events_high AS VARCHAR), 'empty') || '; expected '
    || CASE WHEN events_low IS NULL THEN 'a lowest number (a bare plural is 2)'
      ELSE 'more than one, or extent single' END AS problem
FROM incidents
WHERE extent = 'aggregate' AND (events_low IS NULL OR events_high = 1)
