"""The content of a picture, as plain values: the only input of a picture.

A scene names no graph and no dataset. Its types and families bring their own shapes, fills, line
styles and colours, as the ontology gives them; nothing here knows a type by name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from diaspora_graph.errors import ParameterError, did_you_mean
from diaspora_graph.pictures.shapes import SHAPES
from diaspora_graph.wording.sentences import Evidence, Labels

LINES: Mapping[str, tuple[float, ...]] = {
    "solid": (),
    "longdash": (7.5, 2.2),
    "dashed": (3.8, 2),
    "dashdot": (5, 1.8, 1.2, 1.8),
    "dotted": (1.2, 2),
}
"""Line styles as lengths of dash and gap in points; both pictures draw by these."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def in_language(labels: Labels, language: str = "en") -> str:
    """Return a text in a language, else in English, else in whatever language there is.

    >>> in_language({"en": "India", "ru": "Индия"}, "kk")
    'India'
    """
    return labels.get(language) or labels.get("en") or next(iter(labels.values()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeType:
    """A type of node: one entry of the legend."""

    name: str
    label: Labels
    shape: str
    fill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family of relations, whose lines have one style: one entry of the legend."""

    name: str
    label: Labels
    line: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word that evidence uses in one of its columns, such as a confidence, and how to say it."""

    column: str
    name: str
    label: Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A thing that is drawn."""

    id: str
    label: Labels
    type: str
    description: str = ""
    names: tuple[str, ...] = ()
    """Other names, by which a search finds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A relation: the affirming claims with one subject, predicate and object; one line."""

    id: str
    subject: str
    object: str
    predicate: str
    phrase: Labels
    family: str
    claims: tuple[str, ...]
    symmetric: bool = False
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything that a picture and its panels show.

    ``evidence`` holds the claims that ``lines`` name; ``facts`` are observations and codings of
    nodes; ``denials`` are claims that a source denies, never drawn. Types and families keep the
    order in which they are given, but types that look the same are together; unused ones
    are left out. ``filters`` are those of the scope that made the scene, in words. All else
    is sorted by id. ``words`` of a column are given lowest first.
    Raises `ParameterError` for references to missing parts.

    >>> from diaspora_graph import around, load_dataset, scene_of
    >>> data = load_dataset()
    >>> [node.id for node in scene_of(data, around(data, ["AIPAC"])).nodes][0]
    'aipac'
    """

    title: str
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    types: tuple[NodeType, ...]
    families: tuple[Family, ...]
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[Evidence, ...] = ()
    denials: tuple[Evidence, ...] = ()
    words: tuple[Word, ...] = ()
    caption: str = ""
    filters: str = ""
    version: str = ""
    digest: str = ""

    def __post_init__(self) -> None:
        for field in ("nodes", "lines", "evidence", "facts", "denials"):
            object.__setattr__(self, field, _sorted(field, getattr(self, field)))
        used_types = {node.type for node in self.nodes}
        used_families = {line.family for line in self.lines}
        _check_style(self.types, self.families)
        _check_references(self)
        types = _alike_together(each for each in self.types if each.name in used_types)
        families = tuple(each for each in self.families if each.name in used_families)
        object.__setattr__(self, "types", types)
        object.__setattr__(self, "families", families)

    @property
    def heading(self) -> str:
        """The title with the filters that made the scene, if there are any."""
        return f"{self.title} ({self.filters})" if self.filters else self.title

    def _repr_svg_(self) -> str:
        """Return the scene as a figure, which is what a notebook shows."""
        from diaspora_graph.pictures.figures.figure import figure_svg

        return figure_svg(self)

    def type_of(self) -> dict[str, NodeType]:
        """Return the type of each node, by the node's id."""
        types = {each.name: each for each in self.types}
        return {node.id: types[node.type] for node in self.nodes}

    def claims(self) -> tuple[Evidence, ...]:
        """Return everything that the scene rests on, drawn or not, by id."""
        return tuple(sorted((*self.evidence, *self.facts, *self.denials), key=lambda it: it.id))


def _alike_together(types: Iterable[NodeType]) -> tuple[NodeType, ...]:
    looks: dict[tuple[str, str], list[NodeType]] = {}
    for each in types:
        looks.setdefault((each.shape, each.fill), []).append(each)
    return tuple(each for group in looks.values() for each in group)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_Row = TypeVar("_Row", bound=_HasId)


def _sorted(field: str, rows: Iterable[_Row]) -> tuple[_Row, ...]:
    by_id = {row.id: row for row in rows}
    if len(by_id) < len(tuple(rows)):
        raise ParameterError(f"a scene holds two of its {field} under one id: give each its own")
    return tuple(by_id[id] for id in sorted(by_id))


def _check_style(types: Iterable[NodeType], families: Iterable[Family]) -> None:
    for each in types:
        _known("shape", each.shape, SHAPES)
        _check_colour(each.fill, each.name)
    for family in families:
        _known("line style", family.line, LINES)
        _check_colour(family.colour, family.name)


def _check_colour(colour: str, name: str) -> None:
    if not _COLOUR.fullmatch(colour):
        raise ParameterError(f"{colour!r} is not a colour for {name!r}: write one as '#A9CDEB'")


def _check_references(scene: Scene) -> None:
    nodes = {node.id for node in scene.nodes}
    claims = {claim.id for claim in scene.evidence}
    types = {each.name for each in scene.types}
    families = {family.name for family in scene.families}
    for node in scene.nodes:
        _known("type", node.type, types)
    for line in scene.lines:
        _known("family", line.family, families)
        for end in (line.subject, line.object):
            _known("node", end, nodes)
        for claim in line.claims:
            _known("claim", claim, claims)


def _known(kind: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise ParameterError(f"the scene has no {kind} {name!r}{did_you_mean(name, known)}")
