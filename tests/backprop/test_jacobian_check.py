import dataclasses

import numpy as np
import pytest

from backprop import MLPConfig, Params, forward_pass, init_params, training_step
from backprop.forward import network_equations
from backprop.gradcheck import REASONS
from backprop.jacobian_check import jacobian_difference, numerical_jacobian
from backprop.primitives import PRIMITIVES
from backprop.tape import Tape, Variable

CONFIGS = [
    MLPConfig((4, 5, 3)),
    MLPConfig((3, 4, 2, 2), "tanh", "sigmoid", "binary_cross_entropy"),
    MLPConfig((2, 3, 2), "sigmoid", "identity", "squared_error"),
]


def step_of(config, seed=0):
    rng = np.random.default_rng(seed)
    target = np.eye(config.layer_sizes[-1])[0]
    return training_step(
        config, init_params(config, seed), rng.normal(size=config.layer_sizes[0]), target, 0.1
    )


def worst_error(step):
    worst = 0.0
    for vjp in step.vjp_steps[1:]:
        numeric, judged = numerical_jacobian(step.tape, vjp.output, vjp.wrt)
        assert numeric.shape == vjp.jacobian.shape
        assert judged.all()
        worst = max(worst, np.abs(numeric - vjp.jacobian).max())
    return worst


@pytest.mark.parametrize("config", CONFIGS, ids=lambda config: config.hidden_activation)
def test_agrees_with_every_jacobian_of_the_pass(config):
    assert worst_error(step_of(config)) < 1e-8


def test_rejects_a_softmax_that_keeps_its_diagonal_only(monkeypatch):
    def diagonal_only(a, z):
        return np.diag(a * (1 - a))

    mutant = dataclasses.replace(PRIMITIVES["softmax"], jacobian=(diagonal_only,))
    monkeypatch.setitem(PRIMITIVES, "softmax", mutant)
    assert worst_error(step_of(MLPConfig((4, 5, 3)))) > 1e-3


def test_leaves_a_kink_unjudged():
    config = MLPConfig((1, 2, 1), "relu", "identity", "squared_error")
    params = Params((np.array([[0.0], [1.0]]), np.array([[1.0, 1.0]])), (np.zeros(2), np.zeros(1)))
    tape = forward_pass(config, params, [1.0], [0.0])
    _, judged = numerical_jacobian(tape, "a1", "z1")
    np.testing.assert_array_equal(judged, [[False, True], [False, True]])


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


def test_names_what_it_does_not_know():
    tape = step_of(CONFIGS[0]).tape
    with pytest.raises(ValueError, match="expected an output and an input of one equation, got z1, a2"):
        numerical_jacobian(tape, "z1", "a2")
