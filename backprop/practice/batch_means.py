"""What the numbers of a step of one observation are for a batch: their means, and what forgets to divide."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import FloatArray
from backprop.batch import loss_and_gradients
from backprop.practice.following import Key
from backprop.tape import TrainingStep


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """What the gradients and what comes after them are as means over all observations, and as their sums."""

    means: Mapping[Key, FloatArray]
    sums: Mapping[Key, FloatArray]


def batch_of(step: TrainingStep, X: ArrayLike, Y: ArrayLike) -> Batch:
    """The batch of these observations, X (N, n_in) and Y (N, n_out), with the parameters of the step."""
    cost, gradients = loss_and_gradients(step.config, step.params, X, Y)
    rate = step.updates[0].learning_rate
    means: dict[Key, FloatArray] = {}
    sums: dict[Key, FloatArray] = {}
    for found, times in ((means, 1), (sums, len(np.asarray(X)))):
        found["cost", step.config.depth] = np.asarray(times * cost)
        for name, gradient in gradients.items():
            what, layer = ("weight" if name[0] == "W" else "bias"), int(name[1:])
            found[f"{what}_gradient", layer] = times * gradient
            found[f"new_{what}", layer] = step.params[name] - rate * times * gradient
            if what == "weight":
                found["weight_step", layer] = -rate * times * gradient
    return Batch(means, sums)
