-- name_ar stands in Arabic letters.
-- severity: warning
SELECT 'places' AS "table", _row, 'name_ar' AS field,
  'name_ar is ' || name_ar || '; expected Arabic letters' AS problem
FROM places
WHERE NOT regexp_matches(name_ar, '[ء-ۿ]')
