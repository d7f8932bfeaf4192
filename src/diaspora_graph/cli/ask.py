"""Questions and ask."""

from __future__ import annotations

import click

from diaspora_graph.answers import Question, readable
from diaspora_graph.cli.options import (
    format_option,
    graph_option,
    ids_option,
    language_option,
    opened,
    output_option,
    provenance_line,
)
from diaspora_graph.cli.output import Table, write
from diaspora_graph.errors import ParameterError
from diaspora_graph.questions import QUESTIONS, question
from diaspora_graph.questions.hints import hint
from diaspora_graph.wording.headings import in_words
from diaspora_graph.wording.questions import question_text
from diaspora_graph.wording.tables import named, with_labels, without_empty
from diaspora_graph.wording.words import counted, say


@click.command()
@language_option
@format_option
@output_option
def questions(language: str, form: str, file: str | None) -> None:
    """List the questions with their parameters; [brackets] mark optional parameters."""
    rows = [(each.name, _usage(each), question_text(each, language)) for each in QUESTIONS.values()]
    columns = ("question", "parameters", "what it asks")
    write(Table(columns, rows, language=language), form, file)


def _usage(asked: Question) -> str:
    words = []
    for name, parameter in asked.parameters.items():
        word = f"{name}={parameter.what.upper()}"
        words.append(f"[{word}]" if parameter.optional else word)
    return " ".join(words)


@click.command()
@click.argument("name", metavar="QUESTION")
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@ids_option
@language_option
@graph_option
@format_option
@output_option
def ask(
    name: str, parameters: tuple[str, ...], ids: bool, language: str, graphs: tuple[str, ...],
    form: str, file: str | None,
) -> None:  # fmt: skip
    """Ask one of the questions, such as `ask programmes_for community=kazakh-diaspora`.

    `diaspora-graph questions` lists them. Name entities, sources, relations, measures and items by
    id, label or alias.
    """
    asked, graph = question(name), opened(graphs)
    answer = graph.answer(asked, **_given(asked, parameters))
    columns, rows = answer.columns, readable(answer.columns, answer.rows)
    if not ids:
        data = graph.part(named(columns, answer.rows))
        columns, rows = with_labels(data, columns, answer.rows, language)
        if form == "table":
            rows = in_words(data.schema, columns, rows, language)
    if form == "table":
        columns, rows = without_empty(columns, rows)
    count = counted("row", len(rows), language)
    notes = (
        *filter(None, [hint(graph, answer)]),
        say("rows answered", language, count=count, engine=answer.engine),
        provenance_line(answer.version, answer.digest, language),
    )
    write(Table(columns, rows, notes=notes, language=language), form, file)


def _given(asked: Question, pairs: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise ParameterError(
                f"{pair!r}: give parameters as NAME=VALUE; {asked.name} takes {_usage(asked)}"
            )
        given[name] = value
    return given
