import json

import numpy as np
import pytest

from backprop import MLPConfig, Params, forward_pass, init_params, loss_and_gradients, training_step
from backprop.sgd import predicted_change
from backprop.study.sweep import _range, costs_along, outputs_along, sweep_learning_rates
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
    assert sweep.costs[0] == pytest.approx(step.loss_before, rel=1e-12)
    assert sweep.slope * case["learning_rate"] == pytest.approx(predicted_change(step), rel=1e-9)
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


# --- what is there, and what is not ------------------------------------------------------------------


def test_the_mean_may_keep_falling_where_the_sweep_ends():
    """Without inputs only the biases count, and −1 · gradient fits best: at η = 1, beyond the sweep's end."""
    step = training_step(LINEAR, init_params(LINEAR, 0), [2.0, 0, 0, 0], [1.0, 0, 0], 0.1)
    sweep = sweep_learning_rates(step, np.zeros((1, 4)), -step.gradients["b1"][np.newaxis])
    assert sweep.learning_rates[-1] == pytest.approx(0.5)
    assert sweep.mean_best is None
    assert not sweep.mean_is_flat


@pytest.mark.parametrize("share", [0.985, 0.9999, 1.0])
def test_a_minimum_just_before_the_end_is_one(monkeypatch, share):
    """Every cost is (η − share · end)²: its minimum is told from the end of the chart, unless it is there."""
    step = recorded(learning_rate=0.0)
    end = float(sweep_learning_rates(step, *batch(LINEAR)).learning_rates[-1])
    monkeypatch.setattr(
        "backprop.study.sweep.costs_along", lambda step, rates, x, y: 1 + (rates - share * end) ** 2
    )
    found = sweep_learning_rates(step, *batch(LINEAR)).mean_best
    assert found == (None if share == 1 else pytest.approx(share * end, rel=1e-3))


def test_a_mean_that_only_gets_worse_is_best_at_0():
    step = recorded()
    opposite = 2 * step.tape["a1"] - step.tape["y"]
    sweep = sweep_learning_rates(step, step.tape["x"][np.newaxis], opposite[np.newaxis])
    assert sweep.mean_best == 0
    assert not sweep.mean_is_flat


@pytest.mark.parametrize("size", [1.0, 1e3, 1e6])
def test_a_small_best_and_break_even_are_not_0(size):
    """The larger the input the smaller the η that fits; the sweep reaches η = 12.5 all the same."""
    x = size * np.array([0.6, -0.8, 0.0, 0.0])
    step = training_step(LINEAR, init_params(LINEAR, 0), x, [1.0, 0.0, 0.0], 10.0)
    sweep = sweep_learning_rates(step, *batch(LINEAR))
    assert sweep.learning_rates[-1] == 12.5
    assert sweep.best == pytest.approx(1 / (size**2 + 1), rel=0.06)
    assert sweep.break_even == pytest.approx(2 / (size**2 + 1), rel=0.06)
    assert sweep.reaches_zero == pytest.approx(0.5 / (size**2 + 1))


def converged(config, steps=400, learning_rate=0.1):
    step = recorded(config, learning_rate)
    for _ in range(steps):
        step = training_step(config, step.params_after, step.tape["x"], step.tape["y"], learning_rate)
    return step


def test_what_has_converged_to_rounding_is_flat():
    step = converged(LINEAR)
    assert 0 < step.loss_before < 1e-30
    sweep = sweep_learning_rates(step, *batch(LINEAR))
    assert sweep.is_flat
    assert sweep.reaches_zero == np.inf
    assert sweep.best is sweep.break_even is sweep.best_cost is sweep.mean_best is None
    assert sweep.mean_is_flat
    assert sweep.learning_rates[-1] == 1


def test_what_has_not_converged_is_not_flat():
    for config in (
        LINEAR,
        MLPConfig((4, 5, 3)),
        MLPConfig((4, 3), "relu", "sigmoid", "binary_cross_entropy"),
    ):
        for sweep in (sweep_learning_rates(converged(config, steps), *batch(config)) for steps in (0, 10)):
            assert not sweep.is_flat
            assert not sweep.mean_is_flat
            assert sweep.reaches_zero < np.inf


@pytest.mark.parametrize(
    ("rate", "reaches_zero", "end"),
    [
        (0.1, np.inf, 1.0),
        (2.0, np.inf, 2.5),
        (0.1, 0.01, 0.125),
        (0.1, 0.2, 1.0),
        (0.1, 100.0, 12.5),
        (100.0, 1.0, 125.0),
    ],
)
def test_how_far_a_sweep_goes(rate, reaches_zero, end):
    assert _range(rate, reaches_zero) == pytest.approx(end)


def test_a_sweep_has_81_evenly_spaced_rates():
    rates = sweep_learning_rates(recorded(), *batch(LINEAR)).learning_rates
    assert len(rates) == 81
    np.testing.assert_allclose(np.diff(rates), rates[1], rtol=1e-9)


def test_best_and_break_even_are_found_to_a_thousandth():
    step = recorded()
    best = 1 / (step.tape["x"] @ step.tape["x"] + 1)
    sweep = sweep_learning_rates(step, *batch(LINEAR))
    assert abs(sweep.best - best) <= sweep.learning_rates[1] / 100
    assert 0 <= sweep.break_even - 2 * best <= sweep.learning_rates[1] / 400
    X, Y = batch(LINEAR)
    many = np.linspace(0, sweep.learning_rates[-1], 20001)
    lowest = many[costs_along(step, many, X, Y).argmin()]
    assert abs(sweep.mean_best - lowest) <= sweep.learning_rates[1] / 100 + many[1]


def test_many_rates_in_one_evaluation_cost_what_each_costs_alone():
    X, Y = batch(LINEAR, size=300)
    step, rates = recorded(), np.linspace(0, 1, 81)
    alone = [costs_along(step, np.array([rate]), X, Y)[0] for rate in rates]
    np.testing.assert_allclose(costs_along(step, rates, X, Y), alone, rtol=1e-13)


def test_outputs_along_are_those_of_each_step():
    config = MLPConfig((4, 5, 3))
    for rate in (0.0, 0.05, 2.0):
        step = recorded(config, learning_rate=rate)
        after = forward_pass(config, step.params_after, step.tape["x"], step.tape["y"])
        outputs = outputs_along(step, np.array([rate, 0.0]))
        np.testing.assert_allclose(outputs[0], after["a2"], rtol=1e-12)
        np.testing.assert_allclose(outputs[1], step.tape["a2"], rtol=1e-12)
