"""The notes of a figure: caption, alternative text, and the data that it came from."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from diaspora_graph.pictures.layout.layout import Layout
from diaspora_graph.pictures.layout.lettering import TEXT_SIZE
from diaspora_graph.pictures.scene import Scene, in_language


def notes_text(scene: Scene, places: Layout, *, width_mm: float, language: str = "en") -> str:
    """Return the notes of a figure as JSON, the same for each format it is written in."""
    notes: dict[str, Any] = {
        "title": scene.title,
        "filters": scene.filters,
        "caption": caption(scene),
        "alt": alternative_text(scene, language),
        "data_version": scene.version,
        "data_digest": scene.digest,
        "width_mm": width_mm,
        "text_pt": TEXT_SIZE,
        "language": language,
        "layout": {"engine": places.engine, "seed": places.seed},
        "nodes": len(scene.nodes),
        "lines": len(scene.lines),
        "types": [in_language(each.label, language) for each in scene.types],
        "families": [in_language(each.label, language) for each in scene.families],
        "claims": [claim.id for claim in scene.evidence],
        "sources": sorted({claim.citation for claim in scene.evidence}),
    }
    return json.dumps(notes, ensure_ascii=False, indent=1) + "\n"


def caption(scene: Scene) -> str:
    """Return the caption: the title of the scene, how to read it, and the data version."""
    parts = [scene.caption or scene.title]
    if scene.filters:
        parts.append(f"Only what passes these filters: {scene.filters}.")
    if any(line.disputed for line in scene.lines):
        parts.append("A question mark marks disputed relations.")
    if any(line.symmetric for line in scene.lines):
        parts.append("Lines without an arrowhead run both ways.")
    parts.append("What is not drawn is not stated by the sources used; it may still be true.")
    if scene.version or scene.digest:
        parts.append(f"Data: version {scene.version or 'not given'}, digest {scene.digest[:12]}.")
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts)


def alternative_text(scene: Scene, language: str = "en") -> str:
    """Return a description for readers who do not see the figure."""
    names = {node.id: in_language(node.label, language) for node in scene.nodes}
    types = Counter(node.type for node in scene.nodes)
    families = Counter(line.family for line in scene.lines)
    degrees = Counter(end for line in scene.lines for end in (line.subject, line.object))
    most = sorted(degrees.items(), key=lambda item: (-item[1], item[0]))[:5]
    kinds = [f"{types[each.name]} {in_language(each.label, language)}" for each in scene.types]
    relations = [
        f"{families[each.name]} {in_language(each.label, language)}" for each in scene.families
    ]
    text = f"Network diagram of {len(scene.nodes)} nodes ({', '.join(kinds) or 'none'})"
    text += f" and {len(scene.lines)} relations ({', '.join(relations) or 'none'})."
    if scene.filters:
        text += f" Filters: {scene.filters}."
    if most:
        text += (
            " Most relations: " + ", ".join(f"{names[id]} ({count})" for id, count in most) + "."
        )
    return text
