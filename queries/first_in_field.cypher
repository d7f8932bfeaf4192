// Who entered a policy field first, by the first dated coding of an item above 0?
// $item: the name of an item of comparison of the ontology
// :params {item: "diaspora_ministry"}

MATCH (row:Dg:Coding {item: $item, denied: false, counts: true})
WHERE row.begin_latest < 999999999 AND toFloatOrNull(row.value) > 0
WITH row.subject AS subject, min(row.begin_earliest) AS earliest, min(row.begin_latest) AS latest,
  collect(row.id + '|' + row.evidence) AS said
WITH collect({subject: subject, earliest: earliest, latest: latest, said: said}) AS all
UNWIND all AS mine
WITH mine, [other IN all WHERE other.subject <> mine.subject] AS others
RETURN mine.subject AS subject, mine.earliest AS begins_earliest, mine.latest AS begins_latest,
  size([other IN others WHERE other.latest < mine.earliest]) AS surely_before,
  size([other IN others WHERE other.earliest < mine.latest AND other.latest >= mine.earliest])
    AS maybe_before,
  substring(reduce(ids = '', id IN mine.said | ids + '|' + id), 1) AS statements
ORDER BY subject
