"""Where the three folders that travel with the program are: in a wheel, or in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Folder = Literal["ontology", "seed", "queries"]


def resource(folder: Folder) -> Path:
    """Return a shipped folder: at the top of a checkout or inside an installed package.

    >>> sorted(path.name for path in resource("ontology").glob("diaspora.*"))
    ['diaspora.ttl']
    """
    package = Path(__file__).parent
    installed = package / "_data"
    return (installed if installed.is_dir() else package.parents[1]) / folder
