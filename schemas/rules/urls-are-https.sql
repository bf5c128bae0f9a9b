-- The address of a source is a public web address, https where it can be.
-- severity: warning
SELECT 'sources' AS "table", _row,
  CASE WHEN url NOT LIKE 'https://%' THEN 'url' ELSE 'archive_url' END AS field,
  CASE WHEN url NOT LIKE 'https://%' THEN 'url is ' || url ELSE 'archive_url is ' || archive_url END
    || '; expected https://' AS problem
FROM sources
WHERE url NOT LIKE 'https://%' OR archive_url NOT LIKE 'https://%'
