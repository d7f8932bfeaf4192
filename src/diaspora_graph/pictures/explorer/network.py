"""A scene as a pyvis network: the data of the explorer, and a network for notebooks."""

from __future__ import annotations

import importlib
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from diaspora_graph.pictures.layout.layout import Layout, layout
from diaspora_graph.pictures.scene import LINES, Scene, in_language

PIXELS = 2.0
"""Pixels of the page at full size for one point of the layout: text of 7 pt is 14 pixels high."""

_INVISIBLE = "\N{WORD JOINER}"
_OUTSIDE = re.compile(
    r"<link\b[^>]*jsdelivr[^>]*>|<script\b[^>]*jsdelivr[^>]*>\s*</script>", re.IGNORECASE
)


def to_pyvis(scene: Scene, *, places: Layout | None = None, language: str = "en") -> Any:
    """Return a scene as a ``pyvis.network.Network``: fixed places, no physics, safe to show.

    Its HTML loads nothing from other hosts and never runs a text of the scene as HTML (pyvis would
    do so with the word "href" in a tooltip). It has neither evidence panel nor legend; the explorer
    has both. Shapes that pyvis cannot fill with text become boxes.

    >>> from diaspora_graph.pictures.scene import Node, NodeType
    >>> fund = NodeType(name="Fund", label={"en": "Fund"}, shape="box", fill="#A9CDEB")
    >>> one = Node(id="a", label={"en": "A fund"}, type="Fund")
    >>> scene = Scene(title="One", nodes=(one,), lines=(), types=(fund,), families=())
    >>> [node["label"] for node in to_pyvis(scene).nodes]
    ['A fund']
    """
    found = places or layout(scene, languages=(language,))
    network = _safe_network()(directed=True, cdn_resources="in_line", height="760px")
    network.options = _OPTIONS
    types = scene.type_of()
    for node in scene.nodes:
        at, type = found.places[node.id], types[node.id]
        network.add_node(
            node.id,
            label=in_language(node.label, language),
            title=_harmless(f"{in_language(type.label, language)}. {node.description}".strip()),
            shape="ellipse" if type.shape == "ellipse" else "box",
            shapeProperties={"borderRadius": 10 if type.shape == "roundbox" else 0},
            color={"background": type.fill, "border": "#333333"},
            font={"size": 14, "color": "#111111"},
            widthConstraint={"maximum": round(at.width * PIXELS)},
            x=round(at.x * PIXELS, 1),
            y=round(at.y * PIXELS, 1),
        )
    _add_lines(network, scene, found, language)
    return network


_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "dragNodes": False, "selectConnectedEdges": False},
    "edges": {"arrows": {"to": {"enabled": False, "scaleFactor": 0.7}}},
}


def _add_lines(network: Any, scene: Scene, found: Layout, language: str) -> None:
    families = {family.name: family for family in scene.families}
    for line in scene.lines:
        family, bend = families[line.family], found.bends[line.id]
        dashes = [length * PIXELS for length in LINES[family.line]]
        network.add_edge(
            line.subject,
            line.object,
            id=line.id,
            title=_harmless(in_language(line.phrase, language)),
            label="?" if line.disputed else "",
            color={"color": family.colour, "highlight": family.colour, "hover": family.colour},
            dashes=dashes or False,
            width=2,
            arrows="" if line.symmetric else "to",
            smooth={
                "enabled": True,
                "type": "curvedCW" if bend >= 0 else "curvedCCW",
                "roundness": abs(bend),
            },
        )


def _harmless(text: str) -> str:
    """Return a tooltip that pyvis does not change: it turns all into HTML if one contains href."""
    return re.sub("href", f"hre{_INVISIBLE}f", text, flags=re.IGNORECASE)


@cache
def _safe_network() -> Any:
    """Return pyvis's network class without its requests to other hosts, writing UTF-8."""
    network: Any = importlib.import_module("pyvis.network").Network

    class SafeNetwork(network):  # type: ignore[misc]
        """A pyvis network whose page loads nothing from elsewhere."""

        def generate_html(self, *args: Any, **options: Any) -> str:
            html: str = super().generate_html(*args, **options)
            self.html = _OUTSIDE.sub("", html)
            return self.html

        def write_html(self, name: str, *args: Any, **options: Any) -> None:
            options.pop("open_browser", None)
            Path(name).write_text(self.generate_html(name, *args, **options), encoding="utf-8")

    return SafeNetwork


def vis_script() -> str:
    """Return the source of vis-network, which is in ``vis_network`` next to this file."""
    file = files("diaspora_graph.pictures.explorer").joinpath("vis_network", "vis-network.min.js")
    return file.read_text(encoding="utf-8")
