// What does a source say?
// $source: the id of a source
// :params {source: "nurbek2025"}

MATCH (:Dg {key: $source})<-[:SOURCE]-(row:Dg:Claim)
RETURN row.id AS claim,
  CASE WHEN row:Statement THEN 'statement' WHEN row:Observation THEN 'observation' ELSE 'coding' END
    AS kind,
  row.subject AS subject, coalesce(row.predicate, row.measure, row.item) AS term,
  coalesce(row.object, row.value) AS value, row.unit AS unit, row.denied AS denied,
  nullIf(row.status, 'accepted') AS status, row.locator AS locator,
  row.id + coalesce('|' + row.evidence, '') AS statements
ORDER BY claim
