-- date_precision says which of date_start and date_end stand: day one day twice, by an end alone, since and after a start alone.
-- severity: error
SELECT "table", _row, field,
  'date_precision is ' || date_precision || ' but date_start is '
    || coalesce(CAST(date_start AS VARCHAR), 'empty') || ' and date_end '
    || coalesce(CAST(date_end AS VARCHAR), 'empty') || '; expected '
    || CASE date_precision
      WHEN 'day' THEN 'one day in both'
      WHEN 'by' THEN 'an end alone'
      WHEN 'since' THEN 'a start alone'
      WHEN 'after' THEN 'a start alone'
      WHEN 'until' THEN 'an end'
      WHEN 'unknown' THEN 'neither'
      ELSE 'both'
    END AS problem
FROM (
  SELECT "table", _row, date_start, date_end, date_precision,
    CASE
      WHEN date_start IS NULL
        AND date_precision IN ('day', 'throughout', 'within', 'as-of', 'since', 'after')
        THEN 'date_start'
      WHEN date_start IS NOT NULL AND date_precision IN ('by', 'unknown') THEN 'date_start'
      WHEN date_end IS NULL
        AND date_precision IN ('day', 'throughout', 'within', 'as-of', 'by', 'until')
        THEN 'date_end'
      WHEN date_end IS NOT NULL AND date_precision IN ('since', 'after', 'unknown')
        THEN 'date_end'
      WHEN date_precision = 'day' AND date_start < date_end THEN 'date_end'
    END AS field
  FROM _dates
) AS dated
WHERE field IS NOT NULL
