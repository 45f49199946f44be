"""The cost after one update as a function of the learning rate, beside its first-order prediction.

A recorded step fixes a point and a direction: the parameters and minus their gradients. Its learning rate
only says how far to go. The cost along the way is C(η) = C(W − η dC/dW, …); the prediction is its tangent
at η = 0, C(0) − η‖∇‖².
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import OVERFLOW_IS_REPORTED, FloatArray, as_float_array, read_only
from backprop.forward import Values, values_of
from backprop.noise import ROUNDING, cost_noise, derivative_noise
from backprop.tape import TrainingStep

POINTS = 81
FINER, REFINEMENTS = 21, 2
LONGEST = 12.5
CLOSER = 12
"""As often a look at what is near η = 0 is made 20 times closer, to tell a small η from none."""
STACK = 8192
"""Numbers of a layer that one evaluation of several learning rates makes: more leave the fast memory."""

BOWL = 5.0
"""A bowl-shaped cost that can fall to 0 is back where it began at 4 times the η at which its tangent
reaches 0, so a sweep that goes further shows all of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """Costs after one update, for N learning rates.

    Attributes:
        learning_rates: from 0 up, evenly spaced, shape (N,).
        costs: of the recorded observation after the update, shape (N,); infinite where it overflows.
        predicted: the tangent, costs[0] + slope · η, shape (N,).
        mean_costs: mean over the observations of a batch after the same update, shape (N,).
        slope: dC/dη at 0, which is −‖∇‖² over all parameters.
        is_flat: the gradient is nothing but rounding (the cost is at its lowest, or no unit learns): then
            nothing below means anything, and all of it is None or infinite.
        mean_is_flat: no η of the sweep changes the mean cost by more than its rounding.
        reaches_zero: η at which the prediction is 0; infinite if `is_flat`, or if the cost is 0 to its
            digits already.
        best: the η at which a longer step stops helping, the first minimum of `costs`, above 0; None if
            `is_flat`, if they fall as far as the sweep goes, or what they gain is lost in rounding.
        break_even: the η from which on the cost is higher than before, above 0; None if `is_flat` or if it
            never is.
        mean_best: the η with the lowest of `mean_costs`; 0 if any step makes the mean worse; None if
            `mean_is_flat`, and if the mean still falls where the sweep ends: its minimum lies beyond.
        best_cost: cost at `best`; None where that is.
    """

    learning_rates: FloatArray
    costs: FloatArray
    predicted: FloatArray
    mean_costs: FloatArray
    slope: float
    is_flat: bool
    mean_is_flat: bool
    reaches_zero: float
    best: float | None
    break_even: float | None
    mean_best: float | None
    best_cost: float | None


@OVERFLOW_IS_REPORTED
def sweep_learning_rates(step: TrainingStep, X: ArrayLike, Y: ArrayLike) -> Sweep:
    """Take the update of a recorded step with many learning rates.

    Args:
        step: the recorded step; its own learning rate lies within the sweep.
        X: observations for the mean cost, one a row, shape (N, n_in).
        Y: their targets, shape (N, n_out).

    Raises:
        ValueError: if a shape does not fit, or an entry is not finite.
    """
    x = as_float_array("X", X, ("N", step.config.layer_sizes[0]))
    y = as_float_array("Y", Y, (len(x), step.config.layer_sizes[-1]))
    own = step.tape["x"], step.tape["y"]
    slope = -sum(float(np.vdot(update.gradient, update.gradient)) for update in step.updates)
    is_flat, noise = _is_noise(step), cost_noise(step)
    reaches_zero = np.inf if is_flat or step.loss_before <= noise else step.loss_before / -slope
    rate = step.updates[0].learning_rate
    rates = np.linspace(0.0, _range(rate, reaches_zero), POINTS)
    costs, mean_costs = costs_along(step, rates, *own), costs_along(step, rates, x, y)
    mean_noise = ROUNDING * mean_costs[0]
    mean_is_flat = bool(mean_costs.max() - mean_costs.min() <= mean_noise)
    best = None if is_flat else _first_minimum(step, rates, costs, noise)
    return Sweep(
        learning_rates=read_only(rates),
        costs=read_only(costs),
        predicted=read_only(costs[0] + slope * rates),
        mean_costs=read_only(mean_costs),
        slope=slope,
        is_flat=is_flat,
        mean_is_flat=mean_is_flat,
        reaches_zero=float(reaches_zero),
        best=best,
        break_even=None if is_flat else _break_even(step, rates, costs, noise),
        mean_best=None if mean_is_flat else _mean_best(step, rates, mean_costs, x, y),
        best_cost=None if best is None else _cost_at(step, best, *own),
    )


def _is_noise(step: TrainingStep) -> bool:
    """Whether the whole gradient is no longer than what rounding alone would make it."""
    noise = derivative_noise(step)
    sizes = [(np.abs(update.gradient), noise[update.name]) for update in step.updates]
    return sum(float(np.vdot(g, g)) for g, _ in sizes) <= sum(float(np.vdot(n, n)) for _, n in sizes)


@OVERFLOW_IS_REPORTED
def costs_along(step: TrainingStep, rates: FloatArray, x: FloatArray, y: FloatArray) -> FloatArray:
    """Cost after the update with each of `rates`, shape (N,); the mean where x and y hold a batch."""
    observations, targets = np.atleast_2d(x), np.atleast_2d(y)
    together = max(1, STACK // (len(observations) * max(step.config.layer_sizes)))
    costs = [
        _stacked_costs(step, rates[first : first + together], observations, targets)
        for first in range(0, len(rates), together)
    ]
    return np.concatenate(costs)


@OVERFLOW_IS_REPORTED
def outputs_along(step: TrainingStep, rates: FloatArray) -> FloatArray:
    """Outputs for the recorded observation after the update with each of R `rates`, shape (R, n_out)."""
    x, y = np.atleast_2d(step.tape["x"]), np.atleast_2d(step.tape["y"])
    return _stacked_values(step, rates, x, y)[f"a{step.config.depth}"][:, 0]


def _stacked_costs(step: TrainingStep, rates: FloatArray, x: FloatArray, y: FloatArray) -> FloatArray:
    """Mean cost of x (N, n_in) after the update with each of R `rates`, shape (R,), in one evaluation."""
    costs = _stacked_values(step, rates, x, y)["C"].mean(axis=-1)
    return np.where(np.isfinite(costs), costs, np.inf)


def _stacked_values(step: TrainingStep, rates: FloatArray, x: FloatArray, y: FloatArray) -> Values:
    """The forward pass of x (N, n_in) after the update with each of R `rates`, in one evaluation.

    The parameters are stacks, W of shape (R, m, n) and b of shape (R, 1, m), so every z is (R, N, m).
    """
    along = rates[:, np.newaxis, np.newaxis]
    moved = {update.name: update.before - along * update.gradient for update in step.updates}
    return values_of(step.config, step.params.with_arrays(moved), x, y)


def _cost_at(step: TrainingStep, rate: float, x: FloatArray, y: FloatArray) -> float:
    return float(costs_along(step, np.array([rate]), x, y)[0])


def _range(learning_rate: float, reaches_zero: float) -> float:
    """How far a sweep goes."""
    if reaches_zero == np.inf:
        return max(1.25 * learning_rate, 1.0)
    return max(1.25 * learning_rate, min(BOWL * reaches_zero, LONGEST))


def _first_minimum(step: TrainingStep, rates: FloatArray, costs: FloatArray, noise: float) -> float | None:
    rises = costs[1:] > costs[:-1] + noise
    if not rises.any():
        return None
    return _lowest(step, rates, int(rises.argmax()), (step.tape["x"], step.tape["y"]), noise) or None


def _mean_best(
    step: TrainingStep, rates: FloatArray, costs: FloatArray, x: FloatArray, y: FloatArray
) -> float | None:
    noise = ROUNDING * float(costs[0])
    lowest = _lowest(step, rates, _first_lowest(costs, noise), (x, y), noise)
    return None if lowest == rates[-1] else lowest


def _first_lowest(costs: FloatArray, noise: float) -> int:
    """Where the costs first are as low as they come, to their digits."""
    return int((costs <= costs.min() + noise).argmax())


def _lowest(
    step: TrainingStep, rates: FloatArray, number: int, batch: tuple[FloatArray, FloatArray], noise: float
) -> float:
    """η of the lowest cost near rates[number], by finer and finer sweeps; 0 if all are above that of 0."""
    closer = 0
    for _ in range(REFINEMENTS + CLOSER):
        rates = np.linspace(rates[max(number - 1, 0)], rates[min(number + 1, len(rates) - 1)], FINER)
        number = _first_lowest(costs_along(step, rates, *batch), noise)
        closer += number > 0
        if closer == REFINEMENTS:
            break
    return float(rates[number])


def _break_even(step: TrainingStep, rates: FloatArray, costs: FloatArray, noise: float) -> float | None:
    limit = costs[0] + noise
    if not (costs > limit).any():
        return None
    closer = 0
    for _ in range(REFINEMENTS + CLOSER):
        number = int((costs > limit).argmax())
        rates = np.linspace(rates[number - 1], rates[number], FINER)
        costs = costs_along(step, rates, step.tape["x"], step.tape["y"])
        closer += rates[0] > 0
        if closer == REFINEMENTS:
            break
    return float(rates[int((costs > limit).argmax())])
