-- Two locators of one text are two sentences: their digests differ.
-- severity: warning
SELECT 'citations' AS "table", _row, 'locator' AS field,
  'locator is ' || locator || ' but the same sentence stands at ' || usual || ' in ' || earlier
    AS problem
FROM (
  SELECT _row, locator,
    first_value(locator) OVER same AS usual,
    first_value(citation_id) OVER same AS earlier
  FROM citations
  WHERE digest IS NOT NULL AND locator IS NOT NULL
    -- Only where hashes differ are the texts compared.
    AND hash(coalesce(via, source_id), digest) IN (
      SELECT hash(coalesce(via, source_id), digest) FROM citations
      WHERE digest IS NOT NULL AND locator IS NOT NULL
      GROUP BY 1 HAVING min(hash(locator)) <> max(hash(locator))
    )
  WINDOW same AS (PARTITION BY coalesce(via, source_id), digest ORDER BY _row)
) AS placed
WHERE locator <> usual
