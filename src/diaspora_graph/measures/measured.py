"""What a measure returns: a value for each actor of a network, with the statements behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from diaspora_graph.measures.network import Network, View

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Measured:
    """A value of each actor; ``columns`` holds it first, then what else belongs to it.

    ``whole`` are values of the network as a whole, such as its modularity. A value that is not
    defined is NaN. Rows are in the order of the values, the highest first unless ``lowest_first``.

    >>> from diaspora_graph import load_dataset, measure, network_of
    >>> measure(network_of(load_dataset()), "pagerank")
    Measured(pagerank of Network(...))
    """

    measure: str
    network: Network
    columns: Mapping[str, Floats]
    whole: Mapping[str, float] = field(default_factory=dict)
    lowest_first: bool = False

    def __repr__(self) -> str:
        return f"Measured({self.measure} of {self.network!r})"

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the actors, sorted."""
        return self.network.ids

    @property
    def values(self) -> Floats:
        """The value of each actor."""
        return next(iter(self.columns.values()))

    @property
    def filters(self) -> str:
        """The filters of the scope in words."""
        return self.network.filters

    @property
    def view(self) -> View:
        """Whether the network is one of plain relations or of influence."""
        return self.network.view

    @cached_property
    def statements(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the statements that each actor's own edges rest on.

        A value that depends on the whole network rests on all of ``network.statements``.
        """
        return tuple(self.network.actor_statements())

    def of(self, name: str) -> float:
        """Return the value of an actor by id, label or alias."""
        return float(self.values[self.network.position(name)])

    def top(self, limit: int | None = None) -> list[int]:
        """Return the positions of the first actors by value, then by id; NaN is last."""
        values = self.values if self.lowest_first else -self.values
        order = np.lexsort((np.arange(len(values)), np.where(np.isnan(values), np.inf, values)))
        return [int(place) for place in order[:limit]]

    def rows(self, limit: int | None = None) -> Iterator[tuple[str | float, ...]]:
        """Yield a row for each actor, in order: see `to_pandas`."""
        places = self.top(limit)
        rests = self.network.actor_statements(places)
        for place, statements in zip(places, rests, strict=True):
            numbers = (float(column[place]) for column in self.columns.values())
            yield (self.ids[place], *numbers, "|".join(statements))

    def to_pandas(self, limit: int | None = None) -> pd.DataFrame:
        """Return a row for each actor, in order.

        Columns: actor, those of ``columns``, statements (ids of its edges, separated by ``|``).
        """
        import pandas as pd

        return pd.DataFrame(list(self.rows(limit)), columns=["actor", *self.columns, "statements"])
