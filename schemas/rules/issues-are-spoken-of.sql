-- Every issue is the target of a statement or the object of a tie.
-- severity: warning
SELECT 'issues' AS "table", i._row, 'issue_id' AS field,
  'nothing refers to ' || i.issue_id || '; expected a statement or a tie that does' AS problem
FROM issues AS i
WHERE NOT EXISTS (
    SELECT 1 FROM _references AS r
    WHERE r.to_table = 'issues' AND r.to_id = i.issue_id AND r."table" <> 'citations'
  )
