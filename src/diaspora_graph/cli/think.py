"""Why: the claims for and against a relation."""

from __future__ import annotations

import click

from diaspora_graph.cli.options import (
    graph_option,
    language_option,
    open_data,
    output_option,
    provenance,
)
from diaspora_graph.cli.output import emit
from diaspora_graph.diagnosis.why import why as claims_behind
from diaspora_graph.wording.claims import claim_lines


@click.command()
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="OBJECT")
@language_option
@graph_option
@output_option
def why(
    subject: str, predicate: str, object_: str, language: str, graphs: tuple[str, ...],
    file: str | None,
) -> None:  # fmt: skip
    """Show the claims for and against the relation SUBJECT PREDICATE OBJECT."""
    data = open_data(graphs)
    found = claims_behind(data, subject, predicate, object_)
    lines = [line for each in found for line in claim_lines(data, each, language)]
    emit("\n".join([*lines, "", provenance(data, language)]), file)
