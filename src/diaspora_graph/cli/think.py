"""Why, and compare."""

from __future__ import annotations

from collections.abc import Iterator

import click

from diaspora_graph.cli.options import (
    format_option,
    graph_option,
    language_option,
    open_data,
    output_option,
    provenance,
    scope_options,
)
from diaspora_graph.cli.output import Table, emit, write
from diaspora_graph.cli.prose import claim_lines, point_line
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.filters.scope import Scope
from diaspora_graph.policies.compare import Aspect, Comparison, Point
from diaspora_graph.policies.compare import compare as compared
from diaspora_graph.wording.sentences import evidence_of

COMPARED = ("armenia", "israel", "india", "south-korea", "kazakhstan")


@click.command()
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="OBJECT")
@language_option
@graph_option
@output_option
def why(
    subject: str,
    predicate: str,
    object_: str,
    language: str,
    graphs: tuple[str, ...],
    file: str | None,
) -> None:
    """Show what the relation SUBJECT PREDICATE OBJECT rests on, for and against."""
    data = open_data(graphs)
    begin, end = resolve(data, subject), resolve(data, object_)
    if predicate not in data.schema.predicates:
        raise UnknownNameError("relation", predicate, data.schema.predicates)
    table = data.tables["statement"]
    ids = [
        table["id"][row]
        for row in range(len(table))
        if (table["subject"][row], table["predicate"][row], table["object"][row])
        == (begin, predicate, end)
    ]
    if not ids:
        said = f"{data.label(begin)} {data.schema.predicates[predicate].label()} {data.label(end)}"
        others = sorted(
            {
                table["predicate"][row]
                for row in range(len(table))
                if (table["subject"][row], table["object"][row]) == (begin, end)
            }
        )
        hint = f"there is {' and '.join(others)}" if others else "try `why-not`"
        raise ParameterError(f"no source says or denies that {said}; {hint}")
    lines = [line for id in ids for line in claim_lines(data, evidence_of(data, id), language)]
    emit("\n".join([*lines, "", provenance(data)]), file)


@click.command()
@click.argument("states", nargs=-1)
@scope_options
@language_option
@graph_option
@format_option
@output_option
def compare(
    states: tuple[str, ...],
    scope: Scope,
    language: str,
    graphs: tuple[str, ...],
    form: str,
    file: str | None,
) -> None:
    """Compare STATES point by point, with the sources of every point.

    Without names: Armenia, Israel, India, South Korea and Kazakhstan.
    """
    data = open_data(graphs)
    subjects = [resolve(data, name) for name in states or COMPARED]
    found = compared(data, subjects, scope)
    if form != "table":
        write(_points_table(found), form, file)
        return
    lines = list(comparison_lines(data, found, language))
    names = ", ".join(data.label(subject, language) for subject in subjects)
    lines = lines or [f"the sources at hand compare nothing of {names}; name states", ""]
    emit("\n".join([*lines, provenance(data)]), file)


def comparison_lines(data: Dataset, found: Comparison, language: str = "en") -> Iterator[str]:
    """Yield a comparison: aspect by aspect, for each subject its points and who says them."""
    for aspect in found.aspects:
        terms = data.schema.items if aspect.is_item else data.schema.predicates
        yield terms[aspect.name].label(language) + _scale(data, aspect, language)
        silent = []
        for subject, points in zip(found.subjects, aspect.cells, strict=True):
            name = data.label(subject, language)
            silent += [] if points else [name]
            for point in points:
                yield f"  {name}: {point_line(data, point, language, is_item=aspect.is_item)}"
        if silent:
            yield f"  not stated: {', '.join(silent)}"
        yield ""


def _scale(data: Dataset, aspect: Aspect, language: str) -> str:
    """Return what an item asks and the values that it may have, lowest first."""
    if not aspect.is_item:
        return ""
    item = data.schema.items[aspect.name]
    question = item.question.get(language) or item.question.get("en", "")
    return f" — {question} ({' < '.join(item.scale)})"


def _points_table(found: Comparison) -> Table:
    rows = [
        (aspect.name, subject, point.value, point.denied, "|".join(point.claims))
        for aspect in found.aspects
        for subject, points in zip(found.subjects, aspect.cells, strict=True)
        for point in (points or (Point("", ()),))
    ]
    return Table(("aspect", "subject", "value", "denied", "claims"), rows)
