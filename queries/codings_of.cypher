// How are policies coded, of one subject or of all, on one item or on all?
// $subject: the id of a state, or of a diaspora in a state; null for all
// $item: the name of an item of comparison of the ontology; null for all
// :params {subject: null, item: null}

CALL () {
  WITH $subject AS asked WHERE asked IS NULL
  MATCH (row:Dg:Coding)
  RETURN row
  UNION ALL
  MATCH (:Dg {key: $subject})<-[:SUBJECT]-(row:Dg:Coding)
  RETURN row
}
WITH row WHERE $item IS NULL OR row.item = $item
RETURN row.id AS coding, row.subject AS subject, row.item AS item, row.value AS value,
  row.coder AS coder, row.denied AS denied, nullIf(row.status, 'accepted') AS status,
  row.valid AS valid, row.source AS source, row.id + '|' + row.evidence AS statements
ORDER BY coding
