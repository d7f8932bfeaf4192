// On which claims did a coder base the codings, of one item or of all?
// $coder: the name of a coder, as in the codings
// $item: the name of an item of comparison of the ontology; null for all
// :params {coder: "second coder", item: null}

MATCH (row:Dg:Coding {coder: $coder})-[:EVIDENCE]->(claim:Dg:Claim)
WHERE $item IS NULL OR row.item = $item
WITH DISTINCT row, claim
RETURN row.id AS coding, row.subject AS subject, row.item AS item, row.value AS value,
  nullIf(row.status, 'accepted') AS status, claim.id AS claim, claim.source AS source,
  claim.locator AS locator, row.id + '|' + claim.id AS statements
ORDER BY coding, claim
