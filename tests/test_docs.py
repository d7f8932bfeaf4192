"""Pages that repeat facts of the program agree with the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from diaspora_graph.dataset.records import FILES, Kind, columns

ROOT = Path(__file__).parents[1]
PAGES = sorted(path for path in ROOT.rglob("*.md") if not {".venv", "out"} & set(path.parts))


@pytest.mark.parametrize("kind", FILES)
def test_the_format_page_lists_every_column(kind: Kind) -> None:
    page = (ROOT / "docs" / "format.md").read_text("utf-8")
    names = [
        (f"**{field.name}**" if field.required else field.name) + ("…" if field.many else "")
        for field in columns(kind)
    ]
    assert f"| `{FILES[kind]}` | {', '.join(names)} |" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
