-- The same position to a ceasefire, of the same time and on the same word, is told once.
-- severity: error
SELECT 'ceasefire_actors' AS "table", _row, 'position' AS field,
  'the same position stands already as ' || earlier AS problem
FROM (
  SELECT _row,
    row_number() OVER same AS nth,
    first_value(party_id) OVER same AS earlier
  FROM ceasefire_actors
  -- Only records whose hash stands twice are compared.
  WHERE hash(
      ceasefire_id, actor_id, position, date_start, date_end, basis, asserted_by,
      certainty
    ) IN (
      SELECT hash(
            ceasefire_id, actor_id, position, date_start, date_end, basis, asserted_by,
            certainty
          )
      FROM ceasefire_actors GROUP BY 1 HAVING count(*) > 1
    )
  WINDOW same AS (
    PARTITION BY
      ceasefire_id, actor_id, position, date_start, date_end, basis, asserted_by,
      certainty
    ORDER BY _row
  )
) AS told
WHERE nth > 1
