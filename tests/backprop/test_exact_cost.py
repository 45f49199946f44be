"""The cost is exact for any finite z: against 500 digits of decimal arithmetic, and never by a floor."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from backprop import (
    MLPConfig,
    Params,
    forward_pass,
    loss_and_gradients,
    per_observation_gradients,
    training_step,
)
from backprop.activations import LARGEST_PROBABILITY, SMALLEST_PROBABILITY, sigmoid, softmax
from backprop.costs import binary_cross_entropy_of_sigmoid, cross_entropy_of_softmax
from backprop.study.paths import nudge
from backprop.study.sweep import costs_along

SOFTMAX = MLPConfig((1, 3))
SIGMOID = MLPConfig((1, 3), "relu", "sigmoid", "binary_cross_entropy")


def exact_cost(z, y, is_softmax):
    """Σ y (ln Σ e^z − z), or Σ ln(1 + e^z) − y z, with 500 digits."""
    with localcontext(prec=500, Emin=-(10**9), Emax=10**9):
        numbers, targets = [Decimal(float(v)) for v in z], [Decimal(float(v)) for v in y]
        if is_softmax:
            top = max(numbers)
            whole = top + sum((v - top).exp() for v in numbers).ln()
            return float(sum(t * (whole - v) for v, t in zip(numbers, targets, strict=True)))
        return float(sum((1 + v.exp()).ln() - t * v for v, t in zip(numbers, targets, strict=True)))


Z = [
    *([0.0, 0.0, 0.0], [1.0, 2.0, 3.0], [50.0, 0.0, 1.0], [0.0, 0.0, 50.0], [-30.0, 40.0, 40.0]),
    *([0.0, 750.0, 1000.0], [-1000.0, 1000.0, 0.0], [1e5, -1e5, 3.0], [707.0, 0.0, 0.0], [709.0, 0.0, 0.0]),
]
TARGETS = [*np.eye(3), [0.2, 0.3, 0.5], [0.0, 0.5, 0.5]]


@pytest.mark.parametrize("z", Z, ids=str)
@pytest.mark.parametrize("y", TARGETS, ids=str)
def test_one_observation(z, y):
    """Also costs of 10⁻²⁰, which 1 − a has lost."""
    z, y = np.array(z), np.array(y)
    for config, is_softmax in ((SOFTMAX, True), (SIGMOID, False)):
        tape = forward_pass(config, Params((np.zeros((3, 1)),), (z,)), [1.0], y)
        assert tape["C"] == pytest.approx(exact_cost(z, y, is_softmax), rel=1e-14, abs=1e-300)
        assert tape["C"] >= 0


def test_a_batch_has_the_costs_of_its_observations_floored_or_not():
    """A whole column of observations, so that what one of them needs must not change another."""
    params = Params((np.array([[0.0], [1.0], [-2.0]]),), (np.array([0.5, 0.0, 0.0]),))
    X = np.array([[0.0], [3.0], [1000.0], [-1000.0], [-40.0], [800.0]])
    Y = np.eye(3)[[0, 1, 0, 1, 2, 2]]
    for config, is_softmax in ((SOFTMAX, True), (SIGMOID, False)):
        exact = [
            exact_cost(params["W1"] @ x + params["b1"], y, is_softmax) for x, y in zip(X, Y, strict=True)
        ]
        np.testing.assert_allclose(per_observation_gradients(config, params, X, Y).losses, exact, rtol=1e-14)
        assert loss_and_gradients(config, params, X, Y)[0] == pytest.approx(np.mean(exact), rel=1e-14)
        for x, y, cost in zip(X, Y, exact, strict=True):
            assert training_step(config, params, x, y, 0.0).loss_after == pytest.approx(cost, rel=1e-14)


def test_sweep_and_nudge_follow_the_exact_cost():
    """Class 0 behind by 1000: the cost falls by 1 where z₀ is moved up by 1."""
    config = MLPConfig((1, 1, 2), "identity")
    params = Params((np.ones((1, 1)), np.array([[1.0], [0.0]])), (np.zeros(1), np.array([0.0, 1000.0])))
    step = training_step(config, params, [1.0], [1.0, 0.0], 0.1)
    assert step.loss_before == 999.0
    moved = nudge(step, 1, 0, 1.0)
    assert moved.total == moved.predicted.sum() == -1
    np.testing.assert_array_equal(moved.measured, [-1, 0])
    costs = costs_along(step, np.array([0.0, 1.0]), np.array([[1.0]]), np.array([[1.0, 0.0]]))
    # dC/dW² = (−1, 1), dC/db² = (−1, 1), dC/dW¹ = dC/db¹ = −1: then a¹ = 3, z = (2 · 3 + 1, −3 + 999).
    np.testing.assert_array_equal(costs, [999.0, 989.0])


def test_probabilities_stay_where_derivatives_are_finite():
    z = np.array([0.0, 1000.0, -1000.0])
    assert (softmax(z) >= SMALLEST_PROBABILITY).all()
    assert softmax(z)[0] == softmax(z)[2] == SMALLEST_PROBABILITY == np.finfo(float).tiny
    assert sigmoid(z).tolist() == [0.5, LARGEST_PROBABILITY, SMALLEST_PROBABILITY]
    assert LARGEST_PROBABILITY == 1 - 2.0**-53
    for config in (SOFTMAX, SIGMOID):
        step = training_step(config, Params((np.zeros((3, 1)),), (z,)), [1.0], [1.0, 0.0, 1.0], 1e-9)
        for vjp in step.vjp_steps:
            assert np.isfinite(vjp.cotangent).all()
            assert np.isfinite(vjp.path_terms).all()


@pytest.mark.parametrize("m", [1, 2, 5])
def test_stacks_of_batches(m):
    """As the sweep evaluates them: shape (R, N, m)."""
    rng = np.random.default_rng(m)
    y = np.eye(m)[rng.integers(m, size=3)]
    for scale in (1, 1000):
        z = scale * rng.normal(size=(2, 3, m))
        for of, activation, is_softmax in (
            (cross_entropy_of_softmax, softmax, True),
            (binary_cross_entropy_of_sigmoid, sigmoid, False),
        ):
            costs = of(z, activation(z), y)
            assert costs.shape == (2, 3)
            for r, n in np.ndindex(2, 3):
                assert costs[r, n] == pytest.approx(exact_cost(z[r, n], y[n], is_softmax), rel=1e-13)
