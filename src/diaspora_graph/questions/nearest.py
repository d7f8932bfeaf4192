"""The questions nearest to words: those whose name and text share the rarest words with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import log

from diaspora_graph.answers import Question
from diaspora_graph.ontology.schema import LANGUAGES
from diaspora_graph.wording.questions import question_text

MOST = 3
"""The largest number of questions that are offered."""

_STEM = 5
"""Words are the same if they begin with the same letters, up to this number."""

_NEAR = 0.5
"""The part of the best score from which on another question is offered too."""


def nearest(words: str, questions: Mapping[str, Question]) -> list[str]:
    """Return the names of the questions nearest to words in any of our languages, best first.

    A shared word weighs the logarithm of the number of questions that do not have it (inverse
    document frequency, Spärck Jones 1972), twice if it is in the name.

    >>> from diaspora_graph import QUESTIONS
    >>> nearest("who lobbies whom", QUESTIONS)[0]
    'who_to_whom'
    """
    asked = _stems(words)
    named = {name: _stems(name) for name in questions}
    told = {
        name: named[name].union(*(_stems(question_text(each, code)) for code in LANGUAGES))
        for name, each in questions.items()
    }
    weight = {
        word: log((1 + len(told)) / (1 + sum(word in has for has in told.values())))
        for word in asked
    }
    score = {
        name: sum(weight[word] * (1 + (word in named[name])) for word in sorted(asked & has))
        for name, has in told.items()
    }
    best = max(score.values(), default=0.0)
    found = [name for name in sorted(score, key=lambda name: (-score[name], name)) if score[name]]
    return [name for name in found if score[name] >= _NEAR * best][:MOST]


def _stems(text: str) -> set[str]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return {word.removesuffix("s")[:_STEM] for word in words}
