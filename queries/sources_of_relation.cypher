// Which sources affirm or deny one relation between two things, and where?
// $subject: the id of the relation's subject
// $predicate: the name of a relation of the ontology
// $object: the id of the relation's object
// :params {subject: "anca", predicate: "lobbiesOn", object: "us-policy-toward-armenia"}

MATCH (:Dg {key: $subject})<-[:SUBJECT]-(row:Dg:Statement {predicate: $predicate})
  -[:OBJECT]->(:Dg {key: $object})
RETURN row.id AS statement, row.denied AS denied, row.source AS source, row.locator AS locator,
  row.cited AS cited, row.confidence AS confidence, row.certainty AS certainty,
  nullIf(row.status, 'accepted') AS status, row.valid AS valid, row.id AS statements
ORDER BY statement
