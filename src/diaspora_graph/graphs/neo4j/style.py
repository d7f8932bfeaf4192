"""The picture grammar of the ontology as a style file of Neo4j Browser (``.grass``).

The Browser applies every rule whose labels a node has, one after the other, so rules are sorted
from the general to the particular. It draws circles only: fills and colours are kept, shapes and
dashes are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import RECORDS
from diaspora_graph.files import write_text
from diaspora_graph.ontology.schema import Schema

_BLACK, _GREY, _LIGHT = "#000000", "#7A7A7A", "#E4E4E4"
_CAPTIONS = {
    "entity": "label_en", "source": "title", "dataset": "name", "alias": "alias",
    "statement": "predicate", "observation": "measure", "coding": "item", "flag": "kind",
    "exclusion": "id",
}  # fmt: skip
_SMALL, _LARGE = "40px", "65px"


def style(schema: Schema) -> str:
    """Return the style: a rule for each kind of row, each class and each relation.

    >>> from diaspora_graph.ontology.load import load_schema
    >>> "relationship.LOBBIES_ON {" in style(load_schema())
    True
    """
    return "\n".join(f"{at} {{\n{_lines(values)}}}\n" for at, values in _rules(schema))


def write(data: Dataset, file: str | Path) -> Path:
    """Write the style for the ontology of a dataset to a file. Raises `FileError`."""
    return write_text(Path(file), style(data.schema))


def _lines(values: Mapping[str, str]) -> str:
    return "".join(f"  {name}: {value};\n" for name, value in values.items())


def _rules(schema: Schema) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "node", {
        "diameter": _SMALL, "color": _LIGHT, "border-color": _GREY, "border-width": "1px",
        "text-color-internal": _BLACK, "font-size": "10px",
    }  # fmt: skip
    yield "relationship", {
        "color": _GREY, "shaft-width": "1px", "font-size": "8px", "padding": "3px",
        "text-color-external": _BLACK, "text-color-internal": "#FFFFFF", "caption": "'<type>'",
    }  # fmt: skip
    for kind in RECORDS:
        yield f"node.{kind.capitalize()}", {"caption": f"'{{{_CAPTIONS[kind]}}}'"}
    for each in sorted(schema.classes.values(), key=lambda one: (len(one.ancestors), one.name)):
        of = each.recorded_as or "entity"
        look = {"color": each.fill, "diameter": _LARGE, "caption": f"'{{{_CAPTIONS[of]}}}'"}
        yield f"node.{of.capitalize()}.{each.name}", look
    for predicate in schema.predicates.values():
        colour = schema.families[predicate.family].colour
        yield f"relationship.{predicate.upper}", {"color": colour, "shaft-width": "2px"}
