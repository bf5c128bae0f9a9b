-- A private source has no address by which to find it.
-- severity: error
SELECT 'sources' AS "table", _row,
  CASE WHEN url IS NOT NULL THEN 'url' ELSE 'archive_url' END AS field,
  coalesce(url, archive_url) || ' is the address of a private source; expected none' AS problem
FROM sources
WHERE access = 'private' AND (url IS NOT NULL OR archive_url IS NOT NULL)
