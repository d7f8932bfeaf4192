"""Questions on sources: the claims of one source, and the sources of one relation."""

from __future__ import annotations

from collections.abc import Iterator

from diaspora_graph.answers import Parameter, Row, question
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import CLAIMS
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
