import itertools
import json

import numpy as np
import pytest

from backprop import MLPConfig, Params, forward_pass, init_params, training_step
from backprop.study.full_paths import full_paths, path_count
from backprop.study.paths import (
    cancellation,
    diagonal_mask,
    knock_out_mask,
    ledger,
    nudge,
    single_path_mask,
    step_with_paths,
    survey_paths,
)
from tests.server import ROOT

CASES = json.loads((ROOT / "tests/golden/cases.json").read_text())
NETWORKS = [
    MLPConfig((4, 5, 3)),
    MLPConfig((3, 6, 5, 2), "tanh", "sigmoid", "binary_cross_entropy"),
    MLPConfig((2, 3, 1, 4, 3), "sigmoid", "softmax", "cross_entropy"),
    MLPConfig((4, 7, 2, 5, 3, 2), "identity", "identity", "squared_error"),
    MLPConfig((4, 16, 16, 16, 3), "relu", "sigmoid", "squared_error"),
]

MANY_ON = 2  # seed with which four of five ReLU units are on


def recorded(config, seed=3, learning_rate=0.1):
    rng = np.random.default_rng(seed)
    n_in, n_out = config.layer_sizes[0], config.layer_sizes[-1]
    target = np.eye(n_out)[seed % n_out]
    return training_step(config, init_params(config, seed), rng.normal(size=n_in), target, learning_rate)


def hidden_units(config):
    return [(layer, unit) for layer in range(1, config.depth) for unit in range(config.layer_sizes[layer])]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_ledger_and_full_paths_have_the_numbers_of_an_autodiff_library(case):
    config = MLPConfig(
        tuple(case["layer_sizes"]), case["hidden_activation"], case["output_activation"], case["loss"]
    )
    params = Params(tuple(case["weights"]), tuple(case["biases"]))
    step = training_step(config, params, case["x"], case["y"], case["learning_rate"])
    for layer, unit in hidden_units(config):
        terms = np.array(case["path_terms"][f"a{layer}"])[:, unit]
        total = case["cotangents"][f"a{layer}"][unit]
        book = ledger(step, layer, unit)
        np.testing.assert_allclose(book.products, terms, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(book.running, np.cumsum(terms), rtol=1e-9, atol=1e-12)
        assert book.total == pytest.approx(total, rel=1e-9, abs=1e-12)
        paths = full_paths(step, layer, unit)
        assert paths.products.sum() == pytest.approx(total, rel=1e-9, abs=1e-12)
        through = [paths.through(k) for k in range(len(terms))]
        np.testing.assert_allclose(through, terms, rtol=1e-9, atol=1e-12)


def test_ledger_counts_only_what_is_kept():
    step = recorded(MLPConfig((4, 5, 4)))
    whole, part = ledger(step, 1, 2), ledger(step, 1, 2, dropped=(1, 3))
    np.testing.assert_array_equal(whole.products, whole.upstream * whole.weights)
    np.testing.assert_array_equal(part.products, whole.products)
    assert part.kept.tolist() == [True, False, True, False]
    t = whole.products
    np.testing.assert_allclose(part.running, [t[0], t[0], t[0] + t[2], t[0] + t[2]], rtol=1e-15)
    assert part.total == part.running[-1]


def test_knock_out_is_the_mask_one_would_make_by_hand():
    config = MLPConfig((4, 5, 3))
    step = recorded(config, seed=MANY_ON)
    unit_on, other, *_ = np.flatnonzero(step.tape["z1"] > 0).tolist()
    assert other != unit_on
    by_hand = np.ones((3, 5))
    by_hand[0, unit_on] = by_hand[2, unit_on] = 0
    expected = training_step(
        config, step.params, step.tape["x"], step.tape["y"], 0.1, keep_paths={("z2", "a1"): by_hand}
    )
    got = step_with_paths(step, knock_out_mask(config, 1, unit_on, (0, 2)))
    for (name, right), (_, shown) in zip(expected.gradients.items(), got.gradients.items(), strict=True):
        np.testing.assert_array_equal(shown, right, name)
    assert got.loss_after == expected.loss_after
    assert got.cotangent("a1")[unit_on] == pytest.approx(ledger(step, 1, unit_on, (0, 2)).total, rel=1e-14)
    wrong_rows = np.any(got.gradients["W1"] != step.gradients["W1"], axis=1)
    assert np.flatnonzero(wrong_rows).tolist() == [unit_on]


def test_masks_of_one_path_and_of_the_diagonal():
    config = MLPConfig((4, 5, 3))
    step = recorded(config)
    single = step_with_paths(step, single_path_mask(config, 1, 2))
    np.testing.assert_array_equal(single.cotangent("a1"), step.vjp("z2", "a1").path_terms[2])
    diagonal = step_with_paths(step, diagonal_mask(config))
    a, y = step.tape["a2"], step.tape["y"]
    np.testing.assert_allclose(diagonal.cotangent("z2"), -y * (1 - a), rtol=1e-12)
    assert single.updates[0].learning_rate == step.updates[0].learning_rate


@pytest.mark.parametrize("config", NETWORKS, ids=str)
def test_full_paths_sum_to_the_total_derivative(config):
    for seed in range(3):
        step = recorded(config, seed)
        for layer, unit in hidden_units(config):
            paths = full_paths(step, layer, unit)
            count = path_count(config, layer)
            assert len(paths.products) == count.paths == np.prod(config.layer_sizes[layer + 1 :])
            assert paths.factors.shape == (count.paths, 2 * (config.depth - layer))
            assert count.enumerated == count.paths * (paths.factors.shape[1] - 1)
            assert len({tuple(units) for units in paths.units}) == count.paths
            expected = step.cotangent(f"a{layer}")[unit]
            assert paths.products.sum() == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_full_path_is_the_product_along_its_edges():
    config = MLPConfig((3, 4, 3, 2), "tanh")
    step = recorded(config)
    W2, W3 = step.params.weights[1:]
    slope = 1 - step.tape["a2"] ** 2
    by_hand = {
        (i, k): step.cotangent("z3")[k] * W3[k, i] * slope[i] * W2[i, 1]
        for i, k in itertools.product(range(3), range(2))
    }
    paths = full_paths(step, 1, 1)
    got = {tuple(map(int, u)): p for u, p in zip(paths.units, paths.products, strict=True)}
    assert got == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize("config", NETWORKS, ids=str)
def test_backpropagation_needs_one_product_for_each_weight_and_slope(config):
    for layer in range(1, config.depth):
        sizes = config.layer_sizes
        products = 0
        for upper in range(config.depth, layer + 1, -1):
            products += sizes[upper] * sizes[upper - 1]  # upstream · W
            products += sizes[upper - 1]  # times the slopes
        count = path_count(config, layer)
        assert count.shared == products + sizes[layer + 1]
        assert count.shared_layer == products + sizes[layer + 1] * sizes[layer]
        assert count.enumerated_layer == count.enumerated * sizes[layer]


@pytest.mark.parametrize("config", NETWORKS, ids=str)
def test_nudge_is_what_the_changed_network_does(config):
    step = recorded(config)
    for layer, unit in hidden_units(config)[::3]:
        moved = nudge(step, layer, unit, 0.03)
        # Raising the bias of the next layer by Δz moves its z exactly as the nudge does.
        np.testing.assert_allclose(moved.moves, 0.03 * step.params.weights[layer][:, unit], rtol=1e-14)
        assert moved.total == pytest.approx(cost_with(step, layer + 1, moved.moves), abs=1e-13)
        for k, move in enumerate(moved.moves):
            alone = np.zeros_like(moved.moves)
            alone[k] = move
            assert moved.measured[k] == pytest.approx(cost_with(step, layer + 1, alone), abs=1e-13)
        np.testing.assert_allclose(moved.predicted, 0.03 * ledger(step, layer, unit).products, rtol=1e-12)
        assert moved.remainder == pytest.approx(moved.own_curvature + moved.interaction, abs=1e-15)


@pytest.mark.parametrize("config", NETWORKS, ids=str)
def test_several_nudges_are_each_the_same_as_alone(config):
    step, epsilons = recorded(config), np.linspace(-1, 1, 21)
    for layer, unit in hidden_units(config)[::3]:
        together = nudge(step, layer, unit, epsilons)
        for place, epsilon in enumerate(epsilons):
            alone = nudge(step, layer, unit, epsilon)
            for name in ("moves", "predicted", "measured", "total", "crosses", "own_curvature", "remainder"):
                np.testing.assert_array_equal(getattr(together, name)[place], getattr(alone, name))


def cost_with(step, layer, move) -> float:
    biases = list(step.params.biases)
    biases[layer - 1] = biases[layer - 1] + move
    tape = forward_pass(
        step.config, Params(step.params.weights, tuple(biases)), step.tape["x"], step.tape["y"]
    )
    return float(tape["C"]) - step.loss_before


def test_remainder_of_a_nudge_falls_with_its_square():
    step = recorded(MLPConfig((4, 5, 4, 3), "tanh"))
    for unit in range(5):
        ratio = nudge(step, 1, unit, 5e-4).remainder / nudge(step, 1, unit, 1e-3).remainder
        assert ratio == pytest.approx(0.25, abs=0.01)


def test_nudge_says_when_a_relu_switches():
    config = MLPConfig((1, 1, 2, 1), "relu", "identity", "squared_error")
    params = Params(([[1.0]], [[1.0], [-1.0]], [[1.0, 1.0]]), ([0.0], [0.0, 1.05], [0.0]))
    step = training_step(config, params, [1.0], [0.0], 0.1)
    assert step.tape["z2"].tolist() == pytest.approx([1.0, 0.05])
    assert nudge(step, 1, 0, 0.1).crosses
    assert not nudge(step, 1, 0, 0.04).crosses
    assert nudge(step, 1, 0, [0.04, 0.1]).crosses.tolist() == [False, True]


@pytest.mark.parametrize("config", NETWORKS, ids=str)
def test_survey_is_what_every_single_step_has(config):
    rng = np.random.default_rng(0)
    params = init_params(config, 4)
    X = rng.normal(size=(6, config.layer_sizes[0]))
    Y = np.eye(config.layer_sizes[-1])[rng.integers(config.layer_sizes[-1], size=6)]
    for layer in range(1, config.depth):
        found = survey_paths(config, params, X, Y, layer)
        for n, (x, y) in enumerate(zip(X, Y, strict=True)):
            step = training_step(config, params, x, y, 0.1)
            vjp_step = step.vjp(f"z{layer + 1}", f"a{layer}")
            np.testing.assert_allclose(found.terms[n], vjp_step.path_terms, rtol=1e-9, atol=1e-13)
            np.testing.assert_allclose(found.cotangents[n], vjp_step.cotangent, rtol=1e-9, atol=1e-13)
            alive = np.abs(vjp_step.cotangent) > 1e-12
            blocked = alive & (step.cotangent(f"z{layer}") == 0)
            np.testing.assert_array_equal(found.blocked[n][alive], blocked[alive])


def test_a_unit_that_nothing_depends_on_is_not_called_blocked():
    config = MLPConfig((1, 2, 1), "relu", "identity", "squared_error")
    params = Params(([[-1.0], [-1.0]], [[1.0, 0.0]]), ([0.0, 0.0], [0.0]))
    assert survey_paths(config, params, [[1.0]], [[1.0]], 1).blocked.tolist() == [[True, False]]


def test_layers_of_one_unit():
    config = MLPConfig((2, 1, 1), "tanh")
    X, Y = np.ones((3, 2)), np.ones((3, 1))
    assert {key: mask.tolist() for key, mask in single_path_mask(config, 1).items()} == {
        ("z2", "a1"): [[1.0]]
    }
    assert survey_paths(config, init_params(config, 0), X, Y, 1).terms.shape == (3, 1, 1)
    assert path_count(config, 1).paths == 1


def test_cancellation():
    terms = np.array([[1.0, 1.0, 3.0, 0.0], [2.0, -1.0, -1.0, 0.0]])
    np.testing.assert_allclose(cancellation(terms), [0, 1, 0.5, 0], atol=1e-15)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [((0, 0), "layer"), ((2, 0), "layer"), ((1, 5), "unit"), ((1, -1), "unit"), ((1, 0, (3,)), "paths")],
)
def test_what_does_not_exist_is_named(arguments, named):
    with pytest.raises(ValueError, match=f"^{named}: expected"):
        ledger(recorded(MLPConfig((4, 5, 3))), *arguments)


def test_a_nudge_must_be_finite():
    with pytest.raises(ValueError, match="epsilon: expected finite numbers, got nan"):
        nudge(recorded(MLPConfig((4, 5, 3))), 1, 0, float("nan"))
