"""Numerical derivatives of the cost, towards parameters and towards intermediate values.

Central differences: ∂C/∂v ≈ (C(v + h) − C(v − h)) / 2h, one entry of v at a time, everything after v
computed again. An entry is left unjudged, and said to be, where the difference cannot tell the derivative:

- a ReLU input that depends on it lies within 10 h of its kink or crosses it;
- the step, or the change of a large cost, is lost to rounding;
- softmax gives a class with y ≠ 0 the smallest probability there is, where the cost stops rising;
- the difference disagrees with the rules, but also with itself when h is another: then it is rounding in
  the layers between, or curvature, that it shows.

The limits of sigmoid need no such care: its derivative is below 10⁻¹⁵ there, and taken as such.
"""

from dataclasses import dataclass

import numpy as np

from backprop.arrays import OVERFLOW_IS_REPORTED, BoolArray, FloatArray, read_only
from backprop.forward import evaluate_cost
from backprop.network import MLPConfig
from backprop.primitives import PRIMITIVES, SMALLEST_PROBABILITY
from backprop.tape import Tape, TrainingStep

STEP = 1e-6
TOLERANCE = 1e-6
"""Allowed difference, relative to the larger of 1 and the numeric derivative's size."""

OTHER_STEPS = (STEP / 10, STEP * 10, STEP * 100)


@dataclass(frozen=True, slots=True, eq=False)
class GradientCheck:
    """The derivative of the cost towards one variable, by the rules and by differences.

    Attributes:
        name: of the variable.
        analytic: ∂C/∂variable as backpropagation computed it.
        numeric: the central difference; 0 where not judged.
        judged: False where the difference cannot tell; all four arrays have the variable's shape.
        error: |analytic − numeric| / max(1, |numeric|), 0 where not judged.
    """

    name: str
    analytic: FloatArray
    numeric: FloatArray
    judged: BoolArray
    error: FloatArray

    @property
    def agrees(self) -> bool:
        """Whether every judged entry is within TOLERANCE."""
        return bool((self.error <= TOLERANCE).all())


def check_gradients(step: TrainingStep) -> tuple[GradientCheck, ...]:
    """Check every cotangent and gradient of a recorded step, in the order of its backward pass."""
    names = dict.fromkeys(vjp_step.wrt for vjp_step in step.vjp_steps)
    return tuple(_check(step, name) for name in names)


def _check(step: TrainingStep, name: str) -> GradientCheck:
    analytic = step.cotangent(name)
    numeric, judged = numerical_derivative(step.config, step.tape, name)
    distance = np.abs(analytic - numeric)
    wrong = judged & (distance > TOLERANCE * _size(numeric))
    if wrong.any():
        judged = read_only(judged & (~wrong | (10 * _spread(step, name, numeric) < distance)))
        numeric = read_only(np.where(judged, numeric, 0.0))
    error = np.where(judged, distance / _size(numeric), 0.0)
    return GradientCheck(name, analytic, numeric, judged, read_only(error))


def _size(numeric: FloatArray) -> FloatArray:
    """What a difference from `numeric` is measured by: the larger of 1 and its size."""
    size: FloatArray = np.maximum(1.0, np.abs(numeric))
    return size


def _spread(step: TrainingStep, name: str, numeric: FloatArray) -> FloatArray:
    """How far the differences with other steps lie from `numeric`."""
    others = [numerical_derivative(step.config, step.tape, name, h)[0] for h in OTHER_STEPS]
    spread: FloatArray = np.abs(np.stack(others) - numeric).max(axis=0)
    return spread


@OVERFLOW_IS_REPORTED
def numerical_derivative(
    config: MLPConfig, tape: Tape, name: str, h: float = STEP
) -> tuple[FloatArray, BoolArray]:
    """∂C/∂name by central differences.

    Args:
        config: the network.
        tape: its forward pass.
        name: a parameter, the input, or an intermediate value.
        h: the step; smaller for an output activation near 0 or 1, where ln a bends too much for it.

    Returns:
        The derivative, 0 where it could not be judged, and the mask of the entries that could be; both
        have the variable's shape.

    Raises:
        ValueError: if `name` is not a variable before the cost, or `h` is not a positive number.
    """
    _require_variable(tape, name)
    if not 0 < h < np.inf:
        raise ValueError(f"h: expected a finite number above 0, got {h!r}")
    value = tape[name].ravel()
    size = _step_sizes(config, name, value, h)
    up, down = value + size, value - size
    # Row e of `perturbed` is the variable with entry e moved up; row E + e, moved down.
    perturbed = np.concatenate([np.tile(value, (value.size, 1))] * 2)
    entries = np.arange(value.size)
    perturbed[entries, entries] = up
    perturbed[value.size + entries, entries] = down
    after = _evaluate_after(config, tape, name, perturbed.reshape(-1, *tape[name].shape))
    cost_up, cost_down = np.split(after.costs, 2)
    moved = np.where(up > down, up - down, 1.0)
    numeric = (cost_up - cost_down) / moved
    rounding = 4 * np.spacing(np.maximum(np.abs(cost_up), np.abs(cost_down))) / moved
    judged = (up > down) & (rounding <= TOLERANCE * _size(numeric)) & ~_near_kink(after.kinks, h)
    judged &= ~np.logical_or(*np.split(after.at_limit, 2))
    shape = tape[name].shape
    return read_only(np.where(judged, numeric, 0.0).reshape(shape)), read_only(judged.reshape(shape))


def _require_variable(tape: Tape, name: str) -> None:
    names = [variable.name for variable in tape.variables if variable.role not in ("target", "cost")]
    if name not in names:
        raise ValueError(f"name: expected one of {', '.join(names)}, got {name!r}")


def _step_sizes(config: MLPConfig, name: str, value: FloatArray, h: float) -> FloatArray:
    """h for every entry, but never more than a millionth of the way to where ln a or ln(1 − a) ends."""
    if name != f"a{config.depth}" or config.loss == "squared_error":
        return np.full_like(value, h)
    room = value if config.loss == "cross_entropy" else np.minimum(value, 1 - value)
    return h * np.minimum(1.0, room)


@dataclass(frozen=True, slots=True, eq=False)
class _Perturbed:
    """What 2 E perturbed passes came to.

    Attributes:
        costs: shape (2 E,).
        at_limit: where the cost no longer follows z, shape (2 E,).
        kinks: (z, perturbed z) of every ReLU that the perturbation reaches.
    """

    costs: FloatArray
    at_limit: BoolArray
    kinks: list[tuple[FloatArray, FloatArray]]


def _evaluate_after(config: MLPConfig, tape: Tape, name: str, perturbed: FloatArray) -> _Perturbed:
    """Compute everything after `name` again, with `perturbed` (2 E, *shape) in its place."""
    values = {variable.name: variable.value for variable in tape.variables}
    values[name] = perturbed
    changed = {name}
    kinks = []
    *layers, cost = tape.equations
    for equation in layers:
        if changed.isdisjoint(equation.inputs):
            continue
        if equation.primitive == "relu":
            z = equation.inputs[0]
            kinks.append((tape[z], values[z]))
        inputs = [values[input_name] for input_name in equation.inputs]
        values[equation.output] = PRIMITIVES[equation.primitive].forward(*inputs)
        changed.add(equation.output)
    a, y = values[cost.inputs[0]], values["y"]
    if f"z{config.depth}" in changed:
        return _Perturbed(evaluate_cost(config, values), _at_limit(config, a, y), kinks)
    # a of the last layer itself was moved: z no longer belongs to it, so the cost must come from a.
    return _Perturbed(PRIMITIVES[cost.primitive].forward(a, y), np.zeros(len(a), dtype=np.bool_), kinks)


def _at_limit(config: MLPConfig, a: FloatArray, y: FloatArray) -> BoolArray:
    """Whether softmax keeps a probability that counts from falling further; shape (2 E,)."""
    stuck = (a <= SMALLEST_PROBABILITY) & (y != 0) & (config.output_activation == "softmax")
    return np.asarray(stuck.any(axis=-1))


def _near_kink(kinks: list[tuple[FloatArray, FloatArray]], h: float) -> BoolArray | np.bool_:
    """For every entry, whether moving it moves a ReLU input across 0, or one within 10 h of it."""
    near: BoolArray | np.bool_ = np.False_
    for z, moved in kinks:
        up, down = np.split(moved, 2)
        crosses = (up > 0) != (down > 0)
        touches = (np.abs(z) <= 10 * h) & (up != down)
        near = near | (crosses | touches).any(axis=1)
    return near
