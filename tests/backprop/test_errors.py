"""Bad input: every public function names the argument, what it expected and what it got."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop import (
    MLPConfig,
    Params,
    backward_pass,
    forward_pass,
    init_params,
    loss_and_gradients,
    numerical_derivative,
    per_observation_gradients,
    predict,
    sgd_update,
    train,
    training_step,
)
from tests.backprop.networks import FIGURE_1

PARAMS = init_params(FIGURE_1, 0)
OTHER_PARAMS = init_params(MLPConfig((4, 6, 3)), 0)
X, Y = np.ones((2, 4)), np.eye(3)[:2]
x, y = X[0], Y[0]
TAPE = forward_pass(FIGURE_1, PARAMS, x, y)

ONE_OBSERVATION = {
    "forward_pass": lambda config, params, x, y: forward_pass(config, params, x, y),
    "training_step": lambda config, params, x, y: training_step(config, params, x, y, 0.1),
}
BATCHES = {
    "loss_and_gradients": loss_and_gradients,
    "per_observation_gradients": per_observation_gradients,
    "train": lambda config, params, X, Y: train(config, params, X, Y, epochs=1),
    "predict": lambda config, params, X, Y: predict(config, params, X),
}
WITH_MASKS = {
    "backward_pass": lambda keep: backward_pass(TAPE, keep),
    "training_step": lambda keep: training_step(FIGURE_1, PARAMS, x, y, 0.1, keep),
    "loss_and_gradients": lambda keep: loss_and_gradients(FIGURE_1, PARAMS, X, Y, keep),
    "per_observation_gradients": lambda keep: per_observation_gradients(FIGURE_1, PARAMS, X, Y, keep),
    "train": lambda keep: train(FIGURE_1, PARAMS, X, Y, keep_paths=keep),
}
WITH_LEARNING_RATE = {
    "sgd_update": lambda rate: sgd_update(PARAMS, PARAMS, rate),
    "training_step": lambda rate: training_step(FIGURE_1, PARAMS, x, y, rate),
    "train": lambda rate: train(FIGURE_1, PARAMS, X, Y, learning_rate=rate),
}


def for_each(functions):
    return pytest.mark.parametrize("function", functions.values(), ids=functions)


def raises(message):
    return pytest.raises(ValueError, match=f"^{message}")


NOT_VECTORS = [
    ([1.0, 2.0, 3.0], r"expected shape \(4,\), got \(3,\)"),
    ([[1.0, 2.0, 3.0, 4.0]], r"expected shape \(4,\), got \(1, 4\)"),
    (1.0, r"expected shape \(4,\), got \(\)"),
    ([1.0, np.nan, 3.0, 4.0], r"expected finite numbers, got nan at \[1\]"),
    ([1.0, 2.0, 3.0, -np.inf], r"expected finite numbers, got -inf at \[3\]"),
    (["a", "b", "c", "d"], r"expected numbers of shape \(4,\), got \['a', 'b', 'c', 'd'\]"),
    ([10**400] * 4, r"expected numbers of shape \(4,\), got"),
    ([1.0, [2.0], 3.0, 4.0], r"expected numbers of shape \(4,\), got"),
    (None, r"expected shape \(4,\), got \(\)"),
]


@for_each(ONE_OBSERVATION)
@pytest.mark.parametrize(("value", "message"), NOT_VECTORS)
def test_bad_x(function, value, message):
    with raises(f"x: {message}"):
        function(FIGURE_1, PARAMS, value, y)


@for_each(ONE_OBSERVATION)
def test_bad_y(function):
    with raises(r"y: expected shape \(3,\), got \(4,\)"):
        function(FIGURE_1, PARAMS, x, x)
    with raises(r"y: expected finite numbers, got nan at \[0\]"):
        function(FIGURE_1, PARAMS, x, [np.nan, 0.0, 0.0])


@for_each(BATCHES)
@pytest.mark.parametrize(
    ("value", "message"),
    [
        (x, r"expected shape \(N, 4\), got \(4,\)"),
        (np.ones((2, 3)), r"expected shape \(N, 4\), got \(2, 3\)"),
        (np.ones((0, 4)), r"expected shape \(N, 4\), got \(0, 4\)"),
        ([[1.0, 2.0, 3.0, np.inf]], r"expected finite numbers, got inf at \[0, 3\]"),
    ],
)
def test_bad_X(function, value, message):
    with raises(f"X: {message}"):
        function(FIGURE_1, PARAMS, value, Y)


@for_each({name: function for name, function in BATCHES.items() if name != "predict"})
def test_bad_Y(function):
    with raises(r"Y: expected shape \(2, 3\), got \(1, 3\)"):
        function(FIGURE_1, PARAMS, X, Y[:1])
    with raises(r"Y: expected finite numbers, got nan at \[1, 2\]"):
        function(FIGURE_1, PARAMS, X, [[1, 0, 0], [0, 0, np.nan]])


@for_each({**ONE_OBSERVATION, **BATCHES})
def test_parameters_of_another_network(function):
    with raises(r"params: expected layer sizes \(4, 5, 3\), got those of layers \(4, 6, 3\)"):
        function(FIGURE_1, OTHER_PARAMS, X if function in BATCHES.values() else x, Y)


@for_each(WITH_MASKS)
@pytest.mark.parametrize(
    ("keep", "message"),
    [
        (
            {("z9", "a1"): np.ones((3, 5))},
            r"keep_paths: expected a pair among .*'z2', 'a1'.*, got \('z9', 'a1'\)",
        ),
        ({("C", "y"): np.ones(3)}, r"keep_paths: expected a pair among .*, got \('C', 'y'\)"),
        ({("z2", "a1"): np.ones((5, 3))}, r"keep_paths\[z2, a1\]: expected shape \(3, 5\), got \(5, 3\)"),
        ({("z1", "W1"): np.ones((5, 4))}, r"keep_paths\[z1, W1\]: expected shape \(5, 5, 4\), got \(5, 4\)"),
        ({("a2", "z2"): np.full((3, 3), 0.5)}, r"keep_paths\[a2, z2\]: expected a mask of 0 and 1, got"),
        ({("a2", "z2"): np.full((3, 3), np.nan)}, r"keep_paths\[a2, z2\]: expected finite numbers, got nan"),
    ],
)
def test_bad_masks(function, keep, message):
    with raises(message):
        function(keep)


@for_each(WITH_LEARNING_RATE)
@pytest.mark.parametrize("rate", [-0.1, np.nan, np.inf, "0.1", None, [0.1]])
def test_bad_learning_rate(function, rate):
    with raises("learning_rate: expected a finite number from 0 up, got"):
        function(rate)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"epochs": -1}, "epochs: expected a whole number from 0 up, got -1"),
        ({"epochs": 2.5}, "epochs: expected a whole number from 0 up, got 2.5"),
        ({"batch_size": 0}, "batch_size: expected a whole number from 1 to 2, got 0"),
        ({"batch_size": 3}, "batch_size: expected a whole number from 1 to 2, got 3"),
        ({"seed": -1}, "seed: expected a whole number from 0 up, got -1"),
        ({"seed": None}, "seed: expected a whole number from 0 up, got None"),
    ],
)
def test_bad_training_options(options, message):
    with raises(message):
        train(FIGURE_1, PARAMS, X, Y, **options)


@pytest.mark.parametrize("epoch", [-1, 3, 0.5])
def test_bad_checkpoint(epoch):
    with raises(f"epoch: expected a whole number from 0 to 2, got {epoch}"):
        train(FIGURE_1, PARAMS, X, Y, epochs=2).checkpoint(epoch)


@pytest.mark.parametrize("name", ["y", "C", "z3", ""])
def test_bad_variable(name):
    with raises(f"name: expected one of x, W1, b1, z1, a1, W2, b2, z2, a2, got '{name}'"):
        numerical_derivative(FIGURE_1, TAPE, name)


@pytest.mark.parametrize("h", [0.0, -1e-6, np.nan, np.inf])
def test_bad_step_of_the_difference(h):
    with raises("h: expected a finite number above 0, got"):
        numerical_derivative(FIGURE_1, TAPE, "W1", h)


@pytest.mark.parametrize(
    ("weights", "biases", "message"),
    [
        (
            [],
            [],
            "weights, biases: expected the same number of layers, one or more, or no biases at all",
        ),
        (
            [[[1.0]]],
            [[1.0], [2.0]],
            "weights, biases: expected the same number of layers, one or more, or",
        ),
        ([[1.0]], [[1.0]], r"W1: expected shape \(m, n\), got \(1,\)"),
        ([[[1.0]]], [[1.0, 2.0]], r"b1: expected shape \(1,\), got \(2,\)"),
        ([[[1.0]], [[1.0, 2.0]]], [[1.0], [1.0]], r"W2: expected shape \(m, 1\), got \(1, 2\)"),
        ([[[np.nan]]], [[1.0]], r"W1: expected finite numbers, got nan at \[0, 0\]"),
    ],
)
def test_bad_params(weights, biases, message):
    with raises(message):
        Params(weights, biases)


def test_gradients_of_another_network():
    with raises(r"gradients: expected weights of shapes \[\(5, 4\), \(3, 5\)\], got \[\(6, 4\), \(3, 6\)\]"):
        sgd_update(PARAMS, OTHER_PARAMS, 0.1)


HUGE = Params((np.full((5, 4), 1e200), np.full((3, 5), 1e200)), (np.zeros(5), np.zeros(3)))


@for_each({**ONE_OBSERVATION, **BATCHES})
def test_overflow_is_an_error_not_a_warning(function):
    with pytest.raises(ValueError, match=r"^params, [xX].*: expected .*finite"):
        function(
            FIGURE_1, HUGE, X if function in BATCHES.values() else x, Y if function in BATCHES.values() else y
        )


def test_overflow_of_the_backward_pass():
    """The cost is finite since x is 0; ∂C/∂x is not."""
    config = MLPConfig((1, 1, 1), "identity", "identity", "squared_error")
    params = Params(([[1e200]], [[1e200]]), ([0.0], [1.0]))
    tape = forward_pass(config, params, [0.0], [0.0])
    with raises("tape, ∂C/∂x: expected finite numbers, got inf"):
        backward_pass(tape)


@for_each({name: BATCHES[name] for name in ("loss_and_gradients", "per_observation_gradients")})
def test_overflow_of_the_gradients_of_a_batch(function):
    config = MLPConfig((1, 1, 1, 1), "identity", "identity", "squared_error")
    params = Params(([[1e200]],) * 3, ([0.0], [0.0], [1.0]))
    with raises("params, X, gradient of a weight: expected finite numbers, got nan"):
        function(config, params, [[0.0]], [[0.0]])


def test_overflow_of_the_update_and_of_the_cost_after_it():
    with raises("learning_rate, W1 after the step: expected finite numbers, got"):
        sgd_update(PARAMS, HUGE, 1e200)
    with raises("learning_rate, cost after the step: expected finite numbers, got"):
        config = MLPConfig((1, 1), output_activation="identity", loss="squared_error")
        training_step(config, Params(([[1.0]],), ([0.0],)), [1.0], [0.0], 1e200)


@given(value=st.floats(allow_nan=False, allow_infinity=False), scale=st.sampled_from([1.0, 1e100, 1e300]))
def test_any_finite_numbers_give_finite_results_or_value_error(value, scale):
    """No warning, no NaN, no other exception."""
    params = Params((np.full((5, 4), value / scale), np.full((3, 5), value)), (np.zeros(5), np.zeros(3)))
    try:
        step = training_step(FIGURE_1, params, [1.0, -1.0, value, 0.5], y, 0.1)
    except ValueError:
        return
    for vjp in step.vjp_steps:
        assert np.isfinite(vjp.cotangent).all()
    assert np.isfinite(step.loss_after)


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_any_finite_batch_gives_finite_results_or_value_error(value):
    inputs = np.array([[1.0, -1.0, value, 0.5], [0.0, value, 0.0, 1.0]])
    for function in (loss_and_gradients, per_observation_gradients, BATCHES["train"]):
        try:
            result = function(FIGURE_1, PARAMS, inputs, Y)
        except ValueError:
            continue
        if isinstance(result, tuple):
            assert np.isfinite(result[0])
            assert all(np.isfinite(array).all() for _, array in result[1].items())
