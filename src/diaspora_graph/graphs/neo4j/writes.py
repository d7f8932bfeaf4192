"""The Cypher that writes: every query changes only our labels and properties."""

from __future__ import annotations

from diaspora_graph.dataset.records import Kind
from diaspora_graph.graphs.neo4j.relating import INFLUENCES, Form
from diaspora_graph.graphs.neo4j.shape import BASE, LATE, LINKS, THINGS, always_one, link_types
from diaspora_graph.graphs.neo4j.stored import quoted

TOKENS = (
    "UNWIND $names AS name CALL db.createLabel(name)",
    "UNWIND $names AS name CALL db.createRelationshipType(name)",
    "UNWIND $names AS name CALL db.createProperty(name)",
)
"""Create names on the server, which warns of queries with unknown names."""

CONSTRAINT = f"CREATE CONSTRAINT dg_key IF NOT EXISTS FOR (n:{BASE}) REQUIRE n.key IS UNIQUE"
INDEXES = {
    "dg_names": "CREATE FULLTEXT INDEX dg_names IF NOT EXISTS FOR (n:Thing) ON EACH [n.names]",
    "dg_thing_id": "CREATE INDEX dg_thing_id IF NOT EXISTS FOR (n:Thing) ON (n.id)",
    "dg_claim_id": "CREATE INDEX dg_claim_id IF NOT EXISTS FOR (n:Claim) ON (n.id)",
}
"""Made after the rows are written: this is faster, and none is missing at the end of a load."""

_DROP_LINKS = f"""
CALL (n) {{ MATCH (n)-[r:{quoted(LINKS, "|")}]->(:Dg) WHERE r.position IS NOT NULL DELETE r }}
"""
_DROP_OWN_LINKS = f"""
CALL (n, same) {{
  MATCH (n)-[r:{quoted(LINKS, "|")}]->(:Dg)
  WHERE r.position IS NOT NULL AND (NOT same OR type(r) IN $own) DELETE r
}}
"""


def _link(name: str) -> str:
    return f"""
CALL (n, row) {{
  UNWIND range(0, coalesce(size(row.{name}), 0) - 1) AS place
  MATCH (other:Dg {{key: row.{name}[place]}})
  CREATE (n)-[:{name} {{position: place}}]->(other)
}}"""


def _links(kind: Kind, *, late: bool) -> str:
    """Return the Cypher that makes the optional relationships of a row, any number of each type."""
    found = [each for each in link_types(kind).values() if (each in LATE) == late]
    types = [each for each in found if each not in always_one(kind).values()]
    return "WITH n, row" + "".join(map(_link, types)) if types else ""


def _named(kind: Kind) -> str:
    """Return the Cypher that finds the rows that every row names. (Faster than counting them.)."""
    each = always_one(kind)
    return "".join(f"MATCH ({name}:Dg {{key: row.properties.{name}}})\n" for name in each)


def _joined(kind: Kind) -> str:
    each = always_one(kind).items()
    return "".join(f"CREATE (n)-[:{type_} {{position: 0}}]->({name})\n" for name, type_ in each)


def adding(kind: Kind) -> str:
    """Return the query that makes nodes, and relationships to rows that come before them.

    Rows of a kind in which all have the same labels have them from ``$labels``.
    """
    labels = "row.labels" if kind in THINGS else "$labels"
    return f"""
UNWIND $rows AS row
{_named(kind)}
CREATE (n:$({labels})) SET n = row.properties
{_joined(kind)}
{_links(kind, late=False)}
RETURN count(*) AS written
"""


def changing(kind: Kind) -> str:
    """Return the query that corrects stored nodes and removes their ``stale`` labels.

    A node that had another kind loses all our properties and relationships (``$every``), a node of
    the same kind only those that the kind can have (``$own``).
    """
    return f"""
UNWIND $rows AS row
MATCH (n:Dg {{key: row.key}})
WITH n, row, n:{kind.capitalize()} AS same
SET n += CASE WHEN same THEN {{}} ELSE $every END
SET n += row.properties
SET n:$(row.labels)
REMOVE n:$(row.stale)
WITH n, row, same
{_DROP_OWN_LINKS}
WITH n, row
{_named(kind)}
{_joined(kind)}
{_links(kind, late=False)}
RETURN count(*) AS written
"""


def finishing(kind: Kind) -> str:
    """Return the query that joins rows to others and sets the digest of complete rows."""
    return f"""
UNWIND $rows AS row
MATCH (n:Dg {{key: row.key}})
SET n.digest = row.properties.digest
{_links(kind, late=True)}
RETURN count(*) AS written
"""


_DROP_RELATED = "CALL (s, o, row) { MATCH (s)-[r]-(o) WHERE r.key = row.properties.key DELETE r }"


def relating(form: Form, *, afresh: bool) -> str:
    """Return the query that makes the relationships of relations; ``afresh`` drops old ones."""
    plain = "CREATE (s)-[r:$(row.type)]->(o) SET r = row.properties" if form.plain else ""
    ways = {True: f"(s)-[i{{}}:{INFLUENCES}]->(o)", False: f"(o)-[i{{}}:{INFLUENCES}]->(s)"}
    made = "\n".join(
        f"CREATE {ways[way].format(at)}"
        f" SET i{at} = row.properties, i{at}.along = {str(way).lower()}"
        for at, way in enumerate(form.along)
    )
    return f"""
UNWIND $rows AS row
MATCH (s:Dg {{key: row.subject}}) MATCH (o:Dg {{key: row.object}})
{_DROP_RELATED + " WITH s, o, row" if afresh else ""}
{plain}
{made}
RETURN count(*) AS written
"""


UNRELATING = """
UNWIND $keys AS key
CALL (key) {
  WITH key, split(key, ' ') AS ends
  MATCH (s:Dg {key: ends[0]}) MATCH (o:Dg {key: ends[2]})
  MATCH (s)-[r]-(o) WHERE r.key = key AND r.digest IS NOT NULL
  DELETE r
}
RETURN count(*) AS written
"""
RELEASING = f"""
UNWIND $keys AS key
CALL (key) {{
  MATCH (n:Dg {{key: key}})
  SET n.held = true
  REMOVE n:$($labels)
  WITH n
  {_DROP_LINKS}
}}
RETURN count(*) AS written
"""
REMOVING = """
UNWIND $keys AS key
CALL (key) { MATCH (n:Dg {key: key}) WHERE NOT EXISTS { (n)--() } DELETE n }
RETURN count(*) AS written
"""
BEGUN = """
UNWIND $rows AS row
OPTIONAL MATCH (n:Dg:Dataset {key: row.key})
WITH n, row.properties.loaded_by AS by
SET n.loaded_by = CASE coalesce(n.loaded_by, by) WHEN by THEN by ELSE '' END,
    n.loaded_with = null, n.content = null
RETURN count(*) AS written
"""
"""So an interrupted load leaves no digest that is wrong, and no name of an ontology that only a
part of the rows was loaded with."""

UNFINISHED = """
OPTIONAL MATCH (n:Dg:Dataset {key: $key}) SET n.loaded_with = null, n.content = null
RETURN count(*) AS written
"""

FORGETTING = """
UNWIND $keys AS key
CALL (key) {
  MATCH (a:Dg:Alias {key: key})-[:NAMES]->(e:Dg:Entity)
  WHERE NOT EXISTS {
    MATCH (b:Alias)-[:NAMES]->(e) WHERE b.dataset <> a.dataset AND b.alias = a.alias
  }
  SET e.names = [name IN e.names WHERE name <> a.alias
    OR name IN [e.label_en, e.label_kk, e.label_ru, e.label_native]
    OR name IN split(coalesce(e.aliases, ''), '|')]
}
RETURN count(*) AS written
"""
"""Remove from entities the names that come only from these aliases of a removed dataset."""

DONE = """
UNWIND $rows AS row
MATCH (n:Dg:Dataset {key: row.key}) SET n += row.properties
RETURN count(*) AS written
"""
