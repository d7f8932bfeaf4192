// What replaced or ended a body, a law or a programme, step by step, and when?
// $thing: the id of what was ended or replaced; all without it; null for all
// :params {thing: null}

CALL () {
  WITH $thing AS asked WHERE asked IS NULL
  MATCH (row:Dg:Statement {role: 'ending', denied: false, counts: true})
  RETURN row
  UNION
  // the thing itself, what replaced it, and what replaced that
  MATCH (:Dg {key: $thing}) (()<-[step:REPLACES WHERE true IN step.counts]-())* (ended:Dg)
  WITH DISTINCT ended
  MATCH (ended)<-[:OBJECT]-(row:Dg:Statement {role: 'ending', denied: false, counts: true})
  RETURN row
}
RETURN row.object AS body, row.predicate AS predicate, row.subject AS actor, row.valid AS valid,
  row.begin_earliest AS begins_earliest, row.begin_latest AS begins_latest, row.id AS statements
ORDER BY body, predicate, actor, statements
