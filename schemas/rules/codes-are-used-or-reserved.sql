-- Every code of a list is used, or its table marks it as reserved.
-- severity: warning
SELECT c."table", CAST(NULL AS BIGINT) AS _row, c.field,
  c.field || ': no record uses '
    || string_agg(CASE WHEN u.code IS NULL AND NOT c.reserved THEN c.code END, ', ' ORDER BY c.code)
    || '; expected records that do, or hudna.reserved in the schema' AS problem
FROM _codes AS c
LEFT JOIN (SELECT DISTINCT "table", field, code FROM _used) AS u
  ON u."table" = c."table" AND u.field = c.field AND u.code = c.code
GROUP BY c."table", c.field
HAVING count(u.code) > 0 AND count(*) FILTER (WHERE u.code IS NULL AND NOT c.reserved) > 0
