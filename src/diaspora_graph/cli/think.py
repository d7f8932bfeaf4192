"""Paths, why, why-not, compare."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import click

from diaspora_graph.analysis.comparison import Aspect, Comparison, Point
from diaspora_graph.analysis.comparison import compare as compared
from diaspora_graph.analysis.misses import Miss, nearest_miss
from diaspora_graph.analysis.paths import InfluencePath, Rules, influence_paths
from diaspora_graph.analysis.scope import Scope
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
from diaspora_graph.cli.prose import claim_lines, credit, path_lines, stated
from diaspora_graph.dataset import Dataset
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.evidence import evidence_of
from diaspora_graph.names import resolve

COMPARED = ("armenia", "israel", "india", "south-korea", "kazakhstan")


@click.command()
@click.argument("start")
@click.argument("goal")
@click.option(
    "--max-hops",
    "hops",
    type=int,
    default=4,
    show_default=True,
    help="The most influence hops, 1 to 12.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Show at most so many paths.",
)
@click.option("--any-topic", is_flag=True, help="Let a path pass bodies without a shared topic.")
@click.option("--any-relation", is_flag=True, help="Follow relations that carry no influence too.")
@click.option("--undirected", is_flag=True, help="Follow influence against its direction too.")
@scope_options
@language_option
@graph_option
@format_option
@output_option
def paths(
    start: str, goal: str, hops: int, limit: int, any_topic: bool, any_relation: bool,
    undirected: bool, scope: Scope, language: str, graphs: tuple[str, ...], form: str,
    file: str | None,
) -> None:  # fmt: skip
    """Show how influence runs from START to GOAL, hop by hop, with the sources of every hop."""
    data = open_data(graphs)
    begin, end = resolve(data, start), resolve(data, goal)
    rules = Rules(
        topic_gate=not any_topic, influence_only=not any_relation, directed=not undirected
    )
    search = influence_paths(data, begin, end, scope, rules, hops)
    found = list(islice(search, limit + 1))
    if form != "table":
        write(_as_table(data, found[:limit]), form, file)
        return
    settings = [f"at most {hops} hops", scope.describe(), *rules.lifted()]
    lines = [
        f"{data.label(begin, language)} → {data.label(end, language)}",
        ", ".join(filter(None, settings)),
        "",
    ]
    for number, path in enumerate(found[:limit], 1):
        lines += [*path_lines(data, number, path, language), ""]
    if not found:
        miss = nearest_miss(data, begin, end, scope, rules, hops)
        lines += ["no path", f"why not: {_miss_line(data, miss, language)}", ""]
    elif len(found) > limit:
        lines += ["there are more paths: raise --limit", ""]
    emit("\n".join([*lines, provenance(data)]), file)


def _as_table(data: Dataset, found: list[InfluencePath]) -> Table:
    columns = (
        "path", "step", "from", "to", "inclusion", "subject", "predicate", "object", "statements",
    )  # fmt: skip
    return Table(
        columns, [row for number, path in enumerate(found, 1) for row in _steps(data, number, path)]
    )


def _steps(data: Dataset, number: int, path: InfluencePath) -> Iterator[tuple[Any, ...]]:
    predicates, ids = list(data.schema.predicates), data.tables["statement"]["id"]
    for place, step in enumerate(path.steps, 1):
        statements = "|".join(
            ids[int(row)] for row in data.relations.rows(step.relation) if not data.denied[row]
        )
        predicate = predicates[data.relations.predicate[step.relation]]
        begin, end = data.id_list[step.begin], data.id_list[step.end]
        ends = (begin, end) if step.along else (end, begin)
        subject, object_ = ends
        yield number, place, begin, end, step.inclusion, subject, predicate, object_, statements


def _miss_line(data: Dataset, miss: Miss, language: str) -> str:
    if miss.path is None:
        stops = ", ".join(data.label(id, language) for id in miss.where)
        return f"{miss.cut}: {stops}" if stops else miss.cut
    where = [_named(data, id, language) for id in miss.where]
    way = " → ".join(data.label(data.id_list[thing], language) for thing in miss.path.things)
    return f"{miss.cut}{' at ' + '; '.join(where) if where else ''}. Without that: {way}"


def _named(data: Dataset, id: str, language: str) -> str:
    if data.kind_of(id) == "statement":
        found = evidence_of(data, id)
        return f"“{stated(found, language)}” ({credit(found)}) [{id}]"
    return data.label(id, language)


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
    lines = [line for id in ids for line in claim_lines(evidence_of(data, id), language)]
    emit("\n".join([*lines, "", provenance(data)]), file)


@click.command("why-not")
@click.argument("start")
@click.argument("goal")
@click.option(
    "--max-hops",
    "hops",
    type=int,
    default=4,
    show_default=True,
    help="The most influence hops, 1 to 12.",
)
@scope_options
@language_option
@graph_option
@output_option
def why_not(
    start: str,
    goal: str,
    hops: int,
    scope: Scope,
    language: str,
    graphs: tuple[str, ...],
    file: str | None,
) -> None:
    """Say what keeps START and GOAL apart: a denial, a filter, a rule, or where influence stops."""
    data = open_data(graphs)
    begin, end = resolve(data, start), resolve(data, goal)
    path = next(influence_paths(data, begin, end, scope, hops=hops), None)
    if path is not None:
        lines = ["there is a path:", *path_lines(data, 1, path, language)]
    else:
        lines = [_miss_line(data, nearest_miss(data, begin, end, scope, hops=hops), language)]
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
                yield f"  {name}: {_point(data, point, language, is_item=aspect.is_item)}"
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


def _point(data: Dataset, point: Point, language: str, *, is_item: bool) -> str:
    said = point.value if is_item else data.label(point.value, language)
    denied = " (denied)" if point.denied else ""
    credits = dict.fromkeys(credit(evidence_of(data, id)) for id in point.claims)
    sources = "; ".join(each for each in credits if each)
    return f"{said}{denied} — {sources} [{', '.join(point.claims)}]"


def _points_table(found: Comparison) -> Table:
    rows = [
        (aspect.name, subject, point.value, point.denied, "|".join(point.claims))
        for aspect in found.aspects
        for subject, points in zip(found.subjects, aspect.cells, strict=True)
        for point in (points or (Point("", ()),))
    ]
    return Table(("aspect", "subject", "value", "denied", "claims"), rows)
