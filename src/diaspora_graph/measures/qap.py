"""Whether ties go with other ties: correlation and regression of matrices, by permutations.

Rows of a matrix are not independent, so a p value comes from permuting the actors (Krackhardt
1988). The diagonal is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from diaspora_graph.errors import ParameterError
from diaspora_graph.measures.network import Network

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
Matrix: TypeAlias = "Network | pd.DataFrame | npt.ArrayLike"
"""A network, or numbers in rows and columns: with ids as a table of pandas, else by place."""

PERMUTATIONS = 1_000
SEED = 1
LEAST = 4
"""With fewer actors there are fewer than 24 permutations."""

CORRELATION = "permutation of rows and columns together (Krackhardt 1988)"
REGRESSION = "double semi-partialling (Dekker, Krackhardt and Snijders 2007)"
_EQUAL = 1e-9
"""Statistics closer than this are equal: permutations that change nothing count as equal."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """The correlation of two matrices; p values are shares of the permutations.

    ``at_least`` of them have this correlation or a higher one, ``at_most`` this or a lower one,
    ``as_far`` one at least as far from 0. ``statements`` are those that the networks rest on.

    >>> import numpy as np
    >>> ring = np.roll(np.eye(5), 1, axis=1)
    >>> qap_correlation(ring, ring.T, permutations=100).method
    'permutation of rows and columns together (Krackhardt 1988)'
    """

    correlation: float
    at_least: float
    at_most: float
    as_far: float
    ids: tuple[str, ...]
    permutations: int
    seed: int
    statements: tuple[str, ...]
    filters: str
    method: str = CORRELATION

    def __repr__(self) -> str:
        return (
            f"Correlation({self.correlation:.4f}, p {self.as_far:.3f} of {self.permutations:,} "
            f"permutations, {len(self.ids)} actors)"
        )


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient of a regression, its t value, and the p values as in `Correlation`.

    They are None for the intercept, which is not permuted.

    >>> Coefficient("distance", -0.2, -2.1, 0.98, 0.03, 0.04).as_far
    0.04
    """

    name: str
    coefficient: float
    t: float
    at_least: float | None
    at_most: float | None
    as_far: float | None


@dataclass(frozen=True, slots=True)
class Regression:
    """A linear regression of one matrix on others; the intercept comes first.

    >>> import numpy as np
    >>> x, y = np.random.default_rng(1).random((2, 6, 6))
    >>> mrqap(y, {"x": x}, permutations=100).to_pandas()["name"].tolist()
    ['intercept', 'x']
    """

    coefficients: tuple[Coefficient, ...]
    r_squared: float
    ids: tuple[str, ...]
    permutations: int
    seed: int
    statements: tuple[str, ...]
    filters: str
    method: str = REGRESSION

    def __repr__(self) -> str:
        names = ", ".join(each.name for each in self.coefficients)
        return f"Regression({names}; R² {self.r_squared:.4f}, {len(self.ids)} actors)"

    def to_pandas(self) -> pd.DataFrame:
        """Return a row for each coefficient: name, coefficient, t and the three p values."""
        import pandas as pd

        names = list(Coefficient.__dataclass_fields__)
        return pd.DataFrame([[getattr(each, name) for name in names] for each in self.coefficients],
                            columns=names)  # fmt: skip


def qap_correlation(
    one: Matrix, other: Matrix, *, permutations: int = PERMUTATIONS, seed: int = SEED
) -> Correlation:
    """Return the correlation of two directed matrices over the same actors, tested by permutations.

    Networks and tables of pandas are aligned by ids; actors that only one network has are without
    edges in the other. Raises `ParameterError` for matrices that do not fit, fewer than four
    actors, or a matrix whose cells are all the same.

    >>> import numpy as np
    >>> ring = np.roll(np.eye(6), 1, axis=1)
    >>> qap_correlation(ring, ring, permutations=100)
    Correlation(1.0000, p 0.0... of 100 permutations, 6 actors)
    """
    ids, (x, y) = _aligned([one, other])
    _counts(permutations)
    cells = _off_diagonal(len(x))
    fixed = _centred(y[cells])
    moving = _centred(x[cells])
    if not fixed.any() or not moving.any():
        raise ParameterError("all cells of a matrix are the same, so there is no correlation")
    scale = np.sqrt((fixed @ fixed) * (moving @ moving))
    found = float(moving @ fixed / scale)
    random = np.random.default_rng(seed)
    drawn = np.empty(permutations)
    for at in range(permutations):
        order = random.permutation(len(x))
        # the mean and the sum of squares stay: a permutation moves every cell off the diagonal
        drawn[at] = (x[np.ix_(order, order)][cells] @ fixed) / scale
    return Correlation(
        found, *_shares(drawn, found), ids, permutations, seed, *_behind([one, other])
    )


def mrqap(
    dependent: Matrix, predictors: Mapping[str, Matrix], *, permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Regression:  # fmt: skip
    """Return the linear regression of a directed matrix on others, tested by permutations.

    For each predictor what the others do not explain of it is permuted, and its t value compared
    (double semi-partialling, Dekker, Krackhardt and Snijders 2007, Psychometrika 72). Matrices are
    aligned as by `qap_correlation`. Raises `ParameterError` as it does, and for predictors of which
    one is a sum of others.

    >>> import numpy as np
    >>> random = np.random.default_rng(1)
    >>> x = random.random((8, 8))
    >>> mrqap(2 * x + random.random((8, 8)) / 9, {"x": x}, permutations=100)
    Regression(intercept, x; R² 0.99..., 8 actors)
    """
    if not predictors:
        raise ParameterError("a regression needs at least one predictor")
    ids, (y, *xs) = _aligned([dependent, *predictors.values()])
    _counts(permutations)
    cells = _off_diagonal(len(y))
    design = np.column_stack([np.ones(int(cells.sum())), *(x[cells] for x in xs)])
    target = y[cells]
    if np.linalg.matrix_rank(design) < design.shape[1]:
        names = ", ".join(predictors)
        raise ParameterError(
            f"among {names} one is a constant or a sum of the others; leave it out"
        )
    if len(target) <= design.shape[1] or not _centred(target).any():
        raise ParameterError("the dependent matrix has too few cells, or they are all the same")
    estimates = np.linalg.lstsq(design, target, rcond=None)[0]
    residual = target - design @ estimates
    random = np.random.default_rng(seed)
    found = [Coefficient("intercept", float(estimates[0]), _t(design, target, 0), None, None, None)]
    for at, name in enumerate(predictors, 1):
        t = _t(design, target, at)
        drawn = _semi_partial(design, target, at, cells, permutations, random)
        found.append(Coefficient(name, float(estimates[at]), t, *_shares(drawn, t)))
    centred = _centred(target)
    return Regression(
        tuple(found), float(1 - (residual @ residual) / (centred @ centred)), ids, permutations,
        seed, *_behind([dependent, *predictors.values()]),
    )  # fmt: skip


def _semi_partial(
    design: Floats, target: Floats, at: int, cells: npt.NDArray[np.bool_], permutations: int,
    random: np.random.Generator,
) -> Floats:  # fmt: skip
    """Return the t values of a predictor whose residual on the others is permuted."""
    basis = np.linalg.qr(np.delete(design, at, axis=1))[0]
    left = target - basis @ (basis.T @ target)
    rest = np.zeros(cells.shape)
    rest[cells] = design[:, at] - basis @ (basis.T @ design[:, at])
    freedom = len(target) - design.shape[1]
    drawn = np.empty(permutations)
    for draw in range(permutations):
        order = random.permutation(len(rest))
        moved = rest[np.ix_(order, order)][cells]
        drawn[draw] = _t_of(moved - basis @ (basis.T @ moved), left, freedom)
    return drawn


def _t(design: Floats, target: Floats, at: int) -> float:
    basis = np.linalg.qr(np.delete(design, at, axis=1))[0]
    left, own = (each - basis @ (basis.T @ each) for each in (target, design[:, at]))
    return _t_of(own, left, len(target) - design.shape[1])


def _t_of(own: Floats, left: Floats, freedom: int) -> float:
    """Return the t value of a predictor from what the others leave of it and of the target."""
    square = own @ own
    slope = (own @ left) / square
    error = max(float(left @ left - slope**2 * square), 0.0)
    return float(slope / np.sqrt(error / freedom / square)) if error else float(np.inf * slope)


def _shares(drawn: Floats, found: float) -> tuple[float, float, float]:
    near = _EQUAL * max(abs(found), 1.0) if np.isfinite(found) else 0.0
    return (
        float((drawn >= found - near).mean()),
        float((drawn <= found + near).mean()),
        float((np.abs(drawn) >= abs(found) - near).mean()),
    )


def _counts(permutations: int) -> None:
    if permutations < 1:
        raise ParameterError(f"{permutations} permutations: expected at least 1")


def _off_diagonal(size: int) -> npt.NDArray[np.bool_]:
    return ~np.eye(size, dtype=np.bool_)


def _centred(cells: Floats) -> Floats:
    found: Floats = cells - cells.mean()
    found[np.abs(found) < 1e-14] = 0
    return found


def _aligned(matrices: Sequence[Matrix]) -> tuple[tuple[str, ...], list[Floats]]:
    """Return the ids of the actors, and the matrices over them."""
    import pandas as pd

    networks = [each for each in matrices if isinstance(each, Network)]
    tables = [each for each in matrices if isinstance(each, pd.DataFrame)]
    ids: list[str] = []
    if networks:
        ids = sorted({id for each in networks for id in each.ids})
    elif tables:
        ids = [str(id) for id in tables[0].index]
    found = [_numbers(each, ids) for each in matrices]
    sizes = {each.shape for each in found}
    if len(sizes) > 1 or any(each.ndim != 2 or each.shape[0] != each.shape[1] for each in found):
        shapes = ", ".join(" × ".join(map(str, each.shape)) for each in found)
        raise ParameterError(f"matrices must be square and of one size; these are {shapes}")
    if len(found[0]) < LEAST:
        raise ParameterError(f"at least {LEAST} actors are needed; there are {len(found[0])}")
    if not all(np.isfinite(each[_off_diagonal(len(each))]).all() for each in found):
        raise ParameterError("a matrix has cells without a number; fill them or leave actors out")
    return tuple(ids or map(str, range(len(found[0])))), found


def _numbers(matrix: Matrix, ids: list[str]) -> Floats:
    import pandas as pd

    if isinstance(matrix, Network):
        return np.asarray(matrix.to_matrix(ids), np.float64)
    if isinstance(matrix, pd.DataFrame):
        known = {str(id) for id in matrix.index} & {str(id) for id in matrix.columns}
        missing = [id for id in ids if id not in known]
        if missing:
            raise ParameterError(
                f"a matrix has no row and column for {len(missing)} of {len(ids)} actors, "
                f"such as {', '.join(missing[:5])}"
            )
        return np.asarray(matrix.loc[ids, ids], np.float64)
    return np.array(matrix, np.float64)


def _behind(matrices: Sequence[Matrix]) -> tuple[tuple[str, ...], str]:
    """Return the statements that networks rest on, and their filters."""
    networks = [each for each in matrices if isinstance(each, Network)]
    statements = sorted({id for each in networks for id in each.statements})
    filters = dict.fromkeys(each.filters for each in networks if each.filters)
    return tuple(statements), "; ".join(filters)
