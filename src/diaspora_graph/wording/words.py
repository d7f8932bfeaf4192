"""The phrases of the program in three languages, each of them once.

The ontology has the labels of terms and words of cells; here are the words around them.
"""

from __future__ import annotations

from collections.abc import Mapping

from diaspora_graph.errors import ParameterError
from diaspora_graph.ontology.schema import LANGUAGES
from diaspora_graph.wording.phrases import PHRASES

_COUNTED: Mapping[str, tuple[tuple[str, str], str, tuple[str, str, str]]] = {
    "path": (("path", "paths"), "жол", ("путь", "пути", "путей")),
    "hop": (("hop", "hops"), "қадам", ("шаг", "шага", "шагов")),
    "row": (("row", "rows"), "жол", ("строка", "строки", "строк")),
    "flag": (("flag", "flags"), "белгі", ("пометка", "пометки", "пометок")),
    "source": (
        ("independent source", "independent sources"),
        "тәуелсіз дереккөз",
        ("независимый источник", "независимых источника", "независимых источников"),
    ),
    "event": (("event", "events"), "оқиға", ("событие", "события", "событий")),
    "group": (("group", "groups"), "топ", ("группа", "группы", "групп")),
    "scenario": (("scenario", "scenarios"), "сценарий", ("сценарий", "сценария", "сценариев")),
    "claim": (("claim", "claims"), "тұжырым", ("утверждение", "утверждения", "утверждений")),
}
"""Nouns after a number: English one and many, Kazakh, Russian one, few and many."""


def say(phrase: str, language: str = "en", **values: object) -> str:
    """Return a phrase in a language, filled in. Raises `ParameterError` for an unknown language.

    >>> say("not after", "ru"), say("cut hops", number=4)
    ('не позднее', 'more than 4 hops')
    """
    return PHRASES[phrase][_place(language)].format(**values)


def counted(noun: str, number: int, language: str = "en") -> str:
    """Return a number with its noun.

    >>> counted("path", 1), counted("path", 1200), counted("hop", 3, "ru"), counted("row", 21, "ru")
    ('1 path', '1,200 paths', '3 шага', '21 строка')
    """
    english, kazakh, russian = _COUNTED[noun]
    if language == "ru":
        few = 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14
        one = number % 10 == 1 and number % 100 != 11
        word = russian[0] if one else russian[1] if few else russian[2]
    else:
        word = kazakh if language == "kk" else english[number != 1]
    return f"{number:,} {word}"


def _place(language: str) -> int:
    if language not in LANGUAGES:
        raise ParameterError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    return LANGUAGES.index(language)
