"""Random networks of every kind, with any scale of weights."""

import numpy as np
import pytest

from backprop import HIDDEN_ACTIVATIONS, OUTPUTS, MLPConfig, Params, TrainingStep, training_step

FIGURE_1 = MLPConfig((4, 5, 3))


def some_kinds(hidden: tuple[str, ...], outputs: tuple[tuple[str, str], ...]) -> list[tuple[str, str, str]]:
    """Every hidden activation and every output at least once, and each pair of neighbours in both lists."""
    longest = max(len(hidden), len(outputs))
    return [
        (hidden[(number + shift) % len(hidden)], *outputs[number % len(outputs)])
        for shift in range(2)
        for number in range(longest)
    ]


ALL_KINDS = [MLPConfig((3, 4, 5, 2), *kind) for kind in some_kinds(HIDDEN_ACTIVATIONS, OUTPUTS)]


def name_of(config: MLPConfig) -> str:
    return f"{config.hidden_activation}-{config.output_activation}-{config.loss}"


every_kind = pytest.mark.parametrize("config", ALL_KINDS, ids=name_of)
"""Runs a test for each."""


def random_params(config: MLPConfig, rng: np.random.Generator, scale: float = 1.0) -> Params:
    """Normal weights and, unlike at the start of training, normal biases."""
    sizes = config.layer_sizes
    return Params(
        tuple(scale * rng.normal(size=shape) for shape in zip(sizes[1:], sizes[:-1], strict=True)),
        tuple(scale * rng.normal(size=units) for units in sizes[1:] if config.has_biases),
    )


def random_batch(config: MLPConfig, rng: np.random.Generator, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Normal inputs; one-hot targets."""
    classes = rng.integers(config.layer_sizes[-1], size=size)
    return rng.normal(size=(size, config.layer_sizes[0])), np.eye(config.layer_sizes[-1])[classes]


def random_step(config: MLPConfig, seed: int = 0, scale: float = 1.0, **options) -> TrainingStep:
    rng = np.random.default_rng(seed)
    params = random_params(config, rng, scale)
    X, Y = random_batch(config, rng, 1)
    return training_step(config, params, X[0], Y[0], **{"learning_rate": 0.1, **options})


def one_unit(weight, x=1.0, y=0.0, output="identity", loss="squared_error", second=1.0, hidden="identity"):
    """A 1-1-1 network without biases: z1 = weight · x, z2 = second · a1."""
    config = MLPConfig((1, 1, 1), hidden, output, loss)
    params = Params((np.array([[weight]]), np.array([[second]])), (np.zeros(1), np.zeros(1)))
    return training_step(config, params, [x], [y], 0.0)


def assert_same_params(actual: Params, expected: Params, tolerance: float = 1e-12) -> None:
    for (name, got), (_, wanted) in zip(actual.items(), expected.items(), strict=True):
        np.testing.assert_allclose(got, wanted, rtol=tolerance, atol=tolerance, err_msg=name)
