"""Central differences of the cost and of one equation: what they tell, and where they tell nothing."""

import dataclasses

import numpy as np
import pytest

from backprop import (
    PRIMITIVES,
    MLPConfig,
    Params,
    check_gradients,
    forward_pass,
    numerical_derivative,
    training_step,
)
from backprop.check import check_gradient
from backprop.differences import REASONS, jacobian_difference
from backprop.forward import network_equations
from backprop.tape import Tape, Variable
from tests.backprop.networks import every_kind, one_unit, random_step

REASONS_SEEN = {
    "the cost overflows within the step": (
        lambda: one_unit(1e154, x=(1 - 1e-7) * np.sqrt(np.finfo(float).max) / 1e154),
        "x",
    ),
    "the probability is too close to 0 or 1 for a float": (
        lambda: one_unit(1000.0, output="sigmoid", loss="binary_cross_entropy"),
        "a2",
    ),
    "the step is lost in the rounding of the value": (lambda: one_unit(1.0, x=1e11, y=1e11), "x"),
    "a ReLU input lies too near 0, its kink": (lambda: one_unit(1.0, x=9e-6, hidden="relu"), "W1"),
    "the change is lost in the rounding of the cost": (lambda: one_unit(1.0, y=1e4, second=1e-3), "W1"),
    "the change is lost in the rounding of the layers between": (lambda: unsteady_step(), "x"),
    "the cost bends too much within the step": (lambda: one_unit(1e6, x=3e-7, hidden="tanh"), "x"),
    "what backpropagation found is nothing but rounding": (
        lambda: one_unit(1.0, second=1e11, output="sigmoid", loss="binary_cross_entropy", y=1.0),
        "W1",
    ),
}


@pytest.mark.parametrize("reason", REASONS_SEEN)
def test_an_entry_that_is_not_judged_says_why(reason):
    make, name = REASONS_SEEN[reason]
    checks = {check.name: check for check in check_gradients(make())}
    check = checks[name]
    index = (0,) * check.analytic.ndim
    assert check.why_not(index) == reason
    assert not check.judged[index]
    assert check.numeric[index] == check.error[index] == 0
    assert checks["b2"].agrees


def test_there_is_a_network_for_every_reason_and_none_for_a_judged_entry():
    assert ["", *REASONS_SEEN] == [reason for reason in REASONS if "result" not in reason]
    check = check_gradient(random_step(MLPConfig((4, 5, 3))), "W1")
    assert check.why_not((4, 3)) == ""
    assert check.judged[4, 3]


def test_outputs_near_their_limits_are_moved_by_a_millionth_of_the_way():
    """ln a bends too much for a whole step where a is 10⁻⁷ or 1 − 10⁻⁷."""
    for z, y in ((-16.0, 1.0), (16.0, 0.0), (-16.0, 0.0), (16.0, 1.0)):
        step = one_unit(z, output="sigmoid", loss="binary_cross_entropy", y=y)
        check = check_gradient(step, "a2")
        assert check.judged.all() or abs(check.analytic[0]) < 2
        assert check.agrees
        assert check.numeric == pytest.approx(np.where(check.judged, check.analytic, 0), rel=1e-6)


def test_kinks_are_not_judged():
    """z1 = (0, 1, −1): only what moves the first unit's z across 0 cannot be judged."""
    params = Params((np.array([[0.0], [1.0], [-1.0]]), np.ones((2, 3))), (np.zeros(3), np.zeros(2)))
    step = training_step(MLPConfig((1, 3, 2)), params, [1.0], [1.0, 0.0], 0.1)
    judged = {check.name: check.judged for check in check_gradients(step)}
    np.testing.assert_array_equal(judged["z1"], [False, True, True])
    np.testing.assert_array_equal(judged["W1"], [[False], [True], [True]])
    np.testing.assert_array_equal(judged["b1"], [False, True, True])
    assert judged["a1"].all()
    assert judged["W2"].all()
    assert all(check.agrees for check in check_gradients(step))


@pytest.mark.parametrize("distance", [9e-6, 11e-6])
def test_a_kink_reaches_ten_steps_far(distance):
    params = Params((np.array([[1.0]]), np.ones((2, 1))), (np.zeros(1), np.zeros(2)))
    step = training_step(MLPConfig((1, 1, 2)), params, [distance], [1.0, 0.0], 0.1)
    _, judged = numerical_derivative(step.config, step.tape, "z1")
    assert judged.all() == (distance > 10e-6)


def test_the_cost_is_judged_beyond_the_smallest_probability():
    """z = (0, 1000) and class 0: the cost is 1000 though a₁ is kept from falling below 2 · 10⁻³⁰⁸."""
    params = Params((np.array([[0.0], [1000.0]]),), (np.zeros(2),))
    step = training_step(MLPConfig((1, 2)), params, [1.0], [1.0, 0.0], 1e-3)
    assert step.loss_before == 1000.0
    checks = {check.name: check for check in check_gradients(step)}
    np.testing.assert_allclose(checks["z1"].numeric, [-1.0, 1.0], atol=1e-6)
    assert checks["z1"].judged.all()
    assert checks["W1"].judged.all()
    np.testing.assert_array_equal(checks["a1"].judged, [False, True])
    assert all(check.agrees for check in checks.values())


def test_change_lost_in_a_large_cost_is_not_judged():
    """C ≈ 5 · 10⁵ is rounded by 6 · 10⁻¹¹: too much beside the change of 2 · 10⁻⁶ by the second output."""
    params = Params((np.array([[1e3], [1.0]]),), (np.zeros(2),))
    config = MLPConfig((1, 2), output_activation="identity", loss="squared_error")
    step = training_step(config, params, [1.0], [0.0, 0.0], 1e-3)
    _, judged = numerical_derivative(config, step.tape, "z1")
    np.testing.assert_array_equal(judged, [True, False])


def unsteady_step():
    """Hidden values near 10⁸ cancel, leaving their rounding error to the numerical derivative."""
    params = Params(
        (np.array([[1e8], [1e8 + 0.3]]), np.array([[1.0, -1.0]])), (np.array([0.1, 0.7]), np.zeros(1))
    )
    config = MLPConfig((1, 2, 1), "identity", "identity", "squared_error")
    return training_step(config, params, [1.1], [0.5], 0.0)


def test_a_difference_that_depends_on_its_step_is_not_judged():
    checks = {check.name: check for check in check_gradients(unsteady_step())}
    step = unsteady_step()
    numeric, judged = numerical_derivative(step.config, step.tape, "x")
    assert judged.all()
    assert np.abs(numeric - checks["x"].analytic).max() > 1e-3
    assert not checks["x"].judged.any()
    np.testing.assert_array_equal(checks["x"].numeric, 0)
    assert checks["x"].agrees


def test_a_difference_that_is_only_rounding_is_0():
    """Softmax of (0, 3, 0) is as high in a₁ as in a₃, so a target of both has no slope between them."""
    params = Params((np.array([[0.0], [3.0], [0.0]]),), (np.zeros(3),))
    step = training_step(MLPConfig((1, 3)), params, [1.0], [0.5, 0.0, 0.5], 0.1)
    for name in ("z1", "W1", "x"):
        check = check_gradient(step, name)
        assert check.judged.all()
        tiny = np.abs(check.analytic) < 1e-10
        assert (check.numeric[tiny] == 0).all()
        assert (check.numeric[~tiny] != 0).all()
    dead = one_unit(-1.0, hidden="relu", y=1.0)
    assert check_gradient(dead, "W1").numeric == 0
    flat = one_unit(20.0, hidden="tanh", y=0.3)  # σ′ is 2 · 10⁻¹⁷, and the cost is rounded all the same
    assert check_gradient(flat, "z1").numeric == 0


def test_numerical_derivative_takes_any_step(step):
    for h in (1e-4, 1e-6):
        numeric, judged = numerical_derivative(step.config, step.tape, "W1", h)
        np.testing.assert_allclose(numeric[judged], step.gradients["W1"][judged], atol=1e-5)


def worst_error(step):
    worst = 0.0
    for vjp in step.vjp_steps[1:]:
        difference = jacobian_difference(step.tape, vjp.output, vjp.wrt)
        assert difference.values.shape == vjp.jacobian.shape
        assert difference.judged.all()
        worst = max(worst, np.abs(difference.values - vjp.jacobian).max())
    return worst


@every_kind
def test_every_jacobian_of_the_pass_agrees(config):
    assert worst_error(random_step(config)) < 1e-8


def test_a_jacobian_of_softmax_that_keeps_its_diagonal_only_is_rejected(monkeypatch):
    def diagonal_only(a, z):
        return np.diag(a * (1 - a))

    mutant = dataclasses.replace(PRIMITIVES["softmax"], jacobian=(diagonal_only,))
    monkeypatch.setitem(PRIMITIVES, "softmax", mutant)
    assert worst_error(random_step(MLPConfig((4, 5, 3)))) > 1e-3


def test_a_jacobian_is_not_judged_at_a_kink():
    config = MLPConfig((1, 2, 1), "relu", "identity", "squared_error")
    params = Params((np.array([[0.0], [1.0]]), np.array([[1.0, 1.0]])), (np.zeros(2), np.zeros(1)))
    tape = forward_pass(config, params, [1.0], [0.0])
    difference = jacobian_difference(tape, "a1", "z1")
    np.testing.assert_array_equal(difference.judged, [[False, True], [False, True]])


LARGE = {
    "the step is lost in the rounding of the value": (1.0, 1e12),
    "the cost overflows within the step": (1.797693e308, 1.0),
}


@pytest.mark.parametrize("reason", LARGE)
def test_large_numbers_are_not_judged(reason):
    """z₁ = w x with a large w or x; z₂ = x / 1000 is judged where x itself can be moved."""
    weight, x = LARGE[reason]
    config = MLPConfig((1, 2), output_activation="identity", loss="squared_error")
    params = Params((np.array([[weight], [1e-3]]),), (np.array([0.0, 0.0]),))
    values = {"x": np.array([x]), "W1": params["W1"], "b1": params["b1"], "z1": params["W1"] @ [x]}
    variables = tuple(Variable(name, "", 0, value) for name, value in values.items())
    difference = jacobian_difference(Tape(variables, network_equations(config)), "z1", "x")
    assert REASONS[difference.reasons[0, 0]] == reason
    assert difference.values[0, 0] == 0
    assert not difference.judged[0, 0]
    assert difference.judged[1, 0] == (x == 1)


def test_sums_are_rounded_like_their_largest_term():
    """z = 10⁶ a − 10⁶ b is 1, but its terms are rounded by 10⁻¹⁰: too much beside a change of 10⁻⁶."""
    config = MLPConfig((2, 1), output_activation="identity", loss="squared_error")
    tape = forward_pass(config, Params((np.array([[1e6, -1e6]]),), (np.ones(1),)), [1.0, 1.0], [0.0])
    assert tape["z1"] == 1
    assert REASONS[jacobian_difference(tape, "z1", "b1").reasons[0, 0]] == (
        "the change is lost in the rounding of the result"
    )


def test_an_equation_that_is_not_there_is_named():
    tape = random_step(MLPConfig((4, 5, 3))).tape
    with pytest.raises(ValueError, match="expected an output and an input of one equation, got z1, a2"):
        jacobian_difference(tape, "z1", "a2")
