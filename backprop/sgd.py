"""Gradient descent: the update, and the whole recorded training step."""

from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import OVERFLOW_IS_REPORTED, read_only, require_finite
from backprop.forward import forward_pass, values_of
from backprop.network import MLPConfig, Params, derived_params
from backprop.reverse import PathMasks, backward_pass
from backprop.tape import ParameterUpdate, TrainingStep

REAL_NUMBER = int | float | np.integer | np.floating


@OVERFLOW_IS_REPORTED
def sgd_update(params: Params, gradients: Params, learning_rate: float) -> tuple[ParameterUpdate, ...]:
    """W ← W − η dC/dW and b ← b − η dC/db, one record for every parameter.

    Raises:
        ValueError: if `learning_rate` is negative or not finite, the shapes of the gradients are not
            those of the parameters, or a parameter overflows.
    """
    require_learning_rate(learning_rate)
    expected, got = [W.shape for W in params.weights], [W.shape for W in gradients.weights]
    if got != expected:
        raise ValueError(f"gradients: expected weights of shapes {expected}, got {got}")
    updates = []
    for (name, before), (_, gradient) in zip(params.items(), gradients.items(), strict=True):
        step = read_only(-learning_rate * gradient)
        after = read_only(before + step)
        require_finite(f"learning_rate, {name} after the step", after)
        updates.append(ParameterUpdate(name, before, gradient, learning_rate, step, after))
    return tuple(updates)


def require_learning_rate(learning_rate: float) -> None:
    """Raise ValueError unless `learning_rate` is a finite number from 0 up."""
    try:
        fits = isinstance(learning_rate, REAL_NUMBER) and isfinite(learning_rate) and learning_rate >= 0
    except OverflowError:  # a whole number beyond every float
        fits = False
    if not fits:
        raise ValueError(f"learning_rate: expected a finite number from 0 up, got {learning_rate!r}")


@OVERFLOW_IS_REPORTED
def training_step(
    config: MLPConfig,
    params: Params,
    x: ArrayLike,
    y: ArrayLike,
    learning_rate: float,
    keep_paths: PathMasks | None = None,
) -> TrainingStep:
    """Record one step of gradient descent on one observation.

    Args:
        config: the network.
        params: its parameters.
        x: the observation, shape (n_in,).
        y: its target, shape (n_out,).
        learning_rate: η, from 0 up.
        keep_paths: see `backward_pass`.

    Raises:
        ValueError: naming the argument that is wrong, or the value that overflows.
    """
    tape = forward_pass(config, params, x, y)
    vjp_steps = backward_pass(tape, keep_paths)
    cotangents = {step.wrt: step.cotangent for step in vjp_steps}
    gradients = params.with_arrays(cotangents)
    updates = sgd_update(_learned(config, params), _learned(config, gradients), learning_rate)
    params_after = params.with_arrays({update.name: update.after for update in updates})
    cost_after = values_of(config, params_after, tape["x"], tape["y"])["C"]
    require_finite("learning_rate, cost after the step", cost_after)
    return TrainingStep(
        config=config,
        params=params,
        tape=tape,
        vjp_steps=vjp_steps,
        gradients=gradients,
        updates=updates,
        params_after=params_after,
        loss_before=float(tape["C"]),
        loss_after=float(cost_after),
    )


def _learned(config: MLPConfig, params: Params) -> Params:
    """The part of the parameters, or of their gradients, that the update moves: all, or without biases."""
    return params if config.bias == "learned" else derived_params(params.weights, ())


def predicted_change(step: TrainingStep) -> float:
    """First-order prediction of the change in cost, −η‖∇‖², over all parameters that the update moves."""
    return float(sum(np.vdot(update.gradient, update.step) for update in step.updates))
