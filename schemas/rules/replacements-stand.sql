-- What replaces a withdrawn record is itself neither withdrawn nor the same.
-- severity: error
SELECT 'withdrawn' AS "table", w._row, 'replaced_by' AS field,
  'replaced_by is ' || w.replaced_by || ', which is withdrawn; expected a record that stands'
    AS problem
FROM withdrawn AS w
WHERE EXISTS (
    SELECT 1 FROM withdrawn AS o
    WHERE o."table" = w."table" AND o.record_id = w.replaced_by
  )
