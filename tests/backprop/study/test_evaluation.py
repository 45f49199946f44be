"""What training did, epoch by epoch, against scikit-learn and against the core's own single functions."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics
from sklearn.decomposition import PCA

from backprop import MLPConfig, Params, TrainingDiverged, init_params, loss_and_gradients, predict, train
from backprop.study.evaluation import (
    NO_CLASS,
    classes_at,
    confusion_matrix,
    norm,
    training_history,
)
from backprop.study.planes import feature_plane, principal_plane

CONFIG = MLPConfig((4, 5, 3))


def observations(seed=0, count=40, classes=3):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((count, 4)), np.eye(classes)[rng.integers(classes, size=count)]


def some_run(config=CONFIG, epochs=7, **more):
    X, Y = observations(classes=config.layer_sizes[-1])
    return train(config, init_params(config, 3), X[:25], Y[:25], epochs, batch_size=8, **more)


def evaluated(config, params, X, Y):
    """A set at the start of a training that has no epoch."""
    return training_history(train(config, params, X, Y, 0), [(X, Y)])


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=60))
def test_confusion_matrix_is_scikit_learns(pairs):
    actual, predicted = np.array(pairs).T
    expected = metrics.confusion_matrix(actual, predicted, labels=range(4))
    np.testing.assert_array_equal(confusion_matrix(actual, predicted, 4), expected)


@pytest.mark.parametrize("out", [("softmax", "cross_entropy"), ("identity", "squared_error")])
def test_evaluation_of_a_set_agrees_with_predict_and_scikit_learn(out):
    config = MLPConfig((4, 5, 3), "tanh", *out)
    (X, Y), params = observations(1), init_params(config, 2)
    history = evaluated(config, params, X, Y)
    predicted = predict(config, params, X).argmax(axis=1)
    np.testing.assert_array_equal(history.predicted[0], [predicted])
    assert history.costs == [[loss_and_gradients(config, params, X, Y)[0]]]
    assert history.accuracies == [[metrics.accuracy_score(Y.argmax(axis=1), predicted)]]
    confusion = metrics.confusion_matrix(Y.argmax(axis=1), predicted)
    np.testing.assert_array_equal(history.confusions, [[confusion]])


def test_history_is_that_of_the_run_and_of_every_set():
    X, Y = observations()
    run, sets = some_run(), ((X[:25], Y[:25]), (X[25:], Y[25:]))
    history = training_history(run, sets)
    np.testing.assert_array_equal(history.costs[0], run.costs)
    np.testing.assert_array_equal(history.accuracies[0], run.accuracies)
    for epoch, params in enumerate(run.checkpoints):
        for number, (x, y) in enumerate(sets):
            alone = evaluated(CONFIG, params, x, y)
            assert history.costs[number, epoch] == alone.costs[0, 0]
            np.testing.assert_array_equal(history.confusions[number, epoch], alone.confusions[0, 0])
            np.testing.assert_array_equal(history.predicted[number][epoch], alone.predicted[0][0])
        _, gradients = loss_and_gradients(CONFIG, params, *sets[0])
        for layer in range(2):
            expected = np.linalg.norm(params.weights[layer])
            assert history.weight_norms[layer, epoch] == pytest.approx(expected, rel=1e-14)
            expected = np.linalg.norm(gradients.weights[layer])
            assert history.gradient_norms[layer, epoch] == pytest.approx(expected, rel=1e-14)


def test_history_up_to_an_epoch_reports_every_one():
    X, Y = observations()
    seen = []
    history = training_history(some_run(), [(X[:25], Y[:25])], epochs=4, on_epoch=seen.append)
    assert seen == [0, 1, 2, 3, 4]
    assert history.costs.shape == (1, 5)
    assert history.gradient_norms.shape == history.weight_norms.shape == (2, 5)


def test_history_wants_every_epoch():
    run = some_run()
    thinned = replace(run, checkpoint_epochs=run.checkpoint_epochs[::2], checkpoints=run.checkpoints[::2])
    with pytest.raises(ValueError, match="expected a run that has kept every epoch up to 7"):
        training_history(thinned, [observations()])


def test_history_up_to_a_divergence_does_not_warn():
    config = MLPConfig((4, 5, 3), "identity", "identity", "squared_error")
    X, Y = observations()
    with pytest.raises(TrainingDiverged) as caught:
        train(config, init_params(config, 0), X, Y, 300, learning_rate=10, batch_size=1)
    run = caught.value.run
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        history = training_history(run, [(X, Y)])
    np.testing.assert_array_equal(history.costs[0], run.costs)
    assert np.isfinite(history.weight_norms).all()


def test_one_output_has_two_classes():
    config = MLPConfig((4, 3, 1), "tanh", "sigmoid", "binary_cross_entropy")
    X, _ = observations()
    Y = (X[:, :1] > 0).astype(float)
    history = evaluated(config, init_params(config, 1), X, Y)
    assert history.confusions.shape == (1, 1, 2, 2)
    assert np.trace(history.confusions[0, 0]) == history.accuracies[0, 0] * len(X)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_norm_is_numpys(entries):
    assert norm(np.array(entries)) == pytest.approx(np.linalg.norm(entries), rel=1e-12)


def test_norm_of_large_numbers_is_finite():
    assert norm(np.array([3e200, 4e200])) == pytest.approx(5e200, rel=1e-14)
    assert norm(np.array([1.0, np.inf])) == np.inf


def test_classes_are_those_of_predict_and_none_where_outputs_overflow():
    X, _ = observations()
    params = init_params(CONFIG, 4)
    np.testing.assert_array_equal(classes_at(CONFIG, params, X), predict(CONFIG, params, X).argmax(axis=1))
    huge = Params(tuple(1e200 * W for W in params.weights), params.biases)
    assert (classes_at(CONFIG, huge, [[1e200] * 4]) == NO_CLASS).all()


@pytest.mark.parametrize("seed", range(4))
def test_principal_plane_is_scikit_learns(seed):
    X = np.random.default_rng(seed).standard_normal((60, 4)) @ np.diag([3, 0.1, 1, 2]) + [1, 2, 3, 4]
    plane, share = principal_plane(X)
    pca = PCA(2).fit(X)
    np.testing.assert_allclose(share, pca.explained_variance_ratio_, rtol=1e-12)
    signs = np.sign((pca.components_ * plane.axes).sum(axis=1))
    np.testing.assert_allclose(plane.axes, signs[:, None] * pca.components_, atol=1e-12)
    np.testing.assert_allclose(plane.coordinates(X), signs * pca.transform(X), atol=1e-12)
    assert (plane.axes.max(axis=1) == np.abs(plane.axes).max(axis=1)).all()


def test_grid_of_a_feature_plane_varies_these_two_only():
    plane = feature_plane([9.0, 8.0, 7.0, 6.0], 2, 0)
    u, v = np.array([1.0, 2.0, 3.0]), np.array([-1.0, -2.0])
    grid = plane.grid(u, v)
    np.testing.assert_array_equal(grid[:, 2], [1, 2, 3, 1, 2, 3])
    np.testing.assert_array_equal(grid[:, 0], [-1, -1, -1, -2, -2, -2])
    assert (grid[:, [1, 3]] == [8, 6]).all()
    np.testing.assert_array_equal(plane.coordinates(grid), grid[:, [2, 0]])


@pytest.mark.parametrize("features", [(0, 0), (0, 4), (-1, 2)])
def test_feature_plane_wants_two_features(features):
    with pytest.raises(ValueError, match=r"first, second: expected two of 0\.\.3"):
        feature_plane(np.zeros(4), *features)


@pytest.mark.parametrize(
    ("X", "message"), [(np.ones((5, 1)), "two or more"), (np.ones((5, 3)), "observations that differ")]
)
def test_principal_plane_wants_variance(X, message):
    with pytest.raises(ValueError, match=message):
        principal_plane(X)
