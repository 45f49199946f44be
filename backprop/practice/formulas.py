"""The kinds of number that can be asked for, and the formula of each.

A mistake is a formula applied to workings in which something is wrong, so every formula is here once.
Shapes and names as in `workings`. All indices are 0-based.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from backprop.practice.spans import See, exactly
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


def products(work: Workings, j: int, *, see: See = exactly) -> Any:
    """The path terms of column j, upstream_k · jacobian_kj, shape (m,); 0 where a path is not kept."""
    terms = see(work.upstream) * see(work.jacobian[: len(work.upstream), j])
    return see(work.sign * work.kept * terms)


def path_term(work: Workings, k: int, j: int, *, see: See = exactly) -> Any:
    """∂C/∂z_k · w_kj: one path. Source: article, section 3.2.3, step II."""
    return work.sign * (see(work.upstream[k]) * see(work.jacobian[k, j]))


def path_sum(work: Workings, j: int, *, see: See = exactly) -> Any:
    """Σ_k ∂C/∂z_k · w_kj, eq. 5; for softmax Σ_k ∂C/∂a_k · ∂a_k/∂z_j."""
    return products(work, j, see=see).sum()


def through_activation(work: Workings, j: int, *, see: See = exactly) -> Any:
    """∂C/∂z_j = ∂C/∂a_j · f′(z_j). Source: article, section 3.2.3, step IV."""
    return see(path_sum(work, j)) * see(work.slope[j])


def weight_gradient(work: Workings, i: int, j: int, *, see: See = exactly) -> Any:
    """dC/dw_ij = ∂C/∂z_i · a_j. Source: article, section 3.2.3, step VI."""
    return see(through_activation(work, i)) * see(work.below[j])


def bias_gradient(work: Workings, i: int, *, see: See = exactly) -> Any:
    """dC/db_i = ∂C/∂z_i."""
    return see(through_activation(work, i))


def weight_step(work: Workings, i: int, j: int, *, see: See = exactly) -> Any:
    """−η dC/dw_ij."""
    return see(-work.rate) * see(weight_gradient(work, i, j))


def new_weight(work: Workings, i: int, j: int, *, see: See = exactly) -> Any:
    """w_ij − η dC/dw_ij."""
    return see(work.weights[i, j]) + see(weight_step(work, i, j, see=see))


def new_bias(work: Workings, i: int, *, see: See = exactly) -> Any:
    """b_i − η dC/db_i."""
    return see(work.bias[i]) + see(see(-work.rate) * see(through_activation(work, i)))


def pre_activation(work: Workings, i: int, *, see: See = exactly) -> Any:
    """z_i = Σ_j w_ij a_j + b_i."""
    terms = see(see(work.weights[i, : len(work.below)]) * see(work.below))
    return work.sign * (terms.sum() + see(work.bias[i]))


def mean_gradient(work: Workings, i: int, j: int, *, see: See = exactly) -> Any:
    """Σ_n ∂C_n/∂z_i · a_nj / N; the workings are those of row i."""
    return see(path_sum(work, j, see=see)) / work.observations


def _part(name: str) -> Callable[..., Any]:
    """A number of the workings as it is."""

    def look_up(work: Workings, *index: int, see: See = exactly) -> Any:
        return work.sign * see(np.asarray(getattr(work, name))[index])

    return look_up


FORMULAS: dict[str, Callable[..., Any]] = {
    "pre_activation": pre_activation,
    "activation": _part("activation"),
    "cost": _part("cost"),
    "cost_slope": _part("upstream"),
    "jacobian": _part("jacobian"),
    "slope": _part("slope"),
    "path_term": path_term,
    "path_sum": path_sum,
    "through_activation": through_activation,
    "weight_gradient": weight_gradient,
    "bias_gradient": bias_gradient,
    "weight_step": weight_step,
    "new_weight": new_weight,
    "new_bias": new_bias,
    "mean_gradient": mean_gradient,
}
"""By kind of quantity: its value from the workings of its layer and its index.

Each takes `see`: `exactly` gives the number, `as_shown` the span of what may be computed from the numbers
that are shown when it is asked. What was computed before is not computed again, but read.
"""


def terms_of(work: Workings, quantity: Quantity) -> tuple[Term, ...]:
    """The products that the quantity is the sum of; one where nothing is summed.

    Softmax has e^{z_k} for every k, which are divided by their sum; a mean has no 1/N in its terms.
    """
    kind, index = quantity.kind, quantity.index
    if kind == "pre_activation":
        products_of_row = map(_term, work.weights[index[0]], work.below)
        biases = [_term(work.bias[index[0]])] if work.config.has_biases else []
        return (*products_of_row, *biases)
    if kind == "activation" and work.is_dense:
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
