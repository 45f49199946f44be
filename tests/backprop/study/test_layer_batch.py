import numpy as np
import pytest

from backprop import MLPConfig, init_params, loss_and_gradients, per_observation_gradients, training_step
from backprop.study.layer_batch import layer_batch

CONFIGS = [
    MLPConfig((4, 5, 3), "relu", "softmax", "cross_entropy"),
    MLPConfig((2, 3, 4, 2), "tanh", "sigmoid", "binary_cross_entropy"),
    MLPConfig((3, 2, 2), "sigmoid", "sigmoid", "squared_error"),
    MLPConfig((3, 1, 2), "identity", "identity", "squared_error"),
]


def batch_for(config, count=7):
    rng = np.random.default_rng(3)
    X = rng.normal(size=(count, config.layer_sizes[0]))
    Y = np.eye(config.layer_sizes[-1])[rng.integers(config.layer_sizes[-1], size=count)]
    return init_params(config, 5), X, Y


@pytest.fixture(params=CONFIGS, ids=str)
def taken_apart(request):
    """Config, parameters, X, Y, and every layer of the batch."""
    config = request.param
    params, X, Y = batch_for(config)
    layers = range(1, config.depth + 1)
    return config, params, X, Y, {layer: layer_batch(config, params, X, Y, layer) for layer in layers}


def test_mean_of_the_outer_products_is_the_gradient_of_the_batch(taken_apart):
    config, params, X, Y, layers = taken_apart
    single = per_observation_gradients(config, params, X, Y)
    _, mean = loss_and_gradients(config, params, X, Y)
    for layer, batch in layers.items():
        products = np.array([batch.outer_product(n) for n in range(len(X))])
        np.testing.assert_allclose(products[:, :, :-1], single.weights[layer - 1], atol=1e-15)
        np.testing.assert_allclose(products[:, :, -1], single.biases[layer - 1], atol=1e-15)
        at_once = np.column_stack((mean[f"W{layer}"], mean[f"b{layer}"]))
        np.testing.assert_allclose(batch.gradient, at_once, atol=1e-14)
        np.testing.assert_allclose(products.mean(axis=0), at_once, atol=1e-14)
        assert batch.difference == np.abs(batch.gradient - at_once).max() < 1e-14


def test_difference_is_the_largest_distance(monkeypatch):
    config = CONFIGS[0]
    params, X, Y = batch_for(config)

    def off_by_a_quarter(*arguments):
        loss, gradients = loss_and_gradients(*arguments)
        weights = [W + 0.25 * (layer == 1) for layer, W in enumerate(gradients.weights)]
        return loss, type(gradients)(tuple(weights), gradients.biases)

    monkeypatch.setattr("backprop.study.layer_batch.loss_and_gradients", off_by_a_quarter)
    assert layer_batch(config, params, X, Y, 2).difference == pytest.approx(0.25)
    assert layer_batch(config, params, X, Y, 1).difference < 1e-14


def test_sum_over_paths_is_the_cotangent_of_the_layer_below(taken_apart):
    config, params, X, Y, layers = taken_apart
    for n in range(len(X)):
        step = training_step(config, params, X[n], Y[n], 0.1)
        for layer, batch in layers.items():
            assert batch.losses[n] == pytest.approx(step.loss_before)
            np.testing.assert_allclose(batch.cotangents[n], step.cotangent(f"z{layer}"), atol=1e-14)
            if layer == 1:
                continue
            vjp_step = step.vjp(f"z{layer}", f"a{layer - 1}")
            np.testing.assert_allclose(batch.input_cotangents()[n], vjp_step.cotangent, atol=1e-14)
            for j in range(vjp_step.path_terms.shape[1]):
                np.testing.assert_allclose(batch.path_terms(n, j), vjp_step.path_terms[:, j], atol=1e-14)


def test_sum_over_observations_is_an_entry_of_the_gradient(taken_apart):
    *_, layers = taken_apart
    for batch in layers.values():
        for (k, j), entry in np.ndenumerate(batch.gradient):
            terms = batch.observation_terms(k, j)
            np.testing.assert_allclose(terms, [batch.outer_product(n)[k, j] for n in range(7)])
            assert terms.mean() == pytest.approx(entry, abs=1e-15)
            up, down = terms[terms > 0].sum() / 7, -terms[terms < 0].sum() / 7
            assert batch.disagreement()[k, j] == pytest.approx(min(up, down), abs=1e-15)


def test_most_disputed_entry_is_looked_for_among_those_asked_for(taken_apart):
    *_, layers = taken_apart
    for batch in layers.values():
        score = batch.disagreement()
        rows, columns = range(score.shape[0]), range(score.shape[1])
        assert score[batch.most_disputed(rows, columns)] == score.max()
        k, j = batch.most_disputed([len(rows) - 1], columns)
        assert (k, score[k, j]) == (len(rows) - 1, score[-1].max())
        k, j = batch.most_disputed(rows, [0])
        assert (j, score[k, j]) == (0, score[:, 0].max())


def test_one_observation_disputes_nothing_so_the_largest_entry_is_taken():
    config = CONFIGS[0]
    params, X, Y = batch_for(config, 1)
    batch = layer_batch(config, params, X, Y, 2)
    assert not batch.disagreement().any()
    size = np.abs(batch.gradient)
    assert size[batch.most_disputed(range(3), range(6))] == size.max()


@pytest.mark.parametrize("layer", [0, 3])
def test_a_layer_that_is_not_there_is_refused(layer):
    config = CONFIGS[0]
    with pytest.raises(ValueError, match=rf"layer: expected 1 to 2, got {layer}"):
        layer_batch(config, *batch_for(config), layer)
