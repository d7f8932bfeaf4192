// Who runs programmes for a community, its parts, or what it is part of?
// $community: the id of a diaspora, a group or another target
// :params {community: "ethnic-kazakhs"}

MATCH (asked:Dg {key: $community})
CALL (asked) {
  RETURN asked AS target, 'itself' AS reach
  UNION
  MATCH (target:Dg) (()-[part:PART_OF WHERE true IN part.counts]->())+ (asked)
  RETURN DISTINCT target, 'part' AS reach
  UNION
  MATCH (asked) (()-[part:PART_OF WHERE true IN part.counts]->())+ (target:Dg)
  RETURN DISTINCT target, 'whole' AS reach
}
// where parts go round in a circle, the first of these words is it
WITH asked, target, min(reach) AS reach
MATCH (target)<-[aim:TARGETS]-(programme:Dg:Programme)
WHERE true IN aim.counts
OPTIONAL MATCH (programme)<-[run:ADMINISTERS]-(runner:Dg)
WHERE true IN run.counts
// every relation on a chain from the part up to the whole
CALL (asked, target, reach) {
  WITH CASE reach WHEN 'whole' THEN asked ELSE target END AS lowest,
    CASE reach WHEN 'whole' THEN target ELSE asked END AS highest
  WHERE lowest <> highest
  MATCH (lowest) (()-[part:PART_OF WHERE true IN part.counts]->())* (low)
  WITH DISTINCT low, highest
  MATCH (low)-[link:PART_OF]->(high)
  WHERE EXISTS {
    (high) (()-[part:PART_OF WHERE true IN part.counts]->())* (highest)
  }
  RETURN collect(link) AS links
}
UNWIND [aim, run] + links AS relation
UNWIND range(0, size(coalesce(relation.statements, [])) - 1) AS place
WITH * WHERE relation.counts[place]
WITH programme.key AS programme, coalesce(runner.key, '') AS runner, target.key AS target, reach,
  collect(DISTINCT relation.statements[place]) AS claims
RETURN programme, runner, target, reach,
  substring(reduce(ids = '', id IN claims | ids + '|' + id), 1) AS statements
ORDER BY programme, runner, target, reach
