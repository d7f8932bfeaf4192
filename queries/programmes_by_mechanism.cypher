// Which programmes and other policies work by a mechanism, and of which country are they?
// $mechanism: the id of a mechanism or another means; null for all
// $state: the id of the state whose programmes are meant; null for all
// :params {mechanism: null, state: null}

MATCH (policy:Dg:Policy)<-[:SUBJECT]-(row:Dg:Statement {denied: false, counts: true})
// what it uses, or what a statement on it has in means
WITH policy, row, split(coalesce(row.means, ''), '|') +
  CASE row.role WHEN 'mechanism' THEN [row.object] ELSE [] END AS ways
UNWIND ways AS mechanism
WITH policy, row, mechanism
WHERE mechanism <> '' AND ($mechanism IS NULL OR mechanism = $mechanism)
WITH policy, mechanism, collect(DISTINCT row.id) AS used
// the state that made or runs it, itself or by an organ
OPTIONAL MATCH (policy)<-[:OBJECT]-(made:Dg:Statement {role: 'making', denied: false, counts: true})
  -[:SUBJECT]->(maker:Dg) (()-[organ:ORGAN_OF WHERE true IN organ.counts]->())* (top:Dg:State)
WITH policy, mechanism, used, top, maker, collect(DISTINCT made.id) AS making
WHERE $state IS NULL OR top.key = $state
// every relation on a chain from the organ up to the state
CALL (maker, top) {
  WITH maker AS lowest WHERE lowest <> top
  MATCH (lowest) (()-[organ:ORGAN_OF WHERE true IN organ.counts]->())* (low)
  WITH DISTINCT low, top
  MATCH (low)-[link:ORGAN_OF]->(high)
  WHERE EXISTS { (high) (()-[organ:ORGAN_OF WHERE true IN organ.counts]->())* (top) }
  UNWIND range(0, size(coalesce(link.statements, [])) - 1) AS place
  WITH link, place WHERE link.counts[place]
  RETURN collect(DISTINCT link.statements[place]) AS linked
}
WITH policy, mechanism, top, reduce(ids = '', id IN used | ids + '|' + id)
  + reduce(ids = '', id IN making | ids + '|' + id)
  + reduce(ids = '', id IN linked | ids + '|' + id) AS said
WITH policy, mechanism, top, reduce(ids = '', each IN collect(said) | ids + each) AS said
RETURN policy.key AS programme, mechanism, coalesce(top.key, '') AS country,
  substring(said, 1) AS statements
ORDER BY programme, mechanism, country
