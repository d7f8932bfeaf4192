"""How a measure changes when a source, what is undated or what is disputed is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.masks import passing, settled
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.measures.centrality import SEED, measure
from diaspora_graph.measures.measured import Measured
from diaspora_graph.measures.network import ACTORS, Network, View, network_from
from diaspora_graph.wording.words import say

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
Kind = Literal["source", "undated", "disputed"]
Measure = Callable[[Network], Measured]


@dataclass(frozen=True, slots=True)
class Without:
    """A removal of evidence, and the value that each actor then has; NaN if it has no edge left.

    ``what`` is the id of a source, else nothing. ``statements`` is how many of the network's
    statements are left out.

    >>> Without("undated", "", 3, (2.0, 1.0)).name()
    'what is undated'
    """

    kind: Kind
    what: str
    statements: int
    values: tuple[float, ...]

    def name(self, language: str = "en") -> str:
        """Return the removed evidence in words; a source by its id."""
        return self.what if self.kind == "source" else say(f"loss {self.kind}", language, name="")


@dataclass(frozen=True, eq=False, repr=False)
class Sensitivity:
    """The values of actors by a measure, and their values under each removal of evidence.

    >>> from diaspora_graph import load_dataset
    >>> sensitivity(load_dataset(), "core", scope=Scope(relations="rivalOf"), limit=2)
    Sensitivity(2 actors, ... losses, Measured(core of Network(...)))
    """

    base: Measured
    places: tuple[int, ...]
    losses: tuple[Without, ...]

    def __repr__(self) -> str:
        return f"Sensitivity({len(self.places)} actors, {len(self.losses)} losses, {self.base!r})"

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the actors, the highest value first."""
        return tuple(self.base.ids[place] for place in self.places)

    @property
    def values(self) -> tuple[float, ...]:
        """The value of each actor under the full evidence."""
        return tuple(float(self.base.values[place]) for place in self.places)

    @property
    def statements(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the statements that each actor's edges rest on."""
        return tuple(self.base.network.actor_statements(self.places))

    @property
    def filters(self) -> str:
        """The filters of the scope in words."""
        return self.base.filters

    def ranges(self, language: str = "en") -> list[tuple[float, str, float, str]]:
        """Return for each actor the lowest value and without what, the highest and without what.

        An actor that is gone has the lowest value NaN. What changes nothing is not named.
        """
        return [self._range(at, language) for at in range(len(self.places))]

    def _range(self, at: int, language: str) -> tuple[float, str, float, str]:
        found = [(self.values[at], "")]
        found += [(each.values[at], each.name(language)) for each in self.losses]
        gone = [each for each in found if np.isnan(each[0])]
        there = [each for each in found if not np.isnan(each[0])] or gone
        low = gone[0] if gone else min(there, key=lambda each: each[0])
        return (*low, *max(there, key=lambda each: each[0]))

    def to_pandas(self) -> pd.DataFrame:
        """Return a row for each removal and actor.

        Columns: without, kind, left_out (statements), actor, value, full_value.
        """
        import pandas as pd

        rows = [
            (loss.name(), loss.kind, loss.statements, id, found, value)
            for loss in self.losses
            for id, found, value in zip(self.ids, loss.values, self.values, strict=True)
        ]
        names = ["without", "kind", "left_out", "actor", "value", "full_value"]
        return pd.DataFrame(rows, columns=names)


def sensitivity(
    data: Dataset,
    by: str | Measure,
    *,
    scope: Scope = EVERYTHING,
    view: View = "relations",
    classes: Iterable[str] = ACTORS,
    limit: int = 10,
    seed: int = SEED,
) -> Sensitivity:
    """Return the values of the ``limit`` first actors when evidence is left out.

    ``by`` is a name of `MEASURES`, or a function from a network to a `Measured`, such as
    ``lambda network: brokerage(network, partition).measured("liaison")``. Left out are each source
    that the network rests on or that is credited, what is undated, and what is disputed. Raises as
    `network_of` and `measure` do, and `ParameterError` for ``communities``, whose numbers are only
    names.

    >>> from diaspora_graph import load_dataset
    >>> found = sensitivity(load_dataset(), "degree", scope=Scope(relations="reliesOn"), limit=1)
    >>> [loss.values for loss in found.losses if loss.kind == "disputed"]
    [(...,)]
    """
    if by == "communities":
        raise ParameterError("the numbers of communities are names; they have no sensitivity")
    if limit < 1:
        raise ParameterError(f"{limit} actors: expected at least 1")
    names = tuple([classes] if isinstance(classes, str) else classes)
    compute: Measure = by if callable(by) else lambda network: measure(network, by, seed=seed)
    kept = passing(data, scope.of_claims("a measure"))
    base = compute(network_from(data, kept, scope, view, names))
    places = base.top(limit)
    asked = [base.ids[place] for place in places]
    used = _used(base.network)
    known = {_edges(base.network): base}
    losses = []
    for kind, what, lesser in _lesser(data, scope, base.network, kept):
        network = network_from(data, lesser, scope, view, names)
        key = _edges(network)
        if key not in known and len(network.begin):  # equal edges have equal values
            known[key] = compute(network)
        values = _values(known.get(key), asked)
        losses.append(Without(kind, what, int((used & ~lesser).sum()), values))
    return Sensitivity(base, tuple(places), tuple(losses))


def _edges(network: Network) -> tuple[bytes, bytes, bytes]:
    return network.things.tobytes(), network.begin.tobytes(), network.end.tobytes()


def _used(network: Network) -> Mask:
    """Return which statements the edges of a network rest on."""
    data = network.data
    relations = np.zeros(len(data.relations), np.bool_)
    relations[network.relation] = True
    return np.asarray(network.statement & relations[data.relations.of_statement], np.bool_)


def _values(found: Measured | None, ids: Sequence[str]) -> tuple[float, ...]:
    if found is None:
        return (float("nan"),) * len(ids)
    place = {id: at for at, id in enumerate(found.ids)}
    return tuple(float(found.values[place[id]]) if id in place else float("nan") for id in ids)


def _lesser(
    data: Dataset, scope: Scope, network: Network, kept: Mask
) -> Iterator[tuple[Kind, str, Mask]]:
    """Yield each removal, and the statements that are left."""
    for source in _sources(data, _used(network)):
        yield (
            "source",
            source,
            passing(data, replace(scope, without_sources=scope.without_sources | {source})),
        )
    yield "undated", "", kept & data.tables["statement"]["valid"].filled()
    if undisputed := settled(data, scope):
        yield "disputed", "", passing(data, undisputed)


def _sources(data: Dataset, used: Mask) -> list[str]:
    """Return the sources that make statements or are credited with them, sorted."""
    table, rows = data.tables["statement"], np.flatnonzero(used)
    found = set(table["source"].at(rows))
    for cell in set(table["cited"].at(rows)):
        found.update(cell.split(SEPARATOR))
    return sorted(found.intersection(data.tables["source"]["id"].all()))
