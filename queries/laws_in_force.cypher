// Which laws of a state are in force at a time?
// $state: the id of a state
// $first $last: a day, a month, a year or a span such as 2008/2010, as its first and last day since 1970-01-01
// :params {state: "kazakhstan", first: -999999999, last: 999999999}

MATCH (asked:Dg {key: $state})
CALL (asked) {
  RETURN asked AS maker
  UNION
  MATCH (maker:Dg) (()-[organ:ORGAN_OF WHERE true IN organ.counts]->())+ (asked)
  RETURN DISTINCT maker
}
MATCH (maker)<-[:SUBJECT]-(row:Dg:Statement {own_policy: true, denied: false, counts: true})
  -[:OBJECT]->(law:Dg:Law)
// every relation on a chain from the organ up to the state
CALL (asked, maker) {
  WITH maker AS lowest WHERE lowest <> asked
  MATCH (lowest) (()-[organ:ORGAN_OF WHERE true IN organ.counts]->())* (low)
  WITH DISTINCT low, asked
  MATCH (low)-[link:ORGAN_OF]->(high)
  WHERE EXISTS { (high) (()-[organ:ORGAN_OF WHERE true IN organ.counts]->())* (asked) }
  UNWIND range(0, size(coalesce(link.statements, [])) - 1) AS place
  WITH link, place WHERE link.counts[place]
  RETURN collect(DISTINCT link.statements[place]) AS linked
}
WITH law, collect(row) AS adopted, reduce(ids = '', each IN collect(linked) |
  ids + reduce(more = '', id IN each | more + '|' + id)) AS links
CALL (law) {
  MATCH (law)<-[:OBJECT]-(ending:Dg:Statement {role: 'ending', denied: false, counts: true})
  RETURN collect(ending) AS ends
}
// days of a statement without a last day to begin say nothing
CALL (adopted) {
  UNWIND adopted AS each
  WITH each WHERE each.begin_latest < 999999999
  RETURN min(each.begin_earliest) AS adopted_earliest, max(each.begin_latest) AS adopted_latest
}
CALL (ends) {
  UNWIND ends AS each
  WITH each WHERE each.begin_latest < 999999999
  RETURN min(each.begin_earliest) AS ended_earliest, max(each.begin_latest) AS ended_latest
}
WITH law, adopted, ends, links,
  coalesce(adopted_earliest, -999999999) AS begins_earliest,
  coalesce(adopted_latest, 999999999) AS begins_latest,
  coalesce(ended_earliest, CASE WHEN ends = [] THEN 999999999 ELSE -999999999 END) AS ends_earliest,
  coalesce(ended_latest, 999999999) AS ends_latest
WHERE begins_earliest <= $last AND ends_latest >= $first
RETURN law.key AS law,
  CASE WHEN begins_latest <= $last AND ends_earliest >= $first THEN 'yes' ELSE 'unknown' END AS holds,
  begins_earliest, begins_latest, ends_earliest, ends_latest,
  substring(reduce(ids = '', each IN (adopted + ends) | ids + '|' + each.id), 1) + links AS statements
ORDER BY law
