import warnings

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from backprop import MLPConfig, sgd_update, train, training_step
from backprop.sgd import predicted_change
from tests.backprop.networks import (
    FIGURE_1,
    assert_same_params,
    every_kind,
    random_batch,
    random_params,
    random_step,
)


@every_kind
def test_update_is_minus_learning_rate_times_gradient(config):
    step = random_step(config, learning_rate=0.3)
    assert [update.name for update in step.updates] == [name for name, _ in step.params.items()]
    for update in step.updates:
        assert update.learning_rate == 0.3
        np.testing.assert_array_equal(update.before, step.params[update.name])
        np.testing.assert_array_equal(update.gradient, step.gradients[update.name])
        np.testing.assert_allclose(update.step, -0.3 * update.gradient, rtol=1e-15)
        np.testing.assert_allclose(update.after, update.before + update.step, rtol=1e-15)
        assert update.after is step.params_after[update.name]


def test_learning_rate_0_changes_nothing(step):
    for update in sgd_update(step.params, step.gradients, 0):
        np.testing.assert_array_equal(update.after, update.before)


@every_kind
def test_cost_changes_as_predicted_to_first_order(config):
    """The prediction −η‖∇‖² errs in second order: a tenth of the step, a hundredth of the error."""
    errors = []
    for learning_rate in (1e-4, 1e-5):
        step = random_step(config, seed=1, learning_rate=learning_rate)
        change = step.loss_after - step.loss_before
        assert predicted_change(step) == pytest.approx(
            -learning_rate * sum((array**2).sum() for _, array in step.gradients.items())
        )
        assert change == pytest.approx(predicted_change(step), rel=0.05)
        errors.append(abs(change - predicted_change(step)))
    assert errors[1] < errors[0] / 50 + 1e-15


def test_loss_after_is_the_cost_with_the_new_parameters(step):
    again = training_step(step.config, step.params_after, step.tape["x"], step.tape["y"], 0.1)
    assert step.loss_after == again.loss_before


def classifier_at(config, params, X, classes):
    """MLPClassifier with these parameters and plain gradient descent on full batches."""
    classifier = MLPClassifier(
        config.layer_sizes[1:-1],
        activation={"relu": "relu", "tanh": "tanh", "sigmoid": "logistic"}[config.hidden_activation],
        solver="sgd",
        alpha=0,
        batch_size=len(X),
        learning_rate_init=0.1,
        momentum=0,
        nesterovs_momentum=False,
    )
    classifier.partial_fit(X, classes, classes=range(config.layer_sizes[-1]))
    classifier.coefs_ = [W.T.copy() for W in params.weights]
    classifier.intercepts_ = [b.copy() for b in params.biases]
    return classifier


@pytest.mark.parametrize("hidden", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("epochs", [1, 20])
def test_same_parameters_as_scikit_learn(hidden, epochs, rng):
    config = MLPConfig((4, 5, 6, 3), hidden)
    params = random_params(config, rng)
    X, Y = random_batch(config, rng, 30)
    classifier = classifier_at(config, params, X, Y.argmax(axis=1))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(epochs):
            classifier.partial_fit(X, Y.argmax(axis=1))
    trained = train(config, params, X, Y, epochs=epochs, learning_rate=0.1).params
    for W, b, coefficients, intercepts in zip(
        trained.weights, trained.biases, classifier.coefs_, classifier.intercepts_, strict=True
    ):
        np.testing.assert_allclose(W.T, coefficients, atol=1e-8)
        np.testing.assert_allclose(b, intercepts, atol=1e-8)


def test_one_update_of_one_observation_as_scikit_learn(params, batch):
    X, Y = batch
    classifier = classifier_at(FIGURE_1, params, X[:1], Y[:1].argmax(axis=1))
    classifier.partial_fit(X[:1], Y[:1].argmax(axis=1))
    after = training_step(FIGURE_1, params, X[0], Y[0], 0.1).params_after
    for W, coefficients in zip(after.weights, classifier.coefs_, strict=True):
        np.testing.assert_allclose(W.T, coefficients, rtol=1e-12, atol=1e-12)


def test_keep_paths_reach_the_update(step):
    no_way_back = {("z2", "a1"): np.zeros((3, 5))}
    cut = random_step(FIGURE_1, keep_paths=no_way_back)
    np.testing.assert_array_equal(cut.params_after["W1"], step.params["W1"])
    np.testing.assert_array_equal(cut.params_after["W2"], step.params_after["W2"])
    assert_same_params(cut.params, step.params)
