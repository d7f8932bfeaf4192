// Which strong and weak points do authors see in a policy, or in a state's own policies?
// $thing: the id of a policy, or of the state whose own policies are meant
// :params {thing: "kazakhstan"}

MATCH (thing:Dg {key: $thing})
CALL (thing) {
  RETURN thing AS policy, '' AS owning
  UNION ALL
  // the statements that make a policy the state's own
  MATCH (thing)<-[:SUBJECT]-(own:Dg:Statement {own_policy: true, denied: false, counts: true})-[:OBJECT]->(policy:Dg)
  RETURN policy, reduce(ids = '', id IN collect(own.id) | ids + '|' + id) AS owning
}
MATCH (policy)<-[:SUBJECT]-(row:Dg:Statement {family: 'assessment_family'})
WHERE row.counts
WITH row.subject AS policy, row.predicate AS predicate, row.object AS point, row.denied AS denied,
  owning, collect(row.id) AS seen
RETURN policy, predicate, point, denied,
  substring(reduce(ids = '', id IN seen | ids + '|' + id), 1) + owning AS statements
ORDER BY policy, predicate, point, denied
