"""The explorer: a scene as one HTML file that works offline and loads nothing from other hosts.

The data are those of a pyvis network; the page is ours (``page/``). Every script and style is in
the file, and its content security policy has their hashes; the scene is JSON that no browser runs.
Without scripts the page still shows all evidence as a table.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from diaspora_graph.files import write_text
from diaspora_graph.ontology.schema import LANGUAGES
from diaspora_graph.pictures.explorer.network import PIXELS, to_pyvis, vis_script
from diaspora_graph.pictures.layout.layout import Layout, layout
from diaspora_graph.pictures.layout.lettering import LINE_HEIGHT, TEXT_SIZE, baselines, lettering
from diaspora_graph.pictures.scene import LINES, Scene, in_language
from diaspora_graph.pictures.shapes import CORNER, SHAPES
from diaspora_graph.wording.sentences import Evidence

_SCRIPTS = ("state.js", "drawing.js", "panel.js", "explorer.js")


def write_explorer(scene: Scene, path: str | Path, *, places: Layout | None = None) -> Path:
    """Write a scene as an explorer page. Returns the path written. Raises `FileError`."""
    return write_text(Path(path), explorer_html(scene, places=places))


def page_layout(scene: Scene) -> Layout:
    """Return a layout with room for the labels of every language."""
    return layout(scene, languages=LANGUAGES)


def explorer_html(scene: Scene, *, places: Layout | None = None) -> str:
    """Return a scene as an explorer page: one HTML document, the same for the same scene.

    ``places`` is a layout made before, for all of English, Kazakh and Russian.
    """
    found = places or page_layout(scene)
    style = _page("explorer.css")
    vis = vis_script()
    script = "\n".join(_page(name) for name in _SCRIPTS)
    parts = {
        "policy": _policy([vis, script], [style]),
        "title": escape(scene.heading),
        "style": style,
        "table": _table(scene),
        "about": _about(scene),
        "data": _as_json(_data(scene, found)),
        "vis": vis,
        "script": script,
    }
    page = _page("explorer.html")
    pieces = page.split("{{")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        name, rest = piece.split("}}", 1)
        filled += [parts[name], rest]
    return "".join(filled)


def _page(name: str) -> str:
    return (
        files("diaspora_graph.pictures.explorer").joinpath("page", name).read_text(encoding="utf-8")
    )


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Return the content security policy that allows these scripts and styles and nothing else."""
    allowed = {
        "default-src": ["'none'"],
        "script-src": [_hash(text) for text in scripts],
        "style-src": [_hash(text) for text in styles],
        "img-src": ["data:", "blob:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in allowed.items())


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _as_json(data: Any) -> str:
    """Return data as JSON in which nothing can end a script element or start a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _data(scene: Scene, found: Layout) -> Mapping[str, Any]:
    nodes, edges, *_ = to_pyvis(scene, places=found).get_network_data()
    return {
        "words": json.loads(_page("words.json")),
        "title": scene.heading,
        "caption": scene.caption,
        "version": scene.version,
        "digest": scene.digest,
        "languages": LANGUAGES,
        "shapes": SHAPES,
        "dashes": {name: [length * PIXELS for length in line] for name, line in LINES.items()},
        "corner": CORNER * PIXELS,
        "text": TEXT_SIZE * PIXELS,
        "lineHeight": LINE_HEIGHT * PIXELS,
        "vis": {"nodes": list(map(_plain, nodes)), "edges": list(map(_plain, edges))},
        "types": [asdict(each) for each in scene.types],
        "families": [{**asdict(each), "dark": _for_dark(each.colour)} for each in scene.families],
        "vocabulary": [asdict(word) for word in scene.words],
        "nodes": [_node(scene, node.id) for node in scene.nodes],
        "lines": [asdict(line) for line in scene.lines],
        "claims": [_claim(claim) for claim in scene.evidence],
        "facts": [_claim(claim) for claim in scene.facts],
        "denials": [_claim(claim) for claim in scene.denials],
    }


def _plain(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the values of a pyvis node or edge that the page draws; texts are elsewhere."""
    kept = ("id", "x", "y", "from", "to", "dashes", "arrows", "smooth")
    return {key: item[key] for key in kept if key in item}


def _node(scene: Scene, id: str) -> Mapping[str, Any]:
    node = next(each for each in scene.nodes if each.id == id)
    shape = scene.type_of()[id].shape
    boxes = {}
    for language in LANGUAGES:
        box = lettering(in_language(node.label, language), shape)
        boxes[language] = {
            "width": round(box.width * PIXELS, 1),
            "height": round(box.height * PIXELS, 1),
            "lines": box.lines,
            "first": round(baselines(len(box.lines), shape)[0] * PIXELS, 1),
        }
    return {**asdict(node), "boxes": boxes}


def _claim(claim: Evidence) -> Mapping[str, Any]:
    return {**asdict(claim), "url": safe_url(claim.url)}


def safe_url(url: str) -> str:
    """Return an address if it is a web address, else nothing.

    >>> safe_url("https://doi.org/10.1/x"), safe_url("javascript:alert(1)")
    ('https://doi.org/10.1/x', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def _for_dark(colour: str) -> str:
    """Return a line colour made light enough for a dark page."""
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * 0.5):02X}" for part in parts)


def _about(scene: Scene) -> str:
    parts = [scene.caption]
    if scene.version or scene.digest:
        known = scene.version or "not given", scene.digest or "not given"
        parts.append("Data: version {}, digest {}.".format(*known))
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)


def _table(scene: Scene) -> str:
    """Return all evidence as rows of a table: for readers without scripts and for printing."""
    denied = {claim.id for claim in scene.denials}
    rows = ((claim, "Denied: " if claim.id in denied else "") for claim in scene.claims())
    return "\n".join(_row(claim, before) for claim, before in rows)


def _row(claim: Evidence, before: str) -> str:
    remarks = (claim.certainty, claim.status, *claim.flags, claim.note)
    url = safe_url(claim.url)
    cited = escape(claim.citation)
    if url:
        cited = f'<a href="{escape(url)}" rel="noopener noreferrer">{cited}</a>'
    cells = (
        escape(before + in_language(claim.text)),
        escape(claim.gist),
        cited,
        escape(claim.locator),
        escape(_when(claim)),
        escape(claim.confidence),
        escape("; ".join(part for part in remarks if part)),
        f"<code>{escape(claim.id)}</code>",
    )
    return "<tr>" + "".join(f'<td dir="auto">{cell}</td>' for cell in cells) + "</tr>"


def _when(claim: Evidence) -> str:
    if claim.valid or not claim.not_after:
        return claim.valid or "not stated"
    return f"not stated; not after {claim.not_after}"
