-- What was published has a date of publication.
-- severity: warning
SELECT 'sources' AS "table", _row, 'date_precision' AS field,
  'date_precision is unknown but source_type is ' || source_type
    || '; expected a date of publication, or its bounds' AS problem
FROM sources
WHERE date_precision = 'unknown' AND access <> 'private'
  AND source_type IN ('article', 'news-report', 'agency-report', 'official-statement', 'report')
