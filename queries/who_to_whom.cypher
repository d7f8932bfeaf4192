// Who stands in one relation to whom, and about what: who lobbies whom, who funds whom?
// $predicate: the name of a relation of the ontology
// $topic: the id of what it is about; null for all
// $first $last: a day, a month, a year or a span such as 2008/2010, as its first and last day since 1970-01-01
// :params {predicate: "lobbies", topic: null, first: -999999999, last: 999999999}

MATCH (row:Dg:Statement {predicate: $predicate, denied: false, counts: true})
WHERE row.begin_earliest <= $last AND row.end_latest >= $first
UNWIND split(coalesce(row.about, ''), '|') AS about
WITH row, about,
  CASE WHEN row.begin_latest <= $last AND row.end_earliest >= $first THEN 'yes' ELSE 'unknown' END
    AS held
WHERE $topic IS NULL OR about = $topic
WITH row.subject AS subject, row.object AS object, about, max(held) AS holds,
  collect(DISTINCT row.id) AS said
RETURN subject, object, about, holds,
  substring(reduce(ids = '', id IN said | ids + '|' + id), 1) AS statements
ORDER BY subject, object, about
