-- Every record leads to a citation, of its own or of its parent.
-- severity: error
SELECT r."table", r._row, '' AS field,
  r.record_id || ' has no citation; expected one at least' AS problem
FROM (SELECT * FROM _records WHERE cited = 'itself' AND record_id IS NOT NULL) AS r
ANTI JOIN citations AS c ON c."table" = r."table" AND c.record_id = r.record_id
