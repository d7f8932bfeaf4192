// Along which paths of at most four hops does influence run from one thing to another?
// $start: the id of where influence starts
// $goal: the id of where it arrives
// $first $last: a time in which every step may hold, as its first and last day since 1970-01-01
// $least: the lowest confidence that counts, as its number: 0 is the lowest
// :params {start: "armenian-diaspora", goal: "us-policy-toward-armenia", first: -999999999, last: 999999999, least: 0}

MATCH (start:Dg:Thing {key: $start})
MATCH (goal:Dg:Thing {key: $goal}) WHERE goal <> start

// from where the goal is reached without a hop, with one hop, with two
CALL (goal) {
  OPTIONAL MATCH (goal)-[link:PART_OF]-(thing:Dg)
  WHERE thing.passes AND any(n IN range(0, size(coalesce(link.counts, [])) - 1) WHERE
    link.counts[n] AND link.confidence[n] >= $least
      AND link.begin_earliest[n] <= $last AND link.end_latest[n] >= $first)
  RETURN collect(DISTINCT thing) AS beside
}
WITH *, [goal] + beside AS near0
CALL (start, goal, near0) {
  UNWIND near0 AS thing
  MATCH (thing)<-[hop:INFLUENCES]-(before:Dg)
  WHERE (before.passes OR before = start) AND before <> goal
    AND hop.along IS NOT NULL AND any(n IN range(0, size(coalesce(hop.counts, [])) - 1) WHERE
    hop.counts[n] AND hop.confidence[n] >= $least
      AND hop.begin_earliest[n] <= $last AND hop.end_latest[n] >= $first)
  WITH DISTINCT before
  MATCH (before) (()-[down:PART_OF WHERE
      any(n IN range(0, size(coalesce(down.counts, [])) - 1) WHERE
      down.counts[n] AND down.confidence[n] >= $least
      AND down.begin_earliest[n] <= $last AND down.end_latest[n] >= $first)
    ]->(whole:Dg WHERE whole.passes OR whole = start)){0,1} (origin)
  RETURN collect(DISTINCT origin) AS near1
}
CALL (start, goal, near1) {
  UNWIND near1 AS thing
  MATCH (thing)<-[hop:INFLUENCES]-(before:Dg)
  WHERE (before.passes OR before = start) AND before <> goal
    AND hop.along IS NOT NULL AND any(n IN range(0, size(coalesce(hop.counts, [])) - 1) WHERE
    hop.counts[n] AND hop.confidence[n] >= $least
      AND hop.begin_earliest[n] <= $last AND hop.end_latest[n] >= $first)
  WITH DISTINCT before
  MATCH (before) (()-[down:PART_OF WHERE
      any(n IN range(0, size(coalesce(down.counts, [])) - 1) WHERE
      down.counts[n] AND down.confidence[n] >= $least
      AND down.begin_earliest[n] <= $last AND down.end_latest[n] >= $first)
    ]->(whole:Dg WHERE whole.passes OR whole = start)){0,1} (origin)
  RETURN collect(DISTINCT origin) AS near2
}
WITH start, goal, near0, near0 + near1 AS near1, near0 + near1 + near2 AS near2

// walks of one hop, of two, of three, of four: before each hop at most one step down to a part
WITH *, [start] AS things, [] AS steps
CALL (goal, things, steps, start) {
  WITH start AS at
  MATCH (at) (()<-[down:PART_OF WHERE
      any(n IN range(0, size(coalesce(down.counts, [])) - 1) WHERE
      down.counts[n] AND down.confidence[n] >= $least
      AND down.begin_earliest[n] <= $last AND down.end_latest[n] >= $first)
    ]-(part:Dg WHERE part.passes AND part <> goal)){0,1} (via)
    -[hop:INFLUENCES]->(next:Dg)
  WHERE (next.passes OR next = goal) AND NOT next IN things
    AND (via = at OR NOT via IN things)
    AND hop.along IS NOT NULL AND any(n IN range(0, size(coalesce(hop.counts, [])) - 1) WHERE
    hop.counts[n] AND hop.confidence[n] >= $least
      AND hop.begin_earliest[n] <= $last AND hop.end_latest[n] >= $first)
  RETURN things + part + next AS longer, steps + down + hop AS more, 1 AS taken
}
WITH start, goal, near0, near1, near2, longer AS things, more AS steps, taken AS hops
CALL (goal, things, steps, hops, near2) {
  RETURN things AS longer, steps AS more, hops AS taken
  UNION ALL
  WITH things[-1] AS at WHERE hops = 1 AND at <> goal
  MATCH (at) (()<-[down:PART_OF WHERE
      any(n IN range(0, size(coalesce(down.counts, [])) - 1) WHERE
      down.counts[n] AND down.confidence[n] >= $least
      AND down.begin_earliest[n] <= $last AND down.end_latest[n] >= $first)
    ]-(part:Dg WHERE part.passes AND part <> goal)){0,1} (via)
    -[hop:INFLUENCES]->(next:Dg)
  WHERE (next.passes OR next = goal) AND NOT next IN things AND next IN near2
    AND (via = at OR NOT via IN things)
    AND hop.along IS NOT NULL AND any(n IN range(0, size(coalesce(hop.counts, [])) - 1) WHERE
    hop.counts[n] AND hop.confidence[n] >= $least
      AND hop.begin_earliest[n] <= $last AND hop.end_latest[n] >= $first)
  RETURN things + part + next AS longer, steps + down + hop AS more, 2 AS taken
}
WITH start, goal, near0, near1, near2, longer AS things, more AS steps, taken AS hops
CALL (goal, things, steps, hops, near1) {
  RETURN things AS longer, steps AS more, hops AS taken
  UNION ALL
  WITH things[-1] AS at WHERE hops = 2 AND at <> goal
  MATCH (at) (()<-[down:PART_OF WHERE
      any(n IN range(0, size(coalesce(down.counts, [])) - 1) WHERE
      down.counts[n] AND down.confidence[n] >= $least
      AND down.begin_earliest[n] <= $last AND down.end_latest[n] >= $first)
    ]-(part:Dg WHERE part.passes AND part <> goal)){0,1} (via)
    -[hop:INFLUENCES]->(next:Dg)
  WHERE (next.passes OR next = goal) AND NOT next IN things AND next IN near1
    AND (via = at OR NOT via IN things)
    AND hop.along IS NOT NULL AND any(n IN range(0, size(coalesce(hop.counts, [])) - 1) WHERE
    hop.counts[n] AND hop.confidence[n] >= $least
      AND hop.begin_earliest[n] <= $last AND hop.end_latest[n] >= $first)
  RETURN things + part + next AS longer, steps + down + hop AS more, 3 AS taken
}
WITH start, goal, near0, near1, near2, longer AS things, more AS steps, taken AS hops
CALL (goal, things, steps, hops, near0) {
  RETURN things AS longer, steps AS more, hops AS taken
  UNION ALL
  WITH things[-1] AS at WHERE hops = 3 AND at <> goal
  MATCH (at) (()<-[down:PART_OF WHERE
      any(n IN range(0, size(coalesce(down.counts, [])) - 1) WHERE
      down.counts[n] AND down.confidence[n] >= $least
      AND down.begin_earliest[n] <= $last AND down.end_latest[n] >= $first)
    ]-(part:Dg WHERE part.passes AND part <> goal)){0,1} (via)
  UNWIND near0 AS next
  MATCH (via)-[hop:INFLUENCES]->(next)
  WHERE (next.passes OR next = goal) AND NOT next IN things
    AND (via = at OR NOT via IN things)
    AND hop.along IS NOT NULL AND any(n IN range(0, size(coalesce(hop.counts, [])) - 1) WHERE
    hop.counts[n] AND hop.confidence[n] >= $least
      AND hop.begin_earliest[n] <= $last AND hop.end_latest[n] >= $first)
  RETURN things + part + next AS longer, steps + down + hop AS more, 4 AS taken
}
WITH start, goal, near0, near1, near2, longer AS things, more AS steps, taken AS hops

// the last step may be one between a part and its whole
WITH *, things[-1] AS at WHERE at IN near0
CALL (goal, things, steps, at) {
  WITH at WHERE at = goal
  RETURN things AS path, steps AS way
  UNION ALL
  MATCH (at)-[link:PART_OF]-(goal)
  WHERE NOT goal IN things
    AND any(n IN range(0, size(coalesce(link.counts, [])) - 1) WHERE
    link.counts[n] AND link.confidence[n] >= $least
      AND link.begin_earliest[n] <= $last AND link.end_latest[n] >= $first)
  RETURN things + goal AS path, steps + link AS way
}

// through a gate only with a shared topic, unless the relation in or out is exempt
CALL (path, way) {
  UNWIND range(1, size(way) - 1) AS n
  WITH way[n - 1] AS before, way[n] AS after, path[n] AS gate
  WHERE gate.gates AND NOT (coalesce(before.exempt, false) OR coalesce(after.exempt, false))
  WITH before, after, [step IN [before, after] |
    reduce(told = [], n IN range(0, size(step.topics) - 1) | told + CASE
      WHEN step.counts[n] AND step.confidence[n] >= $least
      AND step.begin_earliest[n] <= $last AND step.end_latest[n] >= $first
      THEN split(step.topics[n], '|') ELSE [] END)
    + [thing IN [CASE WHEN coalesce(step.along, true) THEN endNode(step) ELSE startNode(step) END]
      WHERE thing.is_topic | thing.key]
    + reduce(told = [], thing IN [CASE WHEN coalesce(step.along, true) THEN endNode(step) ELSE startNode(step) END] | told +
      [(thing)-[tells {tells_topics: true}]->(topic:Dg) WHERE thing.is_topic
        AND any(n IN range(0, size(coalesce(tells.counts, [])) - 1) WHERE
        tells.counts[n] AND tells.confidence[n] >= $least
      AND tells.begin_earliest[n] <= $last AND tells.end_latest[n] >= $first) | topic.key])
  ] AS topics
  WHERE NOT any(topic IN topics[0] WHERE topic <> '' AND topic IN topics[1])
  RETURN count(*) AS shut
}
WITH path, way, hops WHERE shut = 0
RETURN substring(reduce(text = '', thing IN path | text + '|' + thing.key), 1) AS path,
  substring(reduce(text = '', n IN range(0, size(way) - 1) | text + '|' +
    CASE WHEN coalesce(way[n].along, startNode(way[n]) = path[n]) THEN '' ELSE '^' END
    + way[n].predicate), 1) AS relations,
  hops,
  substring(reduce(text = '', step IN way | text + reduce(ids = '', n IN range(0, size(step.counts) - 1)
    | ids + CASE WHEN step.counts[n] AND step.confidence[n] >= $least
      AND step.begin_earliest[n] <= $last
      AND step.end_latest[n] >= $first THEN '|' + step.statements[n] ELSE '' END)), 1) AS statements
ORDER BY path, relations
