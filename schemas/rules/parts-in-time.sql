-- A part lies in the time of its whole, as far as both are known.
-- severity: error
WITH bounds AS (
  SELECT "table", record_id,
    CASE WHEN date_precision IN ('day', 'throughout', 'within', 'since', 'after') THEN date_start
      END AS first_day,
    CASE WHEN date_precision IN ('day', 'throughout', 'within', 'by', 'until') THEN date_end
      END AS last_day
  FROM _dates
)
SELECT d."table", d._row,
  CASE
    WHEN d.date_start > w.last_day THEN 'date_start'
    WHEN d.date_start < w.first_day AND d.date_precision IN ('day', 'throughout') THEN 'date_start'
    ELSE 'date_end'
  END AS field,
  'the part lies ' || CASE
      WHEN d.date_start IS NULL THEN 'by ' || CAST(d.date_end AS VARCHAR)
      WHEN d.date_end IS NULL THEN 'from ' || CAST(d.date_start AS VARCHAR)
      ELSE 'from ' || CAST(d.date_start AS VARCHAR) || ' to ' || CAST(d.date_end AS VARCHAR)
    END
    || ' but its whole, ' || p.part_of || ', '
    || coalesce('from ' || CAST(w.first_day AS VARCHAR), 'from an unknown day') || ' to '
    || coalesce(CAST(w.last_day AS VARCHAR), 'an unknown day') AS problem
FROM _parts AS p
JOIN _dates AS d ON d."table" = p."table" AND d.record_id = p.record_id
JOIN bounds AS w ON w."table" = p."table" AND w.record_id = p.part_of
WHERE p.part_of <> p.record_id
  AND (
    d.date_start > w.last_day
    OR d.date_end < w.first_day
    OR (
      d.date_precision IN ('day', 'throughout')
      AND (d.date_start < w.first_day OR d.date_end > w.last_day)
    )
  )
