"""Scores, distances and diffusion: states ranked, alike and different, first and last."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import click

from diaspora_graph.cli.options import (
    filter_lines,
    format_option,
    graph_option,
    language_option,
    open_data,
    output_option,
    provenance,
    scope_options,
)
from diaspora_graph.cli.output import Table, emit, write
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve_term
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.scope import Scope
from diaspora_graph.policies.aggregation import RULES
from diaspora_graph.policies.attention import uneven
from diaspora_graph.policies.comparison import dimensions_of
from diaspora_graph.policies.distances import LEAST, Distances
from diaspora_graph.policies.distances import contrasts as contrasted
from diaspora_graph.policies.distances import distances as measured
from diaspora_graph.policies.over_time import diffusion as adoptions
from diaspora_graph.policies.own import leading_states
from diaspora_graph.policies.scores import TOTAL, Score, Scores
from diaspora_graph.policies.scores import scores as scored
from diaspora_graph.wording.words import say

framework_option = click.option(
    "--framework", default="codebook", show_default=True, metavar="NAME",
    help="By its dimensions: codebook, gamlen, ragazzi, emix, eudif or brinkerhoff.",
)  # fmt: skip


@click.command()
@click.argument("states", nargs=-1)
@framework_option
@scope_options
@language_option
@graph_option
@format_option
@output_option
def scores(
    states: tuple[str, ...], framework: str, scope: Scope, language: str, graphs: tuple[str, ...],
    form: str, file: str | None,
) -> None:  # fmt: skip
    """Score STATES under three rules, with bounds, ranks and how stable the ranks are.

    Without names: the five states with the most data on their policies.
    """
    data = open_data(graphs)
    chosen = states or leading_states(data)
    found = scored(data, chosen, framework=framework, scope=scope)
    if form != "table":
        names = tuple(Score.__dataclass_fields__)
        rows = [tuple(getattr(row, each) for each in names) for row in found.rows]
        write(Table(names, rows), form, file)
        return
    if not found.rows:
        emit(f"{nothing(data, found.states, scope, language)}\n", file)
        return
    heads = (say("dimension", language), say("rule", language))
    labels = tuple(data.label(state, language) for state in found.states)
    notes = (*_score_notes(data, found, scope, language), provenance(data, language))
    rows = list(_score_rows(data, found, language))
    write(Table((*heads, *labels), rows, notes=notes, language=language), form, file)


def nothing(data: Dataset, states: Sequence[str], scope: Scope, language: str) -> str:
    """Return the lines that say that no coding of these states passes."""
    names = ", ".join(data.label(state, language) for state in states)
    lines = [
        *filter_lines(scope, language),
        say("compare nothing", language, names=names),
        "",
        provenance(data, language),
    ]
    return "\n".join(lines)


def _score_rows(data: Dataset, found: Scores, language: str) -> list[tuple[str, ...]]:
    terms = dimensions_of(data.schema, found.framework)
    rows = []
    for dimension in dict.fromkeys(row.dimension for row in found.rows):
        total = dimension == TOTAL
        name = say("total", language) if total else terms[dimension].label(language)
        for rule in RULES:
            cells = [
                _score(found.of(state, dimension=dimension, rule=rule), language)
                for state in found.states
            ]
            rows.append((name, say(f"rule {rule}", language), *cells))
    return rows


def _score(row: Score, language: str) -> str:
    if row.value is None:
        return "–"
    text = f"{row.value:.2f} ({row.low:.2f}–{row.high:.2f})"
    if row.dimension != TOTAL:
        return text
    return f"{text} {say('rank', language, rank=row.rank, best=row.best, worst=row.worst)}"


def _score_notes(data: Dataset, found: Scores, scope: Scope, language: str) -> list[str]:
    lines = [say("score cell means", language), say("rules mean", language)]
    for state in found.states:
        for rule in RULES:
            rank = found.of(state, rule=rule).rank
            if rank is not None:
                same, every, low, high = found.stability(state, rule)
                values = {"rank": rank, "same": same, "all": every, "low": low, "high": high}
                name, how = data.label(state, language), say(f"rule {rule}", language)
                lines.append(say("stable", language, state=name, rule=how, **values))
    for better, worse in uneven(found.comparison) if found.comparison else ():
        more, less = (data.label(row.state, language) for row in (better, worse))
        lines.append(say("uneven", language, more=more, less=less))
    lines += filter_lines(scope, language)
    return [part for line in lines for part in wrap(line, 100)]


@click.command()
@click.argument("states", nargs=-1)
@framework_option
@scope_options
@language_option
@graph_option
@format_option
@output_option
def distances(
    states: tuple[str, ...], framework: str, scope: Scope, language: str, graphs: tuple[str, ...],
    form: str, file: str | None,
) -> None:  # fmt: skip
    """Show how alike STATES are: the distance of each pair, and groups of near states.

    Without names: the five states with the most data on their policies.
    """
    data = open_data(graphs)
    found = measured(data, states or leading_states(data), framework=framework, scope=scope)
    columns = ("first", "second", "distance", "shared items", "differing most")
    items = data.schema.items
    rows = []
    for pair in found.pairs:
        distance = "" if pair.distance is None else f"{pair.distance:.2f}"
        most = pair.differing if form != "table" else pair.differing[:5]
        names = (
            items[each].code or items[each].label(language) if form == "table" else each
            for each in most
        )
        ends = (pair.first, pair.second)
        if form == "table":
            ends = (data.label(pair.first, language), data.label(pair.second, language))
        rows.append((*ends, distance, pair.shared, (", " if form == "table" else "|").join(names)))
    notes = (*_distance_notes(data, found, scope, language), provenance(data, language))
    write(Table(columns, rows, notes=notes, language=language), form, file)


def _distance_notes(data: Dataset, found: Distances, scope: Scope, language: str) -> list[str]:
    lines = [say("distance means", language, least=LEAST)]
    try:
        merges = found.merges()
    except ParameterError as error:
        lines.append(f"{say('no groups', language)}: {error}")
    else:
        lines.append(say("groups", language))
        for distance, group in merges:
            names = ", ".join(data.label(state, language) for state in group)
            lines.append(f"  {say('group at', language, distance=f'{distance:.2f}', names=names)}")
    lines += filter_lines(scope, language)
    return [part for line in lines for part in wrap(line, 100, subsequent_indent="  ")]


@click.command()
@click.argument("item")
@click.argument("states", nargs=-1)
@framework_option
@scope_options
@language_option
@graph_option
@format_option
@output_option
def contrasts(
    item: str, states: tuple[str, ...], framework: str, scope: Scope, language: str,
    graphs: tuple[str, ...], form: str, file: str | None,
) -> None:  # fmt: skip
    """Show pairs of STATES for a comparison of cases on the outcome ITEM.

    Most similar pairs differ in the outcome, most different pairs have the same. Without STATES:
    the five with the most data on their policies.
    """
    data = open_data(graphs)
    chosen = states or leading_states(data)
    found = contrasted(data, chosen, item, framework=framework, scope=scope)
    read = form == "table"
    rows = []
    for each in found:
        ends = (each.pair.first, each.pair.second)
        if read:
            ends = (data.label(ends[0], language), data.label(ends[1], language))
        design = say(each.design, language) if read else each.design
        distance = f"{each.pair.distance:.2f}"
        rows.append((design, *ends, *each.outcome, distance, each.pair.shared))
    term = data.schema.items[resolve_term(data.schema, "item", item)]
    lines = [f"{term.code} {term.label(language)}".strip(), say("contrast means", language)]
    lines += filter_lines(scope, language)
    notes = (*(part for line in lines for part in wrap(line, 100)), provenance(data, language))
    columns = (
        "design",
        "first",
        "second",
        "value first",
        "value second",
        "distance",
        "shared items",
    )
    write(Table(columns, rows, notes=notes, language=language), form, file)


@click.command()
@click.argument("item")
@click.argument("states", nargs=-1)
@click.option("--least", default="", metavar="VALUE", help="The value that counts as having it.")
@scope_options
@language_option
@graph_option
@format_option
@output_option
def diffusion(
    item: str, states: tuple[str, ...], least: str, scope: Scope, language: str,
    graphs: tuple[str, ...], form: str, file: str | None,
) -> None:  # fmt: skip
    """Show in which order STATES came to have ITEM, by the days that codings say."""
    data = open_data(graphs)
    found = adoptions(data, item, states=states, least=least, scope=scope)
    rows = []
    for each in found:
        state = each.state if form != "table" else data.label(each.state, language)
        claims = (", " if form == "table" else "|").join(each.claims)
        rows.append((state, each.value, each.earliest, each.latest, claims))
    term = data.schema.items[resolve_term(data.schema, "item", item)]
    coded = set(states or data.tables["coding"]["subject"].all())
    missing = sorted(coded - {each.state for each in found}) if not states else []
    lines = [f"{term.code} {term.label(language)}".strip()]
    if missing:
        names = ", ".join(data.label(state, language) for state in missing)
        lines.append(say("not coded so", language, names=names))
    lines += filter_lines(scope, language)
    columns = ("state", "value", "not before", "by", "claims")
    notes = (*lines, provenance(data, language))
    write(Table(columns, rows, notes=notes, language=language), form, file)
