"""Questions and ask."""

from __future__ import annotations

import click

from diaspora_graph.answers import Question
from diaspora_graph.cli.options import (
    format_option,
    graph_option,
    opened,
    output_option,
    provenance,
)
from diaspora_graph.cli.output import Table, write
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve
from diaspora_graph.errors import ParameterError
from diaspora_graph.questions import QUESTIONS, question


@click.command()
@format_option
@output_option
def questions(form: str, file: str | None) -> None:
    """List the questions, with what each must be told; [brackets] mark what may be left out."""
    rows = [(each.name, _usage(each), each.text) for each in QUESTIONS.values()]
    write(Table(("question", "parameters", "what it asks"), rows), form, file)


def _usage(asked: Question) -> str:
    words = []
    for name, parameter in asked.parameters.items():
        word = f"{name}={parameter.what.upper()}"
        words.append(f"[{word}]" if parameter.optional else word)
    return " ".join(words)


@click.command()
@click.argument("name", metavar="QUESTION")
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@graph_option
@format_option
@output_option
def ask(
    name: str, parameters: tuple[str, ...], graphs: tuple[str, ...], form: str, file: str | None
) -> None:
    """Ask one of the questions, such as `ask programmes_for community=kazakh-diaspora`.

    `diaspora-graph questions` lists them. Things are named by id, label or alias.
    """
    asked = question(name)
    graph = opened(graphs)
    data = graph.dataset()
    answer = graph.answer(asked, **_given(data, asked, parameters))
    notes = (f"{len(answer.rows)} rows, answered in {answer.engine}", provenance(data))
    write(Table(answer.question.columns, answer.rows, notes=notes), form, file)


def _given(data: Dataset, asked: Question, pairs: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise ParameterError(
                f"{pair!r}: give parameters as NAME=VALUE; {asked.name} takes {_usage(asked)}"
            )
        parameter = asked.parameters.get(name)
        named = parameter is not None and parameter.what in {"thing", "entity"}
        given[name] = resolve(data, value) if named and value else value
    return given
