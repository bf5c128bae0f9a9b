-- Every record leads to a citation, of its own or of its parent.
-- severity: error
SELECT r."table", r._row, '' AS field,
  r.record_id || ' has no citation; expected one at least' AS problem
FROM _records AS r
WHERE r.cited = 'itself' AND r.record_id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM citations AS c WHERE c."table" = r."table" AND c.record_id = r.record_id
  )
