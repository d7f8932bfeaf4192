"""Questions on doubt: what is disputed, what is denied."""

from __future__ import annotations

from collections.abc import Iterator

from diaspora_graph.answers import Parameter, Row, basis, question
from diaspora_graph.dataset.claims import standing
from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import CLAIMS, Kind
from diaspora_graph.questions.claims import TERM, Claims, naming, rows


@question(
    columns="claim kind subject term status conflict_group flag flag_kind statements",
    thing=Parameter("thing", "the id of a subject or object; all claims without it", optional=True),
)
def disputed(data: Dataset, thing: str) -> list[Row]:
    """Which claims stand in a conflict or have a flag on them?

    Without one of these no claim has the status `disputed`. One row for each flag on a claim, or
    one without. By claim, then flag.
    """
    found = {row for kind in CLAIMS for row in _doubted(data, kind, thing)}
    return sorted(found, key=lambda row: (row[0], row[6]))


def _doubted(data: Dataset, kind: Kind, thing: str) -> Iterator[Row]:
    claims = Claims(data, kind)
    flags = data.tables["flag"]
    for row in rows(_touching(data, kind, thing)):
        id, conflict = claims.texts(row, "id conflict_group")
        flagged = data.flagged.get(id, ())
        if not conflict and not flagged:
            continue
        what = (id, kind, *claims.texts(row, f"subject {TERM[kind]} status"), conflict)
        for flag in flagged or ("",):
            of_kind = flags["kind"][data.row("flag", flag)] if flag else ""
            yield (*what, flag, of_kind, claims.basis(row))


def _touching(data: Dataset, kind: Kind, thing: str) -> Mask:
    """Return which claims have a thing as their subject, or a statement as its object."""
    mask = naming(data, kind, "subject", thing)
    return mask | naming(data, kind, "object", thing) if kind == "statement" else mask


@question(
    columns="denial subject predicate object source status conflict_group affirming statements",
    thing=Parameter(
        "thing", "the id of a subject or object; all denials without it", optional=True
    ),
)
def denials_of(data: Dataset, thing: str) -> Iterator[Row]:
    """Which statements deny something of a thing, and how many affirm the same?

    The affirming statements, those withdrawn left out, follow the denial's id. By id.
    """
    claims = Claims(data, "statement")
    affirmed = standing(data, "statement")
    relations = data.relations
    for row in rows(_touching(data, "statement", thing) & claims.denied):
        same = relations.rows(int(relations.of_statement[row]))
        others = [claims.text(int(other), "id") for other in same if affirmed[other]]
        what = claims.texts(row, "id subject predicate object source")
        rest = (claims.text(row, "status"), claims.text(row, "conflict_group"), len(others))
        yield (*what, *rest, basis([claims.text(row, "id"), *others]))
