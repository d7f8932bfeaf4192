"""Rules for the package as a whole; the directions of its imports are in pyproject.toml."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import diaspora_graph

HEAVY = {"matplotlib", "networkx", "numpy", "pandas", "pyarrow", "pyoxigraph", "pyvis", "rdflib"}


def test_importing_the_package_loads_no_heavy_library() -> None:
    program = "import diaspora_graph, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8"
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "diaspora_graph" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_every_public_name_can_be_imported() -> None:
    missing = [name for name in diaspora_graph.__all__ if not hasattr(diaspora_graph, name)]
    assert not missing
    assert len(set(diaspora_graph.__all__)) == len(diaspora_graph.__all__)


def test_type_checkers_see_the_public_names_where_they_live() -> None:
    tree = ast.parse(Path(str(diaspora_graph.__file__)).read_text(encoding="utf-8"))
    seen = {
        alias.asname or alias.name: str(node.module).removeprefix("diaspora_graph.")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("diaspora_graph.")
        for alias in node.names
    }
    assert seen == diaspora_graph._HOMES


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.invalid"])
def test_no_test_reaches_beyond_this_machine(host: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="only this machine"):
        socket.create_connection((host, 80), timeout=1)


def test_a_test_may_serve_itself() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        for host in ("127.0.0.1", "localhost"):
            socket.create_connection((host, server.getsockname()[1]), timeout=5).close()
