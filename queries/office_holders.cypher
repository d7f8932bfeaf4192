// Who holds which office, and when?
// $thing: the id of a body or a person; all without it; null for all
// $first $last: a day, a month, a year or a span such as 2008/2010, as its first and last day since 1970-01-01
// :params {thing: "ministry-of-diaspora-of-armenia", first: -999999999, last: 999999999}

CALL () {
  WITH $thing AS asked WHERE asked IS NULL
  MATCH (row:Dg:Statement {role: 'office', denied: false, counts: true})
  RETURN row
  UNION
  MATCH (:Dg {key: $thing})<-[:SUBJECT|OBJECT]-(row:Dg:Statement {role: 'office', denied: false, counts: true})
  RETURN row
}
WITH row WHERE row.begin_earliest <= $last AND row.end_latest >= $first
RETURN row.object AS body, row.subject AS person, row.predicate AS predicate,
  CASE WHEN row.begin_latest <= $last AND row.end_earliest >= $first THEN 'yes' ELSE 'unknown' END
    AS holds,
  row.valid AS valid, row.begin_earliest AS begins_earliest, row.end_latest AS ends_latest,
  row.gist AS gist, row.id AS statements
ORDER BY body, person, predicate, statements
