"""The kinds of number that can be asked for, and the formula of each.

A mistake is a formula applied to workings in which something is wrong, so every formula is here once.
Shapes and names as in `workings`. All indices are 0-based.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from backprop.arrays import FloatArray
from backprop.practice.workings import Workings


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number that a reader can be asked for.

    Attributes:
        kind: a key of FORMULAS.
        layer: 1..L, the layer l it belongs to.
        index: pre_activation, activation, slope, path_sum, through_activation, bias_gradient, new_bias
            (unit of l,); cost (); cost_slope (output,); jacobian, path_term (k after l, unit of l);
            weight_gradient, weight_step, new_weight, mean_gradient (unit of l, unit before l).
    """

    kind: str
    layer: int
    index: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One product of a sum: its factors and their product."""

    factors: tuple[float, ...]
    product: float


def products(work: Workings, j: int) -> FloatArray:
    """The path terms of column j, upstream_k · jacobian_kj, shape (m,); 0 where a path is not kept."""
    terms: FloatArray = work.sign * work.kept * work.upstream * work.jacobian[: len(work.upstream), j]
    return terms


def path_term(work: Workings, k: int, j: int) -> float:
    """∂C/∂z_k · w_kj: one path. Source: article, section 3.2.3, step II."""
    return float(work.sign * work.upstream[k] * work.jacobian[k, j])


def path_sum(work: Workings, j: int) -> float:
    """Σ_k ∂C/∂z_k · w_kj, eq. 5; for softmax Σ_k ∂C/∂a_k · ∂a_k/∂z_j."""
    return float(products(work, j).sum())


def through_activation(work: Workings, j: int) -> float:
    """∂C/∂z_j = ∂C/∂a_j · f′(z_j). Source: article, section 3.2.3, step IV."""
    return path_sum(work, j) * float(work.slope[j])


def weight_gradient(work: Workings, i: int, j: int) -> float:
    """dC/dw_ij = ∂C/∂z_i · a_j. Source: article, section 3.2.3, step VI."""
    return through_activation(work, i) * float(work.below[j])


def weight_step(work: Workings, i: int, j: int) -> float:
    """−η dC/dw_ij."""
    return -work.rate * weight_gradient(work, i, j)


def new_weight(work: Workings, i: int, j: int) -> float:
    """w_ij − η dC/dw_ij."""
    return float(work.weights[i, j]) + weight_step(work, i, j)


def new_bias(work: Workings, i: int) -> float:
    """b_i − η dC/db_i."""
    return float(work.bias[i]) - work.rate * through_activation(work, i)


def pre_activation(work: Workings, i: int) -> float:
    """z_i = Σ_j w_ij a_j + b_i."""
    return work.sign * (float(work.weights[i, : len(work.below)] @ work.below) + float(work.bias[i]))


def mean_gradient(work: Workings, i: int, j: int) -> float:
    """Σ_n ∂C_n/∂z_i · a_nj / N; the workings are those of row i."""
    return path_sum(work, j) / work.observations


FORMULAS: dict[str, Callable[..., float]] = {
    "pre_activation": pre_activation,
    "activation": lambda work, i: work.sign * float(work.activation[i]),
    "cost": lambda work: work.sign * work.cost,
    "cost_slope": lambda work, k: work.sign * float(work.upstream[k]),
    "jacobian": lambda work, k, j: work.sign * float(work.jacobian[k, j]),
    "slope": lambda work, j: work.sign * float(work.slope[j]),
    "path_term": path_term,
    "path_sum": path_sum,
    "through_activation": through_activation,
    "weight_gradient": weight_gradient,
    "bias_gradient": through_activation,
    "weight_step": weight_step,
    "new_weight": new_weight,
    "new_bias": new_bias,
    "mean_gradient": mean_gradient,
}
"""By kind of quantity: its value from the workings of its layer and its index."""


def terms_of(work: Workings, quantity: Quantity) -> tuple[Term, ...]:
    """The products that the quantity is the sum of; one where nothing is summed.

    Softmax has e^{z_k} for every k, which are divided by their sum; a mean has no 1/N in its terms.
    """
    kind, index = quantity.kind, quantity.index
    if kind == "pre_activation":
        row = work.weights[index[0]]
        return (*map(_term, row, work.below), _term(work.bias[index[0]]))
    if kind == "activation" and work.is_softmax:
        return tuple(Term((float(z),), float(np.exp(z))) for z in work.pre_activation)
    if kind == "activation":
        return (Term((float(work.pre_activation[index[0]]),), float(work.activation[index[0]])),)
    if kind in ("path_sum", "mean_gradient"):
        return tuple(map(_term, work.upstream, work.jacobian[:, index[-1]]))
    if kind == "path_term":
        return (_term(work.upstream[index[0]], work.jacobian[index]),)
    if kind == "through_activation":
        return (_term(path_sum(work, index[0]), work.slope[index[0]]),)
    if kind == "weight_gradient":
        return (_term(through_activation(work, index[0]), work.below[index[1]]),)
    if kind == "weight_step":
        return (_term(-work.rate, weight_gradient(work, *index)),)
    if kind == "new_weight":
        return (_term(work.weights[index]), _term(-work.rate, weight_gradient(work, *index)))
    if kind == "new_bias":
        return (_term(work.bias[index]), _term(-work.rate, through_activation(work, *index)))
    return (_term(FORMULAS[kind](work, *index)),)


def _term(*factors: float) -> Term:
    numbers = tuple(map(float, factors))
    return Term(numbers, float(np.prod(numbers)))
