"""The verbs, each loaded when it is called, so that help costs nothing."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from diaspora_graph.errors import MORE, DiasporaGraphError

VERBS: dict[str, dict[str, tuple[str, str]]] = {
    "Start": {
        "demo": ("demo", "Check the seed, show paths and a comparison, draw two pictures."),
        "info": ("look", "Show the datasets in use: counts, versions, digest."),
        "template": ("curate", "Make a folder with a spreadsheet to fill in."),
        "check": ("curate", "Check dataset folders by every rule and report all faults."),
        "seal": ("curate", "Turn quotations into passages and fill empty ids."),
        "verify": ("curate", "Look up every passage in the texts of the sources."),
    },
    "Look": {
        "find": ("look", "Find entities by name, in any script."),
        "show": ("look", "Show everything known about one entity, claim or source."),
        "flags": ("look", "List doubts about what the sources say."),
        "coverage": ("look", "Count claims by source or country; compare coders."),
        "codebook": ("look", "Write the contents of the data, the rules of coding and every item."),
        "questions": ("ask", "List the questions that can be asked."),
        "ask": ("ask", "Ask one of the questions."),
    },
    "Analyse": {
        "paths": ("influence", "Show how influence runs from one entity to another."),
        "count-paths": ("influence", "Count the paths from one entity to another."),
        "why": ("think", "Show the claims for and against a relation."),
        "why-not": ("influence", "Explain why there is no path between two entities."),
        "robust": ("influence", "Show which paths remain without each source."),
        "compare": ("compare", "Compare states' policies side by side."),
        "scores": ("scores", "Score states under three rules, with bounds and ranks."),
        "distances": ("scores", "Show how alike states are."),
        "diffusion": ("scores", "Show in which order states came to have an item."),
        "diff": ("change", "Show what changed between two times, and what is unknown."),
        "timeline": ("change", "Show everything dated about an entity, in order."),
        "contrasts": ("scores", "Show pairs of states for a comparison of cases."),
        "numbers": ("numbers", "Show the numbers that sources give by one measure."),
        "disagreements": ("change", "Show the claims that disagree, in groups."),
        "scenarios": ("change", "Show the scenarios for a state and how things stand."),
        "brokers": ("network", "Show who stands between others, by role."),
        "measure": ("network", "Measure the actors of the network: degree, pagerank and others."),
        "qca": ("qca", "Find which combinations of conditions go with an outcome: QCA."),
    },
    "Draw": {
        "explore": ("draw", "Write an interactive page that works offline."),
        "figure": ("draw", "Draw a network for print: PDF, SVG or PNG."),
    },
    "Exchange": {
        "export": ("carry", "Write the data in a format for other programs."),
        "qca-export": (
            "qca",
            "Write an analysis into FOLDER: its tables as CSV, and a script for R.",
        ),
        "import": ("carry", "Make a dataset folder from a filled-in spreadsheet."),
        "plan": ("store", "Show what a load into Neo4j would change."),
        "load": ("store", "Load the data into a Neo4j database."),
        "status": ("store", "Show whether a Neo4j database matches the data."),
        "status-deep": ("store", "Find what was edited in a Neo4j database."),
        "unload": ("store", "Remove a dataset from a Neo4j database."),
        "cite": ("carry", "Print how to cite the data and the sources."),
    },
}
"""Section → verb → (module in this package, one line of help)."""

_ALL = {verb: entry for section in VERBS.values() for verb, entry in section.items()}


class LazyGroup(click.Group):
    """A group whose verbs are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every verb, in the order of the help."""
        return list(_ALL)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb's module and return its command."""
        if cmd_name not in _ALL:
            return None
        module = import_module(f"diaspora_graph.cli.{_ALL[cmd_name][0]}")
        command: click.Command = getattr(
            module, cmd_name.replace("-", "_").replace("import", "import_")
        )
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a verb, or suggest the nearest ones."""
        name = args[0]
        if name not in _ALL:
            near = get_close_matches(name, _ALL, n=2, cutoff=0.5)
            hint = f" Did you mean {' or '.join(repr(word) for word in near)}?" if near else ""
            ctx.fail(f"There is no command {name!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs by section, without importing any."""
        for section, verbs in VERBS.items():
            with formatter.section(section):
                formatter.write_dl([(verb, line) for verb, (_, line) in verbs.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Complete verbs without importing any."""
        from click.shell_completion import CompletionItem

        verbs = [CompletionItem(v, help=_ALL[v][1]) for v in _ALL if v.startswith(incomplete)]
        return [*verbs, *click.Command.shell_complete(self, ctx, incomplete)]

    def main(self, *arguments: Any, **more: Any) -> Any:
        """Run the program; what it writes to files and pipes is UTF-8."""
        from diaspora_graph.cli.output import speak_utf8

        speak_utf8()
        return super().main(*arguments, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; an error that the user can repair gives clear lines and exit code 1."""
        try:
            return super().invoke(ctx)
        except DiasporaGraphError as error:
            cut = MORE in str(error)
            hint = "\n`diaspora-graph check FOLDER --format csv` lists every one" if cut else ""
            raise UserError(f"{error}{hint}") from error
        except BrokenPipeError:
            sys.stderr.close()
            raise SystemExit(1) from None


class UserError(click.ClickException):
    """An error that the user can repair: clear lines on stderr, exit code 1."""

    def show(self, file: Any = None) -> None:
        """Write the message as it is."""
        click.echo(self.format_message(), err=True)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="diaspora-graph", message="%(prog)s %(version)s")
def main() -> None:
    """Ask how influence runs between diaspora actors, and who says so.

    Start with `diaspora-graph demo`, then `diaspora-graph show kazakhstan`. Name entities by
    id, label or alias, in any script. With --graph FOLDER every command uses your own data.
    """
