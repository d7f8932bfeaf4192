"""Questions that the data answers directly: rows of claims, each with its statements.

Each is a function on columns and, with few exceptions, a query of the same name in ``queries`` for
each engine; tests prove them equal row by row. To add one: a function here, a file there, a line in
``queries/README.md``.
"""

from __future__ import annotations

from collections.abc import Mapping

from diaspora_graph.answers import Question
from diaspora_graph.errors import UnknownNameError
from diaspora_graph.questions.bodies import (
    credited_with,
    members_of,
    office_holders,
    succession_of,
)
from diaspora_graph.questions.doubts import denials_of, disputed
from diaspora_graph.questions.influence import influence_paths, who_acts_on
from diaspora_graph.questions.nearest import nearest
from diaspora_graph.questions.numbers import (
    coded_by,
    codings_of,
    measure_over_states,
    observations_of,
)
from diaspora_graph.questions.policies import points_of, programmes_by_mechanism, programmes_for
from diaspora_graph.questions.relations import (
    resting_on_one_origin,
    shared_neighbours,
    shared_targets,
    who_to_whom,
)
from diaspora_graph.questions.sources import said_by, sources_about, sources_of_relation
from diaspora_graph.questions.things import entity, statements_of
from diaspora_graph.questions.times import changed_between, first_in_field, laws_in_force

QUESTIONS: Mapping[str, Question] = {
    each.name: each
    for each in (
        changed_between,
        coded_by,
        codings_of,
        credited_with,
        denials_of,
        disputed,
        entity,
        first_in_field,
        influence_paths,
        laws_in_force,
        measure_over_states,
        members_of,
        observations_of,
        office_holders,
        points_of,
        programmes_by_mechanism,
        programmes_for,
        resting_on_one_origin,
        said_by,
        shared_neighbours,
        shared_targets,
        sources_about,
        sources_of_relation,
        statements_of,
        succession_of,
        who_acts_on,
        who_to_whom,
    )
}
"""Every question by its name, in the order of names."""


def question(name: str) -> Question:
    """Return a question by its name.

    Raises `UnknownNameError` with the nearest questions, by the words of their names and texts.

    >>> question("who_acts_on").columns
    ('actor', 'predicate', 'against', 'statements')
    """
    if name not in QUESTIONS:
        raise UnknownNameError("question", name, QUESTIONS, near=nearest(name, QUESTIONS))
    return QUESTIONS[name]
