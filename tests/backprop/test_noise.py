"""Rounding is told from numbers: by what 64-bit extended precision says they should have been."""

import numpy as np
import pytest

from backprop import MLPConfig, Params, training_step
from backprop.noise import ROUNDING, cost_noise, derivative_noise, is_noise, path_noise, value_noise
from tests.backprop.networks import every_kind, random_step

EPS = 2.0**-52
Long = np.longdouble


def test_what_is_left_of_a_difference_is_noise_up_to_8_eps_of_its_largest_number():
    assert ROUNDING == 8 * EPS
    assert is_noise(0.1 + 0.2 - 0.3, 0.1, 0.2, 0.3)
    assert is_noise(8 * EPS, 1.0, 0.5)
    assert is_noise(-8 * EPS, -1.0)
    assert not is_noise(9 * EPS, 1.0, 0.5)
    assert is_noise(9 * EPS, 1.0, -2.0)
    assert is_noise(0.0)
    assert not is_noise(1e-300)


# --- the same pass in extended precision, with 1 − a from its own formula -----------------------------


def long_pass(step):
    """Values and derivatives by name, with 11 bits more than the step has."""
    config, exact = step.config, {}
    y = step.tape["y"].astype(Long)
    a = exact["x"] = step.tape["x"].astype(Long)
    slopes = {}
    for layer in range(1, config.depth + 1):
        z = step.params[f"W{layer}"].astype(Long) @ a + step.params[f"b{layer}"]
        a, slopes[layer] = long_activation(config.activation(layer), z)
        exact |= {f"z{layer}": z, f"a{layer}": a}
    factor = {"squared_error": 1, "sum_squared_error": 2, "mean_squared_error": Long(2) / len(y)}
    D = long_difference(config, z, a, y)
    if config.loss in factor:
        D = factor[config.loss] * D * slopes[layer]
    for layer in range(config.depth, 0, -1):
        below = f"a{layer - 1}" if layer > 1 else "x"
        exact |= {f"∂z{layer}": D, f"∂b{layer}": D, f"∂W{layer}": np.outer(D, exact[below])}
        exact[f"∂{below}"] = step.params[f"W{layer}"].astype(Long).T @ D
        if layer > 1:
            D = exact[f"∂{below}"] * slopes[layer - 1]
    return exact


def long_activation(kind, z):
    if kind == "softmax":
        a = np.exp(z - z.max())
        return a / a.sum(), None
    if kind == "sigmoid":
        return 1 / (1 + np.exp(-z)), 1 / (1 + np.exp(-z)) / (1 + np.exp(z))
    if kind == "tanh":
        return np.tanh(z), 1 / np.cosh(z) ** 2
    return (np.maximum(z, 0), (z > 0).astype(Long)) if kind == "relu" else (z, np.ones_like(z))


def long_difference(config, z, a, y):
    """a − y, as what the other outputs have where y is 1."""
    if config.output_activation in ("identity", "relu"):
        return a - y
    if config.output_activation == "tanh":
        return np.where(y == 1, -2 / (np.exp(2 * z) + 1), a - y)
    rest = 1 / (1 + np.exp(z)) if config.output_activation == "sigmoid" else a @ (1 - np.eye(len(a)))
    return np.where(y == 1, -rest, a)


def trained(config, seed, scale, steps, learning_rate=1e-3):
    step = random_step(config, seed, scale)
    for _ in range(steps):
        step = training_step(config, step.params_after, step.tape["x"], step.tape["y"], learning_rate)
    return step


@every_kind
@pytest.mark.parametrize(("scale", "steps"), [(1.0, 0), (0.4, 60), (20.0, 0), (100.0, 0)])
def test_no_number_is_further_off_than_its_noise(config, scale, steps):
    for seed in range(4):
        step = trained(config, seed, scale, steps)
        with np.errstate(over="ignore"):
            exact = long_pass(step)
        values, derivatives = value_noise(step), derivative_noise(step)
        for name, value in exact.items():
            noise = derivatives[name[1:]] if name[0] == "∂" else values[name]
            shown = step.cotangent(name[1:]) if name[0] == "∂" else step.tape[name]
            assert noise.shape == shown.shape
            assert (np.abs(shown - value) <= noise + 1e-290).all(), (name, seed)


@every_kind
def test_noise_stays_below_what_counts(config):
    """On an ordinary network: eleven digits of every derivative that is not small."""
    step = random_step(config, 1)
    for name, noise in derivative_noise(step).items():
        assert (noise <= 1e-11 * max(1.0, np.abs(step.cotangent(name)).max())).all(), name


def test_the_noise_of_paths_is_that_of_their_sum_before_it_is_summed():
    step = random_step(MLPConfig((4, 6, 5, 3), "tanh"))
    for output, wrt in (("z3", "a2"), ("z2", "a1"), ("a2", "z2"), ("z2", "W2"), ("z1", "b1")):
        terms = path_noise(step, output, wrt)
        assert terms.shape == step.vjp(output, wrt).path_terms.shape
        axes = tuple(range(step.tape[output].ndim))
        np.testing.assert_allclose(terms.sum(axis=axes), derivative_noise(step)[wrt], rtol=1e-12)


def test_all_behind_a_converged_output_is_noise():
    """After 600 steps ∂C/∂z is rounding, and so are the paths that it has weights for."""
    config = MLPConfig((4, 5, 3), "identity", "identity", "squared_error")
    step = trained(config, 0, 0.5, 600, 0.05)
    noise = derivative_noise(step)
    for vjp_step in step.vjp_steps[1:]:
        assert (np.abs(vjp_step.cotangent) <= noise[vjp_step.wrt]).all(), vjp_step.wrt
    assert (np.abs(step.vjp("z2", "a1").path_terms) <= path_noise(step, "z2", "a1")).all()
    assert step.loss_before <= cost_noise(step)
    fresh = trained(config, 0, 0.5, 0)
    assert not (np.abs(fresh.cotangent("a1")) <= derivative_noise(fresh)["a1"]).any()
    assert fresh.loss_before > 1e9 * cost_noise(fresh)


def test_noise_of_one_sum_by_hand():
    """z = 3 · 2 + 1 and C = ½ (z − 4)²: an error of z is one of a − y, and three of C."""
    config = MLPConfig((1, 1), output_activation="identity", loss="squared_error")
    step = training_step(config, Params((np.array([[3.0]]),), (np.ones(1),)), [2.0], [4.0], 0.1)
    z, a = ROUNDING * 7, ROUNDING * 14
    assert value_noise(step) == {"x": [0], "z1": [z], "a1": [a]}
    noise = derivative_noise(step)
    assert noise["a1"] == noise["z1"] == pytest.approx(a + ROUNDING * 7)
    assert noise["b1"] == pytest.approx(noise["z1"] + ROUNDING * 3)
    assert noise["W1"][0] == pytest.approx(2 * noise["z1"] + ROUNDING * 6)
    assert noise["x"] == pytest.approx(3 * noise["z1"] + ROUNDING * 9)
    assert cost_noise(step) == pytest.approx(ROUNDING * 4.5 + 3 * z, rel=1e-9)


def test_slopes_follow_z_and_lose_digits_near_1():
    """a = tanh(2): σ′ = 1 − a² is off by eight roundings of a, and by what an error of z does to it."""
    config = MLPConfig((1, 1, 1), "tanh", "identity", "squared_error")
    params = Params((np.array([[2.0]]), np.array([[3.0]])), (np.zeros(1), np.zeros(1)))
    step = training_step(config, params, [1.0], [0.0], 0.1)
    a = np.tanh(2.0)
    slope, upstream = 1 - a * a, 9 * a
    noise = derivative_noise(step)
    of_slope = ROUNDING * a + 2 * slope * ROUNDING * 2
    expected = noise["a1"] * slope + upstream * of_slope + ROUNDING * upstream * slope
    assert noise["z1"] == pytest.approx(expected)


@pytest.mark.parametrize("output", ["softmax", "sigmoid"])
def test_a_quotient_is_as_far_off_as_what_it_is_divided_by(output):
    """∂C/∂a = −y / a, and (1 − y) / (1 − a) beside it for a sigmoid; ∂C/∂z = a − y is a difference."""
    loss = "cross_entropy" if output == "softmax" else "binary_cross_entropy"
    config = MLPConfig((1, 2), output_activation=output, loss=loss)
    step = training_step(config, Params((np.array([[1.0], [3.0]]),), (np.zeros(2),)), [1.0], [1.0, 0.0], 0.1)
    a, y = step.tape["a1"], step.tape["y"]
    off = ROUNDING * np.maximum(a, y) + value_noise(step)["a1"]
    noise = derivative_noise(step)
    np.testing.assert_allclose(noise["z1"], off)
    divided_by = a if output == "softmax" else np.minimum(a, 1 - a)
    np.testing.assert_allclose(noise["a1"], np.abs(step.cotangent("a1")) * (ROUNDING + off / divided_by))


def test_squared_error_has_the_slope_of_a_sigmoid_in_it():
    config = MLPConfig((1, 1), "relu", "sigmoid", "squared_error")
    step = training_step(config, Params((np.array([[2.0]]),), (np.zeros(1),)), [1.0], [0.0], 0.1)
    a = step.tape["a1"][0]
    slope, z = a * (1 - a), ROUNDING * 2
    noise = derivative_noise(step)
    of_a = slope * z + ROUNDING * a + np.finfo(float).tiny
    assert value_noise(step)["a1"] == pytest.approx(of_a)
    assert noise["a1"] == pytest.approx(of_a + ROUNDING * a)
    assert noise["z1"] == pytest.approx(slope * noise["a1"][0] + a * (ROUNDING * a + 2 * slope * z))
    expected = ROUNDING * step.loss_before + slope * a * z + 0.5 * z * z
    assert cost_noise(step) == pytest.approx(expected, rel=1e-12)


def test_a_probability_at_its_floor_may_be_0():
    config = MLPConfig((1, 2))
    step = training_step(
        config, Params((np.array([[0.0], [1000.0]]),), (np.zeros(2),)), [1.0], [0.0, 1.0], 0.1
    )
    assert (step.cotangent("z1") <= derivative_noise(step)["z1"]).all()
    assert step.cotangent("z1")[0] > 0


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3, 1e12, 1e100])
def test_the_noise_of_an_error_grows_with_the_output(size):
    """a − y of a = w is rounded like a: by itself, by the product w x and by the sum with b."""
    params = Params((np.array([[size]]),), (np.zeros(1),))
    config = MLPConfig((1, 1), output_activation="identity", loss="squared_error")
    step = training_step(config, params, [1.0], [0.5 * size], 0.0)
    assert derivative_noise(step)["a1"] == pytest.approx(3 * ROUNDING * size, rel=1e-6)
