// Who acts on a thing, along affirmed relations by which influence flows to it?
// $thing: the id of what is acted on
// :params {thing: "us-policy-toward-armenia"}

MATCH (actor:Dg)-[relation:INFLUENCES]->(:Dg {key: $thing})
WHERE relation.along IS NOT NULL
WITH actor, relation, [place IN range(0, size(coalesce(relation.statements, [])) - 1)
  WHERE relation.counts[place] | relation.statements[place]] AS said
WHERE size(said) > 0
RETURN actor.key AS actor, relation.predicate AS predicate, NOT relation.along AS against,
  substring(reduce(ids = '', id IN said | ids + '|' + id), 1) AS statements
ORDER BY actor, predicate, against
