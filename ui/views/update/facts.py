"""What the sentences of the weight update rest on: rounding, sums, the largest change. No Streamlit."""

from itertools import takewhile

import numpy as np

from backprop import TrainingStep
from backprop.noise import ROUNDING, cost_noise, value_noise
from backprop.study.sweep import Sweep
from ui.views.update.figures import layer_arrays, layer_scales

TIE = 1e-12
"""Changes that differ by a smaller share are equally large."""


def shown_cost(step: TrainingStep, cost: float) -> float:
    """The cost, or 0 where it is the square of errors that are nothing but the rounding of a − y.

    Costs of probabilities carry their digits however small they are.
    """
    if step.config.cost.is_bounded:
        return cost
    rounding = value_noise(step)[f"a{step.config.depth}"] + ROUNDING * np.abs(step.tape["y"])
    return cost if cost > step.config.cost.forward(rounding, np.zeros_like(rounding)) else 0.0


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


def largest_entry(step: TrainingStep, layer: int) -> tuple[tuple[int, int], tuple[float, float, float], int]:
    """Place of a layer's entry that moves most; W, step and new W there; how many others move as much."""
    arrays = layer_arrays(step, layer)
    sizes = np.abs(arrays[1])
    i, j = map(int, np.unravel_index(int(sizes.argmax()), sizes.shape))
    before, change, after = (float(values[i, j]) for values in arrays)
    return (i, j), (before, change, after), int((sizes >= sizes.max() * (1 - TIE)).sum()) - 1


def layer_of_largest_change(step: TrainingStep) -> int:
    """The layer with the parameter that moves most; of equals the last one."""
    sizes = [layer_scales(step, layer)[1] for layer in range(step.config.depth, 0, -1)]
    return step.config.depth - sizes.index(max(sizes))
