-- A tie that holds both ways has no upper end, and reads alike from both.
-- severity: error
SELECT 'relation_types' AS "table", _row,
  CASE WHEN hierarchical THEN 'hierarchical' ELSE 'inverse_label' END AS field,
  code || ' is symmetric but '
    || CASE WHEN hierarchical THEN 'hierarchical too'
      ELSE 'reads ' || label || ' one way and ' || inverse_label || ' the other' END AS problem
FROM relation_types
WHERE "symmetric" AND (hierarchical OR label <> inverse_label)
