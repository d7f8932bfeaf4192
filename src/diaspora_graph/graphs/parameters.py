"""What a question was asked with: checked, and made ready for an engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from diaspora_graph.answers import Cell, Parameter, Question
from diaspora_graph.dataset import Dataset
from diaspora_graph.dates import EVER, NEVER, DateError, window
from diaspora_graph.errors import ParameterError, UnknownNameError


@dataclass(frozen=True, slots=True)
class Asked:
    """Parameters as given, and as engines bind them: an optional one left out is empty.

    ``bound`` has the names of `Question.bound_names`; a window became its first and last day.
    """

    given: Mapping[str, str]
    bound: Mapping[str, Cell]


def asked(question: Question, given: Mapping[str, Cell], data: Dataset) -> Asked:
    """Return checked parameters.

    Raises `ParameterError` for one that is missing, not text or no time, and `UnknownNameError`
    for a parameter that the question does not take and a name that nothing in the data bears.
    """
    for name in given:
        if name not in question.parameters:
            raise UnknownNameError(f"parameter of {question.name}", name, question.parameters)
    texts = {
        name: _text(question, name, parameter, given.get(name, ""))
        for name, parameter in question.parameters.items()
    }
    bound: dict[str, Cell] = {}
    for name, parameter in question.parameters.items():
        if parameter.what == "window":
            bound["first"], bound["last"] = _days(question, name, texts[name])
        else:
            _known(parameter, texts[name], data)
            bound[name] = texts[name]
    return Asked(texts, bound)


def _text(question: Question, name: str, parameter: Parameter, value: object) -> str:
    if not isinstance(value, str):
        raise ParameterError(
            f"{question.name}: {name} is {value!r}, expected text: {parameter.meaning}"
        )
    if not value and not parameter.optional:
        takes = ", ".join(question.parameters)
        raise ParameterError(
            f"{question.name} needs {name}: {parameter.meaning} (it takes {takes})"
        )
    return value


def _days(question: Question, name: str, text: str) -> tuple[int, int]:
    try:
        return window(text) if text else (NEVER, EVER)
    except DateError as error:
        raise ParameterError(f"{question.name}: {name} is {text!r}, expected {error}") from error


def _known(parameter: Parameter, name: str, data: Dataset) -> None:
    if not name:
        return
    known = _names(parameter, data)
    if name not in known:
        if other := _elsewhere(parameter, name, data):
            raise ParameterError(f"{name!r} is {other}, expected {parameter.meaning}")
        raise UnknownNameError(parameter.what, name, known)


def _names(parameter: Parameter, data: Dataset) -> Collection[str]:
    if parameter.what == "thing":
        return data.id_list
    if parameter.what == "entity":
        return data.tables["entity"]["id"].all()
    if parameter.what == "source":
        return data.tables["source"]["id"].all()
    return data.schema.terms(parameter.what)


def _elsewhere(parameter: Parameter, name: str, data: Dataset) -> str:
    """Say what a name is, if it is something else than was asked for."""
    if parameter.what not in {"thing", "entity", "source"}:
        return ""
    try:
        return f"the id of a row of kind {data.kind_of(name)}"
    except UnknownNameError:
        return ""
