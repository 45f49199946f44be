"""What a layer's numbers are computed from.

Shapes for layer l: m units in the layer after it (or outputs), n in l itself, p in the layer before it.
All indices are 0-based.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import OVERFLOW_IS_REPORTED, FloatArray, read_only
from backprop.batch import per_observation_gradients
from backprop.forward import forward_pass
from backprop.network import MLPConfig, Params, input_of
from backprop.tape import TrainingStep


@dataclass(frozen=True, slots=True, eq=False)
class Workings:
    """Everything that the numbers of one layer l are computed from.

    Attributes:
        config, layer: whose they are.
        weights, bias: W^l (n, p) and b^l (n,).
        below, below_pre: a^{l−1} and z^{l−1}, shape (p,); the second is None for the input.
        pre_activation, activation: z^l and a^l, shape (n,).
        target: y, shape (units of the last layer,).
        upstream: ∂C/∂z^{l+1}, for the last layer ∂C/∂a^L; shape (m,).
        jacobian: ∂z^{l+1}/∂a^l = W^{l+1}; for a softmax layer ∂a^L/∂z^L; else the identity; shape (m, n).
        jacobian_after: the first of these with the weights after the update, else None.
        kept: 1 for each path that is summed, shape (m,).
        slope: f′(z^l), shape (n,); 1 for a softmax layer, whose Jacobian is `jacobian`.
        cost: C.
        rate: η.
        observations: how many observations a mean is taken over.
        sign: −1 where the sign is lost.
    """

    config: MLPConfig
    layer: int
    weights: FloatArray
    bias: FloatArray
    below: FloatArray
    below_pre: FloatArray | None
    pre_activation: FloatArray
    activation: FloatArray
    target: FloatArray
    upstream: FloatArray
    jacobian: FloatArray
    jacobian_after: FloatArray | None
    kept: FloatArray
    slope: FloatArray
    cost: float
    rate: float
    observations: int = 1
    sign: float = 1.0

    @property
    def is_last(self) -> bool:
        """Whether l is the output layer."""
        return self.layer == self.config.depth

    @property
    def is_dense(self) -> bool:
        """Whether each a of l depends on every z, as those of softmax do."""
        return self.config.is_dense(self.layer)


def workings_of(step: TrainingStep, layer: int) -> Workings:
    """The workings of one layer of a recorded step.

    Raises:
        ValueError: if there is no such layer.
    """
    config, tape = step.config, step.tape
    if not 1 <= layer <= config.depth:
        raise ValueError(f"layer: expected 1 to {config.depth}, got {layer}")
    z, a, above = f"z{layer}", f"a{layer}", f"z{layer + 1}"
    local = step.vjp(a, z)
    units = config.layer_sizes[layer]
    dense = config.is_dense(layer)
    if layer < config.depth:
        upstream, jacobian = step.vjp(above, a).upstream, step.params[f"W{layer + 1}"]
    else:
        upstream, jacobian = local.upstream, local.jacobian if dense else np.eye(units)
    return Workings(
        config=config,
        layer=layer,
        weights=step.params[f"W{layer}"],
        bias=_bias(config, step.params, layer),
        below=tape[input_of(layer)],
        below_pre=tape[f"z{layer - 1}"] if layer > 1 else None,
        pre_activation=tape[z],
        activation=tape[a],
        target=tape["y"],
        upstream=upstream,
        jacobian=jacobian,
        jacobian_after=step.params_after[f"W{layer + 1}"] if layer < config.depth else None,
        kept=np.ones(len(upstream)),
        slope=np.ones(units) if dense else local.jacobian.diagonal(),
        cost=step.loss_before,
        rate=step.updates[0].learning_rate,
    )


@OVERFLOW_IS_REPORTED
def mean_workings(
    config: MLPConfig, params: Params, X: ArrayLike, Y: ArrayLike, layer: int, unit: int
) -> Workings:
    """The workings of one row of a mean gradient, dC/dw_ij = Σ_n ∂C_n/∂z_i · a_nj / N.

    The sum runs over observations: `upstream` is ∂C_n/∂z_i, shape (N,), and `jacobian` is A^{l−1},
    shape (N, p). Source: article, section 3.2.2.

    Args:
        config: the network.
        params: its parameters.
        X: one observation a row, shape (N, n_in).
        Y: their targets, shape (N, n_out).
        layer: whose weights, 1..L.
        unit: i, one of its units.

    Raises:
        ValueError: if there is no such layer or unit, or a shape does not fit.
    """
    if not 1 <= layer <= config.depth:
        raise ValueError(f"layer: expected 1 to {config.depth}, got {layer}")
    if not 0 <= unit < config.layer_sizes[layer]:
        raise ValueError(f"unit: expected 0 to {config.layer_sizes[layer] - 1}, got {unit}")
    upstream = per_observation_gradients(config, params, X, Y).cotangents[layer - 1][:, unit]
    tapes = [forward_pass(config, params, x, y) for x, y in zip(np.asarray(X), np.asarray(Y), strict=True)]
    below = np.array([tape[input_of(layer)] for tape in tapes])
    pre = np.array([tape[f"z{layer - 1}"] for tape in tapes]) if layer > 1 else None
    return Workings(
        config=config,
        layer=layer,
        weights=params[f"W{layer}"],
        bias=_bias(config, params, layer),
        below=below[0],
        below_pre=pre,
        pre_activation=tapes[0][f"z{layer}"],
        activation=tapes[0][f"a{layer}"],
        target=tapes[0]["y"],
        upstream=upstream,
        jacobian=below,
        jacobian_after=None,
        kept=np.ones(len(tapes)),
        slope=np.ones(below.shape[1]),
        cost=float(tapes[0]["C"]),
        rate=0.0,
        observations=len(tapes),
    )


def _bias(config: MLPConfig, params: Params, layer: int) -> FloatArray:
    """b^l, shape (units,); 0 where there is none."""
    return params[f"b{layer}"] if config.has_biases else read_only(np.zeros(config.layer_sizes[layer]))
