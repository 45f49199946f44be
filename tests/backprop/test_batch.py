import numpy as np
import pytest

from backprop import (
    Params,
    loss_and_gradients,
    per_observation_gradients,
    predict,
    predicted_classes,
    training_step,
)
from backprop.study.paths import single_path_mask
from tests.backprop.networks import FIGURE_1, assert_same_params, every_kind, random_batch, random_params

N = 6


def masks_of(config, rng):
    """A random mask for every Jacobian of the network."""
    params = random_params(config, rng)
    X, Y = random_batch(config, rng, 1)
    step = training_step(config, params, X[0], Y[0], 0.1)
    return {
        (vjp.output, vjp.wrt): rng.integers(0, 2, size=vjp.jacobian.shape)
        for vjp in step.vjp_steps
        if vjp.output != "C"
    }


def single_steps(config, params, X, Y, keep_paths=None):
    return [training_step(config, params, x, y, 0.1, keep_paths) for x, y in zip(X, Y, strict=True)]


@every_kind
@pytest.mark.parametrize("masked", [False, True], ids=["all paths", "masks"])
def test_batch_is_the_mean_of_its_observations(config, masked, rng):
    params = random_params(config, rng)
    X, Y = random_batch(config, rng, N)
    keep_paths = masks_of(config, rng) if masked else None
    steps = single_steps(config, params, X, Y, keep_paths)
    loss, gradients = loss_and_gradients(config, params, X, Y, keep_paths)
    assert loss == pytest.approx(np.mean([step.loss_before for step in steps]), rel=1e-12)
    for name, gradient in gradients.items():
        mean = np.mean([step.gradients[name] for step in steps], axis=0)
        np.testing.assert_allclose(gradient, mean, rtol=1e-12, atol=1e-12, err_msg=name)


@every_kind
@pytest.mark.parametrize("masked", [False, True], ids=["all paths", "masks"])
def test_gradients_of_every_observation(config, masked, rng):
    params = random_params(config, rng)
    X, Y = random_batch(config, rng, N)
    keep_paths = masks_of(config, rng) if masked else None
    each = per_observation_gradients(config, params, X, Y, keep_paths)
    for n, step in enumerate(single_steps(config, params, X, Y, keep_paths)):
        assert each.losses[n] == pytest.approx(step.loss_before, rel=1e-12)
        own = Params(tuple(W[n] for W in each.weights), tuple(b[n] for b in each.biases))
        assert_same_params(own, step.gradients)


@every_kind
def test_one_mask_at_a_time(config, rng):
    """Also where the shortcut at the output, which skips two Jacobians, must not be taken."""
    params = random_params(config, rng)
    X, Y = random_batch(config, rng, N)
    for pair, mask in masks_of(config, rng).items():
        _, gradients = loss_and_gradients(config, params, X, Y, {pair: mask})
        steps = single_steps(config, params, X, Y, {pair: mask})
        for name, gradient in gradients.items():
            mean = np.mean([step.gradients[name] for step in steps], axis=0)
            np.testing.assert_allclose(gradient, mean, rtol=1e-12, atol=1e-12, err_msg=f"{pair} {name}")


def test_order_in_memory_does_not_matter(params, batch):
    X, Y = batch
    loss, gradients = loss_and_gradients(FIGURE_1, params, X, Y)
    by_columns = loss_and_gradients(FIGURE_1, params, np.asfortranarray(X), np.asfortranarray(Y))
    assert by_columns[0] == pytest.approx(loss, rel=1e-14)
    assert_same_params(by_columns[1], gradients, 1e-14)


def test_weights_of_a_class_need_not_sum_to_1(params, rng):
    """Softmax with cross-entropy: ∂C/∂z = a Σy − y."""
    X, Y = rng.normal(size=(N, 4)), rng.uniform(0, 3, size=(N, 3))
    _, gradients = loss_and_gradients(FIGURE_1, params, X, Y)
    steps = single_steps(FIGURE_1, params, X, Y)
    mean = np.mean([step.gradients["W1"] for step in steps], axis=0)
    np.testing.assert_allclose(gradients["W1"], mean, rtol=1e-12, atol=1e-12)


@every_kind
def test_predictions_are_the_last_activations(config, rng):
    params = random_params(config, rng)
    X, Y = random_batch(config, rng, N)
    outputs = predict(config, params, X)
    for output, step in zip(outputs, single_steps(config, params, X, Y), strict=True):
        np.testing.assert_allclose(output, step.tape[f"a{config.depth}"], rtol=1e-12, atol=1e-12)


def test_predicted_class_is_the_largest_output_or_the_half_that_a_single_one_lies_in():
    assert predicted_classes(np.array([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]])).tolist() == [1, 0]
    assert predicted_classes(np.array([[0.2], [0.5], [0.8]])).tolist() == [0, 0, 1]


def test_masks_hold_for_a_batch_of_one(params):
    """The shapes of masks are those of one observation, and one is all there may be."""
    x, y = np.array([0.5, -1.0, 2.0, 0.1]), np.eye(3)[1]
    masks = {("z2", "a1"): single_path_mask(FIGURE_1, 1)["z2", "a1"], ("z1", "W1"): np.ones((5, 5, 4))}
    step = training_step(FIGURE_1, params, x, y, 0.1, masks)
    loss, gradients = loss_and_gradients(FIGURE_1, params, x[np.newaxis], y[np.newaxis], masks)
    assert loss == pytest.approx(step.loss_before, rel=1e-14)
    assert_same_params(gradients, step.gradients)
