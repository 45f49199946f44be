"""Numerical derivatives of the cost, towards parameters and towards intermediate values.

Central differences: ∂C/∂v ≈ (C(v + h) − C(v − h)) / 2h, one entry of v at a time, everything after v
computed again. Where such a difference cannot tell the derivative an entry is not judged, for one of REASONS.

The limits of a hidden sigmoid need no such care: its derivative is below 10⁻¹⁵ there, and taken as such.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from backprop.arrays import OVERFLOW_IS_REPORTED, BoolArray, FloatArray, read_only
from backprop.forward import evaluate_cost
from backprop.network import MLPConfig
from backprop.noise import cost_noise, derivative_noise
from backprop.primitives import LARGEST_PROBABILITY, PRIMITIVES, SMALLEST_PROBABILITY
from backprop.tape import Tape, TrainingStep

STEP = 1e-6
TOLERANCE = 1e-6
"""Allowed difference, relative to the larger of 1 and the numeric derivative's size."""

NEAR_KINK = 10
"""A ReLU input within so many steps of 0 is not judged."""

OTHER_STEPS = (STEP / 10, STEP * 10)


class Reason(IntEnum):
    """Why an entry is not judged; the first one that applies."""

    JUDGED = 0
    OVERFLOW = 1
    PROBABILITY = 2
    STEP_LOST = 3
    KINK = 4
    RESULT_ROUNDED = 5
    COST_ROUNDED = 6
    LAYERS_ROUNDED = 7
    BENDS = 8
    NOISE = 9


REASONS = (
    "",
    "the cost overflows within the step",
    "the probability is too close to 0 or 1 for a float",
    "the step is lost in the rounding of the value",
    "a ReLU input lies too near 0, its kink",
    "the change is lost in the rounding of the result",
    "the change is lost in the rounding of the cost",
    "the change is lost in the rounding of the layers between",
    "the cost bends too much within the step",
    "what backpropagation found is nothing but rounding",
)
"""What a Reason means, in words that can stand after "not judged: "."""

Reasons = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """A central difference, entry by entry.

    Attributes:
        values: the quotient; 0 where it cannot tell the derivative, or is no larger than its rounding.
        reasons: a Reason for every entry, JUDGED where it can; the shape of `values`.
    """

    values: FloatArray
    reasons: Reasons

    @property
    def judged(self) -> BoolArray:
        """Where the difference can tell the derivative."""
        return np.asarray(self.reasons == Reason.JUDGED)


@dataclass(frozen=True, slots=True, eq=False)
class GradientCheck:
    """The derivative of the cost towards one variable, by the rules and by differences.

    Attributes:
        name: of the variable.
        analytic: ∂C/∂variable as backpropagation computed it.
        numeric: the central difference; 0 where not judged.
        reasons: a Reason for every entry, JUDGED where the difference can tell; all four arrays have the
            variable's shape.
        error: |analytic − numeric| / max(1, |numeric|), 0 where not judged.
    """

    name: str
    analytic: FloatArray
    numeric: FloatArray
    reasons: Reasons
    error: FloatArray

    @property
    def judged(self) -> BoolArray:
        """Where the difference can tell the derivative."""
        return np.asarray(self.reasons == Reason.JUDGED)

    @property
    def agrees(self) -> bool:
        """Whether every judged entry is within TOLERANCE."""
        return bool((self.error <= TOLERANCE).all())

    def why_not(self, index: int | Sequence[int]) -> str:
        """Why the entry is not judged, one of REASONS; "" where it is."""
        return REASONS[self.reasons[tuple(np.atleast_1d(index))]]


def check_gradients(step: TrainingStep) -> tuple[GradientCheck, ...]:
    """Check every cotangent and gradient of a recorded step, in the order of its backward pass."""
    names = dict.fromkeys(vjp_step.wrt for vjp_step in step.vjp_steps)
    return tuple(check_gradient(step, name) for name in names)


def check_gradient(step: TrainingStep, name: str) -> GradientCheck:
    """Check the cotangent or gradient of one variable, such as "a1"."""
    analytic = step.cotangent(name)
    difference = difference_quotient(step.config, step.tape, name)
    numeric, reasons = difference.values, difference.reasons
    distance = np.abs(analytic - numeric)
    wrong = difference.judged & (distance > TOLERANCE * _size(numeric))
    if wrong.any():
        reasons = np.where(wrong, _why_wrong(step, name, numeric, distance), reasons).astype(np.int8)
        numeric = read_only(np.where(reasons == Reason.JUDGED, numeric, 0.0))
    error = np.where(reasons == Reason.JUDGED, distance / _size(numeric), 0.0)
    return GradientCheck(name, analytic, numeric, read_only(reasons), read_only(error))


def _size(numeric: FloatArray) -> FloatArray:
    """What a difference from `numeric` is measured by: the larger of 1 and its size."""
    size: FloatArray = np.maximum(1.0, np.abs(numeric))
    return size


def _why_wrong(step: TrainingStep, name: str, numeric: FloatArray, distance: FloatArray) -> Reasons:
    """Whose fault it is that `numeric` lies `distance` from the rules; JUDGED where it is that of the rules.

    A difference that another step changes as much is at fault itself: it shows rounding, as far as that
    reaches, or else curvature. The rules are not to blame where all they found is rounding.
    """
    spread = np.max([_spread(step, name, numeric, h) for h in OTHER_STEPS], axis=0)
    noise = derivative_noise(step)[name]
    return np.select(
        [
            (10 * spread >= distance) & (distance <= cost_noise(step) / STEP),
            10 * spread >= distance,
            np.maximum(distance, np.abs(step.cotangent(name))) <= noise,
        ],
        [Reason.LAYERS_ROUNDED, Reason.BENDS, Reason.NOISE],
        Reason.JUDGED,
    )


def _spread(step: TrainingStep, name: str, numeric: FloatArray, h: float) -> FloatArray:
    """How far the difference with another step lies from `numeric`; 0 where it tells nothing."""
    other = difference_quotient(step.config, step.tape, name, h)
    return np.where(other.judged, np.abs(other.values - numeric), 0.0)


def numerical_derivative(
    config: MLPConfig, tape: Tape, name: str, h: float = STEP
) -> tuple[FloatArray, BoolArray]:
    """The values of `difference_quotient`, 0 where not judged, and the mask of the entries that are."""
    difference = difference_quotient(config, tape, name, h)
    return difference.values, read_only(difference.judged)


@OVERFLOW_IS_REPORTED
def difference_quotient(config: MLPConfig, tape: Tape, name: str, h: float = STEP) -> Difference:
    """∂C/∂name by central differences, in the shape of the variable.

    Args:
        config: the network.
        tape: its forward pass.
        name: a parameter, the input, or an intermediate value.
        h: the step; smaller for an output activation near 0 or 1, where ln a bends too much for it.

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
    costs, kinks = _evaluate_after(config, tape, name, perturbed.reshape(-1, *tape[name].shape))
    cost_up, cost_down = np.split(costs, 2)
    moved = np.where(up > down, up - down, 1.0)
    numeric = (cost_up - cost_down) / moved
    rounding = 4 * np.spacing(np.maximum(np.abs(cost_up), np.abs(cost_down))) / moved
    reasons = np.select(
        [
            ~np.isfinite(numeric),
            _at_limit(config, tape, name).ravel(),
            up <= down,
            _near_kink(kinks, h) & np.ones(value.size, dtype=np.bool_),
            rounding > TOLERANCE * _size(numeric),
        ],
        [Reason.OVERFLOW, Reason.PROBABILITY, Reason.STEP_LOST, Reason.KINK, Reason.COST_ROUNDED],
        Reason.JUDGED,
    ).astype(np.int8)
    shape = tape[name].shape
    values = np.where((reasons == Reason.JUDGED) & (np.abs(numeric) > rounding), numeric, 0.0)
    return Difference(read_only(values.reshape(shape)), read_only(reasons.reshape(shape)))


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


Kinks = list[tuple[FloatArray, FloatArray]]
"""(z, perturbed z) of every ReLU that a perturbation reaches."""


def _evaluate_after(
    config: MLPConfig, tape: Tape, name: str, perturbed: FloatArray
) -> tuple[FloatArray, Kinks]:
    """Costs, shape (2 E,), with everything after `name` computed from `perturbed` (2 E, *shape)."""
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
    if f"z{config.depth}" in changed:
        return evaluate_cost(config, values), kinks
    # a of the last layer itself was moved: z no longer belongs to it, so the cost must come from a.
    return PRIMITIVES[cost.primitive].forward(values[cost.inputs[0]], values["y"]), kinks


def _at_limit(config: MLPConfig, tape: Tape, name: str) -> BoolArray:
    """Where a probability that counts is not the true one, but the nearest that primitives allow."""
    a = tape[name]
    if name != f"a{config.depth}" or config.loss == "squared_error":
        return np.zeros(a.shape, dtype=np.bool_)
    near_0 = (a <= SMALLEST_PROBABILITY) & (tape["y"] != 0)
    near_1 = (a >= LARGEST_PROBABILITY) & (tape["y"] != 1) & (config.output_activation == "sigmoid")
    return np.asarray(near_0 | near_1)


def _near_kink(kinks: Kinks, h: float) -> BoolArray | np.bool_:
    """For every entry, whether moving it moves a ReLU input across 0, or one within NEAR_KINK steps of it."""
    near: BoolArray | np.bool_ = np.False_
    for z, moved in kinks:
        up, down = np.split(moved, 2)
        crosses = (up > 0) != (down > 0)
        touches = (np.abs(z) <= NEAR_KINK * h) & (up != down)
        near = near | (crosses | touches).any(axis=1)
    return near
