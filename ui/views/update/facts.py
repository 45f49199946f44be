"""What the page's sentences and pictures rest on: the update with every η of the slider."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.network import input_of
from backprop.noise import ROUNDING, carries_nothing, cost_noise, derivative_noise, value_noise
from backprop.sgd import predicted_change
from backprop.study.sweep import Sweep, costs_along, outputs_along
from ui.names.symbols import entries, symbol
from ui.names.timeline import parameter_names
from ui.state.parsing import MAX_LEARNING_RATE
from ui.steps.forward import is_told

TIE = 1e-12
"""Changes that differ by a smaller share are equally large."""

DECADES, A_DECADE = 3, 40
"""Of the slider's positions, which are η rounded to three digits; and 0 is one, too."""


def slider_positions(step: TrainingStep, sweep: Sweep) -> list[float]:
    """η = 0, then what is as far apart in shares, up to the last on the chart; and the step's own η.

    They end before the cost overflows: no page could show a step that leads there.
    """
    longest = min(float(sweep.learning_rates[-1]), MAX_LEARNING_RATE)
    highest = np.log10(longest)
    powers = np.arange(np.ceil(A_DECADE * (highest - DECADES)), np.ceil(A_DECADE * highest)) / A_DECADE
    own = step.updates[0].learning_rate
    rates = [0.0, own, *(float(f"{rate:.3g}") for rate in (*(10.0**powers), longest))]
    positions = np.array(sorted({rate for rate in rates if rate <= MAX_LEARNING_RATE}))
    costs = costs_along(step, positions, step.tape["x"], step.tape["y"])
    finite: list[float] = positions[: int(np.isfinite(costs).cumprod().sum())].tolist()
    return finite


@dataclass(frozen=True, slots=True, eq=False)
class Along:
    """The update of a recorded step with every η of the slider.

    Attributes:
        step: the recorded one.
        rates: the positions, shape (R,).
        costs: of this observation after the update, shape (R,).
        predicted: the change that −η‖∇‖² predicts, shape (R,).
        outputs: after the update, shape (R, n_out).
        mean_costs: of all observations, shape (R,).
        noise: changes of the cost up to this size are rounding.
        is_told: whether the outputs shown before and after give the costs, shape (R,).
    """

    step: TrainingStep
    rates: FloatArray
    costs: FloatArray
    predicted: FloatArray
    outputs: FloatArray
    mean_costs: FloatArray
    noise: float
    is_told: "np.ndarray[tuple[int], np.dtype[np.bool_]]"

    @property
    def own(self) -> int:
        """Where the η of the recorded step is."""
        return int(np.flatnonzero(self.rates == self.step.updates[0].learning_rate)[0])

    @property
    def changes(self) -> FloatArray:
        """Of the cost, shape (R,)."""
        return self.costs - self.step.loss_before

    def moves(self, layer: int) -> "LayerMoves":
        """What it does to a layer."""
        return layer_moves(self.step, layer, self.rates)


def along(step: TrainingStep, sweep: Sweep, x: FloatArray, y: FloatArray) -> Along:
    """Take the update with every η of the slider; x and y are all observations.

    What the recorded step has itself stays as it is there, to the last digit.
    """
    rates = np.array(slider_positions(step, sweep))
    costs = costs_along(step, rates, step.tape["x"], step.tape["y"])
    predicted = sweep.slope * rates
    own = rates == step.updates[0].learning_rate
    costs[own], predicted[own] = step.loss_after, predicted_change(step)
    costs[0] = step.loss_before
    outputs = outputs_along(step, rates)
    config, y_own = step.config, step.tape["y"]
    told = np.isclose(config.cost.forward(outputs, np.broadcast_to(y_own, outputs.shape)), costs, 1e-9, 1e-12)
    return Along(
        step=step,
        rates=rates,
        costs=costs,
        predicted=predicted,
        outputs=outputs,
        mean_costs=costs_along(step, rates, x, y),
        noise=change_noise(step),
        is_told=told & is_told(config, step.tape),
    )


@dataclass(frozen=True, slots=True, eq=False)
class LayerMoves:
    """A layer's update with every η of the slider.

    Attributes:
        weights: the largest size of W, of b where there is one, and of both after the update, shape (R,).
        changes: the largest size of the step, shape (R,).
        is_rounding: whether no step is more than rounding noise, or none is large enough to be taken, (R,).
    """

    weights: FloatArray
    changes: FloatArray
    is_rounding: "np.ndarray[tuple[int], np.dtype[np.bool_]]"


def layer_moves(step: TrainingStep, layer: int, rates: FloatArray) -> LayerMoves:
    """The same for these η."""
    before, gradient = layer_arrays(step, layer)
    after = before + -rates[:, np.newaxis, np.newaxis] * gradient
    noise, updates = derivative_noise(step), [u for u in step.updates if u.name[1:] == str(layer)]
    is_noise = carries_nothing(step) or all(
        (np.abs(update.gradient) <= noise[update.name]).all() for update in updates
    )
    return LayerMoves(
        weights=np.maximum(np.abs(before).max(), np.abs(after).max(axis=(1, 2))),
        changes=rates * np.abs(gradient).max(),
        is_rounding=(after == before).all(axis=(1, 2)) | is_noise,
    )


def layer_arrays(step: TrainingStep, layer: int) -> tuple[FloatArray, FloatArray]:
    """W of a layer and what moves it, dC/dW; the bias, if any, as last column of each: (units, columns).

    Nothing moves a fixed bias: 0.
    """
    moving = {update.name: update.gradient for update in step.updates}
    arrays = [(name, step.params[name]) for name in parameter_names(step.config, layer)]
    gradients = [moving.get(name, np.zeros(array.shape)) for name, array in arrays]
    return np.column_stack([array for _, array in arrays]), np.column_stack(gradients)


def columns_of(step: TrainingStep, layer: int) -> list[str]:
    """What the columns of `layer_arrays` belong to: the inputs of the layer, then the bias, if any."""
    biases = parameter_names(step.config, layer)[1:]
    return [*entries(input_of(layer), step.config.layer_sizes[layer - 1]), *map(symbol, biases)]


def shown_cost(step: TrainingStep, cost: float) -> float:
    """The cost, or 0 where it is the square of errors that are nothing but the rounding of a − y.

    Costs of probabilities carry their digits however small they are.
    """
    return cost if step.config.cost.is_bounded or cost > lowest_cost(step) else 0.0


def lowest_cost(step: TrainingStep) -> float:
    """What rounding makes of a cost of 0 that is the square of errors."""
    rounding = value_noise(step)[f"a{step.config.depth}"] + ROUNDING * np.abs(step.tape["y"])
    return float(step.config.cost.forward(rounding, np.zeros_like(rounding)))


def change_noise(step: TrainingStep) -> float:
    """Changes of the cost up to this size are rounding."""
    if not step.config.cost.is_bounded:
        return cost_noise(step)
    z = f"z{step.config.depth}"
    return float(ROUNDING * step.loss_before + np.abs(step.cotangent(z)) @ value_noise(step)[z])


def nothing_gained(step: TrainingStep, sweep: Sweep) -> bool:
    """Whether no η changes the cost by more than its rounding."""
    return bool(sweep.costs.max() - sweep.costs.min() <= change_noise(step))


def level_from(step: TrainingStep, sweep: Sweep) -> float:
    """The η from which on the cost is as low as it gets; the last one if it falls all along."""
    lowest = float(sweep.costs.min())
    is_lowest = [shown_cost(step, cost - ROUNDING * lowest) <= lowest for cost in sweep.costs.tolist()]
    return float(sweep.learning_rates[is_lowest.index(True)])


def sums_behind(step: TrainingStep, layer: int) -> bool:
    """Whether ∂C/∂z of a layer is a sum over paths, or was made from one."""
    before = takewhile(lambda vjp_step: vjp_step.output != f"z{layer}", step.vjp_steps)
    return any(vjp_step.paths > 1 for vjp_step in before)


def largest_entry(step: TrainingStep, layer: int) -> tuple[tuple[int, int], int]:
    """Place of a layer's entry that moves most, whatever η; how many others move as much."""
    sizes = np.abs(layer_arrays(step, layer)[1])
    i, j = map(int, np.unravel_index(int(sizes.argmax()), sizes.shape))
    return (i, j), int((sizes >= sizes.max() * (1 - TIE)).sum()) - 1


def layer_of_largest_change(step: TrainingStep) -> int:
    """The layer with the parameter that moves most; of equals the last one."""
    layers = range(step.config.depth, 0, -1)
    rate = step.updates[0].learning_rate
    sizes: Sequence[float] = [rate * float(np.abs(layer_arrays(step, layer)[1]).max()) for layer in layers]
    return step.config.depth - sizes.index(max(sizes))
