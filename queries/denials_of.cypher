// Which statements deny something of a thing, and how many affirm the same?
// $thing: the id of a subject or object; all denials without it; null for all
// :params {thing: null}

CALL () {
  WITH $thing AS asked WHERE asked IS NULL
  MATCH (row:Dg:Statement {denied: true})
  RETURN row
  UNION ALL
  MATCH (:Dg {key: $thing})<-[:SUBJECT|OBJECT]-(row:Dg:Statement {denied: true})
  RETURN row
}
// what affirms the same and counts
OPTIONAL MATCH (:Dg {key: row.subject})-[relation {predicate: row.predicate}]->(:Dg {key: row.object})
WHERE relation.statements IS NOT NULL
WITH row, head(collect(relation)) AS same
WITH row, [place IN range(0, size(coalesce(same.statements, [])) - 1)
  WHERE same.counts[place] | same.statements[place]] AS others
RETURN row.id AS denial, row.subject AS subject, row.predicate AS predicate, row.object AS object,
  row.source AS source, nullIf(row.status, 'accepted') AS status,
  row.conflict_group AS conflict_group, size(others) AS affirming,
  reduce(ids = row.id, id IN others | ids + '|' + id) AS statements
ORDER BY denial
