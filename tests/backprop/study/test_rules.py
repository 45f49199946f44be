"""The chain rules as masks, against gradients written out by hand, and the gradient check of a batch."""

from itertools import combinations

import numpy as np
import pytest

from backprop import MLPConfig, init_params, loss_and_gradients, train
from backprop.differences import TOLERANCE, numerical_gradient
from backprop.study.rules import (
    RULES,
    flat,
    gradient_error,
    keep_paths,
    path_count,
    rules_for,
)
from tests.backprop.networks import random_batch, random_params

RULE = {rule.name: rule for rule in RULES}
SHALLOW, DEEP = MLPConfig((4, 5, 3)), MLPConfig((4, 6, 5, 3))
ELEMENTWISE = MLPConfig((4, 5, 3), "tanh", "identity", "squared_error")


def flowers(config, count=7, seed=3):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(count, config.layer_sizes[0]))
    return X, np.eye(config.layer_sizes[-1])[rng.integers(0, config.layer_sizes[-1], count)]


def by_hand(config, params, X, Y, name, k):
    """Mean gradients of a ReLU network with softmax outputs, one flower and one unit at a time."""
    depth = config.depth
    weights = [np.zeros_like(W) for W in params.weights]
    biases = [np.zeros_like(b) for b in params.biases]
    for x, y in zip(X, Y, strict=True):
        activations, sums = [x], []
        for W, b in zip(params.weights, params.biases, strict=True):
            sums.append(W @ activations[-1] + b)
            activations.append(np.maximum(sums[-1], 0))
        a = np.exp(sums[-1]) / np.exp(sums[-1]).sum()
        dz = -y * (1 - a) if name == "diagonal" else a - y
        for layer in range(depth, 0, -1):
            if not (name == "biases" and layer == depth):
                weights[layer - 1] += np.outer(dz, activations[layer - 1]) / len(X)
            biases[layer - 1] += dz / len(X)
            if layer == 1:
                break
            W = params.weights[layer - 1]
            da = {"single": W[k] * dz[k], "last": 0 * W[0], "biases": 0 * W[0]}.get(name, W.T @ dz)
            dz = da * (sums[layer - 2] > 0)
    return weights, biases


@pytest.mark.parametrize("config", [SHALLOW, DEEP], ids=["shallow", "deep"])
@pytest.mark.parametrize("k", [0, 2])
@pytest.mark.parametrize("name", RULE)
def test_masks_give_the_gradients_of_the_rule(config, k, name):
    params = init_params(config, 11)
    X, Y = flowers(config)
    gradients = loss_and_gradients(config, params, X, Y, keep_paths(RULE[name], config, k))[1]
    weights, biases = by_hand(config, params, X, Y, name, k)
    for layer in range(config.depth):
        np.testing.assert_allclose(gradients.weights[layer], weights[layer], atol=1e-13)
        np.testing.assert_allclose(gradients.biases[layer], biases[layer], atol=1e-13)


@pytest.mark.parametrize("config", [SHALLOW, DEEP, ELEMENTWISE])
def test_all_paths_kept_trains_bit_for_bit_as_without_masks(config):
    params = init_params(config, 5)
    X, Y = flowers(config, 30)
    plain = train(config, params, X, Y, 20)
    masked = train(config, params, X, Y, 20, keep_paths=keep_paths(RULE["total"], config))
    np.testing.assert_array_equal(plain.costs, masked.costs)
    for (_, ours), (_, theirs) in zip(plain.params.items(), masked.params.items(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_only_what_a_rule_names_learns():
    params = init_params(DEEP, 5)
    X, Y = flowers(DEEP, 30)
    for name, learning in (("last", {"W3", "b3"}), ("biases", {"b3"}), ("single", {"W1", "b1", "W2", "b2"})):
        after = train(DEEP, params, X, Y, 3, keep_paths=keep_paths(RULE[name], DEEP, 1)).params
        moved = {key for key, array in after.items() if (array != params[key]).any()}
        assert moved >= learning if name == "single" else moved == learning


def test_the_rules_are():
    assert [(rule.name, rule.hidden, rule.softmax, rule.output_weights) for rule in RULES] == [
        ("total", "all", "all", "all"),
        ("single", "one", "all", "all"),
        ("diagonal", "all", "diagonal", "all"),
        ("last", "none", "all", "all"),
        ("biases", "none", "all", "none"),
    ]


def test_diagonal_softmax_is_no_rule_of_its_own_for_elementwise_outputs():
    assert "diagonal" in {rule.name for rule in rules_for(SHALLOW)}
    assert [rule.name for rule in rules_for(ELEMENTWISE)] == ["total", "single", "last", "biases"]
    assert keep_paths(RULE["diagonal"], ELEMENTWISE) == {}


@pytest.mark.parametrize(
    ("config", "names"),
    [
        (MLPConfig((4, 3)), ["total", "diagonal", "biases"]),
        (MLPConfig((4, 3), bias="none"), ["total", "diagonal"]),
        (MLPConfig((2, 1), "relu", "sigmoid", "binary_cross_entropy", "fixed"), ["total"]),
        (MLPConfig((2, 2, 1), "tanh", "sigmoid", "binary_cross_entropy"), ["total", "last", "biases"]),
        (MLPConfig((2, 2, 2, 1), "tanh", "identity", "squared_error"), ["total", "single", "last", "biases"]),
    ],
)
def test_rules_are_those_whose_gradient_differs(config, names):
    assert [rule.name for rule in rules_for(config)] == names
    rng = np.random.default_rng(1)
    params, batch = random_params(config, rng), random_batch(config, rng, 5)
    learned = [name for name, _ in params.items() if config.bias == "learned" or name[0] == "W"]
    found = {}
    for rule in RULES:
        gradients = loss_and_gradients(config, params, *batch, keep_paths(rule, config))[1]
        found[rule.name] = np.concatenate([gradients[name].ravel() for name in learned])
    different = [found[name] for name in names]
    assert all(not np.allclose(one, other) for one, other in combinations(different, 2))
    for name in found.keys() - set(names):
        assert not found[name].any() or any(np.allclose(found[name], other) for other in different)


def test_a_single_path_goes_up_to_the_narrowest_layer_above():
    assert path_count(SHALLOW) == 3
    assert path_count(MLPConfig((4, 16, 2, 3))) == 2
    assert path_count(MLPConfig((4, 2, 16, 3))) == 3
    with pytest.raises(ValueError, match=r"k: expected a unit from 0 to 2, got 3"):
        keep_paths(RULE["single"], SHALLOW, 3)
    with pytest.raises(ValueError, match=r"k: expected .* got -1"):
        keep_paths(RULE["single"], SHALLOW, -1)


@pytest.mark.parametrize("config", [SHALLOW, DEEP, ELEMENTWISE])
def test_the_check_passes_the_right_rule_and_no_other(config):
    params = init_params(config, 2)
    X, Y = flowers(config, 40)
    numeric = numerical_gradient(config, params, X, Y)
    right = flat(loss_and_gradients(config, params, X, Y)[1])
    np.testing.assert_allclose(numeric.values[numeric.judged], right[numeric.judged], atol=1e-8)
    assert numeric.judged.mean() > 0.9
    for rule in rules_for(config):
        error = gradient_error(config, params, X, Y, keep_paths(rule, config), numeric)
        assert (error <= TOLERANCE) == (rule.name == "total")


def test_the_error_is_a_share_of_the_largest_derivative():
    params = init_params(SHALLOW, 2)
    X, Y = flowers(SHALLOW, 40)
    numeric = numerical_gradient(SHALLOW, params, X, Y)
    assert numeric.judged.all()
    wrong = flat(loss_and_gradients(SHALLOW, params, X, Y, keep_paths(RULE["single"], SHALLOW, 1))[1])
    expected = np.abs(wrong - numeric.values).max() / np.abs(numeric.values).max()
    masks = keep_paths(RULE["single"], SHALLOW, 1)
    assert gradient_error(SHALLOW, params, X, Y, masks, numeric) == pytest.approx(expected, rel=1e-12)


def test_a_parameter_whose_step_crosses_a_kink_is_not_judged():
    params = init_params(SHALLOW, 2)
    X, Y = flowers(SHALLOW, 3)
    X[1] = 0.0  # every z1 of this observation is its bias, 0, where ReLU bends
    calls = []
    numeric = numerical_gradient(SHALLOW, params, X, Y, on_entry=lambda: calls.append(1))
    assert len(calls) == len(numeric.values) == 43
    names = [name for name, array in params.items() for _ in range(array.size)]
    unjudged = {name for name, judged in zip(names, numeric.judged, strict=True) if not judged}
    assert unjudged == {"b1"}
    assert (numeric.values[~numeric.judged] == 0).all()
    assert gradient_error(SHALLOW, params, X, Y, {}, numeric) <= TOLERANCE


def test_bad_input_is_named():
    params = init_params(SHALLOW, 2)
    X, Y = flowers(SHALLOW, 3)
    with pytest.raises(ValueError, match=r"^X: expected shape"):
        numerical_gradient(SHALLOW, params, X[:, :2], Y)
