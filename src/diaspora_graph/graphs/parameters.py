"""The parameters of a question: checked, and converted for an engine."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from diaspora_graph.answers import Cell, Parameter, Question
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve, resolve_term
from diaspora_graph.dataset.records import Kind
from diaspora_graph.dates import EVER, NEVER, DateError, window
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.ontology.schema import Schema


class Ids(Container[str], Iterable[str], Protocol):
    """Ids that can be looked up one by one, and listed."""


class Names(Protocol):
    """The names that parameters are checked against."""

    @property
    def schema(self) -> Schema:
        """The ontology, with the names of its terms."""
        ...

    def ids(self, what: str) -> Ids:
        """Return the ids of a kind: ``thing``, ``entity`` or ``source``; names of a ``coder``."""
        ...

    def kind_of(self, id: str) -> Kind:
        """Return the kind of any row. Raises `UnknownNameError`."""
        ...

    def resolve(self, name: str) -> str:
        """Return the id of the entity or source with a name.

        Raises `UnknownNameError` and `AmbiguousNameError`.
        """
        ...


@dataclass(frozen=True)
class NamesOf:
    """The names of a dataset."""

    data: Dataset

    @property
    def schema(self) -> Schema:
        """Its ontology."""
        return self.data.schema

    def ids(self, what: str) -> Ids:
        """Return the ids of a kind: ``thing``, ``entity`` or ``source``; names of a ``coder``."""
        if what == "thing":
            return self.data.id_list
        if what == "coder":
            return sorted(set(self.data.tables["coding"]["coder"].all()))
        kind: Kind = "entity" if what == "entity" else "source"
        return self.data.tables[kind]["id"].all()

    def kind_of(self, id: str) -> Kind:
        """Return the kind of a row. Raises `UnknownNameError`."""
        return self.data.kind_of(id)

    def resolve(self, name: str) -> str:
        """Return the id of the entity or source with a name."""
        return resolve(self.data, name)


@dataclass(frozen=True, slots=True)
class Asked:
    """Parameters as given, and as engines bind them: an optional one left out is empty.

    ``bound`` has the names of `Question.bound_names`; a window became its first and last day.
    """

    given: Mapping[str, str]
    bound: Mapping[str, Cell]


def asked(question: Question, given: Mapping[str, Cell], names: Names) -> Asked:
    """Return checked parameters.

    Raises `ParameterError` for one that is missing, not a text, not a time, or that does not differ
    from another or follow it as it must, and `UnknownNameError` for a parameter that the question
    does not take and a name that nothing in the data has.
    """
    if not isinstance(question, Question):
        raise ParameterError(
            f"{question!r} is not a question: give one, such as question('who_acts_on')"
        )
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
            days = _days(question, name, texts[name])
            bound.update(zip(parameter.bound_names(name), days, strict=True))
        elif parameter.what == "confidence":
            bound["least"] = _rank(texts[name], names.schema)
        else:
            texts[name] = _named(parameter, texts[name], names)
            bound[name] = texts[name]
    for name, parameter in question.parameters.items():
        if parameter.other_than:
            _different(question, name, texts, bound)
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


def _rank(word: str, schema: Schema) -> int:
    words = schema.words("confidence")
    if word and word not in words:
        raise UnknownNameError("confidence", word, words)
    return words.index(word) if word else 0


def _named(parameter: Parameter, name: str, names: Names) -> str:
    """Return the id or term that a parameter names, directly or by a label or alias."""
    if not name:
        return ""
    if parameter.what in {"coder", "source_class"}:
        return _said(parameter.what, name, names)
    if parameter.what not in {"thing", "entity", "source"}:
        return resolve_term(names.schema, parameter.what, name)
    known = names.ids(parameter.what)
    if name in known:
        return name
    if other := _elsewhere(name, names):
        raise ParameterError(f"{name!r} is {other}, expected {parameter.meaning}")
    id = names.resolve(name)
    if id not in known:
        other = _elsewhere(id, names)
        raise ParameterError(f"{name!r} ({id}) is {other}, expected {parameter.meaning}")
    return id


def _said(what: str, name: str, names: Names) -> str:
    """Return a word of a column, if it is one."""
    known = names.ids(what) if what == "coder" else names.schema.words(what)
    if name not in known:
        raise UnknownNameError(what.replace("_", " "), name, known)
    return name


def _different(
    question: Question, name: str, texts: Mapping[str, str], bound: Mapping[str, Cell]
) -> None:
    """Refuse the same thing twice, and a time that begins before the one it should follow."""
    parameter, other = question.parameters[name], question.parameters[name].other_than
    if texts[name] == texts[other]:
        what = "times" if parameter.what == "window" else "things"
        raise ParameterError(f"{texts[name]!r} is both {other} and {name}, expected two {what}")
    if parameter.what == "window" and int(bound[f"{name}_first"]) <= int(bound[f"{other}_first"]):
        raise ParameterError(
            f"{name} is {texts[name]!r} and {other} is {texts[other]!r}, expected the earlier time"
            f" as {other}"
        )


def _elsewhere(name: str, names: Names) -> str:
    """Return what a name is, if it is not what the question takes."""
    try:
        return f"the id of a row of kind {names.kind_of(name)}"
    except UnknownNameError:
        return ""
