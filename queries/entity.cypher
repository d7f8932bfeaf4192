// What is recorded of an entity or a source?
// $thing: the id of an entity or a source
// :params {thing: "anca"}

MATCH (thing:Dg:Thing {key: $thing})
CALL (thing) {
  // the filled cells of its own row
  UNWIND CASE WHEN thing:Entity
    THEN ['type', 'label_en', 'label_kk', 'label_ru', 'label_native', 'native_language', 'aliases',
      'wikidata', 'iso3', 'description', 'note']
    ELSE ['type', 'author', 'title', 'container', 'volume', 'issue', 'pages', 'number', 'publisher',
      'date', 'doi', 'url', 'archived_url', 'language', 'accessed', 'licence', 'source_class', 'text']
    END AS field
  WITH thing, field WHERE thing[field] IS NOT NULL
  RETURN field, thing[field] AS value, null AS claim
  UNION ALL
  MATCH (thing)<-[:NAMES]-(alias:Dg&Alias)
  RETURN 'alias' AS field, alias.alias AS value, null AS claim
  UNION ALL
  // what was observed or coded of it
  MATCH (thing)<-[:SUBJECT]-(claim:Dg&(Observation|Coding))
  RETURN coalesce(claim.measure, claim.item) AS field, claim.value AS value, claim
}
RETURN field, value, claim.value_high AS value_high, nullIf(claim.bound, 'exact') AS bound,
  claim.unit AS unit, claim.valid AS valid, coalesce(claim.denied, false) AS denied,
  nullIf(claim.status, 'accepted') AS status,
  coalesce(claim.id, '') + coalesce('|' + claim.evidence, '') AS statements
ORDER BY field, coalesce(claim.id, ''), value
