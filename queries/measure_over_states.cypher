// How do states compare by one measure, over time?
// $measure: the name of a measure of the ontology
// $first $last: a day, a month, a year or a span such as 2008/2010, as its first and last day since 1970-01-01
// :params {measure: "repatriates", first: -999999999, last: 999999999}

MATCH (row:Dg:Observation {measure: $measure, denied: false, counts: true})-[:SUBJECT]->(subject:Dg)
WHERE row.begin_earliest <= $last AND row.end_latest >= $first
OPTIONAL MATCH (row)-[:PARTNER]->(partner:Dg:State)
WITH row, CASE WHEN subject:State THEN subject ELSE partner END AS state
WHERE state IS NOT NULL
RETURN state.key AS state, row.id AS observation, row.subject AS subject, row.category AS category,
  row.partner AS partner, row.value AS value, row.value_high AS value_high,
  nullIf(row.bound, 'exact') AS bound, row.unit AS unit, row.definition AS definition,
  CASE WHEN row.begin_latest <= $last AND row.end_earliest >= $first THEN 'yes' ELSE 'unknown' END
    AS holds,
  row.valid AS valid, row.begin_earliest AS begins_earliest, row.end_latest AS ends_latest,
  row.source AS source, row.id AS statements
ORDER BY state, observation
