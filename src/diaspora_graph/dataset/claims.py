"""Which claims are denials, and which have a status that counts."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import SEPARATOR, Kind
from diaspora_graph.ontology.schema import Schema


def status_vocabulary(kind: Kind) -> str:
    """Return the name of the vocabulary that the column ``status`` of a kind of claim takes."""
    return "coding_status" if kind == "coding" else "status"


def coder_statuses(schema: Schema) -> frozenset[str]:
    """Return the statuses of codings that coders stand by: those that count, and other coders'.

    Other coders' codings have the statuses that only codings have.
    """
    others = set(schema.words("coding_status")) - set(schema.words("status"))
    return frozenset({*schema.counting("coding_status"), *others})


def denied(data: Dataset, kind: Kind) -> Mask:
    """Return which claims of a kind are denials: those without the default word of ``polarity``."""
    words = data.schema.words("polarity")
    marked: Mask = data.words(kind, "polarity") != words.index(data.schema.default("polarity"))
    return marked


def counted(data: Dataset, kind: Kind) -> Mask:
    """Return which claims of a kind have a status that counts (`dg:counts` in the ontology)."""
    vocabulary = status_vocabulary(kind)
    words = data.schema.words(vocabulary)
    counting = [code for code, word in enumerate(words) if word in data.schema.counting(vocabulary)]
    codes = data.words(kind, "status", vocabulary)
    marked: Mask = codes == counting[0] if counting else codes < -1
    for code in counting[1:]:
        marked |= codes == code
    return marked


def standing(data: Dataset, kind: Kind) -> Mask:
    """Return which claims are affirmed and count."""
    return ~denied(data, kind) & counted(data, kind)


def mentioning(data: Dataset, kind: Kind, ids: Iterable[str]) -> Mask:
    """Return which claims have one of these things as subject, object, partner, topic or means."""
    table, asked = data.tables[kind], set(ids)
    found = np.zeros(len(table), np.bool_)
    for column in ("subject", "object", "partner", "about", "means"):
        if column in table.columns:
            cells = table[column]
            found |= cells.where(lambda text: not asked.isdisjoint(text.split(SEPARATOR)))[
                cells.codes
            ]
    return found
