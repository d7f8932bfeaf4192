// On whom or what do two things both act, along relations by which influence flows?
// $one: the id of one thing
// $other: the id of the other thing
// :params {one: "anca", other: "aaa"}

MATCH (:Dg {key: $one})-[near:INFLUENCES]->(target:Dg)
WHERE near.along IS NOT NULL AND NOT target.key IN [$one, $other]
MATCH (:Dg {key: $other})-[far:INFLUENCES]->(target)
WHERE far.along IS NOT NULL
WITH target, near, far,
  [place IN range(0, size(coalesce(near.statements, [])) - 1)
    WHERE near.counts[place] | near.statements[place]] AS said,
  [place IN range(0, size(coalesce(far.statements, [])) - 1)
    WHERE far.counts[place] | far.statements[place]] AS other_said
WHERE size(said) > 0 AND size(other_said) > 0
RETURN target.key AS target, CASE WHEN near.along THEN '' ELSE '^' END + near.predicate AS relation,
  CASE WHEN far.along THEN '' ELSE '^' END + far.predicate AS other_relation,
  substring(reduce(ids = '', id IN (said + other_said) | ids + '|' + id), 1) AS statements
ORDER BY target, relation, other_relation
