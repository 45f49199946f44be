import numpy as np
import pytest

from backprop import MLPConfig, Params, forward_pass
from tests.backprop.networks import ALL_KINDS, name_of, random_batch, random_params

ACTIVATIONS = {
    "relu": lambda z: np.where(z > 0, z, 0),
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "identity": lambda z: z,
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(),
}
LOSSES = {
    "cross_entropy": lambda a, y: -(y * np.log(a)).sum(),
    "binary_cross_entropy": lambda a, y: -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum(),
    "squared_error": lambda a, y: 0.5 * ((a - y) ** 2).sum(),
    "sum_squared_error": lambda a, y: ((a - y) ** 2).sum(),
    "mean_squared_error": lambda a, y: ((a - y) ** 2).sum() / len(y),
}


@pytest.mark.parametrize("config", ALL_KINDS, ids=name_of)
def test_layer_by_layer(config, rng):
    params = random_params(config, rng)
    X, Y = random_batch(config, rng, 1)
    tape = forward_pass(config, params, X[0], Y[0])
    a = X[0]
    for layer, (W, b) in enumerate(zip(params.weights, params.biases, strict=True), start=1):
        z = W @ a + b
        a = ACTIVATIONS[config.activation(layer)](z)
        np.testing.assert_allclose(tape[f"z{layer}"], z, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(tape[f"a{layer}"], a, rtol=1e-12, atol=1e-13)
    assert tape["C"] == pytest.approx(LOSSES[config.loss](a, Y[0]), rel=1e-11)


def test_equations_by_name(rng):
    config = MLPConfig((4, 5, 3))
    tape = forward_pass(config, random_params(config, rng), np.ones(4), np.eye(3)[0])
    assert [(equation.primitive, equation.inputs, equation.output) for equation in tape.equations] == [
        ("affine", ("W1", "b1", "x"), "z1"),
        ("relu", ("z1",), "a1"),
        ("affine", ("W2", "b2", "a1"), "z2"),
        ("softmax", ("z2",), "a2"),
        ("cross_entropy", ("a2", "y"), "C"),
    ]


def test_binary_cross_entropy_keeps_digits_where_the_sigmoid_rounds_to_1():
    config = MLPConfig((1, 1), output_activation="sigmoid", loss="binary_cross_entropy")
    tape = forward_pass(config, Params(([[1.0]],), ([0.0],)), [50.0], [0.0])
    assert tape["C"] == pytest.approx(50.0, rel=1e-12)
