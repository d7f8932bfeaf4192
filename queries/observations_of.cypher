// What was observed of a subject or of all, by one measure or by all, over time?
// $subject: the id of what was observed; null for all
// $measure: the name of a measure of the ontology; null for all
// $first $last: a day, a month, a year or a span such as 2008/2010, as its first and last day since 1970-01-01
// :params {subject: "chinese-diaspora", measure: null, first: -999999999, last: 999999999}

CALL () {
  WITH $subject AS asked WHERE asked IS NULL
  MATCH (row:Dg:Observation)
  RETURN row
  UNION ALL
  MATCH (:Dg {key: $subject})<-[:SUBJECT]-(row:Dg:Observation)
  RETURN row
}
WITH row WHERE ($measure IS NULL OR row.measure = $measure)
  AND row.begin_earliest <= $last AND row.end_latest >= $first
RETURN row.id AS observation, row.subject AS subject, row.measure AS measure, row.category AS category, row.value AS value,
  row.value_high AS value_high, nullIf(row.bound, 'exact') AS bound, row.unit AS unit,
  row.base AS base, row.partner AS partner, row.definition AS definition,
  row.obs_status AS obs_status, row.denied AS denied, nullIf(row.status, 'accepted') AS status,
  CASE WHEN row.begin_latest <= $last AND row.end_earliest >= $first THEN 'yes' ELSE 'unknown' END
    AS holds,
  row.valid AS valid, row.begin_earliest AS begins_earliest, row.end_latest AS ends_latest,
  row.source AS source, row.id AS statements
ORDER BY observation
