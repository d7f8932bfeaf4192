"""The names in the store: labels, properties and types of relationships.

Our nodes have the label `BASE`. All else follows from the ontology and the exchange format.
"""

from __future__ import annotations

from collections.abc import Mapping

from diaspora_graph.dataset.records import CLAIMS, RECORDS, Kind, column_names, columns
from diaspora_graph.ontology.schema import Schema

BASE = "Dg"
"""The label of all our nodes."""

THINGS: tuple[Kind, ...] = ("entity", "source")
DAYS = ("begin_earliest", "begin_latest", "end_earliest", "end_latest")
OF_CLAIMS = (*DAYS, "denied", "counts", "confidence_rank")
"""Derived properties of claims, never read back, like the two that follow."""

_OF_STATEMENTS = (*OF_CLAIMS, "family", "own_policy", "role")
_OF_THINGS = ("passes", "gates", "is_topic", "names")

OWN = "own_columns"
"""The property that holds the user's own columns (``_…``), as JSON."""

EXTENSION = "extension"
"""The property of a dataset's node that holds the files of its own ontology, as JSON."""


def properties(kind: Kind) -> tuple[str, ...]:
    """Return all our properties on a node of a kind; all others belong to the user.

    The marks of a finished load on the node of a dataset (`FINISHED`) are not among them.
    """
    worked_out: Mapping[Kind, tuple[str, ...]] = {
        "entity": _OF_THINGS, "source": _OF_THINGS, "dataset": (EXTENSION,),
        "statement": _OF_STATEMENTS, "observation": OF_CLAIMS, "coding": OF_CLAIMS,
    }  # fmt: skip
    derived = worked_out.get(kind, ())
    return ("key", "dataset", "digest", "held", OWN, *derived, *column_names(kind))


PROPERTIES = tuple(dict.fromkeys(name for kind in RECORDS for name in properties(kind)))
"""All our properties on any node."""


def link_types(kind: Kind) -> dict[str, str]:
    """Return the columns of a kind that name other rows, and the relationships made of them.

    >>> link_types("alias")
    {'entity': 'NAMES', 'source': 'SOURCE'}
    """
    named = [field.name for field in columns(kind) if field.holds == "reference"]
    if kind == "observation":
        named.append("base")
    return {
        name: "NAMES" if (kind, name) == ("alias", "entity") else name.upper() for name in named
    }


def always_one(kind: Kind) -> dict[str, str]:
    """Return the columns that name exactly one row in every row, and their relationships.

    >>> always_one("statement")
    {'subject': 'SUBJECT', 'object': 'OBJECT', 'source': 'SOURCE'}
    """
    sure = {field.name for field in columns(kind) if field.filled and not field.many}
    return {name: type_ for name, type_ in link_types(kind).items() if name in sure}


FINISHED = ("loaded_by", "loaded_with", "content")
"""The marks of a finished load on a dataset's node: the ontology, the datasets that were loaded
together, and the digest of them all."""

LINKS = tuple(dict.fromkeys(each for kind in RECORDS for each in link_types(kind).values()))
"""Every type of relationship from a row to what it names."""

LATE = frozenset({"CORRECTS", "TARGET", "BASE"})
"""Relationships to rows that may come later, which are written when all rows are there."""


def labels(schema: Schema, kind: Kind, of_type: str = "") -> tuple[str, ...]:
    """Return the labels of a row; ``of_type`` is the class of an entity or source.

    >>> from diaspora_graph.ontology.load import load_schema
    >>> labels(load_schema(), "entity", "State")
    ('Dg', 'Entity', 'Thing', 'State', 'Actor')
    """
    family = "Claim" if kind in CLAIMS else "Thing" if kind in THINGS else ""
    above = schema.classes[of_type].ancestors if kind in THINGS else ()
    return tuple(dict.fromkeys(filter(None, (BASE, kind.capitalize(), family, *above))))


def all_labels(schema: Schema) -> tuple[str, ...]:
    """Return all our labels."""
    kinds = [labels(schema, kind) for kind in RECORDS if kind not in THINGS]
    classes = [labels(schema, kind, name) for kind in THINGS for name in schema.classes]
    return tuple(dict.fromkeys(each for one in (*kinds, *classes) for each in one))
