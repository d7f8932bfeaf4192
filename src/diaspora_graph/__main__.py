"""``python -m diaspora_graph``: the command line."""

from diaspora_graph.cli import main

if __name__ == "__main__":
    main(prog_name="diaspora-graph")
