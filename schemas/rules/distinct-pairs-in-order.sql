-- A pair of distinct incidents is told once: two ids, the lesser first.
-- severity: error
SELECT 'distinct_incidents' AS "table", _row, 'other_id' AS field,
  'other_id is ' || other_id || ' and incident_id is ' || incident_id || '; expected '
    || CASE WHEN incident_id = other_id THEN 'two incidents' ELSE 'the lesser id first' END
    AS problem
FROM distinct_incidents
WHERE incident_id >= other_id
