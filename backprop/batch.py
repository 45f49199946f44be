"""Gradients of a batch. Shapes: X (N, n_in), Y (N, n_out), A^l and D^l = ∂C/∂Z^l (N, units of layer l)."""

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import (
    OVERFLOW_IS_REPORTED,
    BoolArray,
    FloatArray,
    as_float_array,
    read_only,
    require_finite,
)
from backprop.forward import Values, network_equations, values_of
from backprop.network import MLPConfig, Params, derived_params, require_params
from backprop.reverse import PathMasks, path_products, require_masks, rules_towards
from backprop.tape import Equation

Masks = dict[tuple[str, str], BoolArray]


@dataclass(frozen=True, slots=True, eq=False)
class ObservationGradients:
    """Cost and gradients of every observation of a batch, before any mean is taken.

    Attributes:
        losses: shape (N,).
        cotangents: D^l for every layer: ∂C_n/∂z^l, shape (N, units of layer l).
        weights: for every layer ∂C_n/∂W^l, shape (N, *W^l.shape).
        biases: for every layer ∂C_n/∂b^l, shape (N, *b^l.shape); empty without biases.
    """

    losses: FloatArray
    cotangents: tuple[FloatArray, ...]
    weights: tuple[FloatArray, ...]
    biases: tuple[FloatArray, ...]


@OVERFLOW_IS_REPORTED
def loss_and_gradients(
    config: MLPConfig,
    params: Params,
    X: ArrayLike,
    Y: ArrayLike,
    keep_paths: PathMasks | None = None,
) -> tuple[float, Params]:
    """Mean cost and mean gradients of a batch: dC/dW^l = D^lᵀ A^{l−1} / N.

    That matrix product sums over observations. The sum over paths, the total derivative, has been
    taken before, in D. Source: article, section 3.2.2.

    Args:
        config: the network.
        params: its parameters.
        X: one observation a row, shape (N, n_in).
        Y: their targets, shape (N, n_out).
        keep_paths: see `backprop.reverse.backward_pass`; each mask holds for every observation.

    Raises:
        ValueError: if a shape does not fit, an entry is not finite, or the cost or a gradient overflows.
    """
    values, masks = forward_batch(config, params, X, Y, keep_paths)
    loss = mean_cost(values)
    if not isfinite(loss):
        raise ValueError(f"params, X: expected numbers for which the cost is finite, got {loss}")
    weights, biases = mean_gradients(config, values, masks)
    for W in weights:  # biases overflow only where these do
        require_finite("params, X, gradient of a weight", W)
    return loss, derived_params(map(read_only, weights), map(read_only, biases))


def mean_cost(values: Values) -> float:
    """Mean cost of a batch whose forward pass is in `values`."""
    return float(values["C"].sum()) / len(values["C"])


def mean_gradients(
    config: MLPConfig, values: Values, masks: Masks
) -> tuple[list[FloatArray], list[FloatArray]]:
    """Mean gradients of all weights and of all biases, for a batch whose forward pass is in `values`."""
    mean = np.full(len(values["x"]), 1 / len(values["x"]))
    weights, biases = [], []
    D = _pre_activation_cotangents(config, values, masks)
    for equation, upstream in zip(network_equations(config)[:-1:2], D, strict=True):
        W, *bias, previous = equation.inputs
        if (equation.output, W) in masks:
            weights.append(_through(equation, 0, upstream, values, masks).mean(axis=0))
        else:
            weights.append(upstream.T @ values[previous] / len(mean))
        for b in bias:
            has_mask = (equation.output, b) in masks
            of_each = _through(equation, 1, upstream, values, masks) if has_mask else upstream
            biases.append(mean @ of_each)
    return weights, biases


@OVERFLOW_IS_REPORTED
def per_observation_gradients(
    config: MLPConfig,
    params: Params,
    X: ArrayLike,
    Y: ArrayLike,
    keep_paths: PathMasks | None = None,
) -> ObservationGradients:
    """Cost and gradients of every observation; their mean is what `loss_and_gradients` returns.

    Arguments and errors as there.
    """
    values, masks = forward_batch(config, params, X, Y, keep_paths)
    D = _pre_activation_cotangents(config, values, masks)
    require_finite("params, X, cost", values["C"])
    weights, biases = [], []
    for equation, upstream in zip(network_equations(config)[:-1:2], D, strict=True):
        weights.append(read_only(_through(equation, 0, upstream, values, masks)))
        if config.has_biases:
            biases.append(read_only(_through(equation, 1, upstream, values, masks)))
        require_finite("params, X, gradient of a weight", weights[-1])
    cotangents = tuple(map(read_only, D))
    return ObservationGradients(read_only(values["C"]), cotangents, tuple(weights), tuple(biases))


@OVERFLOW_IS_REPORTED
def predict(config: MLPConfig, params: Params, X: ArrayLike) -> FloatArray:
    """The outputs a^L of every observation, shape (N, n_out).

    Args:
        config: the network.
        params: its parameters.
        X: one observation a row, shape (N, n_in).

    Raises:
        ValueError: if a shape does not fit, an entry is not finite, or the pass overflows.
    """
    outputs = outputs_of(config, params, X)
    require_finite("params, X, outputs", outputs)
    return read_only(outputs)


def outputs_of(config: MLPConfig, params: Params, X: ArrayLike) -> FloatArray:
    """The same, also where they overflow."""
    require_params(config, params)
    x = as_float_array("X", X, ("N", config.layer_sizes[0]))
    no_targets = np.zeros((len(x), config.layer_sizes[-1]))
    return values_of(config, params, x, no_targets)[f"a{config.depth}"]


def forward_batch(
    config: MLPConfig, params: Params, X: ArrayLike, Y: ArrayLike, keep_paths: PathMasks | None
) -> tuple[Values, Masks]:
    """All values of the batch by name, and the masks, both checked."""
    require_params(config, params)
    x = as_float_array("X", X, ("N", config.layer_sizes[0]))
    y = as_float_array("Y", Y, (len(x), config.layer_sizes[-1]), order="F")
    values = values_of(config, params, x, y)
    return values, batch_masks(config, values, keep_paths)


def batch_masks(config: MLPConfig, values: Values, keep_paths: PathMasks | None) -> Masks:
    """The masks, checked against the values of a batch."""
    if keep_paths is None:
        return {}
    example = {name: value if name[0] in "Wb" else value[0] for name, value in values.items()}
    return require_masks(network_equations(config), example, keep_paths)


def _pre_activation_cotangents(config: MLPConfig, values: Values, masks: Masks) -> list[FloatArray]:
    """D^1, …, D^L: ∂C_n/∂z^l for every observation n, each of shape (N, units of layer l)."""
    equations = network_equations(config)
    D = [_output_cotangent(config, values, masks)]
    for affine, activation in zip(equations[-3:0:-2], equations[-4:0:-2], strict=False):
        upstream = _through(affine, len(affine.inputs) - 1, D[-1], values, masks)
        D.append(_through(activation, 0, upstream, values, masks))
    return D[::-1]


def _output_cotangent(config: MLPConfig, values: Values, masks: Masks) -> FloatArray:
    """D^L, by the shortcut where there is one and no mask asks for the two Jacobians it skips."""
    *_, activation, cost = network_equations(config)
    skipped = {(cost.output, activation.output), (activation.output, activation.inputs[0])}
    if config.shortcut is not None and skipped.isdisjoint(masks):
        return config.shortcut.gradient(values[activation.output], values["y"])
    upstream = _through(cost, 0, np.ones(len(values["y"])), values, masks)
    return _through(activation, 0, upstream, values, masks)


def _through(
    equation: Equation, argument: int, upstream: FloatArray, values: Values, masks: Masks
) -> FloatArray:
    """∂C_n/∂(input number `argument`) for every observation n, from ∂C_n/∂output."""
    jacobian, vjp = rules_towards(equation, argument)
    output, inputs = values[equation.output], map(values.__getitem__, equation.inputs)
    kept = masks.get((equation.output, equation.inputs[argument])) if masks else None
    if kept is None:
        return vjp(upstream, output, *inputs)
    wrt_ndim = kept.ndim - (upstream.ndim - 1)
    products = path_products(upstream, jacobian(output, *inputs) * kept, wrt_ndim)
    cotangent: FloatArray = products.sum(axis=tuple(range(1, upstream.ndim)))
    return cotangent
