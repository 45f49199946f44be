"""The forward pass: which equations a network has, and their evaluation."""

from functools import lru_cache
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import OVERFLOW_IS_REPORTED, FloatArray, as_float_array, read_only
from backprop.network import MLPConfig, Params, input_of, require_params
from backprop.primitives import PRIMITIVES
from backprop.tape import Equation, Tape, Variable

Values = dict[str, FloatArray]
"""The variables of a pass by name."""


@lru_cache(maxsize=256)
def network_equations(config: MLPConfig) -> tuple[Equation, ...]:
    """z1, a1, …, zL, aL, C as equations between names."""
    equations = []
    for layer in range(1, config.depth + 1):
        W, b, below = f"W{layer}", f"b{layer}", input_of(layer)
        inputs = (W, b, below) if config.has_biases else (W, below)
        equations.append(Equation("affine" if config.has_biases else "linear", inputs, f"z{layer}"))
        equations.append(Equation(config.activation(layer), (f"z{layer}",), f"a{layer}"))
    equations.append(Equation(config.loss, (f"a{config.depth}", "y"), "C"))
    return tuple(equations)


def values_of(config: MLPConfig, params: Params, x: FloatArray, y: FloatArray) -> Values:
    """Every variable of a forward pass by name: x, y, the parameters, and the output of every equation.

    Nothing is checked. Works on one observation (x of shape (n_in,)), on a batch (N, n_in), and on R networks
    at once (W of shape (R, m, n), b of shape (R, 1, m)).
    """
    values = {"x": x, "y": y, **dict(params.items())}
    *layers, cost = network_equations(config)
    for equation in layers:
        values[equation.output] = apply(equation, values)
    values[cost.output] = np.asarray(evaluate_cost(config, values))  # NumPy makes shape () a scalar
    return values


def apply(equation: Equation, values: Values) -> FloatArray:
    """The output of one equation, its inputs taken by name from `values`."""
    return PRIMITIVES[equation.primitive].forward(*map(values.__getitem__, equation.inputs))


def evaluate_cost(config: MLPConfig, values: Values) -> FloatArray:
    """The cost, exact for any z of the last layer, also where a has lost digits or is at its limit."""
    if config.shortcut is not None:
        return config.shortcut.cost(values[f"z{config.depth}"], values[f"a{config.depth}"], values["y"])
    return PRIMITIVES[config.loss].forward(values[f"a{config.depth}"], values["y"])


@OVERFLOW_IS_REPORTED
def forward_pass(config: MLPConfig, params: Params, x: ArrayLike, y: ArrayLike) -> Tape:
    """Record the forward pass of one observation.

    Args:
        config: the network.
        params: its parameters.
        x: the observation, shape (n_in,).
        y: its target, shape (n_out,).

    Raises:
        ValueError: if a shape does not fit, an entry is not finite, or the pass overflows.
    """
    require_params(config, params)
    observation = as_float_array("x", x, config.layer_sizes[:1])
    values = values_of(config, params, observation, as_float_array("y", y, config.layer_sizes[-1:]))
    if not isfinite(values["C"]):
        raise ValueError(f"params, x: expected numbers for which the cost is finite, got C = {values['C']}")
    equations = network_equations(config)
    for equation in equations:
        read_only(values[equation.output])
    variables = [Variable(name, role, layer, values[name]) for name, role, layer in _roles(config)]
    return Tape(tuple(variables), equations)


@lru_cache(maxsize=256)
def _roles(config: MLPConfig) -> tuple[tuple[str, str, int], ...]:
    """Name, role and layer of every variable, in the order in which the pass meets them."""
    roles = [("x", "input", 0)]
    letters = {"W": "weight", "b": "bias", "z": "pre_activation", "a": "activation"}
    if not config.has_biases:
        del letters["b"]
    for layer in range(1, config.depth + 1):
        roles += [(f"{letter}{layer}", role, layer) for letter, role in letters.items()]
    return (*roles, ("y", "target", config.depth), ("C", "cost", config.depth))
