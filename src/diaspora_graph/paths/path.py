"""An influence path as a value: ids, the relations between them, the statements of each step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path over the relation ``subject predicate object``.

    ``begin`` and ``end`` are ids in the direction of influence, which may run from the object to
    the subject. An ``inclusion`` (whole → part, or part → whole) is not a hop. ``statements`` are
    the ids of the statements that affirm the relation within the scope of the search, ``denials``
    of those that deny it.

    >>> from diaspora_graph import influence_paths, load_dataset
    >>> step = next(influence_paths(load_dataset(), "India", "United Kingdom")).steps[0]
    >>> step.begin, step.predicate, step.end
    ('india', 'supports', 'indian-diaspora')
    """

    begin: str
    end: str
    subject: str
    predicate: str
    object: str
    inclusion: bool
    statements: tuple[str, ...]
    denials: tuple[str, ...] = ()

    @property
    def along(self) -> bool:
        """Whether influence runs from the subject of the relation to its object."""
        return self.begin == self.subject

    def __str__(self) -> str:
        sign = f"–{self.predicate}→" if self.along else f"←{self.predicate}–"
        return f"{self.begin} {'↳ ' if self.inclusion else ''}{sign} {self.end}"


@dataclass(frozen=True, slots=True, repr=False)
class InfluencePath:
    """How influence runs from one entity to another: ``nodes`` are ids, ``steps`` join them.

    ``hops`` counts the steps that are not inclusions. ``cost`` is the cost of the path under the
    chosen ranking, lowest is best (see `RANKINGS`; 0 where only hops count). Two paths
    are equal if these four are; a path can be pickled.

    >>> from diaspora_graph import influence_paths, load_dataset
    >>> path = next(influence_paths(load_dataset(), "India", "United Kingdom"))
    >>> path
    InfluencePath(india → indian-diaspora → indians-in-uk → united-kingdom, hops=2)
    >>> path.nodes[0], path.steps[0].predicate, path.hops
    ('india', 'supports', 2)
    """

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]
    hops: int
    cost: int = 0
    _data: Dataset | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return f"InfluencePath({' → '.join(self.nodes)}, hops={self.hops})"

    def __str__(self) -> str:
        signs = (str(step).removeprefix(step.begin) for step in self.steps)
        return self.nodes[0] + "".join(signs)

    def __reduce__(self) -> tuple[Any, ...]:
        return InfluencePath, (self.nodes, self.steps, self.hops, self.cost)

    def explain(self, data: Dataset | None = None, *, language: str = "en") -> str:
        """Return the path in sentences: each step, its sources, its time, and claims against it.

        ``data`` is needed only for a path that was pickled. ``language`` is en, kk or ru.
        Raises `ParameterError`.
        """
        from diaspora_graph.paths.explanation import explained

        return "\n".join(explained(self._known(data), self, language=language))

    def to_pandas(self, data: Dataset | None = None) -> pd.DataFrame:
        """Return one row for each step: ids and labels, statements and denials joined by ``|``.

        ``data`` is needed only for a path that was pickled. Raises `ParameterError`.
        """
        import pandas as pd

        known = self._known(data)
        return pd.DataFrame(
            [
                {
                    "step": number,
                    "from": step.begin,
                    "from_label": known.label(step.begin),
                    "to": step.end,
                    "to_label": known.label(step.end),
                    "predicate": step.predicate,
                    "along": step.along,
                    "inclusion": step.inclusion,
                    "statements": "|".join(step.statements),
                    "denials": "|".join(step.denials),
                }
                for number, step in enumerate(self.steps, 1)
            ]
        )

    def _repr_html_(self) -> str:
        from html import escape

        known = self._data
        shown = [escape(known.label(id) if known else id) for id in self.nodes]
        return f"<p>{' → '.join(shown)} <small>({self.hops} hops)</small></p>"

    def _known(self, data: Dataset | None) -> Dataset:
        known = data or self._data
        if known is None:
            raise ParameterError("this path was pickled without its data: give the dataset")
        return known
