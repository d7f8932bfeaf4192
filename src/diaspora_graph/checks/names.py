"""Warnings on names: two folders that may mean the same thing."""

from __future__ import annotations

import numpy as np

from diaspora_graph.checks.found import Case


def check_names(case: Case) -> None:
    """Warn of an entity with the label or Wikidata item of another one; nothing is merged.

    Within a folder two entities may have the same label, but not the same item.
    """
    if len(case.tables["entity"]):
        _shared(case, "wikidata")
        if len(case.folders) > 1:
            _shared(case, "label_en")


def _shared(case: Case, name: str) -> None:
    table = case.tables["entity"]
    column = table[name]
    rows = np.flatnonzero(column.filled())
    texts, counts = np.unique(column.codes[rows], return_counts=True)
    for text in texts[counts > 1].tolist():
        first, *others = rows[column.codes[rows] == text].tolist()
        if name == "label_en":
            others = [row for row in others if table.folder[row] != table.folder[first]]
        hint = f"{table['id'][first]} has it too; if they are the same, add sameAs with a source"
        case.warn("names that two entities have", table, others, name, "a name of its own", hint)
