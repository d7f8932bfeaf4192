// Who or what is a member, a part or an organ of something?
// $thing: the id of a whole, such as an organisation
// $first $last: a day, a month, a year or a span such as 2008/2010, as its first and last day since 1970-01-01
// :params {thing: "jewish-agency", first: -999999999, last: 999999999}

MATCH (:Dg {key: $thing})<-[:OBJECT]-(row:Dg:Statement {role: 'inclusion', denied: false, counts: true})
WHERE row.begin_earliest <= $last AND row.end_latest >= $first
RETURN row.subject AS member, row.predicate AS predicate,
  CASE WHEN row.begin_latest <= $last AND row.end_earliest >= $first THEN 'yes' ELSE 'unknown' END
    AS holds,
  row.valid AS valid, row.id AS statements
ORDER BY member, predicate, statements
