"""The paths from one hidden activation to the cost: their products, and what happens without some of them.

Layers are 1..L and units 0-based. Path k of unit j of layer l starts with the edge a^l_j → z^{l+1}_k.
Shapes: m units in layer l + 1, n in layer l, N observations. Source: article, section 3.2.3, eq. 5.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import BoolArray, FloatArray, read_only
from backprop.batch import per_observation_gradients
from backprop.differences import evaluate_after
from backprop.network import MLPConfig, Params
from backprop.reverse import PathMasks
from backprop.sgd import training_step
from backprop.tape import TrainingStep


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """Eq. 5 for one unit, ∂C/∂a_j = Σ_k ∂C/∂z_k · w_kj, term by term.

    Attributes:
        layer, unit: whose ledger it is.
        upstream: ∂C/∂z_k, shape (m,).
        weights: ∂z_k/∂a_j = w_kj, shape (m,).
        products: their products, shape (m,).
        kept: which of them count, shape (m,).
        running: sum of the kept products up to and including k, shape (m,).
    """

    layer: int
    unit: int
    upstream: FloatArray
    weights: FloatArray
    products: FloatArray
    kept: BoolArray
    running: FloatArray

    @property
    def total(self) -> float:
        """Σ of the kept products."""
        return float(self.running[-1])


def ledger(step: TrainingStep, layer: int, unit: int, dropped: Collection[int] = ()) -> Ledger:
    """The ledger of a unit; `dropped` are the paths k that do not count.

    Raises:
        ValueError: if there is no such hidden layer, unit or path.
    """
    require_path(step.config, layer, unit, dropped)
    vjp_step = step.vjp(f"z{layer + 1}", f"a{layer}")
    products = vjp_step.path_terms[:, unit]
    kept = np.array([k not in dropped for k in range(len(products))])
    return Ledger(
        layer=layer,
        unit=unit,
        upstream=vjp_step.upstream,
        weights=vjp_step.jacobian[:, unit],
        products=products,
        kept=kept,
        running=read_only(np.cumsum(np.where(kept, products, 0.0))),
    )


def require_path(config: MLPConfig, layer: int, unit: int, paths: Collection[int] = ()) -> None:
    """Raise ValueError unless the hidden layer, its unit and its paths exist."""
    if not 1 <= layer < config.depth:
        raise ValueError(f"layer: expected a hidden layer from 1 to {config.depth - 1}, got {layer}")
    if not 0 <= unit < config.layer_sizes[layer]:
        raise ValueError(f"unit: expected 0 to {config.layer_sizes[layer] - 1}, got {unit}")
    if not all(0 <= k < config.layer_sizes[layer + 1] for k in paths):
        raise ValueError(f"paths: expected 0 to {config.layer_sizes[layer + 1] - 1}, got {sorted(paths)}")


# --- the wrong rules, as masks ----------------------------------------------------------------------


def knock_out_mask(config: MLPConfig, layer: int, unit: int, dropped: Collection[int]) -> PathMasks:
    """The mask of ∂z^{l+1}/∂a^l, shape (m, n), that drops these paths of one unit."""
    require_path(config, layer, unit, dropped)
    mask = np.ones((config.layer_sizes[layer + 1], config.layer_sizes[layer]))
    mask[list(dropped), unit] = 0
    return {(f"z{layer + 1}", f"a{layer}"): mask}


def single_path_mask(config: MLPConfig, layer: int, path: int = 0) -> PathMasks:
    """The mask of ∂z^{l+1}/∂a^l, shape (m, n), that keeps one path of every unit."""
    require_path(config, layer, 0, [path])
    mask = np.zeros((config.layer_sizes[layer + 1], config.layer_sizes[layer]))
    mask[path] = 1
    return {(f"z{layer + 1}", f"a{layer}"): mask}


def output_knock_out_mask(config: MLPConfig, unit: int, dropped: Collection[int]) -> PathMasks:
    """The mask of ∂a^L/∂z^L, shape (m, m), that drops these paths of one z."""
    mask = np.ones((config.layer_sizes[-1],) * 2)
    mask[list(dropped), unit] = 0
    return {(f"a{config.depth}", f"z{config.depth}"): mask}


def diagonal_mask(config: MLPConfig) -> PathMasks:
    """The mask of ∂a^L/∂z^L, shape (m, m), that keeps its diagonal: wrong for softmax."""
    return {(f"a{config.depth}", f"z{config.depth}"): np.eye(config.layer_sizes[-1])}


def step_with_paths(step: TrainingStep, keep_paths: PathMasks) -> TrainingStep:
    """The same training step from the same parameters, with only these paths."""
    learning_rate = step.updates[0].learning_rate
    return training_step(
        step.config, step.params, step.tape["x"], step.tape["y"], learning_rate, keep_paths=keep_paths
    )


# --- a nudge, measured -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Nudge:
    """What happens when a_j is moved by ε; of several ε at once every array has their shape (E,) in front.

    Attributes:
        epsilon: ε.
        moves: Δz_k = ε · w_kj, shape (m,); exact, since z is affine in a.
        predicted: ∂C/∂z_k · Δz_k, shape (m,), which is ε times the ledger's products.
        measured: the change in cost when z_k alone moves by Δz_k, shape (m,).
        total: the change in cost when a_j moves, and so all z_k together.
        crosses: whether a ReLU after a_j goes on or off on the way.
    """

    epsilon: FloatArray
    moves: FloatArray
    predicted: FloatArray
    measured: FloatArray
    total: FloatArray
    crosses: BoolArray

    @property
    def own_curvature(self) -> FloatArray:
        """Part of the remainder that each path has by itself."""
        return np.asarray((self.measured - self.predicted).sum(axis=-1))

    @property
    def interaction(self) -> FloatArray:
        """Part of the remainder that comes from the paths moving together."""
        return np.asarray(self.total - self.measured.sum(axis=-1))

    @property
    def remainder(self) -> FloatArray:
        """ΔC less the sum of the predicted shares: of the order of ε²."""
        return np.asarray(self.total - self.predicted.sum(axis=-1))


def nudge(step: TrainingStep, layer: int, unit: int, epsilon: ArrayLike) -> Nudge:
    """Move one hidden activation by ε and compute everything after it again.

    Args:
        step: the recorded step.
        layer: a hidden layer.
        unit: whose activation is moved.
        epsilon: one ε, or several, shape (E,); each gives the same bits as alone.

    Raises:
        ValueError: if there is no such unit, or ε is not finite.
    """
    epsilons = np.asarray(epsilon, dtype=np.float64)
    if not np.isfinite(epsilons).all():
        raise ValueError(f"epsilon: expected finite numbers, got {epsilon!r}")
    book = ledger(step, layer, unit)
    z = step.tape[f"z{layer + 1}"]
    moves = epsilons[..., np.newaxis] * book.weights
    together = moves[..., np.newaxis, :]
    # Row 0 is z as it is; row 1 moves all of z; row 2 + k moves z_k alone.
    rows = z + np.concatenate([np.zeros_like(together), together, together * np.eye(len(z))], axis=-2)
    costs, kinks = evaluate_after(step.config, step.tape, f"z{layer + 1}", rows)
    crosses = np.zeros(epsilons.shape, dtype=np.bool_)
    for _, moved in kinks:
        crosses = crosses | ((moved > 0) != (moved[..., :1, :] > 0)).any(axis=(-2, -1))
    return Nudge(
        epsilon=read_only(epsilons),
        moves=read_only(moves),
        predicted=read_only(book.upstream * moves),
        measured=read_only(costs[..., 2:] - costs[..., :1]),
        total=read_only(np.asarray(costs[..., 1] - costs[..., 0])),
        crosses=read_only(np.asarray(crosses)),
    )


# --- which observations show it best -----------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class PathSurvey:
    """The paths into one hidden layer for many observations.

    Attributes:
        terms: path terms, shape (N, m, n).
        cotangents: ∂C/∂a, their sums over the paths, shape (N, n).
        blocked: units that are off: ∂C/∂a is not 0 and ∂C/∂z is, shape (N, n).
        cancelled: how much of the paths cancels, shape (N, n).
    """

    terms: FloatArray
    cotangents: FloatArray
    blocked: BoolArray
    cancelled: FloatArray


def cancellation(terms: FloatArray) -> FloatArray:
    """1 − |Σ_k t_k| / Σ_k |t_k| over the last axis but one: 0 if all pull one way, 1 if they cancel."""
    size = np.abs(terms).sum(axis=-2)
    left = np.abs(terms.sum(axis=-2))
    return read_only(np.where(size > 0, 1 - left / np.where(size > 0, size, 1.0), 0.0))


def survey_paths(config: MLPConfig, params: Params, X: ArrayLike, Y: ArrayLike, layer: int) -> PathSurvey:
    """Path terms of every observation into one hidden layer.

    Args:
        config: the network.
        params: its parameters.
        X: one observation a row, shape (N, n_in).
        Y: their targets, shape (N, n_out).
        layer: the hidden layer.

    Raises:
        ValueError: if the layer is no hidden one, or a shape does not fit.
    """
    require_path(config, layer, 0)
    D = per_observation_gradients(config, params, X, Y).cotangents
    terms = D[layer][:, :, None] * params[f"W{layer + 1}"]
    cotangents = terms.sum(axis=1)
    return PathSurvey(
        terms=read_only(terms),
        cotangents=read_only(cotangents),
        blocked=(D[layer - 1] == 0) & (cotangents != 0),
        cancelled=cancellation(terms),
    )
