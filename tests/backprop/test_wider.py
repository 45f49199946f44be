"""Biases that learn, stay or are missing, an activation of its own for each layer, and no hidden layer."""

from dataclasses import replace

import numpy as np
import pytest

from backprop import (
    MLPConfig,
    Params,
    check_gradients,
    init_params,
    loss_and_gradients,
    per_observation_gradients,
    train,
    training_step,
)
from backprop.differences import numerical_gradient
from backprop.network import BIASES
from backprop.noise import derivative_noise, is_rounding
from backprop.primitives import output_options, scale_options
from backprop.sgd import predicted_change
from backprop.study.layer_batch import layer_batch
from backprop.study.paths import survey_paths
from backprop.study.rules import flat
from backprop.study.sweep import costs_along, sweep_learning_rates
from tests.backprop.networks import assert_same_params, random_batch, random_params

MIXED = MLPConfig((3, 4, 5, 2), ("relu", "tanh"), "tanh", "mean_squared_error")
FLAT = MLPConfig((4, 3))


def network(config, bias, rng):
    """The config with these biases, parameters, and a batch of seven."""
    config = replace(config, bias=bias)
    params = random_params(config, rng)
    return config, params if config.has_biases else Params(params.weights, ()), *random_batch(config, rng, 7)


every_bias = pytest.mark.parametrize("bias", BIASES)
both = pytest.mark.parametrize("config", [MIXED, FLAT], ids=["mixed", "flat"])


@both
@every_bias
def test_the_step_moves_what_learns_and_nothing_else(config, bias, rng):
    config, params, X, Y = network(config, bias, rng)
    step = training_step(config, params, X[0], Y[0], 0.3)
    letters = {"learned": "Wb", "fixed": "Wb", "none": "W"}[bias]
    assert {name[0] for name, _ in step.gradients.items()} == set(letters)
    assert {update.name[0] for update in step.updates} == set(letters if bias == "learned" else "W")
    for name, before in params.items():
        moves = name[0] == "W" or bias == "learned"
        np.testing.assert_array_equal(
            step.params_after[name], before - 0.3 * step.gradients[name] if moves else before
        )
    assert all(check.agrees and check.judged.any() for check in check_gradients(step))
    moved = sum(np.square(update.gradient).sum() for update in step.updates)
    assert predicted_change(step) == pytest.approx(-0.3 * moved)
    assert ("b1" in {variable.name for variable in step.tape.variables}) is config.has_biases


@both
@every_bias
def test_a_batch_is_the_mean_of_its_steps(config, bias, rng):
    config, params, X, Y = network(config, bias, rng)
    steps = [training_step(config, params, x, y, 0.1) for x, y in zip(X, Y, strict=True)]
    loss, gradients = loss_and_gradients(config, params, X, Y)
    assert loss == pytest.approx(np.mean([step.loss_before for step in steps]))
    each = per_observation_gradients(config, params, X, Y)
    for name, gradient in gradients.items():
        np.testing.assert_allclose(gradient, np.mean([step.gradients[name] for step in steps], axis=0))
    for layer in range(1, config.depth + 1):
        np.testing.assert_allclose(
            each.cotangents[layer - 1], [step.cotangent(f"z{layer}") for step in steps], atol=1e-15
        )
        apart = layer_batch(config, params, X, Y, layer)
        assert apart.difference < 1e-15
        assert apart.inputs.shape[1] == config.layer_sizes[layer - 1] + config.has_biases
        assert apart.gradient.shape == (config.layer_sizes[layer], apart.inputs.shape[1])
    numeric = numerical_gradient(config, params, X, Y)
    np.testing.assert_allclose(flat(gradients)[numeric.judged], numeric.values[numeric.judged], atol=1e-7)


@both
@every_bias
def test_training_does_the_same_steps(config, bias, rng):
    config, params, X, Y = network(config, bias, rng)
    run = train(config, params, X, Y, epochs=3, learning_rate=0.2)
    for _ in range(3):
        _, gradients = loss_and_gradients(config, params, X, Y)
        learned = {name: array for name, array in params.items() if name[0] == "W" or bias == "learned"}
        params = params.with_arrays({name: old - 0.2 * gradients[name] for name, old in learned.items()})
    assert_same_params(run.params, params)


@both
@every_bias
def test_the_sweep_moves_what_learns(config, bias, rng):
    config, params, X, Y = network(config, bias, rng)
    step = training_step(config, params, X[0], Y[0], 0.3)
    assert costs_along(step, np.array([0.3]), X[0], Y[0])[0] == pytest.approx(step.loss_after, rel=1e-12)
    sweep = sweep_learning_rates(step, X, Y)
    assert sweep.slope == pytest.approx(predicted_change(step) / 0.3)
    assert derivative_noise(step).keys() >= {f"W{layer}" for layer in range(1, config.depth + 1)}
    assert not any(is_rounding(step, layer) for layer in range(1, config.depth + 1))


def test_initial_parameters_are_the_same_without_biases():
    for bias in BIASES:
        params = init_params(replace(MIXED, bias=bias), 4)
        for W, same in zip(params.weights, init_params(MIXED, 4).weights, strict=True):
            np.testing.assert_array_equal(W, same)
        assert len(params.biases) == (0 if bias == "none" else 3)


def test_each_layer_has_its_own_activation(rng):
    config = MLPConfig((2, 3, 3, 3, 1), ["tanh", "relu", "sigmoid"], "relu", "sum_squared_error")
    assert config.hidden_activations == ("tanh", "relu", "sigmoid")
    assert config.hidden_activation == ("tanh", "relu", "sigmoid")
    assert [config.activation(layer) for layer in range(1, 5)] == ["tanh", "relu", "sigmoid", "relu"]
    assert MLPConfig((2, 3, 3, 1), "tanh", "identity", "squared_error").hidden_activations == ("tanh", "tanh")
    assert MLPConfig((2, 1), (), "identity", "squared_error").hidden_activations == ()
    assert hash(config)
    params = random_params(config, rng)
    survey = survey_paths(config, params, *random_batch(config, rng, 4), layer=2)
    assert survey.terms.shape == (4, 3, 3)


def test_a_cost_that_comes_in_sizes_keeps_its_menu():
    assert scale_options() == ("half", "sum", "mean")
    assert output_options() == output_options("half")
    assert output_options()["tanh"] == ("tanh", "squared_error")
    assert output_options("mean")["sigmoid-squared"] == ("sigmoid", "mean_squared_error")
    assert output_options("sum")["softmax"] == ("softmax", "cross_entropy")


def test_the_mean_has_the_number_of_outputs_in_its_formulas():
    cost = MLPConfig((2, 3), "relu", "identity", "mean_squared_error").cost
    assert cost.formulas.value.format(a="a", y="y") == r"\frac{1}{3} \sum_k (a - y)^2"
    assert cost.formulas.plain_derivative.format(a="a₁", y="y₁") == "2 · (a₁ − y₁) / 3"
