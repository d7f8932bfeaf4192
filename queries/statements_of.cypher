// Which statements, affirmed or denied, have a thing as their subject or object?
// $thing: the id of an entity or a source
// $first $last: a day, a month, a year or a span such as 2008/2010, as its first and last day since 1970-01-01
// :params {thing: "anca", first: -999999999, last: 999999999}

MATCH (:Dg {key: $thing})<-[:SUBJECT|OBJECT]-(row:Dg:Statement)
WHERE row.begin_earliest <= $last AND row.end_latest >= $first
RETURN row.id AS statement, CASE row.subject WHEN $thing THEN 'subject' ELSE 'object' END AS role,
  row.subject AS subject, row.predicate AS predicate, row.object AS object, row.denied AS denied,
  CASE WHEN row.begin_latest <= $last AND row.end_earliest >= $first THEN 'yes' ELSE 'unknown' END
    AS holds,
  row.valid AS valid, nullIf(row.status, 'accepted') AS status, row.confidence AS confidence,
  row.source AS source, row.id AS statements
ORDER BY statement
