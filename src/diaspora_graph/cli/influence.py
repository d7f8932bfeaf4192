"""Influence paths: show, count, explain, why not, how robust."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

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
from diaspora_graph.cli.prose import path_lines
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve
from diaspora_graph.diagnosis.robustness import Robustness, robustness
from diaspora_graph.diagnosis.why_not import Obstacle
from diaspora_graph.diagnosis.why_not import why_not as obstacles_between
from diaspora_graph.filters.rules import Rules
from diaspora_graph.filters.scope import Scope
from diaspora_graph.paths.explanation import explained
from diaspora_graph.paths.path import InfluencePath
from diaspora_graph.paths.rankings import RANKINGS, ranking
from diaspora_graph.paths.search import Found, Search
from diaspora_graph.wording.sentences import credit, evidence_of, stated

_hops = click.option(
    "--max-hops", "hops", type=int, default=4, show_default=True,
    help="The most influence hops, 1 to 12.",
)  # fmt: skip
_limit = click.option(
    "--limit", type=click.IntRange(min=1), default=10, show_default=True,
    help="The best so many paths.",
)  # fmt: skip
_seconds = click.option(
    "--seconds", type=click.FloatRange(min=0, min_open=True), help="Stop after so many seconds."
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
        ("--undirected", "Follow influence against its direction too."),
        ("--any-relation", "Follow relations that carry no influence too."),
        ("--any-topic", "Let a path pass bodies without a shared topic."),
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
@click.option("--explain", is_flag=True, help="Write each step as a sentence, for and against.")
@rule_options
@scope_options
@language_option
@graph_option
@format_option
@output_option
def paths(
    start: str, goal: str, hops: int, by: str, limit: int, seconds: float | None, explain: bool,
    rules: Rules, scope: Scope, language: str, graphs: tuple[str, ...], form: str,
    file: str | None,
) -> None:  # fmt: skip
    """Show how influence runs from START to GOAL, hop by hop, with the sources of every hop."""
    data = open_data(graphs)
    begin, end = resolve(data, start), resolve(data, goal)
    search, rule = Search(data, scope, rules), ranking(by)
    found = search.best(begin, end, hops=hops, by=by, k=limit, seconds=seconds)
    if form != "table":
        write(_as_table(search, found), form, file)
        return
    lines = [*_heading(data, begin, end, hops, by, scope, rules, language), ""]
    for number, path in enumerate(found.paths, 1):
        if rule.costs:
            lines.append(f"{by} {rule.shown(path.cost)}")
        shown = (
            explained(data, path, language=language)
            if explain
            else path_lines(search, number, path, language)
        )
        lines += [*shown, ""]
    if found.cut:
        lines += [f"{found.cut}: raise --limit or --seconds for more", ""]
    elif not found.paths:
        lines += ["no path", *_obstacles(data, begin, end, scope, rules, hops, language), ""]
    emit("\n".join([*lines, provenance(data)]), file)


def _heading(
    data: Dataset, begin: str, end: str, hops: int, by: str, scope: Scope, rules: Rules,
    language: str,
) -> list[str]:  # fmt: skip
    settings = [f"at most {hops} hops", ranking(by).text, scope.describe(), *rules.lifted()]
    return [
        f"{data.label(begin, language)} → {data.label(end, language)}",
        ", ".join(filter(None, settings)),
    ]


def _as_table(search: Search, found: Found) -> Table:
    columns = (
        "path", "cost", "coherent", "sequential", "step", "from", "to", "inclusion", "subject",
        "predicate", "object", "statements",
    )  # fmt: skip
    return Table(
        columns,
        [row for number, path in enumerate(found.paths, 1) for row in _steps(search, number, path)],
    )


def _steps(search: Search, number: int, path: InfluencePath) -> Iterator[tuple[Any, ...]]:
    head = number, path.cost, search.coherent(path), search.sequential(path)
    for place, step in enumerate(path.steps, 1):
        yield (
            *head, place, step.begin, step.end, step.inclusion, step.subject, step.predicate,
            step.object, "|".join(step.statements),
        )  # fmt: skip


@click.command("count-paths")
@click.argument("start")
@click.argument("goal")
@_hops
@_seconds
@rule_options
@scope_options
@graph_option
@output_option
def count_paths(
    start: str, goal: str, hops: int, seconds: float | None, rules: Rules, scope: Scope,
    graphs: tuple[str, ...], file: str | None,
) -> None:  # fmt: skip
    """Count the paths from START to GOAL without listing them."""
    data = open_data(graphs)
    begin, end = resolve(data, start), resolve(data, goal)
    found = Search(data, scope, rules).count(begin, end, hops=hops, seconds=seconds)
    lines = _heading(data, begin, end, hops, "hops", scope, rules, "en")
    number = (
        f"at least {found.number:,} paths, {found.cut}"
        if found.cut
        else (f"{found.number:,} path{'s' * (found.number != 1)}")
    )
    emit("\n".join([*lines, "", number, "", provenance(data)]), file)


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
    """Say what keeps START and GOAL apart: a denial, a filter, a rule, or where influence stops."""
    data = open_data(graphs)
    begin, end = resolve(data, start), resolve(data, goal)
    search = Search(data, scope, rules)
    found = search.best(begin, end, hops=hops, k=1).paths
    if found:
        lines = ["there is a path:", *path_lines(search, 1, found[0], language)]
    else:
        lines = list(_obstacles(data, begin, end, scope, rules, hops, language))
    emit("\n".join([*lines, "", provenance(data)]), file)


def _obstacles(
    data: Dataset, begin: str, end: str, scope: Scope, rules: Rules, hops: int, language: str
) -> Iterator[str]:
    for obstacle in obstacles_between(data, begin, end, scope=scope, rules=rules, hops=hops):
        yield from _obstacle_lines(data, obstacle, language)


def _obstacle_lines(data: Dataset, obstacle: Obstacle, language: str) -> Iterator[str]:
    if obstacle.path is None:
        yield f"why not: {obstacle.cut}"
        for id, reason in zip(obstacle.where, obstacle.because, strict=True):
            yield f"  at {data.label(id, language)}: {reason}"
        yield from _acting_lines(data, obstacle, language)
        return
    yield f"why not: {obstacle.cut}"
    yield from (f"  at {_named(data, id, language)}" for id in obstacle.where)
    way = " → ".join(data.label(id, language) for id in obstacle.path.nodes)
    yield f"  without that: {way}"
    yield from _acting_lines(data, obstacle, language)


def _acting_lines(data: Dataset, obstacle: Obstacle, language: str) -> Iterator[str]:
    """Yield who does act on the goal, the first ten by name."""
    if obstacle.acting:
        names = sorted(data.label(id, language) for id in obstacle.acting)
        more = f" and {len(names) - 10} more" if len(names) > 10 else ""
        yield f"  what acts on the goal: {', '.join(names[:10])}{more}"


def _named(data: Dataset, id: str, language: str) -> str:
    if data.kind_of(id) == "statement":
        found = evidence_of(data, id)
        return f"“{stated(found, language)}” ({credit(found)}) [{id}]"
    return data.label(id, language)


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
    """Show which paths from START to GOAL stand, and at which rank, without each source."""
    data = open_data(graphs)
    begin, end = resolve(data, start), resolve(data, goal)
    found = robustness(data, begin, end, scope=scope, rules=rules, hops=hops, by=by, k=limit)
    heading = _heading(data, begin, end, hops, by, scope, rules, language)
    write(_robust_table(data, found, heading, language), form, file)


def _robust_table(data: Dataset, found: Robustness, heading: list[str], language: str) -> Table:
    names = [f"path {number}" for number in range(1, len(found.paths) + 1)]
    rows = [(loss.without, *(_rank(rank) for rank in loss.ranks)) for loss in found.losses]
    keys = [
        f"{name}: " + " → ".join(data.label(id, language) for id in path.nodes)
        for name, path in zip(names, found.paths, strict=True)
    ]
    notes = ("; ".join(heading), *(keys or ["no path"]), provenance(data))
    return Table(("without", *names), rows, notes=notes)


def _rank(rank: int) -> str:
    return {0: "gone", -1: "below the limit"}.get(rank, str(rank))
