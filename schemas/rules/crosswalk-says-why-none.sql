-- Where nothing fits, a crosswalk has no code and says why; where something fits, it has the code.
-- severity: error
SELECT 'crosswalk' AS "table", _row,
  CASE WHEN "match" = 'none' AND scheme_code IS NULL THEN 'note' ELSE 'scheme_code' END AS field,
  'match is ' || "match" || ' but ' || CASE
      WHEN "match" <> 'none' THEN 'scheme_code is empty; expected the code'
      WHEN scheme_code IS NOT NULL THEN 'scheme_code is ' || scheme_code || '; expected none'
      ELSE 'note is empty; expected why nothing fits'
    END AS problem
FROM crosswalk
WHERE ("match" = 'none') <> (scheme_code IS NULL) OR ("match" = 'none' AND note IS NULL)
