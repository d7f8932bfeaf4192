// Which claims stand in a conflict or have a flag on them?
// $thing: the id of a subject or object; all claims without it; null for all
// :params {thing: null}

CALL () {
  WITH $thing AS asked WHERE asked IS NULL
  MATCH (row:Dg:Claim)
  RETURN row
  UNION ALL
  MATCH (:Dg {key: $thing})<-[:SUBJECT|OBJECT]-(row:Dg:Claim)
  RETURN row
}
OPTIONAL MATCH (row)<-[:TARGET]-(flag:Dg:Flag)
WITH DISTINCT row, flag WHERE row.conflict_group IS NOT NULL OR flag IS NOT NULL
RETURN row.id AS claim,
  CASE WHEN row:Statement THEN 'statement' WHEN row:Observation THEN 'observation' ELSE 'coding' END
    AS kind,
  row.subject AS subject, coalesce(row.predicate, row.measure, row.item) AS term,
  nullIf(row.status, 'accepted') AS status, row.conflict_group AS conflict_group,
  flag.id AS flag, flag.kind AS flag_kind,
  row.id + coalesce('|' + row.evidence, '') AS statements
ORDER BY claim, coalesce(flag, '')
