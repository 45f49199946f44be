"""Networks the tests of the core share: the golden cases, and random ones of every kind."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from backprop import HIDDEN_ACTIVATIONS, OUTPUTS, MLPConfig, Params, TrainingStep, init_params, training_step
from tests.backprop.networks import some_kinds

GOLDEN = [
    case
    for name in ("cases", "wide")
    for case in json.loads(
        (Path(__file__).parent.parent / "golden" / f"{name}.json").read_text(encoding="utf-8")
    )
]
KINDS = some_kinds(HIDDEN_ACTIVATIONS, OUTPUTS)
SIZES = [(4, 5, 3), (3, 2), (2, 4, 3, 2), (1, 1, 1), (3, 6, 5, 4, 2)]


@dataclass(frozen=True, eq=False)
class Network:
    """A network with a batch of observations for it; X (N, n_in), Y (N, n_out)."""

    config: MLPConfig
    params: Params
    X: np.ndarray
    Y: np.ndarray

    def step(self, observation: int = 0, learning_rate: float = 0.1, **options: Any) -> TrainingStep:
        x, y = self.X[observation], self.Y[observation]
        return training_step(self.config, self.params, x, y, learning_rate, **options)


def golden_network(case: dict) -> Network:
    sizes, hidden, bias = case["layer_sizes"], case["hidden_activation"], case.get("bias", "learned")
    config = MLPConfig(tuple(sizes), hidden, case["output_activation"], case["loss"], bias)
    params = Params(tuple(map(np.array, case["weights"])), tuple(map(np.array, case["biases"])))
    return Network(config, params, np.array([case["x"]]), np.array([case["y"]]))


def random_network(kind: tuple[str, str, str], sizes=(4, 5, 3)) -> Network:
    """Weights from `init_params`, biases too random, so that nothing is 0 by chance; one-hot targets."""
    config = MLPConfig(sizes, *kind)
    rng = np.random.default_rng(0)
    biases = tuple(rng.normal(scale=0.3, size=size) for size in sizes[1:])
    targets = np.eye(sizes[-1])[rng.integers(sizes[-1], size=6)]
    params = Params(init_params(config, 0).weights, biases)
    return Network(config, params, rng.normal(size=(6, sizes[0])), targets)
