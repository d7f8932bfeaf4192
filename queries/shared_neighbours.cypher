// What do two things have in common, such as allies, rivals or issues?
// $one: the id of one thing
// $other: the id of the other thing
// $predicate: the one relation to look at; null for all
// :params {one: "anca", other: "aaa", predicate: null}

MATCH (:Dg {key: $one})<-[:SUBJECT|OBJECT]-(near:Dg:Statement {denied: false, counts: true})
WHERE $predicate IS NULL OR near.predicate = $predicate
WITH CASE near.subject WHEN $one THEN near.object ELSE near.subject END AS neighbour,
  CASE near.subject WHEN $one THEN '' ELSE '^' END + near.predicate AS relation,
  collect(near.id) AS said
WHERE NOT neighbour IN [$one, $other]
MATCH (:Dg {key: neighbour})<-[:SUBJECT|OBJECT]-(far:Dg:Statement {denied: false, counts: true})
WHERE $other IN [far.subject, far.object] AND ($predicate IS NULL OR far.predicate = $predicate)
WITH neighbour, relation, said,
  CASE far.subject WHEN $other THEN '' ELSE '^' END + far.predicate AS other_relation,
  collect(far.id) AS other_said
RETURN neighbour, relation, other_relation,
  substring(reduce(ids = '', id IN said | ids + '|' + id), 1)
    + reduce(ids = '', id IN other_said | ids + '|' + id) AS statements
ORDER BY neighbour, relation, other_relation
