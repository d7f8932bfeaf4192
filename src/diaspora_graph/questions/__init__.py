"""Questions that the data answers directly: rows of claims, each with its statements.

Each is a function on columns and, with few exceptions, a query of the same name in ``queries`` for
each engine; tests prove them equal row by row. To add one: a function here, a file there, a line in
``queries/README.md``.
"""

from __future__ import annotations

from collections.abc import Mapping

from diaspora_graph.answers import Question
from diaspora_graph.errors import UnknownNameError
from diaspora_graph.questions.doubts import denials_of, disputed
from diaspora_graph.questions.influence import influence_paths, who_acts_on
from diaspora_graph.questions.numbers import codings_of, observations_of
from diaspora_graph.questions.policies import points_of, programmes_for
from diaspora_graph.questions.sources import said_by, sources_of_relation
from diaspora_graph.questions.things import entity, statements_of

QUESTIONS: Mapping[str, Question] = {
    each.name: each
    for each in (
        codings_of,
        denials_of,
        disputed,
        entity,
        influence_paths,
        observations_of,
        points_of,
        programmes_for,
        said_by,
        sources_of_relation,
        statements_of,
        who_acts_on,
    )
}
"""Every question by its name, in the order of names."""


def question(name: str) -> Question:
    """Return a question by its name. Raises `UnknownNameError` with the nearest names.

    >>> question("who_acts_on").columns
    ('actor', 'predicate', 'against', 'statements')
    """
    if name not in QUESTIONS:
        raise UnknownNameError("question", name, QUESTIONS)
    return QUESTIONS[name]
