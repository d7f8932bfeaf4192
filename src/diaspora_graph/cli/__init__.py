"""The command line: ``diaspora-graph`` and a verb that a researcher would say."""

from diaspora_graph.cli.group import main

__all__ = ["main"]
