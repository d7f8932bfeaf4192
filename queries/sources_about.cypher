// Which sources, of one class or of all, make claims about a thing?
// $thing: the id of an entity or a source
// $of_class: a class of sources, such as scholarly; null for all
// :params {thing: "kazakhstan", of_class: "scholarly"}

MATCH (:Dg {key: $thing})<-[:SUBJECT|OBJECT|ABOUT]-(row:Dg:Claim {counts: true})
MATCH (row)-[:SOURCE]->(source:Dg:Source)
WHERE $of_class IS NULL OR source.source_class = $of_class
WITH source, collect(DISTINCT row.id + coalesce('|' + row.evidence, '')) AS said
RETURN source.key AS source, source.source_class AS source_class, source.date AS date,
  substring(reduce(ids = '', id IN said | ids + '|' + id), 1) AS statements
ORDER BY source
