"""Influence paths: show, count, explain, why not, robustness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

import click

from diaspora_graph.cli.options import (
    filter_lines,
    format_option,
    graph_option,
    ids_option,
    labelled,
    language_option,
    open_data,
    output_option,
    provenance,
    scope_options,
)
from diaspora_graph.cli.output import Table, emit, write
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.diagnosis.robustness import Robustness, robustness
from diaspora_graph.diagnosis.text import loss_text, obstacle_lines
from diaspora_graph.diagnosis.why_not import Obstacle, obstacles
from diaspora_graph.filters.rules import Rules
from diaspora_graph.filters.scope import Scope
from diaspora_graph.paths.explanation import explained, heading, path_lines
from diaspora_graph.paths.path import InfluencePath
from diaspora_graph.paths.rankings import RANKINGS, ranking
from diaspora_graph.paths.search import FoundPaths, Search
from diaspora_graph.wording.words import counted, say

_hops = click.option(
    "--max-hops", "hops", type=int, default=4, show_default=True,
    help="The largest number of influence hops, 1 to 12.",
)  # fmt: skip
_limit = click.option(
    "--limit", type=click.IntRange(min=1), default=10, show_default=True,
    help="The maximum number of paths.",
)  # fmt: skip
_seconds = click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    help="Stop after this number of seconds.",
)
_by = click.option(
    "--by", type=click.Choice(tuple(RANKINGS)), default="hops", show_default=True,
    help="The ranking: " + "; ".join(f"{each.name}: {each.text}" for each in RANKINGS.values())
    + ".",
)  # fmt: skip


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that lift rules of influence; the verb gets one value, ``rules``."""

    @wraps(command)
    def run(*args: Any, any_topic: bool, any_relation: bool, undirected: bool, **more: Any) -> Any:
        rules = Rules(
            topic_gate=not any_topic, influence_only=not any_relation, directed=not undirected
        )
        return command(*args, rules=rules, **more)

    for name, words in (
        ("--undirected", "Also follow influence against its direction."),
        ("--any-relation", "Also follow relations that carry no influence."),
        ("--any-topic", "Let a path pass government bodies without a shared topic."),
    ):
        run = click.option(name, is_flag=True, help=words)(run)
    return run


@click.command()
@click.argument("start")
@click.argument("goal")
@_hops
@_by
@_limit
@_seconds
@click.option(
    "--explain", is_flag=True, help="Write each step as a sentence, with claims for and against."
)
@rule_options
@scope_options
@ids_option
@language_option
@graph_option
@format_option
@output_option
def paths(
    start: str, goal: str, hops: int, by: str, limit: int, seconds: float | None, explain: bool,
    rules: Rules, scope: Scope, ids: bool, language: str, graphs: tuple[str, ...], form: str,
    file: str | None,
) -> None:  # fmt: skip
    """Show how influence runs from START to GOAL, hop by hop, with the sources of every hop."""
    search = Search(open_data(graphs), scope, rules)
    found = search.best(start, goal, hops=hops, by=by, k=limit, seconds=seconds)
    if form != "table":
        write(_as_table(search, found, by, language, ids=ids), form, file)
        return
    lines = [*heading(search, start, goal, hops, by, language), ""]
    for number, path in enumerate(found.paths, 1):
        lines += [_cost_line(path, by, language)] if ranking(by).costs else []
        lines += _path_lines(search, number, path, language, explain=explain)
        lines.append("")
    if found.cut:
        lines += [say("raise", language, cut=found.why_cut(language)), ""]
    elif not found.paths:
        found_obstacles = obstacles(search, start, goal, hops)
        lines += [say("no path", language), *_obstacles(search, found_obstacles, language), ""]
    emit("\n".join([*lines, provenance(search.data, language)]), file)


def _cost_line(path: InfluencePath, by: str, language: str) -> str:
    return f"{by}: {ranking(by).shown(path.cost, language)}"


def _path_lines(
    search: Search, number: int, path: InfluencePath, language: str, *, explain: bool
) -> Iterator[str]:
    if explain:
        return explained(search.data, path, language=language)
    return path_lines(search, number, path, language)


def _obstacles(search: Search, found: Iterable[Obstacle], language: str) -> Iterator[str]:
    for each in found:
        yield from obstacle_lines(search.data, each, language)


def _as_table(search: Search, found: FoundPaths, by: str, language: str, *, ids: bool) -> Table:
    columns: tuple[str, ...] = (
        "path", "ranking", "cost", "coherent", "sequential", "step", "from", "to", "inclusion",
        "subject", "predicate", "object", "statements", "denials", "filters",
    )  # fmt: skip
    rows: list[Any] = [
        row
        for number, path in enumerate(found.paths, 1)
        for row in _steps(search, number, path, by, language)
    ]
    return labelled(search.data, columns, rows, language, ids=ids)


def _steps(
    search: Search, number: int, path: InfluencePath, by: str, language: str
) -> Iterator[tuple[Any, ...]]:
    cost = ranking(by).shown(path.cost, language) if ranking(by).costs else str(path.hops)
    head = number, by, cost, search.coherent(path), search.sequential(path)
    for place, step in enumerate(path.steps, 1):
        yield (
            *head, place, step.begin, step.end, step.inclusion, step.subject, step.predicate,
            step.object, "|".join(step.statements), "|".join(step.denials),
            search.scope.describe(language),
        )  # fmt: skip


@click.command("count-paths")
@click.argument("start")
@click.argument("goal")
@_hops
@_seconds
@rule_options
@scope_options
@language_option
@graph_option
@output_option
def count_paths(
    start: str, goal: str, hops: int, seconds: float | None, rules: Rules, scope: Scope,
    language: str, graphs: tuple[str, ...], file: str | None,
) -> None:  # fmt: skip
    """Count the influence paths from START to GOAL."""
    search = Search(open_data(graphs), scope, rules)
    found = search.count(start, goal, hops=hops, seconds=seconds)
    number = counted("path", found.number, language)
    if found.cut:
        number = say("count at least", language, count=number, cut=found.why_cut(language))
    lines = heading(search, start, goal, hops, "hops", language)
    emit("\n".join([*lines, "", number, "", provenance(search.data, language)]), file)


@click.command("why-not")
@click.argument("start")
@click.argument("goal")
@_hops
@rule_options
@scope_options
@language_option
@graph_option
@output_option
def why_not(
    start: str, goal: str, hops: int, rules: Rules, scope: Scope, language: str,
    graphs: tuple[str, ...], file: str | None,
) -> None:  # fmt: skip
    """Explain why no path leads from START to GOAL: a denial, a filter, a rule, a dead end."""
    search = Search(open_data(graphs), scope, rules)
    found = search.best(start, goal, hops=hops, k=1).paths
    if found:
        lines = [say("there is a path", language), *path_lines(search, 1, found[0], language)]
    else:
        lines = list(_obstacles(search, obstacles(search, start, goal, hops), language))
    lines += filter_lines(scope, language)
    emit("\n".join([*lines, "", provenance(search.data, language)]), file)


@click.command()
@click.argument("start")
@click.argument("goal")
@_hops
@_by
@_limit
@rule_options
@scope_options
@language_option
@graph_option
@format_option
@output_option
def robust(
    start: str, goal: str, hops: int, by: str, limit: int, rules: Rules, scope: Scope,
    language: str, graphs: tuple[str, ...], form: str, file: str | None,
) -> None:  # fmt: skip
    """Show which paths from START to GOAL remain, and at which rank, without each source."""
    data = open_data(graphs)
    found = robustness(data, start, goal, scope=scope, rules=rules, hops=hops, by=by, k=limit)
    settings = heading(Search(data, scope, rules), start, goal, hops, by, language)
    write(_robust_table(data, found, settings, language), form, file)


def _robust_table(data: Dataset, found: Robustness, settings: list[str], language: str) -> Table:
    numbers = range(1, len(found.paths) + 1)
    names = [say("path number", language, number=number) for number in numbers]
    rows = [
        (loss_text(data, loss, language), *(_rank(rank, language) for rank in loss.ranks))
        for loss in found.losses
    ]
    keys = [
        f"{name}: " + " → ".join(data.label(id, language) for id in path.nodes)
        for name, path in zip(names, found.paths, strict=True)
    ]
    nothing = [say("no path", language)]
    notes = ("; ".join(settings), *(keys or nothing), provenance(data, language))
    return Table((say("without", language), *names), rows, notes=notes, language=language)


def _rank(rank: int, language: str) -> str:
    return {0: say("gone", language), -1: say("below the limit", language)}.get(rank, str(rank))
