import json

import numpy as np
import pytest

from backprop import MLPConfig, Params, init_params, loss_and_gradients, training_step
from backprop.sgd import predicted_change
from backprop.sweep import sweep_learning_rates
from tests.server import ROOT

GOLDEN = json.loads((ROOT / "tests/golden/cases.json").read_text())
LINEAR = MLPConfig((4, 3), "relu", "identity", "squared_error")


def batch(config, size=6, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(size, config.layer_sizes[0]))
    return X, np.eye(config.layer_sizes[-1])[rng.integers(config.layer_sizes[-1], size=size)]


def recorded(config=LINEAR, learning_rate=0.1, seed=3):
    X, Y = batch(config)
    return training_step(config, init_params(config, seed), X[0], Y[0], learning_rate)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_costs_are_those_of_real_updates_and_of_the_golden_cases(case):
    config = MLPConfig(
        tuple(case["layer_sizes"]), case["hidden_activation"], case["output_activation"], case["loss"]
    )
    params = Params(tuple(map(np.array, case["weights"])), tuple(map(np.array, case["biases"])))
    step = training_step(config, params, case["x"], case["y"], case["learning_rate"])
    sweep = sweep_learning_rates(step, *batch(config))
    np.testing.assert_allclose(
        sweep.costs[0] + sweep.slope * case["learning_rate"], sweep.predicted_after, rtol=1e-12
    )
    assert sweep.predicted_after - step.loss_before == pytest.approx(predicted_change(step), rel=1e-9)
    at_rate = np.interp(case["learning_rate"], sweep.learning_rates, sweep.costs)
    assert at_rate == pytest.approx(case["loss_after"], rel=0.02)  # between two points of the curve
    for number in (1, 40, 80):
        rate = float(sweep.learning_rates[number])
        again = training_step(config, params, case["x"], case["y"], rate)
        assert sweep.costs[number] == pytest.approx(again.loss_after, rel=1e-12)


def test_mean_costs_are_those_of_the_batch_after_the_update():
    config = MLPConfig((4, 5, 3))
    step = recorded(config)
    X, Y = batch(config)
    sweep = sweep_learning_rates(step, X, Y)
    for number in (0, 33):
        again = training_step(
            config, step.params, step.tape["x"], step.tape["y"], float(sweep.learning_rates[number])
        )
        expected, _ = loss_and_gradients(config, again.params_after, X, Y)
        assert sweep.mean_costs[number] == pytest.approx(expected, rel=1e-12)
    expected, _ = loss_and_gradients(config, step.params_after, X, Y)
    assert sweep.mean_after == pytest.approx(expected, rel=1e-12)


def test_slope_is_the_derivative_of_the_curve():
    step = recorded(MLPConfig((4, 5, 3), "tanh"))
    sweep = sweep_learning_rates(step, *batch(step.config))
    costs = [
        training_step(step.config, step.params, step.tape["x"], step.tape["y"], rate).loss_after
        for rate in (0.0, 1e-6)
    ]
    assert sweep.slope == pytest.approx((costs[1] - costs[0]) / 1e-6, rel=1e-4)
    assert sweep.reaches_zero == pytest.approx(-step.loss_before / sweep.slope)


def test_bowl_has_its_minimum_and_break_even_where_algebra_puts_them():
    """For one linear layer z(η) = z − η (‖x‖² + 1) (z − y): the minimum is at 1 / (‖x‖² + 1)."""
    step = recorded()
    best = 1 / (step.tape["x"] @ step.tape["x"] + 1)
    sweep = sweep_learning_rates(step, *batch(LINEAR))
    assert sweep.best == pytest.approx(best, rel=2e-3)
    assert sweep.break_even == pytest.approx(2 * best, rel=5e-3)
    assert sweep.best_cost == pytest.approx(0, abs=1e-5)
    assert sweep.reaches_zero == pytest.approx(best / 2)


def test_softmax_on_one_observation_never_turns():
    step = recorded(MLPConfig((4, 3)))
    sweep = sweep_learning_rates(step, *batch(step.config))
    assert sweep.best is None
    assert sweep.break_even is None
    assert (np.diff(sweep.costs) < 0).all()


def test_the_best_mean_is_the_lowest():
    step = recorded(MLPConfig((4, 5, 3)))
    sweep = sweep_learning_rates(step, *batch(step.config))
    assert abs(sweep.mean_best - sweep.learning_rates[sweep.mean_costs.argmin()]) <= sweep.learning_rates[1]


@pytest.mark.parametrize("learning_rate", [0.0, 1e-6, 3.0, 10.0])
def test_the_current_learning_rate_is_on_the_curve(learning_rate):
    step = recorded(learning_rate=learning_rate)
    sweep = sweep_learning_rates(step, *batch(LINEAR))
    assert sweep.learning_rates[0] == 0
    assert sweep.learning_rates[-1] >= 1.2 * learning_rate


def test_no_gradient_gives_a_flat_line():
    step = training_step(LINEAR, init_params(LINEAR, 0), [0.0] * 4, [0.0] * 3, 0.1)
    sweep = sweep_learning_rates(step, *batch(LINEAR))
    assert sweep.slope == 0
    assert sweep.reaches_zero == np.inf
    assert sweep.best is sweep.break_even is None
    assert not sweep.costs.any()


def test_overflow_is_infinite_and_silent():
    step = recorded(learning_rate=0.1)
    huge = training_step(LINEAR, step.params, 1e60 * step.tape["x"], step.tape["y"], 1e-121)
    sweep = sweep_learning_rates(huge, *batch(LINEAR))
    assert not np.isnan(sweep.costs).any()
    assert not np.isnan(sweep.mean_costs).any()


def test_a_batch_of_the_wrong_shape_is_refused():
    with pytest.raises(ValueError, match=r"X: expected shape \(N, 4\), got \(2, 3\)"):
        sweep_learning_rates(recorded(), np.zeros((2, 3)), np.zeros((2, 3)))
