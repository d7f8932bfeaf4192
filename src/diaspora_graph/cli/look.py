"""Info, find, show, flags, coverage, codebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from diaspora_graph.bibliography.entries import apa, letters, plain
from diaspora_graph.cli.counts import by_coder, by_country, by_source
from diaspora_graph.cli.options import (
    format_option,
    graph_option,
    language_option,
    open_data,
    output_option,
    provenance,
)
from diaspora_graph.cli.output import Table, emit, write
from diaspora_graph.dataset.canonical import digest
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import find as found_names
from diaspora_graph.dataset.names import resolve
from diaspora_graph.dataset.records import CLAIMS, SEPARATOR, Kind
from diaspora_graph.resources import resource
from diaspora_graph.wording.claims import claim_lines
from diaspora_graph.wording.sentences import doubts, evidence_of, word
from diaspora_graph.wording.words import counted, say


@click.command()
@graph_option
@format_option
@output_option
def info(graphs: tuple[str, ...], form: str, file: str | None) -> None:
    """Show the datasets in use: counts, versions and the digest."""
    data = open_data(graphs)
    rows: list[tuple[str, object]] = [
        (f"dataset {each.name}", f"version {each.version}, {each.licence}, {each.creator}")
        for each in data.datasets()
    ]
    rows += [
        (f"{kind} rows", len(table)) for kind, table in data.tables.items() if kind != "dataset"
    ]
    schema = data.schema
    terms = {
        "classes": schema.classes,
        "relations": schema.predicates,
        "measures": schema.measures,
        "items": schema.items,
    }
    counted = ", ".join(f"{len(each)} {name}" for name, each in terms.items())
    rows += [
        ("relations", len(data.relations)),
        ("path kernel", _kernel(data)),
        ("ontology", f"version {schema.version}: {counted}"),
        ("digest", digest(data)),
    ]
    write(Table(("what", "value"), rows), form, file)


def _kernel(data: Dataset) -> str:
    """Return which kernel searches paths, and why."""
    from diaspora_graph.paths.kernels import FAST_FROM, has_fast, kernel_for

    if kernel_for(data).name == "fast":
        return "fast: compiled by numba"
    if has_fast():
        return f"pure: Python; fast takes over from {FAST_FROM:,} relations on"
    return "pure: Python; pip install 'diaspora-graph[fast]' for large graphs"


@click.command()
@click.argument("name")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="The maximum number of rows.",
)
@language_option
@graph_option
@format_option
@output_option
def find(
    name: str, limit: int, language: str, graphs: tuple[str, ...], form: str, file: str | None
) -> None:
    """Find entities whose name is NAME or similar to it, in any script."""
    data = open_data(graphs)

    def kind(type: str) -> str:
        return type if form != "table" else data.schema.terms("class")[type].label(language)

    rows = [
        (each.id, data.label(each.id, language), kind(each.type), each.name)
        for each in found_names(data, name, limit=limit)
    ]
    nothing = () if rows else (say("nothing resembles", language, name=repr(name)),)
    notes = (*nothing, provenance(data, language))
    write(
        Table(("id", "label", "type", "found by"), rows, notes=notes, language=language), form, file
    )


@click.command()
@click.argument("name")
@language_option
@graph_option
@output_option
def show(name: str, language: str, graphs: tuple[str, ...], file: str | None) -> None:
    """Show everything known about NAME: an entity by any name, a claim or source by its id."""
    data = open_data(graphs)
    lines = list(_shown(data, name, language))
    emit("\n".join([*lines, "", provenance(data, language)]), file)


def _shown(data: Dataset, name: str, language: str) -> Iterator[str]:
    for kind in (*CLAIMS, "source", "flag", "exclusion"):
        if data.tables[kind]["id"].code(name) >= 0:
            yield from _row(data, kind, name, language)
            return
    from diaspora_graph.policies.profile import profile_lines

    yield from profile_lines(data, resolve(data, name), language)


def _row(data: Dataset, kind: Kind, id: str, language: str) -> Iterator[str]:
    if kind in CLAIMS:
        yield from claim_lines(data, evidence_of(data, id), language, indent="")
        yield ""
    elif kind == "source":
        letter = letters(data.source(each) for each in data.tables["source"]["id"].all())
        yield plain(apa(data.source(id), data.schema, letter.get(id, "")))
        yield ""
    record = data.tables[kind].record(data.row(kind, id))
    names = [name for name in type(record).__dataclass_fields__ if getattr(record, name)]
    width = max(map(len, names))
    yield from (f"{name.ljust(width)}  {getattr(record, name)}" for name in names)
    if kind == "source":
        counts = {each: data.tables[each]["source"].all().count(id) for each in CLAIMS}
        yield ""
        yield "claims: " + ", ".join(f"{count} {each}s" for each, count in counts.items())
        yield from (f"doubt: {doubt}" for doubt in doubts(data, id))


@click.command()
@click.option(
    "--kind", default="", metavar="WORD", help="Only doubts of this kind, such as arithmetic."
)
@language_option
@graph_option
@format_option
@output_option
def flags(kind: str, language: str, graphs: tuple[str, ...], form: str, file: str | None) -> None:
    """List doubts about what the sources say, with the rows that they are about."""
    from diaspora_graph.errors import UnknownNameError

    data = open_data(graphs)
    if kind and kind not in data.schema.vocabularies["flag_kind"]:
        raise UnknownNameError("kind of flag", kind, data.schema.words("flag_kind"))
    table = data.tables["flag"]
    rows = [
        (
            table["id"][row],
            word(data.schema, "flag_kind", table["kind"][row], language)
            if form == "table"
            else table["kind"][row],
            _listed(table["target"][row], whole=form != "table"),
            table["note"][row],
        )
        for row in range(len(table))
        if not kind or table["kind"][row] == kind
    ]
    write(
        Table(
            ("flag", "kind", "targets", "note"),
            rows,
            notes=(
                counted("flag", len(rows), language),
                *_cut_note(rows, language),
                provenance(data, language),
            ),
            language=language,
        ),
        form,
        file,
    )


_FIRST = 3
"""The largest number of targets of a flag that a table shows."""


def _listed(cell: str, *, whole: bool) -> str:
    """Return a list of ids, in a table no more than the first few."""
    ids = cell.split(SEPARATOR)
    if whole or len(ids) <= _FIRST + 1:
        return ", ".join(ids)
    return f"{', '.join(ids[:_FIRST])} … +{len(ids) - _FIRST:,}"


def _cut_note(rows: Sequence[Sequence[str]], language: str) -> tuple[str, ...]:
    return (say("cut lists", language),) if any("…" in row[2] for row in rows) else ()


@click.command()
@click.option(
    "--by",
    type=click.Choice(("source", "country", "coder")),
    default="source",
    show_default=True,
    help="Count by source and place; by country, kind and decade; or compare coders.",
)
@language_option
@graph_option
@format_option
@output_option
def coverage(by: str, language: str, graphs: tuple[str, ...], form: str, file: str | None) -> None:
    """Count the claims by source, kind and place, or by country, or compare coders."""
    data = open_data(graphs)
    table = {"source": by_source, "country": by_country, "coder": by_coder}[by]
    found = table(data, language, whole=form != "table")
    write(
        replace(found, notes=(*found.notes, provenance(data, language)), language=language),
        form,
        file,
    )


@click.command()
@graph_option
@output_option
def codebook(graphs: tuple[str, ...], file: str | None) -> None:
    """Write the codebook as Markdown: the contents of the data, the rules of coding, every item.

    The text of `about.md` in a folder comes first.
    """
    from diaspora_graph.wording.codebook import codebook as written

    places = [Path(each) / "about.md" for each in graphs or (resource("seed"),)]
    about = "\n\n".join(place.read_text("utf-8") for place in places if place.is_file())
    emit(written(open_data(graphs), about), file)
