"""Which entries are worth asking for: not 0, not tiny, several paths of both signs, a dead unit.

Every rule gives one number an entry; the higher, the more instructive, and 0 is not asked. Rules look at
whole arrays, so that the entries of a large network are ranked at once. Shapes as in `workings`.
"""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import FloatArray
from backprop.batch import per_observation_gradients
from backprop.network import MLPConfig, Params
from backprop.noise import carries_nothing, is_learned
from backprop.practice.formulas import Quantity
from backprop.practice.workings import Workings, workings_of
from backprop.tape import TrainingStep

NEGLIGIBLE = 0.1
"""A path counts where it is at least this part of the largest one."""

CANCELS = 0.03
"""A sum below this part of its largest term drowns in the tolerance."""

SATURATED = 50.0
"""Exponentials of larger z are not asked for, nor sigmoids that are as near to 0."""

Ranking = Callable[[Workings], FloatArray]


def all_terms(work: Workings) -> FloatArray:
    """Every path term, shape (m, n)."""
    terms: FloatArray = work.upstream[:, None] * work.jacobian
    return terms


def rank_sum(work: Workings) -> FloatArray:
    """Sums: clear ones of both signs first, then how many paths count, then size; none that cancels."""
    terms = all_terms(work)
    size = np.abs(terms)
    largest = size.max(axis=0)
    total = np.abs(terms.sum(axis=0))
    mixed = (terms.min(axis=0) < 0) & (terms.max(axis=0) > 0)
    counting = (size >= NEGLIGIBLE * largest).sum(axis=0)
    clear = total >= NEGLIGIBLE * largest
    ranked: FloatArray = (1 + mixed + np.minimum(counting, 3)) * clear + _part(total)
    return np.where(total > CANCELS * largest, ranked, 0.0)


def rank_slope(work: Workings) -> FloatArray:
    """∂C/∂z: first a dead unit with much to lose, since there the mask decides; the other dead ones last."""
    if np.all(work.slope == 1):
        return np.zeros_like(work.slope)
    delta, dead = _part(_over_paths(work)), work.slope == 0
    return delta * np.where(dead, NEGLIGIBLE / 2, 1.0) + _first(delta * dead)


def rank_local_slope(work: Workings) -> FloatArray:
    """f′(z) by itself: as `rank_slope`, but it need not lead anywhere; a larger z is easier to read."""
    if np.all(work.slope == 1):
        return np.zeros_like(work.slope)
    size = 0.1 + _part(work.pre_activation)
    return size + _first(size * (work.slope == 0))


def rank_gradient(work: Workings) -> FloatArray:
    """dC/dW: the largest."""
    return _part(np.outer(_delta(work), work.below))


def rank_update(work: Workings) -> FloatArray:
    """New weights: those that change most for their size."""
    step = work.rate * np.abs(np.outer(_delta(work), work.below))
    size = np.abs(work.weights) + step
    share: FloatArray = np.divide(step, size, out=np.zeros_like(step), where=size > 0)
    return np.where(share > 0.01, share, 0.0)


def rank_bias_update(work: Workings) -> FloatArray:
    """New biases: those that change most."""
    return _part(work.rate * _delta(work))


def rank_pre_activation(work: Workings) -> FloatArray:
    """Weighted sums that do not nearly cancel; those that ReLU will cut count as much as the others."""
    terms = np.abs(work.weights * work.below).max(axis=1) + np.abs(work.bias)
    share: FloatArray = np.divide(
        np.abs(work.pre_activation), terms, out=np.zeros_like(terms), where=terms > 0
    )
    return np.where(share > NEGLIGIBLE, np.minimum(share, 1.0), 0.0)


def rank_activation(work: Workings) -> FloatArray:
    """Activations: units that ReLU cuts, or where f bends z; softmax and sigmoid away from 0."""
    if work.is_dense:
        bounded = np.abs(work.pre_activation).max() < SATURATED
        return np.where((work.activation > 0.01) & bounded, work.activation, 0.0)
    bent = work.activation - work.pre_activation
    scores: FloatArray = 0.1 + _part(work.activation) + _first(np.abs(bent))
    if work.config.rule(work.layer).is_held:
        return np.where(work.pre_activation > -SATURATED, scores, 0.0)
    return scores


def rank_jacobian(work: Workings) -> FloatArray:
    """Entries of W, or of the softmax Jacobian beside its diagonal."""
    size = np.abs(work.jacobian)
    if work.is_dense:
        return _part(size * (1 - np.eye(len(size))))
    return np.zeros_like(size) if work.is_last else _part(size)


def rank_term(work: Workings) -> FloatArray:
    """Path terms: the largest."""
    if work.is_last and not work.is_dense:
        return np.zeros_like(work.jacobian)
    return _part(all_terms(work))


RANKINGS: dict[str, Ranking] = {
    "pre_activation": rank_pre_activation,
    "activation": rank_activation,
    "cost": lambda work: np.ones(()) if work.is_last and work.cost > 0 else np.zeros(()),
    "cost_slope": lambda work: _part(work.upstream) if work.is_last else np.zeros_like(work.upstream),
    "jacobian": rank_jacobian,
    "slope": rank_local_slope,
    "path_term": rank_term,
    "path_sum": lambda work: rank_sum(work) if _sums(work) else np.zeros_like(work.slope),
    "through_activation": rank_slope,
    "weight_gradient": rank_gradient,
    "bias_gradient": lambda work: _part(_delta(work)),
    "weight_step": rank_gradient,
    "new_weight": rank_update,
    "new_bias": rank_bias_update,
}
"""By kind of quantity: how instructive each entry of a layer is."""

OF_THE_ERROR = frozenset(
    (
        *("path_term", "path_sum", "through_activation", "weight_gradient", "bias_gradient"),
        *("weight_step", "new_weight", "new_bias"),
    )
)
"""Kinds that are nothing but rounding where ∂C/∂z of the last layer is."""


def _is_missing(step: TrainingStep, kind: str) -> bool:
    """Whether there is nothing to ask for: no bias, or one that stays, or nothing but rounding.

    C and ∂C/∂a are rounding only where the target is met.
    """
    if (kind == "bias_gradient" and not step.config.has_biases) or (
        kind == "new_bias" and step.config.bias != "learned"
    ):
        return True
    if kind in ("cost", "cost_slope"):
        return is_learned(step)
    return kind in OF_THE_ERROR and carries_nothing(step)


def interesting(
    step: TrainingStep, kind: str, layers: tuple[int, ...] | None = None, most: int = 8
) -> tuple[Quantity, ...]:
    """The most instructive quantities of a kind, best first; none where all are trivial.

    Args:
        step: a recorded step.
        kind: a key of RANKINGS.
        layers: where to look, 1..L; None for all.
        most: how many to return at most.

    Raises:
        ValueError: if there is no such kind or layer.
    """
    _require_kind(kind)
    if _is_missing(step, kind):
        return ()
    ranked: list[tuple[float, Quantity]] = []
    for layer in layers or range(1, step.config.depth + 1):
        scores = np.asarray(RANKINGS[kind](workings_of(step, layer)))
        ranked += _best(scores, kind, layer, most)
    return _ordered(ranked, most)


def interesting_kinds(step: TrainingStep, kinds: Iterable[str]) -> set[str]:
    """Those of the kinds of which `interesting` finds any; the first layer that has one will do.

    Raises:
        ValueError: if there is no such kind.
    """
    layers = [workings_of(step, layer) for layer in range(step.config.depth, 0, -1)]
    found = set()
    for kind in kinds:
        _require_kind(kind)
        if _is_missing(step, kind):
            continue
        if any((np.asarray(RANKINGS[kind](work)) > 0).any() for work in layers):
            found.add(kind)
    return found


def interesting_means(
    config: MLPConfig, params: Params, X: ArrayLike, Y: ArrayLike, most: int = 8
) -> tuple[Quantity, ...]:
    """The entries of mean gradients over X, Y that are most instructive: large, and of terms of both signs.

    Raises:
        ValueError: see `per_observation_gradients`.
    """
    ranked: list[tuple[float, Quantity]] = []
    gradients = per_observation_gradients(config, params, X, Y)
    for layer, each in enumerate(gradients.weights, start=1):
        ranked += _best(_rank_mean(each), "mean_gradient", layer, most)
    return _ordered(ranked, most)


def has_interesting_means(config: MLPConfig, params: Params, X: ArrayLike, Y: ArrayLike) -> bool:
    """Whether `interesting_means` finds any; arguments and errors as there."""
    gradients = per_observation_gradients(config, params, X, Y)
    return any((_rank_mean(each) > 0).any() for each in reversed(gradients.weights))


def _rank_mean(terms: FloatArray) -> FloatArray:
    """Mean gradients of one layer from those of N observations, shape (N, n, p)."""
    mean, size = np.abs(terms.mean(axis=0)), np.abs(terms).max(axis=0)
    mixed = (terms.min(axis=0) < 0) & (terms.max(axis=0) > 0)
    scores: FloatArray = (_part(mean) + mixed) * (mean > NEGLIGIBLE * size) * (_part(size) > 0)
    return scores


def _require_kind(kind: str) -> None:
    if kind not in RANKINGS:
        raise ValueError(f"kind: expected one of {', '.join(RANKINGS)}, got {kind!r}")


def _best(scores: FloatArray, kind: str, layer: int, most: int) -> list[tuple[float, Quantity]]:
    """The entries of one layer with the highest scores above 0."""
    best = np.argsort(-scores, axis=None, kind="stable")[:most]
    indices = (tuple(int(i) for i in np.unravel_index(flat, scores.shape)) for flat in best)
    return [(float(scores[index]), Quantity(kind, layer, index)) for index in indices if scores[index] > 0]


def _ordered(ranked: list[tuple[float, Quantity]], most: int) -> tuple[Quantity, ...]:
    return tuple(quantity for _, quantity in sorted(ranked, key=lambda pair: -pair[0])[:most])


def _sums(work: Workings) -> bool:
    """Whether ∂C/∂ of this layer is a sum over several paths."""
    return (not work.is_last and len(work.upstream) > 1) or work.is_dense


def _over_paths(work: Workings) -> FloatArray:
    total: FloatArray = work.upstream @ work.jacobian
    return total


def _delta(work: Workings) -> FloatArray:
    return _over_paths(work) * work.slope


def _first(scores: FloatArray) -> FloatArray:
    """1 at the highest score, if there is one above 0; 0 elsewhere."""
    return np.where((scores > 0) & (scores == scores.max(initial=0.0)), 1.0, 0.0)


def _part(values: FloatArray) -> FloatArray:
    """Sizes as parts of the largest, 0 below NEGLIGIBLE."""
    size = np.abs(values)
    largest = size.max(initial=0.0)
    part: FloatArray = size / largest if largest > 0 else np.zeros_like(size)
    return np.where(part >= NEGLIGIBLE, part, 0.0)
