"""Every public name has a sentence that describes it, and an example that runs."""

from __future__ import annotations

import ast
import builtins
import inspect
import re
import typing

import pytest

import diaspora_graph
from diaspora_graph import errors

PUBLIC = sorted(
    name
    for name in diaspora_graph.__all__
    if inspect.isclass(getattr(diaspora_graph, name))
    or inspect.isfunction(getattr(diaspora_graph, name))
)
ERRORS = {
    name
    for name in PUBLIC
    if inspect.isclass(getattr(diaspora_graph, name))
    and issubclass(getattr(diaspora_graph, name), errors.DiasporaGraphError)
}
WRITES = {"write_dataset", "write_explorer", "write_figure", "write_template", "import_xlsx",
          "export", "read_partition", "read_texts", "seal", "verify", "from_networkx", "read_plan",
          "write_qca"}  # fmt: skip
"""They read or write files: README and docs show how they are used."""


def sentence(name: str) -> str:
    return (inspect.getdoc(getattr(diaspora_graph, name)) or "").partition("\n\n")[0]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_says_in_one_sentence_what_it_is(name: str) -> None:
    said = sentence(name)
    assert said.endswith("."), said
    assert not re.match(rf"{name}\(", said), "the docstring that a dataclass makes of its fields"


@pytest.mark.parametrize("name", sorted(set(PUBLIC) - ERRORS - WRITES))
def test_a_public_name_shows_an_example(name: str) -> None:
    whole = inspect.getdoc(getattr(diaspora_graph, name)) or ""
    assert ">>>" in whole, f"{name} has no example"


@pytest.mark.parametrize("name", PUBLIC)
def test_what_a_function_takes_and_returns_can_be_imported_from_the_top(name: str) -> None:
    found = getattr(diaspora_graph, name)
    if not inspect.isfunction(found):
        return
    ours = {
        node.id
        for text in inspect.get_annotations(found).values()
        for node in ast.walk(ast.parse(str(text)))
        if isinstance(node, ast.Name)
    }
    known = {*dir(typing), *dir(builtins)}
    module = inspect.getmodule(found)
    for each in sorted(ours - set(diaspora_graph.__all__) - known):
        value = getattr(module, each, None)
        where = getattr(value, "__module__", "") or ""
        assert not where.startswith("diaspora_graph"), f"{name} takes or returns {each}"


def test_every_error_can_be_imported_from_the_top() -> None:
    kinds = {
        name
        for name, value in vars(errors).items()
        if inspect.isclass(value)
        and issubclass(value, errors.DiasporaGraphError)
        and not name.startswith("_")
    }
    assert kinds <= set(diaspora_graph.__all__)
