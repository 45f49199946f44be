"""For any network: the right value is the recorded one, and what is asked is worth asking."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop import HIDDEN_ACTIVATIONS, OUTPUTS, MLPConfig, Params, loss_and_gradients, training_step
from backprop.network import BIASES
from backprop.practice import (
    Quantity,
    has_interesting_means,
    interesting,
    interesting_kinds,
    interesting_means,
    judge,
    mean_problem,
    problem,
)
from backprop.practice.choosing import RANKINGS
from backprop.practice.judging import shape_of
from backprop.practice.workings import workings_of
from tests.backprop.networks import ALL_KINDS, FIGURE_1, name_of, random_batch, random_params, random_step
from tests.backprop.practice.asked import off_units


@st.composite
def configs(draw) -> MLPConfig:
    """Of any shape: without hidden layers or biases, with an activation for each, one input, one output."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=5))
    hidden = tuple(draw(st.sampled_from(HIDDEN_ACTIVATIONS)) for _ in sizes[1:-1])
    return MLPConfig(
        tuple(sizes), hidden or "relu", *draw(st.sampled_from(OUTPUTS)), draw(st.sampled_from(BIASES))
    )


CONFIGS = configs()


def recorded(step, quantity):
    """The number where the recorded step keeps it."""
    kind, layer, index = quantity.kind, quantity.layer, quantity.index
    a, z, W, b = (f"{letter}{layer}" for letter in "azWb")
    last = layer == step.config.depth
    into = (a, z) if last else (f"z{layer + 1}", a)
    arrays = {
        "pre_activation": lambda: step.tape[z],
        "activation": lambda: step.tape[a],
        "cost": lambda: step.tape["C"],
        "cost_slope": lambda: step.cotangent(a),
        "jacobian": lambda: step.vjp(*into).jacobian,
        "slope": lambda: step.vjp(a, z).jacobian.diagonal(),
        "path_term": lambda: step.vjp(*into).path_terms,
        "path_sum": lambda: step.vjp(*into).cotangent,
        "through_activation": lambda: step.cotangent(z),
        "weight_gradient": lambda: step.gradients[W],
        "bias_gradient": lambda: step.gradients[b],
        "weight_step": lambda: next(update.step for update in step.updates if update.name == W),
        "new_weight": lambda: step.params_after[W],
        "new_bias": lambda: step.params_after[b],
    }
    return float(arrays[kind]()[index])


@given(config=CONFIGS, seed=st.integers(0, 10_000), rate=st.sampled_from([0.0, 0.1, 1.0]))
@settings(max_examples=12, deadline=None)
def test_the_right_value_is_the_recorded_one_and_never_a_mistake(config, seed, rate):
    step = random_step(config, seed, learning_rate=rate)
    for kind in RANKINGS:
        for quantity in interesting(step, kind):
            if kind == "new_bias":
                assert config.bias == "learned"
            asked = problem(step, quantity)
            scale = max(1.0, *(abs(term.product) for term in asked.terms))
            assert asked.right == pytest.approx(recorded(step, quantity), rel=1e-9, abs=1e-9 * scale)
            assert judge(asked, recorded(step, quantity)).right
            assert all(wrong.value not in asked.range for wrong in asked.wrong)


@given(config=CONFIGS, seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_any_entry_can_be_asked_not_only_the_interesting_ones(config, seed):
    step = random_step(config, seed)
    for layer in range(1, config.depth + 1):
        work = workings_of(step, layer)
        for kind in RANKINGS:
            if kind in ("cost", "cost_slope", "jacobian", "path_term") and layer < config.depth:
                continue
            if "bias" in kind and not config.has_biases:
                assert not interesting(step, kind)
                continue
            shape = shape_of(work, kind)
            asked = problem(step, Quantity(kind, layer, tuple(size - 1 for size in shape)))
            assert judge(asked, asked.right).right


def test_a_mean_of_squared_errors_is_not_their_sum():
    step = random_step(MLPConfig((3, 2), "relu", "tanh", "mean_squared_error"), seed=1)
    asked = problem(step, Quantity("cost", 1, ()))
    assert judge(asked, step.loss_before).right
    assert not judge(asked, 2 * step.loss_before).right


@given(config=CONFIGS, seed=st.integers(0, 10_000), count=st.integers(1, 5))
@settings(max_examples=15, deadline=None)
def test_means_are_those_of_the_batch(config, seed, count):
    rng = np.random.default_rng(seed)
    params, (X, Y) = random_params(config, rng), random_batch(config, rng, count)
    _, gradients = loss_and_gradients(config, params, X, Y)
    for quantity in interesting_means(config, params, X, Y):
        asked = mean_problem(config, params, X, Y, quantity.layer, quantity.index)
        assert asked.right == pytest.approx(
            gradients[f"W{quantity.layer}"][quantity.index], rel=1e-9, abs=1e-12
        )
        assert judge(asked, asked.right).right


@pytest.mark.parametrize("config", ALL_KINDS, ids=name_of)
def test_kinds_that_a_network_has(config):
    step = random_step(config, seed=2)
    elementwise = config.output_activation != "softmax"
    assert interesting(step, "path_sum", (1,))
    assert bool(interesting(step, "path_sum", (3,))) is not elementwise
    has_slopes = config.hidden_activation != "identity"
    assert bool(interesting(step, "through_activation", (1, 2))) is has_slopes
    has_slopes = config.output_activation in ("sigmoid", "tanh", "relu")
    assert bool(interesting(step, "through_activation", (3,))) is has_slopes


def test_interesting_entries_are_not_trivial():
    for seed in range(20):
        step = random_step(FIGURE_1, seed)
        for quantity in interesting(step, "path_sum", (1,)):
            asked = problem(step, quantity)
            largest = max(abs(term.product) for term in asked.terms)
            assert abs(asked.right) >= 0.03 * largest > 0
            assert "wrong_sign" in {wrong.mistake for wrong in asked.wrong}
        for quantity in interesting(step, "new_weight"):
            assert {"wrong_sign", "rate_forgotten"} <= {w.mistake for w in problem(step, quantity).wrong}


def test_sums_of_both_signs_come_first():
    step = random_step(FIGURE_1, seed=0)
    terms = step.vjp("z2", "a1").path_terms
    (first, *_) = interesting(step, "path_sum", (1,))
    mixed = (terms.min(axis=0) < 0) & (terms.max(axis=0) > 0)
    assert mixed.any()
    assert mixed[first.index[0]]


def test_a_dead_unit_is_asked_first_but_not_only_dead_ones():
    for seed in range(8):
        step = random_step(MLPConfig((4, 12, 3)), seed)
        off = off_units(step)
        assert len(off) >= 3
        asked = [quantity.index[0] for quantity in interesting(step, "through_activation", (1,), most=5)]
        assert asked[0] == off[np.abs(step.cotangent("a1")[off]).argmax()]
        assert not set(asked[1:3]) & set(off)


def test_a_network_without_gradients_has_no_question_about_them():
    config = MLPConfig((2, 3, 2))
    params = Params((np.zeros((3, 2)), np.zeros((2, 3))), (-np.ones(3), np.zeros(2)))
    step = training_step(config, params, [1.0, 1.0], [1.0, 0.0], 0.1)
    for kind in ("path_sum", "path_term", "weight_gradient", "new_weight"):
        assert interesting(step, kind, (1,)) == ()


def test_means_that_cancel_or_are_zero_are_not_asked():
    config = MLPConfig((2, 2), output_activation="identity", loss="squared_error")
    params = Params((np.zeros((2, 2)),), (np.zeros(2),))
    X, up, down = np.ones((2, 2)), [1.0, -1.0], [-1.0, 1.0]
    for Y, asked in (([up, up], True), ([up, down], False), (np.zeros((2, 2)), False)):
        assert has_interesting_means(config, params, X, Y) is asked
        assert bool(interesting_means(config, params, X, Y)) is asked


@given(config=CONFIGS, seed=st.integers(0, 10_000), rate=st.sampled_from([0.0, 0.1]))
@settings(max_examples=30, deadline=None)
def test_the_interesting_kinds_are_those_that_have_a_quantity(config, seed, rate):
    step = random_step(config, seed, learning_rate=rate)
    assert interesting_kinds(step, RANKINGS) == {kind for kind in RANKINGS if interesting(step, kind)}


def test_an_unknown_kind_is_refused(step):
    with pytest.raises(ValueError, match="kind: expected one of pre_activation, "):
        interesting(step, "mean_gradient")
    with pytest.raises(ValueError, match="kind: expected one of pre_activation, "):
        interesting_kinds(step, ["mean_gradient"])
