"""Export, import, cite."""

from __future__ import annotations

from pathlib import Path

import click

from diaspora_graph.cli.options import graph_option, open_data, output_option
from diaspora_graph.cli.output import emit
from diaspora_graph.dataset.canonical import digest, digests
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.exchange import FORMATS as OF_FILES
from diaspora_graph.exchange import Format
from diaspora_graph.importers.result import Import, report
from diaspora_graph.wording.sentences import citation

_NEO4J = "graphs.neo4j"
_OF_NEO4J = (
    Format("neo4j-admin", "files and scripts for Neo4j's import tool", "", f"{_NEO4J}.bulk"),
    Format("neo4j-style", "colours for Neo4j Browser", ".grass", f"{_NEO4J}.style"),
)
FORMATS = {**OF_FILES, **{each.name: each for each in _OF_NEO4J}}


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    required=True,
    help="; ".join(f"{each.name}: {each.what}" for each in FORMATS.values()),
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(),
    help="Where to write; default: diaspora-graph with the usual file ending.",
)
@graph_option
def export(form: str, file: str | None, graphs: tuple[str, ...]) -> None:
    """Write the data, with its sources, in a format for other programs."""
    target = file or f"diaspora-graph{FORMATS[form].suffix or f'-{form}'}"
    for each in FORMATS[form].write(open_data(graphs), target):
        click.echo(f"wrote {each}")


@click.command("import")
@click.argument("form", metavar="FORMAT", type=click.Choice(("xlsx", "jsonl", "ttl", "labels")))
@click.argument("source", metavar="FILE", type=click.Path(dir_okay=False))
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False),
    required=True,
    help="The dataset folder to write; for labels, the one to correct.",
)
def import_(form: str, source: str, folder: str) -> None:
    """Make a dataset folder from a FILE of another FORMAT.

    xlsx: a workbook made by `diaspora-graph template` and filled in. jsonl, ttl: what
    `export --format jsonl` and `export --format ttl` write; several become a folder each. labels: a
    workbook made by `export --format labels`, with better labels from a native reader; they replace
    those of the folder.

    A cell that can mean only one thing is repaired, and each repair is reported. If faults remain,
    all of them are listed and nothing is written: correct FILE and run the command again.
    """
    from importlib import import_module

    importer = import_module(f"diaspora_graph.importers.{form}")
    found: Import = importer.prepare(Path(source), Path(folder))
    if found.repairs:
        click.echo(report(found.repairs, found.what))
    for each in found.write():
        click.echo(f"wrote {each}")
    steps = [f"diaspora-graph {each.format(folder=folder)}" for each in found.then]
    click.echo("next: " + "\n      ".join(steps))


@click.command()
@click.argument("sources", nargs=-1)
@click.option(
    "--style",
    type=click.Choice(("apa", "chicago", "bibtex", "csl-json")),
    default="apa",
    show_default=True,
    help="How to write them.",
)
@graph_option
@output_option
def cite(sources: tuple[str, ...], style: str, graphs: tuple[str, ...], file: str | None) -> None:
    """Print how to cite the data; with SOURCES (ids, or `all`), how to cite these sources."""
    from diaspora_graph.bibliography import entries

    data = open_data(graphs)
    if not sources:
        emit(_data(data), file)
        return
    every = data.tables["source"]["id"].all()
    by_citation = {citation(data, id): id for id in every}
    ids = every if sources == ("all",) else [by_citation.get(name, name) for name in sources]
    found = [data.source(id) for id in ids]
    if style in {"bibtex", "csl-json"}:
        emit(getattr(entries, style.replace("-", "_"))(found, data.schema), file)
        return
    letter = entries.letters(data.source(id) for id in every)
    references = [
        getattr(entries, style)(each, data.schema, letter.get(each.id, ""))
        for each in entries.in_order(found, style)
    ]
    emit("\n\n".join(entries.plain(each) for each in references), file)


def _data(data: Dataset) -> str:
    from diaspora_graph.bibliography.entries import cite_dataset, plain

    found = digests(data)
    lines = [plain(cite_dataset(each, found[each.name])) for each in data.datasets()]
    if len(lines) > 1:
        lines.append(f"Opened together: SHA-256 {digest(data)}.")
    return "\n\n".join(lines)
