"""The Cypher that writes: every query touches labels and properties of ours only."""

from __future__ import annotations

from collections.abc import Sequence

from diaspora_graph.graphs.neo4j.projection import BASE, LATE, LINKS, link_types
from diaspora_graph.graphs.neo4j.relating import INFLUENCES
from diaspora_graph.graphs.neo4j.stored import quoted
from diaspora_graph.model import Kind

TOKENS = (
    "UNWIND $names AS name CALL db.createLabel(name)",
    "UNWIND $names AS name CALL db.createRelationshipType(name)",
    "UNWIND $names AS name CALL db.createProperty(name)",
)
"""Make names known to the server, which remarks on queries with names that it never saw."""

CONSTRAINT = f"CREATE CONSTRAINT dg_key FOR (n:{BASE}) REQUIRE n.key IS UNIQUE"
INDEXES = {
    "dg_names": "CREATE FULLTEXT INDEX dg_names FOR (n:Thing) ON EACH [n.names]",
}
"""Made when the rows are there: that is faster, and none is missing at the end of a load."""

_DROP_LINKS = f"""
CALL (n) {{ MATCH (n)-[r:{quoted(LINKS, "|")}]->(:Dg) WHERE r.position IS NOT NULL DELETE r }}
"""


def _link(name: str) -> str:
    return f"""
CALL (n, row) {{
  UNWIND range(0, coalesce(size(row.{name}), 0) - 1) AS place
  MATCH (other:Dg {{key: row.{name}[place]}})
  CREATE (n)-[:{name} {{position: place}}]->(other)
}}"""


def _links(kind: Kind, *, late: bool) -> str:
    types = [each for each in link_types(kind).values() if (each in LATE) == late]
    return "WITH n, row" + "".join(map(_link, types)) if types else ""


def adding(kind: Kind) -> str:
    """Return the query that makes nodes with ``$labels``, and relationships to things."""
    return f"""
UNWIND $rows AS row
CREATE (n:$($labels)) SET n = row.properties
{_links(kind, late=False)}
RETURN count(*) AS written
"""


def changing(kind: Kind) -> str:
    """Return the query that makes stored nodes what they should be; ``$stale`` labels go."""
    return f"""
UNWIND $rows AS row
MATCH (n:Dg {{key: row.key}})
SET n += row.properties
SET n:$($labels)
REMOVE n:$($stale)
WITH n, row
{_DROP_LINKS}
{_links(kind, late=False)}
RETURN count(*) AS written
"""


def finishing(kind: Kind) -> str:
    """Return the query that joins rows to claims and says by the digest that they are whole."""
    return f"""
UNWIND $rows AS row
MATCH (n:Dg {{key: row.key}})
SET n.digest = row.digest
{_links(kind, late=True)}
RETURN count(*) AS written
"""


def relating(type_: str, along: Sequence[bool]) -> str:
    """Return the query that makes the relationships of relations, of ``$type`` and of influence.

    The relation ``influences`` has the type of influence itself and no other beside it.
    """
    plain = "" if type_ == INFLUENCES else "CREATE (s)-[r:$($type)]->(o) SET r = row.properties"
    ways = {True: f"(s)-[i{{}}:{INFLUENCES}]->(o)", False: f"(o)-[i{{}}:{INFLUENCES}]->(s)"}
    made = "\n".join(
        f"CREATE {ways[way].format(at)}"
        f" SET i{at} = row.properties, i{at}.along = {str(way).lower()}, i{at}.exempt = $exempt"
        for at, way in enumerate(along)
    )
    return f"""
UNWIND $rows AS row
MATCH (s:Dg {{key: row.subject}}) MATCH (o:Dg {{key: row.object}})
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
DONE = """
UNWIND $keys AS key
MATCH (n:Dg:Dataset {key: key}) SET n.loaded_by = $by
RETURN count(*) AS written
"""
