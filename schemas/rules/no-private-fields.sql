-- No table has a field by which a private person could be found out.
-- severity: error
SELECT "table", CAST(NULL AS BIGINT) AS _row, field,
  'the field ' || field || ' could expose a private person; expected none of its kind' AS problem
FROM _fields
WHERE regexp_matches(
    lower(field),
    '(^|_)(birth|birthday|birthdate|birthplace|born|dob|phone|telephone|whatsapp|email|mail'
      || '|passport|ssn|iban|fingerprint|biometric|biometrics|family|spouse|wife|husband|mother'
      || '|father|daughter|sibling|relatives|ethnicity|sect|religion|sexuality|disability'
      || '|diagnosis)(_|$)'
  )
  OR regexp_matches(
    lower(field),
    '(home|private|street|postal|residential)_address|(national|personal|identity|tax)_(id|card'
      || '|number)|(licence|license)_plate'
      || '|(mobile|phone|passport|account|bank)_?(id|no|number|account)'
  )
  OR (regexp_matches("table", '^(actor|person|people|victim)') AND regexp_matches(
    lower(field), '(^|_)(address|age|gender|residence|hometown|photo|face)(_|$)'
  ))
