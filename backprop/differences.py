"""Central differences: of the cost of one observation, of one equation, and of the mean cost of a batch.

∂C/∂v ≈ (C(v + h) − C(v − h)) / 2h, one entry of v at a time, everything after v computed again. Where such a
difference cannot tell the derivative an entry is not judged, for one of REASONS.

The limits of a hidden sigmoid need no such care: its derivative is below 10⁻¹⁵ there, and taken as such.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from backprop.arrays import OVERFLOW_IS_REPORTED, BoolArray, FloatArray, read_only
from backprop.batch import forward_batch, mean_cost
from backprop.forward import apply, evaluate_cost, values_of
from backprop.network import MLPConfig, Params, derived_params
from backprop.primitives import is_kinked
from backprop.tape import Equation, Tape

STEP = 1e-6
TOLERANCE = 1e-6
"""Allowed difference, relative to the larger of 1 and the numeric derivative's size."""

NEAR_KINK = 10
"""A ReLU input within so many steps of 0 is not judged."""


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


def scale_of(numeric: FloatArray) -> FloatArray:
    """What a difference from `numeric` is measured by: the larger of 1 and its size."""
    size: FloatArray = np.maximum(1.0, np.abs(numeric))
    return size


def _moved(value: FloatArray, h: FloatArray | float) -> tuple[FloatArray, FloatArray]:
    """`value` with one entry moved, and how far that entry's two ends are apart, shape (E,).

    Row e of the first, shape (2 E, *value.shape), has entry e moved up by h, row E + e has it moved down.
    """
    up, down = value.ravel() + h, value.ravel() - h
    moved = np.tile(value.ravel(), (2 * value.size, 1))
    np.fill_diagonal(moved[: value.size], up)
    np.fill_diagonal(moved[value.size :], down)
    return moved.reshape(-1, *value.shape), up - down


def _difference(
    change: FloatArray,
    distances: FloatArray,
    size: FloatArray,
    shape: tuple[int, ...],
    kink: BoolArray | np.bool_,
    rounded: Reason,
    at_limit: BoolArray | np.bool_ = np.False_,
) -> Difference:
    """change / distances in this shape, entry by entry, and why one of them cannot tell the derivative.

    Args:
        change: of the results, shape (..., E).
        distances: what it comes from, shape (E,); 0 where the step was lost.
        size: by which the rounding of the results is measured.
        shape: of the difference.
        kink: where a ReLU is in the way.
        rounded: the reason where the change is lost in that rounding.
        at_limit: where a probability is kept from its true value.
    """
    distance = np.where(distances > 0, distances, 1.0)
    numeric = change / distance
    rounding = 4 * np.spacing(size) / distance
    why_not = {
        Reason.OVERFLOW: ~np.isfinite(numeric),
        Reason.PROBABILITY: at_limit,
        Reason.STEP_LOST: distances <= 0,
        Reason.KINK: kink,
        rounded: rounding > TOLERANCE * scale_of(numeric),
    }
    reasons = np.select([*why_not.values()], [*why_not], Reason.JUDGED).astype(np.int8)
    values = np.where((reasons == Reason.JUDGED) & (np.abs(numeric) > rounding), numeric, 0.0)
    return Difference(read_only(values.reshape(shape)), read_only(reasons.reshape(shape)))


# --- of the cost -------------------------------------------------------------------------------------


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
    value = tape[name]
    moved, distances = _moved(value, _step_sizes(config, name, value.ravel(), h))
    costs, kinks = evaluate_after(config, tape, name, moved)
    cost_up, cost_down = np.split(costs, 2)
    return _difference(
        cost_up - cost_down,
        distances,
        size=np.maximum(np.abs(cost_up), np.abs(cost_down)),
        shape=value.shape,
        kink=_near_kink(kinks, h),
        rounded=Reason.COST_ROUNDED,
        at_limit=_at_limit(config, tape, name).ravel(),
    )


def _require_variable(tape: Tape, name: str) -> None:
    names = [variable.name for variable in tape.variables if variable.role not in ("target", "cost")]
    if name not in names:
        raise ValueError(f"name: expected one of {', '.join(names)}, got {name!r}")


def _step_sizes(config: MLPConfig, name: str, value: FloatArray, h: float) -> FloatArray:
    """h for every entry, but never more than a millionth of the way to where ln a or ln(1 − a) ends."""
    if name != f"a{config.depth}":
        return np.full_like(value, h)
    low, high = config.cost.domain
    return h * np.minimum(1.0, np.minimum(value - low, high - value))


Kinks = list[tuple[FloatArray, FloatArray]]
"""(z, perturbed z) of every layer with a kink that a perturbation reaches."""


def evaluate_after(config: MLPConfig, tape: Tape, name: str, moved: FloatArray) -> tuple[FloatArray, Kinks]:
    """Costs, shape (R,), with everything after `name` computed from `moved`, shape (R, *its own)."""
    values = {variable.name: variable.value for variable in tape.variables} | {name: moved}
    changed = {name}
    kinks = []
    *layers, cost = tape.equations
    for equation in layers:
        if changed.isdisjoint(equation.inputs):
            continue
        if is_kinked(equation.primitive):
            z = equation.inputs[0]
            kinks.append((tape[z], values[z]))
        values[equation.output] = apply(equation, values)
        changed.add(equation.output)
    if f"z{config.depth}" in changed:
        return evaluate_cost(config, values), kinks
    # a of the last layer itself was moved: z no longer belongs to it, so the cost must come from a.
    return apply(cost, values), kinks


def _at_limit(config: MLPConfig, tape: Tape, name: str) -> BoolArray:
    """Where a probability that counts is not the true one, but the nearest that primitives allow."""
    a = tape[name]
    if name != f"a{config.depth}" or not config.cost.is_bounded:
        return np.zeros(a.shape, dtype=np.bool_)
    low, high = config.rule(config.depth).limits
    return np.asarray(((a <= low) & (tape["y"] != 0)) | ((a >= high) & (tape["y"] != 1)))


def _near_kink(kinks: Kinks, h: float) -> BoolArray | np.bool_:
    """For every entry, whether moving it moves a ReLU input across 0, or one within NEAR_KINK steps of it."""
    near: BoolArray | np.bool_ = np.False_
    for z, moved in kinks:
        up, down = np.split(moved, 2)
        crosses = (up > 0) != (down > 0)
        touches = (np.abs(z) <= NEAR_KINK * h) & (up != down)
        near = near | (crosses | touches).any(axis=1)
    return near


# --- of one equation ---------------------------------------------------------------------------------


@OVERFLOW_IS_REPORTED
def jacobian_difference(tape: Tape, output: str, wrt: str) -> Difference:
    """∂output/∂wrt through the equation that computes output, one entry of wrt moved by ±STEP at a time.

    Args:
        tape: a forward pass.
        output: name of an output, other than the cost, whose local derivative is its cotangent.
        wrt: name of one of the inputs of its equation.

    Returns:
        The Jacobian and its reasons, both of shape (*output.shape, *wrt.shape).

    Raises:
        ValueError: if no equation of the tape leads from wrt to output.
    """
    equation = next((e for e in tape.equations[:-1] if e.output == output and wrt in e.inputs), None)
    if equation is None:
        raise ValueError(f"output, wrt: expected an output and an input of one equation, got {output}, {wrt}")
    values = {name: tape[name] for name in equation.inputs}
    moved, distances = _moved(values[wrt], STEP)
    up, down = (apply(equation, values | {wrt: half}) for half in np.split(moved, 2))
    return _difference(
        (up - down).T,  # column e moves entry e of wrt
        distances,
        size=_largest_terms(tape, equation)[:, np.newaxis],
        shape=(*tape[output].shape, *values[wrt].shape),
        kink=is_kinked(equation.primitive) & (np.abs(values[wrt]).ravel() <= NEAR_KINK * STEP),
        rounded=Reason.RESULT_ROUNDED,
    )


def _largest_terms(tape: Tape, equation: Equation) -> FloatArray:
    """By what the rounding of every output is measured: the sizes of the terms in its sum; shape (m,)."""
    if equation.output[0] != "z":
        return np.abs(tape[equation.output])
    W, *b, x = (np.abs(tape[name]) for name in equation.inputs)
    return np.asarray(W @ x + sum(b))


# --- of a batch's mean cost --------------------------------------------------------------------------


@OVERFLOW_IS_REPORTED
def numerical_gradient(
    config: MLPConfig,
    params: Params,
    X: FloatArray,
    Y: FloatArray,
    on_entry: Callable[[], object] | None = None,
) -> Difference:
    """(C(v + h) − C(v − h)) / 2h for every parameter v, with C the mean cost of the batch.

    Args:
        config: the network.
        params: where to differentiate.
        X: one observation a row.
        Y: their targets.
        on_entry: called after every parameter, since there may be a thousand of them.

    Returns:
        Towards every parameter, in the order of `Params.items`, shape (P,); 0 and not judged where a step
        moves a ReLU input across its kink.

    Raises:
        ValueError: if a shape does not fit or an entry is not finite.
    """
    forward_batch(config, params, X, Y, None)
    moved = derived_params([W.copy() for W in params.weights], [b.copy() for b in params.biases])
    numeric, reasons = [], []
    for _, array in moved.items():
        for index in np.ndindex(array.shape):
            before = array[index]
            array[index] = up = before + STEP
            cost_up, on_up = _cost_and_kinks(config, moved, X, Y)
            array[index] = down = before - STEP
            cost_down, on_down = _cost_and_kinks(config, moved, X, Y)
            array[index] = before
            reasons.append(Reason.JUDGED if on_up == on_down else Reason.KINK)
            numeric.append((cost_up - cost_down) / (up - down) if on_up == on_down else 0.0)
            if on_entry is not None:
                on_entry()
    return Difference(read_only(np.array(numeric)), read_only(np.array(reasons, dtype=np.int8)))


def _cost_and_kinks(
    config: MLPConfig, params: Params, X: FloatArray, Y: FloatArray
) -> tuple[float, list[bytes]]:
    """Mean cost, and on which side of its kink every ReLU input is."""
    values = values_of(config, params, X, Y)
    kinked = [layer for layer in range(1, config.depth + 1) if config.rule(layer).kinked]
    return mean_cost(values), [(values[f"z{layer}"] > 0).tobytes() for layer in kinked]
