-- on_behalf_of names somebody else than the speaker.
-- severity: warning
SELECT 'statements' AS "table", _row, 'on_behalf_of' AS field,
  'on_behalf_of is the speaker, ' || speaker_id || '; expected somebody else, or none' AS problem
FROM statements
WHERE on_behalf_of = speaker_id
