-- One locator of one text has one digest.
-- severity: error
SELECT 'citations' AS "table", _row, 'digest' AS field,
  'digest is ' || left(digest, 8) || '… but that of ' || coalesce(via, source_id) || ' '
    || locator || ' is ' || left(usual, 8) || '… in ' || earlier AS problem
FROM (
  SELECT _row, source_id, via, locator, digest,
    first_value(digest) OVER same AS usual,
    first_value(citation_id) OVER same AS earlier
  FROM citations
  WHERE digest IS NOT NULL AND locator IS NOT NULL
    -- Only where hashes differ are the texts compared.
    AND hash(coalesce(via, source_id), locator) IN (
      SELECT hash(coalesce(via, source_id), locator) FROM citations
      WHERE digest IS NOT NULL AND locator IS NOT NULL
      GROUP BY 1 HAVING min(hash(digest)) <> max(hash(digest))
    )
  WINDOW same AS (PARTITION BY coalesce(via, source_id), locator ORDER BY _row)
) AS placed
WHERE digest <> usual
