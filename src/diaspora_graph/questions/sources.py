"""Questions on sources: the claims of one source, and the sources of one relation."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from diaspora_graph.answers import Parameter, Row, basis, question
from diaspora_graph.dataset.claims import counted
from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import CLAIMS, SEPARATOR, Kind
from diaspora_graph.questions.claims import TERM, VALUE, Claims, naming, rows


@question(
    columns="claim kind subject term value unit denied status locator statements",
    source=Parameter("source", "the id of a source"),
)
def said_by(data: Dataset, source: str) -> list[Row]:
    """What does a source say?

    `term` is the relation, measure or item, `value` the object of a statement or the value. By id.
    """
    return sorted(_said_by(data, source))


def _said_by(data: Dataset, source: str) -> Iterator[Row]:
    for kind in CLAIMS:
        claims = Claims(data, kind)
        for row in rows(naming(data, kind, "source", source)):
            values = claims.texts(row, f"subject {TERM[kind]} {VALUE[kind]} unit")
            doubts = (
                claims.is_denied(row),
                claims.text(row, "status"),
                claims.text(row, "locator"),
            )
            yield (claims.text(row, "id"), kind, *values, *doubts, claims.basis(row))


@question(
    columns="statement denied source locator cited confidence certainty status valid statements",
    subject=Parameter("thing", "the id of the relation's subject"),
    predicate=Parameter("predicate", "the name of a relation of the ontology"),
    object=Parameter("thing", "the id of the relation's object"),
)
def sources_of_relation(data: Dataset, subject: str, predicate: str, object: str) -> Iterator[Row]:
    """Which sources affirm or deny one relation between two things, and where?

    By id.
    """
    claims = Claims(data, "statement")
    asked = {"subject": subject, "predicate": predicate, "object": object}
    named = [naming(data, "statement", column, text) for column, text in asked.items()]
    for row in rows(named[0] & named[1] & named[2]):
        values = claims.texts(row, "source locator cited confidence certainty")
        yield (
            claims.text(row, "id"), claims.is_denied(row), *values, claims.text(row, "status"),
            claims.text(row, "valid"), claims.basis(row),
        )  # fmt: skip


@question(
    columns="source source_class date statements",
    thing=Parameter("thing", "the id of an entity or a source"),
    of_class=Parameter("source_class", "a class of sources, such as scholarly", optional=True),
)
def sources_about(data: Dataset, thing: str, of_class: str) -> list[Row]:
    """Which sources, of one class or of all, make claims about a thing?

    Claims that count, denials too, with the thing as their subject or object, or in `about`. By
    source.
    """
    sources, found = data.tables["source"], dict[str, list[str]]()
    for kind in CLAIMS:
        claims = Claims(data, kind)
        for row in rows(counted(data, kind) & _naming_anywhere(data, kind, thing)):
            if source := claims.text(row, "source"):
                found.setdefault(source, []).append(claims.basis(row))
    told = [
        (id, sources["source_class"][place], sources["date"][place])
        for id in found
        for place in [data.row("source", id)]
    ]
    return sorted(
        (*each, basis(id for cell in found[each[0]] for id in cell.split(SEPARATOR)))
        for each in told
        if of_class in {"", each[1]}
    )


def _naming_anywhere(data: Dataset, kind: Kind, thing: str) -> Mask:
    """Return which claims have a thing as their subject or object, or are about it."""
    found = naming(data, kind, "subject", thing)
    if kind == "statement":
        about = data.tables[kind]["about"]
        named = np.array([thing in text.split(SEPARATOR) for text in about.listed()], np.bool_)
        found = found | naming(data, kind, "object", thing) | named[about.codes]
    return found
