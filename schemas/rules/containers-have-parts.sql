-- A container holds something: some incident or statement took place in it.
-- severity: warning
SELECT 'incidents' AS "table", i._row, 'extent' AS field,
  i.incident_id || ' is a container without parts; expected parts, or another extent' AS problem
FROM incidents AS i
WHERE i.extent = 'container'
  AND NOT EXISTS (SELECT 1 FROM incidents AS p WHERE p.part_of = i.incident_id)
  AND NOT EXISTS (
    SELECT 1 FROM _references AS r
    WHERE r.to_table = 'incidents' AND r.to_id = i.incident_id AND r."table" = 'statement_targets'
  )
