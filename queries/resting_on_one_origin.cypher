// Which relations rest on a single origin?
// $thing: the id of a subject or object; all relations without it; null for all
// $origin: the id of the origin, a source or an actor; null for all
// :params {thing: "anca", origin: null}

CALL () {
  WITH $thing AS asked WHERE asked IS NULL
  MATCH (row:Dg:Statement {denied: false, counts: true})
  RETURN row
  UNION
  MATCH (:Dg {key: $thing})<-[:SUBJECT|OBJECT]-(row:Dg:Statement {denied: false, counts: true})
  RETURN row
}
WITH row.subject AS subject, row.predicate AS predicate, row.object AS object,
  collect(DISTINCT split(coalesce(row.cited, row.source), '|')[0]) AS origins,
  collect(row.id) AS said
WHERE size(origins) = 1 AND ($origin IS NULL OR origins[0] = $origin)
RETURN subject, predicate, object, origins[0] AS origin,
  substring(reduce(ids = '', id IN said | ids + '|' + id), 1) AS statements
ORDER BY subject, predicate, object
