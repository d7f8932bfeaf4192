"""Template, check, seal, verify: a researcher's own data."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import click

from diaspora_graph.cli.options import (
    format_option,
    graph_option,
    open_data,
    output_option,
    provenance,
)
from diaspora_graph.cli.output import Table, emit, write
from diaspora_graph.errors import MORE, ParameterError, UnknownNameError, fault_report
from diaspora_graph.reading.load import Examined, examine
from diaspora_graph.reading.sealing import Verified, read_texts
from diaspora_graph.reading.sealing import seal as sealed
from diaspora_graph.reading.sealing import verify as verified


@click.command()
@click.argument("folder", type=click.Path(file_okay=False))
def template(folder: str) -> None:
    """Make FOLDER with a spreadsheet to fill in: cells are text, with drop-down lists."""
    from diaspora_graph.exchange.template import write_template
    from diaspora_graph.ontology.load import load_schema

    path = Path(folder)
    if path.is_dir() and any(path.iterdir()):
        raise ParameterError(
            f"{folder} is not empty: name an empty folder, or one that does not exist yet"
        )
    for each in write_template(path, load_schema()):
        click.echo(f"wrote {each}")
    click.echo(
        f"next: fill in {path / 'template.xlsx'}, then\n"
        f"  diaspora-graph import xlsx {path / 'template.xlsx'} -o {path}\n"
        f"  diaspora-graph seal {path} --source-text SOURCE=FILE\n"
        f"  diaspora-graph check {path}"
    )


@click.command()
@click.argument("folders", nargs=-1, type=click.Path())
@format_option
@output_option
def check(folders: tuple[str, ...], form: str, file: str | None) -> None:
    """Check FOLDERS by every rule and report all faults in all files; without folders, the seed.

    Exit code 0: no faults; 1: faults. Warnings are not faults. If one rule has many faults, the
    first few are shown; --format csv and --format json list all of them.
    """
    found = examine(*folders)
    if form != "table" or file:
        write(_judged_table(found), form, file)
        raise SystemExit(1 if found.faults else 0)
    if found.warnings:
        click.echo(fault_report(found.warnings).replace(" fault", " warning", 1), err=True)
    if found.faults:
        report = fault_report(found.faults, found.counts)
        click.echo(report, err=True)
        if MORE in report:
            click.echo("--format csv -o faults.csv lists all of them", err=True)
        raise SystemExit(1)
    data = found.dataset()
    counts = ", ".join(
        f"{len(table):,} {kind}s" for kind, table in data.tables.items() if kind != "dataset"
    )
    click.echo(f"no faults: {counts.replace('entitys', 'entities').replace('aliass', 'aliases')}")
    click.echo(provenance(data))


def _judged_table(found: Examined) -> Table:
    """Return every fault and warning as a row."""
    columns = ("file", "row", "column", "rule", "said", "expected", "hint")
    levels = (("fault", found.faults), ("warning", found.warnings))
    rows = [
        (level, *(getattr(each, name) for name in columns))
        for level, faults in levels
        for each in faults
    ]
    return Table(("level", *columns), rows)


def _texts(pairs: tuple[str, ...]) -> dict[str, str]:
    """Split ``SOURCE=FILE``."""
    files = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    if len(files) < len(pairs):
        raise ParameterError("--source-text takes SOURCE=FILE, each source once")
    return files


@click.command()
@click.argument("folder", type=click.Path())
@click.option(
    "--source-text",
    "pairs",
    multiple=True,
    metavar="SOURCE=FILE",
    help="The text of a source, as UTF-8; may be repeated.",
)
def seal(folder: str, pairs: tuple[str, ...]) -> None:
    """Turn the column `quote` of FOLDER into passages, fill empty ids, write the canonical form."""
    count = sealed(folder, read_texts(_texts(pairs)))
    click.echo(f"sealed {count} passages in {folder}; next: diaspora-graph check {folder}")


@click.command()
@click.option(
    "--source-text",
    "pairs",
    multiple=True,
    metavar="SOURCE=FILE",
    help="The text of a source, as UTF-8; may be repeated.",
)
@click.option("--read", is_flag=True, help="Show the words of each passage.")
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    help="Look up only this number of passages, drawn at random.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The seed of the random sample."
)
@graph_option
@format_option
@output_option
def verify(
    pairs: tuple[str, ...], read: bool, sample: int | None, seed: int, graphs: tuple[str, ...],
    form: str, file: str | None,
) -> None:  # fmt: skip
    """Look up every passage in the texts of the sources.

    Warns when a passage has neither the number of the claim nor a name of its subject or object.
    Exit code 1 if a passage is not found in a text that was given.
    """
    data = open_data(graphs)
    files = _texts(pairs)
    for source in files:
        if data.tables["source"]["id"].code(source) < 0:
            raise UnknownNameError("source", source, data.tables["source"]["id"].all())
    results = list(verified(data, read_texts(files)))
    if sample is not None and sample < len(results):
        drawn = sorted(random.Random(seed).sample(range(len(results)), sample))  # noqa: S311 (no secret)
        results = [results[place] for place in drawn]
    counts = Counter(each.outcome for each in results)
    if form != "table":
        write(_verified_table(results), form, file)
    else:
        lines = [line for each in results for line in _verified_lines(each, read=read)]
        summary = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
        emit("\n".join([*lines, f"{len(results)} passages: {summary}", provenance(data)]), file)
    if counts["not found"] or counts["other edition"]:
        raise SystemExit(1)


def _verified_lines(each: Verified, *, read: bool) -> list[str]:
    is_shown = (
        each.outcome in {"not found", "other edition"} or each.warning or (read and each.words)
    )
    if not is_shown:
        return []
    warning = f"; {each.warning}" if each.warning else ""
    head = f"{each.outcome}{warning}: {each.id} ({each.source}, {each.locator})"
    return [head, *([f"    {' '.join(each.words.split())}"] if read and each.words else [])]


def _verified_table(results: list[Verified]) -> Table:
    columns = ("id", "kind", "source", "locator", "passage", "outcome", "warning")
    return Table(columns, [tuple(getattr(each, name) for name in columns) for each in results])
