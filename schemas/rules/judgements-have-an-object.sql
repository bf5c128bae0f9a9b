-- Who condemns, criticises, accuses, rejects, endorses, denies or claims says whom or what.
-- severity: warning
SELECT 'statements' AS "table", s._row, 'statement_type' AS field,
  s.statement_id || ' (' || s.statement_type
    || ') has no target in the role topic, affected or in-response-to' AS problem
FROM statements AS s
WHERE s.statement_type IN (
    'condemn', 'criticise', 'accuse', 'reject', 'endorse', 'deny', 'claim-responsibility'
  )
  AND NOT EXISTS (
    SELECT 1 FROM statement_targets AS t
    WHERE t.statement_id = s.statement_id AND t.role IN ('topic', 'affected', 'in-response-to')
  )
