-- The address of a source is a public web address: https, unless the page was read at a plain one.
-- severity: warning
SELECT 'sources' AS "table", _row,
  CASE WHEN plain THEN 'url' ELSE 'archive_url' END AS field,
  CASE WHEN plain THEN 'url is ' || url ELSE 'archive_url is ' || archive_url END
    || '; expected https://' AS problem
FROM (
  SELECT *,
    coalesce(url NOT LIKE 'https://%', FALSE)
      AND NOT (url LIKE 'http://%' AND access IN ('read', 'excerpt')) AS plain
  FROM sources
) AS s
WHERE plain OR archive_url NOT LIKE 'https://%'
