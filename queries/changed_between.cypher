// What changed between two times?
// $thing: the id of a subject or object; all without it; null for all
// $before_first $before_last: the earlier day, month, year or span, as its first and last day since 1970-01-01
// $after_first $after_last: the later day, month, year or span, as its first and last day since 1970-01-01
// :params {thing: "anca", before_first: 13514, before_last: 13878, after_first: 17897, after_last: 18261}

CALL () {
  WITH $thing AS asked WHERE asked IS NULL
  MATCH (row:Dg:Statement {counts: true})
  RETURN row
  UNION
  MATCH (:Dg {key: $thing})<-[:SUBJECT|OBJECT]-(row:Dg:Statement {counts: true})
  RETURN row
}
WITH row,
  CASE WHEN row.begin_latest <= $before_last AND row.end_earliest >= $before_first THEN 'yes'
    WHEN row.begin_earliest <= $before_last AND row.end_latest >= $before_first THEN 'unknown'
    ELSE 'no' END AS before,
  CASE WHEN row.begin_latest <= $after_last AND row.end_earliest >= $after_first THEN 'yes'
    WHEN row.begin_earliest <= $after_last AND row.end_latest >= $after_first THEN 'unknown'
    ELSE 'no' END AS after
WHERE before <> after OR before = 'unknown'
RETURN row.id AS statement,
  CASE before + after WHEN 'noyes' THEN 'appeared' WHEN 'yesno' THEN 'ended' ELSE 'unknown' END
    AS change,
  row.subject AS subject, row.predicate AS predicate, row.object AS object, row.denied AS denied,
  before, after, row.valid AS valid, row.id AS statements
ORDER BY statement
