// Which laws and other outcomes is a lobby credited with, by whom, and who disputes it?
// $thing: the id of an actor or an outcome; all without it; null for all
// :params {thing: null}

CALL () {
  WITH $thing AS asked WHERE asked IS NULL
  MATCH (row:Dg:Statement {role: 'credit', denied: false, counts: true})
  RETURN row
  UNION
  MATCH (:Dg {key: $thing})<-[:SUBJECT|OBJECT]-(row:Dg:Statement {role: 'credit', denied: false, counts: true})
  RETURN row
}
// a denial of the same, or another statement of the conflict group, on another relation
OPTIONAL CALL (row) {
  MATCH (:Dg {key: row.subject})<-[:SUBJECT]-(other:Dg:Statement {predicate: row.predicate,
    object: row.object, denied: true, counts: true})
  RETURN other
  UNION ALL
  MATCH (other:Dg:Statement {conflict_group: row.conflict_group, counts: true})
  WHERE other.subject <> row.subject OR other.predicate <> row.predicate OR other.object <> row.object
  RETURN other
}
RETURN row.id AS credit, row.subject AS actor, row.object AS outcome, row.source AS source,
  row.cited AS cited, other.id AS objection, other.source AS objector,
  row.id + coalesce('|' + other.id, '') AS statements
ORDER BY credit, objection
