"""Practice: each wrong number is made here by hand, with NumPy, and must be recognised as that mistake."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop import HIDDEN_ACTIVATIONS, OUTPUTS, MLPConfig, Params, loss_and_gradients, training_step
from backprop.network import BIASES
from backprop.practice import (
    MISTAKES,
    Problem,
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
from backprop.practice.spans import Span, answers_to, as_shown, shown
from backprop.practice.workings import workings_of
from tests.backprop.networks import ALL_KINDS, FIGURE_1, name_of, random_batch, random_params, random_step

DEEP = MLPConfig((4, 6, 6, 3), "tanh")


def names(asked: Problem, answer: float) -> set[tuple[str, int | None]]:
    verdict = judge(asked, answer)
    assert not verdict.right
    return {(wrong.mistake, wrong.part) for wrong in verdict.mistakes}


def off_units(step, layer=1):
    return np.flatnonzero(step.tape[f"z{layer}"] <= 0)


@pytest.fixture
def tanh_step():
    return random_step(DEEP, seed=3)


# --- each mistake, made by hand ------------------------------------------------------------------------


def test_one_path_and_a_missing_path():
    step = random_step(FIGURE_1, seed=4)
    W2, delta = step.params["W2"], step.cotangent("z2")
    asked = problem(step, Quantity("path_sum", 1, (2,)))
    assert judge(asked, delta @ W2[:, 2]).right
    for k in range(3):
        others = [i for i in range(3) if i != k]
        assert ("one_path", k) in names(asked, delta[k] * W2[k, 2])
        assert ("missing_path", k) in names(asked, sum(delta[i] * W2[i, 2] for i in others))


def test_one_path_further_on(step):
    delta = step.cotangent("z2")[1] * step.params["W2"][1] * (step.tape["z1"] > 0)
    on = np.flatnonzero(step.tape["z1"] > 0)[0]
    for kind, wrong, index in (
        ("through_activation", delta[on], (on,)),
        ("bias_gradient", delta[on], (on,)),
        ("weight_gradient", delta[on] * step.tape["x"][3], (on, 3)),
        ("weight_step", -0.1 * delta[on] * step.tape["x"][3], (on, 3)),
        ("new_bias", step.params["b1"][on] - 0.1 * delta[on], (on,)),
        ("new_weight", step.params["W1"][on, 3] - 0.1 * delta[on] * step.tape["x"][3], (on, 3)),
    ):
        assert ("one_path", 1) in names(problem(step, Quantity(kind, 1, tuple(map(int, index)))), wrong)


def test_mask_forgotten():
    step = random_step(FIGURE_1, seed=8)
    off = off_units(step)
    unit = int(off[step.cotangent("a1")[off].argmin()])
    assert step.cotangent("a1")[unit] < 0
    upstream = (step.cotangent("z2") @ step.params["W2"])[unit]
    asked = problem(step, Quantity("through_activation", 1, (unit,)))
    assert asked.right == 0
    assert str(asked.right) == "0.0"
    assert judge(asked, 0.0).right
    assert ("slope_forgotten", None) in names(asked, upstream)
    asked = problem(step, Quantity("weight_gradient", 1, (unit, 0)))
    assert ("slope_forgotten", None) in names(asked, upstream * step.tape["x"][0])
    asked = problem(step, Quantity("slope", 1, (unit,)))
    assert names(asked, 1.0) == {("slope_forgotten", None)}


def test_transposed_weights_of_a_square_matrix(tanh_step):
    W2, delta = tanh_step.params["W2"], tanh_step.cotangent("z2")
    assert ("transposed", None) in names(
        problem(tanh_step, Quantity("path_sum", 1, (4,))), delta @ W2.T[:, 4]
    )
    assert ("transposed", None) in names(
        problem(tanh_step, Quantity("path_term", 1, (1, 4))), delta[1] * W2[4, 1]
    )
    assert ("transposed", None) in names(problem(tanh_step, Quantity("jacobian", 1, (1, 4))), W2[4, 1])
    z = W2.T @ tanh_step.tape["a1"] + tanh_step.params["b2"]
    assert ("transposed", None) in names(problem(tanh_step, Quantity("pre_activation", 2, (3,))), z[3])
    slope = 1 - tanh_step.tape["a1"] ** 2
    through = problem(tanh_step, Quantity("through_activation", 1, (2,)))
    assert ("transposed", None) in names(through, (delta @ W2.T)[2] * slope[2])


def test_transposed_where_the_swapped_entries_exist(step):
    W2, delta = step.params["W2"], step.cotangent("z2")  # (3, 5)
    assert ("transposed", None) in names(problem(step, Quantity("path_sum", 1, (1,))), delta @ W2[1, :3])
    assert ("transposed", None) in names(problem(step, Quantity("path_term", 1, (0, 2))), delta[0] * W2[2, 0])
    for quantity in (Quantity("path_sum", 1, (4,)), Quantity("path_term", 1, (0, 4))):
        assert "transposed" not in {wrong.mistake for wrong in problem(step, quantity).wrong}
    gradient = np.outer(step.cotangent("z1"), step.tape["x"])  # (5, 4)
    on = int(np.flatnonzero(step.tape["z1"] > 0)[0])
    column = (on + 1) % 4
    asked = problem(step, Quantity("weight_gradient", 1, (on, column)))
    assert ("transposed", None) in names(asked, gradient[column, on])
    new = step.params["W1"][on, column] - 0.1 * gradient[column, on]
    assert ("transposed_step", None) in names(problem(step, Quantity("new_weight", 1, (on, column))), new)
    last_row = problem(step, Quantity("weight_gradient", 1, (4, 0)))  # there is no column 4
    assert "transposed" not in {wrong.mistake for wrong in last_row.wrong}


def test_wrong_sign(step):
    for kind, layer, index in (
        ("pre_activation", 1, (0,)),
        ("path_term", 1, (1, 1)),
        ("path_sum", 1, (1,)),
        ("path_sum", 2, (0,)),
        ("cost", 2, ()),
    ):
        asked = problem(step, Quantity(kind, layer, index))
        assert ("wrong_sign", None) in names(asked, -asked.right)
    gradient = step.gradients["W2"]
    i, j = map(int, np.unravel_index(np.abs(gradient).argmax(), gradient.shape))
    uphill = step.params["W2"][i, j] + 0.1 * gradient[i, j]
    assert ("wrong_sign", None) in names(problem(step, Quantity("new_weight", 2, (i, j))), uphill)


def test_new_weights_on_the_way_back():
    step = random_step(DEEP, seed=3, learning_rate=0.7)
    asked = problem(step, Quantity("path_sum", 1, (0,)))
    after = step.params["W2"] - 0.7 * np.outer(step.cotangent("z2"), step.tape["a1"])
    assert ("new_weights", None) in names(asked, step.cotangent("z2") @ after[:, 0])
    k = int(np.abs(step.cotangent("z2")).argmax())
    term = problem(step, Quantity("path_term", 1, (k, 0)))
    assert ("new_weights", None) in names(term, step.cotangent("z2")[k] * after[k, 0])


def test_learning_rate_forgotten_and_the_old_weight_forgotten(step):
    gradient = np.outer(step.cotangent("z2"), step.tape["a1"])
    i, j = map(int, np.unravel_index(np.abs(gradient).argmax(), gradient.shape))
    new = problem(step, Quantity("new_weight", 2, (i, j)))
    assert judge(new, step.params["W2"][i, j] - 0.1 * gradient[i, j]).right
    assert ("rate_forgotten", None) in names(new, step.params["W2"][i, j] - gradient[i, j])
    assert ("step_alone", None) in names(new, -0.1 * gradient[i, j])
    assert ("rate_forgotten", None) in names(
        problem(step, Quantity("weight_step", 2, (i, j))), -gradient[i, j]
    )
    bias = problem(step, Quantity("new_bias", 2, (i,)))
    assert ("rate_forgotten", None) in names(bias, step.params["b2"][i] - step.cotangent("z2")[i])


def test_factor_one_over_n_forgotten(params, batch):
    X, Y = batch
    _, gradients = loss_and_gradients(FIGURE_1, params, X, Y)
    i, j = map(int, np.unravel_index(np.abs(gradients["W1"]).argmax(), (5, 4)))
    asked = mean_problem(FIGURE_1, params, X, Y, 1, (i, j))
    assert asked.right == pytest.approx(gradients["W1"][i, j], rel=1e-12)
    assert len(asked.terms) == len(X)
    assert ("mean_forgotten", None) in names(asked, len(X) * gradients["W1"][i, j])
    each = [
        training_step(FIGURE_1, params, x, y, 0.1).gradients["W1"][i, j] for x, y in zip(X, Y, strict=True)
    ]
    largest = int(np.abs(each).argmax())
    assert ("one_observation", largest) in names(asked, each[largest])


def test_z_taken_for_a_in_a_mean(params, batch):
    X, Y = batch
    steps = [training_step(FIGURE_1, params, x, y, 0.1) for x, y in zip(X, Y, strict=True)]
    wrong = np.mean([np.outer(s.cotangent("z2"), s.tape["z1"]) for s in steps], axis=0)
    right = np.mean([s.gradients["W2"] for s in steps], axis=0)
    i, j = map(int, np.unravel_index(np.abs(wrong - right).argmax(), wrong.shape))
    assert ("z_for_a_below", None) in names(mean_problem(FIGURE_1, params, X, Y, 2, (i, j)), wrong[i, j])


def test_softmax_diagonal_only(step):
    a, y = step.tape["a2"], step.tape["y"]
    diagonal = -y * (1 - a)
    for k in np.flatnonzero(y == 0):
        asked = problem(step, Quantity("path_sum", 2, (int(k),)))
        assert judge(asked, a[k]).right
        assert ("softmax_diagonal", None) in names(asked, diagonal[k])
        gradient = problem(step, Quantity("weight_gradient", 2, (int(k), int(step.tape["a1"].argmax()))))
        assert ("softmax_diagonal", None) in names(gradient, 0.0)
        entry = problem(step, Quantity("jacobian", 2, (int(k), int(y.argmax()))))
        assert judge(entry, -a[k] * a[y.argmax()]).right
        assert ("softmax_diagonal", None) in names(entry, 0.0)
    true_class = problem(step, Quantity("path_sum", 2, (int(y.argmax()),)))
    assert judge(true_class, diagonal[y.argmax()]).right, "on the true class the diagonal is right"


def test_z_taken_for_a_and_a_for_z(tanh_step):
    tape = tanh_step.tape
    assert ("z_for_a", None) in names(problem(tanh_step, Quantity("activation", 1, (2,))), tape["z1"][2])
    assert ("a_for_z", None) in names(problem(tanh_step, Quantity("pre_activation", 1, (2,))), tape["a1"][2])
    gradient = problem(tanh_step, Quantity("weight_gradient", 2, (0, 1)))
    assert ("z_for_a_below", None) in names(gradient, tanh_step.cotangent("z2")[0] * tape["z1"][1])
    z2 = tanh_step.params["W2"] @ tape["z1"] + tanh_step.params["b2"]
    forward = problem(tanh_step, Quantity("pre_activation", 2, (0,)))
    assert ("z_for_a_below", None) in names(forward, z2[0])
    slope = 1 - tape["z1"] ** 2
    through = problem(tanh_step, Quantity("through_activation", 1, (0,)))
    assert ("z_for_a", None) in names(through, tanh_step.cotangent("a1")[0] * slope[0])


def test_bias_normalisation_upstream_and_input_forgotten(step):
    tape, W2 = step.tape, step.params["W2"]
    forward = problem(step, Quantity("pre_activation", 2, (0,)))
    assert ("bias_forgotten", None) in names(forward, W2[0] @ tape["a1"])
    probability = problem(step, Quantity("activation", 2, (0,)))
    assert ("not_normalised", None) in names(probability, np.exp(tape["z2"][0]))
    term = problem(step, Quantity("path_term", 1, (2, 3)))
    assert ("upstream_forgotten", None) in names(term, W2[2, 3])
    total = problem(step, Quantity("path_sum", 1, (3,)))
    assert ("upstream_forgotten", None) in names(total, W2[:, 3].sum())
    on = int(np.flatnonzero(tape["z1"] > 0)[0])
    gradient = problem(step, Quantity("weight_gradient", 1, (on, 0)))
    assert ("input_forgotten", None) in names(gradient, step.cotangent("z1")[on])


def test_every_mistake_can_be_made_somewhere(params, batch):
    steps = [random_step(config, seed=1, learning_rate=0.7) for config in (FIGURE_1, DEEP, *ALL_KINDS[:3])]
    problems = [
        problem(step, quantity) for step in steps for kind in RANKINGS for quantity in interesting(step, kind)
    ]
    problems += [
        mean_problem(FIGURE_1, params, *batch, quantity.layer, quantity.index)
        for quantity in interesting_means(FIGURE_1, params, *batch)
    ]
    assert {wrong.mistake for asked in problems for wrong in asked.wrong} == set(MISTAKES)


# --- near misses -----------------------------------------------------------------------------------------


def two_output_step():
    """Two paths: all but one is the other one alone; with these numbers that is the lost sign too."""
    config = MLPConfig((1, 1, 2), "identity", "identity", "squared_error")
    params = Params((np.ones((1, 1)), np.array([[1.0], [2.0]])), (np.zeros(1), np.zeros(2)))
    return training_step(config, params, [1.0], [0.0, 3.0], 0.25)  # ∂C/∂z2 = (1, −1); paths 1 and −2


def test_two_mistakes_with_the_same_number_are_both_named():
    asked = problem(two_output_step(), Quantity("path_sum", 1, (0,)))
    assert asked.right == -1
    assert names(asked, 1.0) == {("one_path", 0), ("wrong_sign", None)}
    assert names(asked, -2.0) == {("one_path", 1)}


def test_the_same_wrong_gradient_by_two_ways(step):
    """A dead unit: the mask forgotten, and nothing else, unless another mistake gives 0."""
    unit = int(off_units(step)[0])
    asked = problem(step, Quantity("through_activation", 1, (unit,)))
    upstream = step.cotangent("a1")[unit]
    assert names(asked, upstream) == {("slope_forgotten", None)}


def test_a_mistake_that_changes_nothing_is_no_mistake(step):
    """A unit that is on: the mask is 1, so forgetting it gives the right number."""
    on = int(np.flatnonzero(step.tape["z1"] > 0)[0])
    asked = problem(step, Quantity("through_activation", 1, (on,)))
    assert judge(asked, step.cotangent("a1")[on]).right
    assert "slope_forgotten" not in {wrong.mistake for wrong in asked.wrong}
    still = replace(step, updates=random_step(FIGURE_1, learning_rate=1.0).updates)
    assert "rate_forgotten" not in {w.mistake for w in problem(still, Quantity("new_bias", 2, (0,))).wrong}


def test_an_unknown_number_is_not_recognised(step):
    verdict = judge(problem(step, Quantity("path_sum", 1, (2,))), 1234.5)
    assert (verdict.right, verdict.mistakes) == (False, ())


def test_what_is_right_of_one_product():
    """0.1234 · 1.005 is 0.1240; shown are 0.123 and 1.00 or 1.01, which give 0.123 to 0.124."""
    assert_range(product_of(0.1234, 1.0049), 0.1230, 0.12400466, margin=0.0005)
    assert_range(product_of(0.1234, -1.0049), -0.12400466, -0.1230, margin=0.0005)
    assert_range(product_of(12.34, 100.0), 1230, 1234, margin=5)  # three digits, or all four
    assert_range(product_of(0.25, 4.0), 1, 1, margin=0.005)
    assert_range(product_of(0.0, 4.0), 0, 0, margin=0)
    assert_range(product_of(0.9996, 1.0), 0.9996, 1, margin=0.005)  # shown as 1.00


def product_of(upstream: float, weight: float) -> Problem:
    """The problem of one path whose two factors are these."""
    config = MLPConfig((1, 1, 1), "identity", "identity", "squared_error")
    params = Params((np.ones((1, 1)), np.array([[weight]])), (np.zeros(1), np.array([-weight])))
    step = training_step(config, params, [1.0], [-upstream], 0.0)  # a² = 0, so ∂C/∂a² = upstream
    return problem(step, Quantity("path_term", 1, (0, 0)))


def assert_range(asked: Problem, low: float, high: float, margin: float) -> None:
    assert (asked.computed.low, asked.computed.high) == pytest.approx((low, high), rel=2e-6)
    lower = low - (0.0005 if low == 0.9996 else margin)
    assert (asked.range.low, asked.range.high) == pytest.approx((lower, high + margin), rel=2e-6)


def test_halves_may_be_shown_either_way_and_noise_makes_no_difference():
    assert as_shown(0.3125).high == pytest.approx(0.313, rel=1e-12)
    either = as_shown(0.2885)  # a little less than a half, as a float
    assert (either.low, either.high) == pytest.approx((0.288, 0.289), rel=1e-12)
    assert shown(np.array([0.2885, -2.125, 1234.5, 123456.7, 0.0, 2.2251e-308])) == pytest.approx(
        [0.289, -2.13, 1235, 123000, 0, 2.23e-308], rel=1e-12
    )


def test_a_span_computes_with_all_that_it_holds():
    both = Span([1.0, -2.0], [2.0, 3.0])
    for made, low, high in (
        (both * both, [1, -6], [4, 9]),
        (both * np.array([-1.0, 2.0]), [-2, -4], [-1, 6]),
        (2.0 * both, [2, -4], [4, 6]),
        (both + 1.0, [2, -1], [3, 4]),
        (both / 2, [0.5, -1], [1, 1.5]),
        (both.sum(), -1, 5),
    ):
        np.testing.assert_array_equal(made.low, low)
        np.testing.assert_array_equal(made.high, high)


def test_any_size_of_number_and_of_its_rounding():
    """A sum that cancels: nothing of it is left but what rounding leaves."""
    tiny = answers_to(Span(-0.001, 0.002), 1e-310)
    assert (tiny.low, tiny.high) == pytest.approx((-0.001005, 0.002005), rel=1e-5)
    coarse = answers_to(Span(0.98, 1.004), 1.0)  # shown with two decimals, 1.00
    assert (coarse.low, coarse.high) == pytest.approx((0.9795, 1.009), rel=1e-5)
    other = answers_to(Span(9.994, 9.996), 10.04)  # with one, 10.0
    assert (other.low, other.high) == pytest.approx((9.989, 10.001), rel=1e-3)
    nothing = answers_to(Span(0.0), 0.0)
    assert (nothing.low, nothing.high) == (0, 0)
    assert str(nothing.low) == "0.0"


def test_digits_decide_between_right_and_nearly(step):
    asked = problem(step, Quantity("path_term", 1, (1, 2)))
    assert asked.right == pytest.approx(0.91861, abs=1e-5)
    for answer, digits, unit, right, nearly in (
        (0.919, 3, 0.001, True, False),
        (0.9186, 4, 0.0001, True, False),
        (0.92, 2, 0.01, False, True),
        (0.9, 1, 0.1, False, True),
        (0.920, 3, 0.001, False, False),
        (0.91, 2, 0.01, False, False),
        (0.8, 1, 0.1, False, False),
    ):
        verdict = judge(asked, answer, digits, unit)
        assert (verdict.right, verdict.nearly) == (right, nearly), answer


def test_two_digits_of_a_mistake_are_recognised_and_one_is_not(step):
    asked = problem(step, Quantity("path_term", 1, (1, 2)))
    sign = next(wrong for wrong in asked.wrong if wrong.mistake == "wrong_sign")
    assert sign in judge(asked, -0.92, 2, 0.01).mistakes
    assert sign not in judge(asked, -0.93, 2, 0.01).mistakes
    assert judge(asked, -0.9, 1, 0.1).mistakes == ()
    assert sign not in judge(asked, -0.92, 3, 0.01).mistakes


@pytest.mark.parametrize(
    ("kind", "layer", "index"),
    [
        ("sum", 1, (0,)),
        ("path_sum", 0, (0,)),
        ("path_sum", 3, (0,)),
        ("path_sum", 1, (5,)),
        ("path_sum", 1, (-1,)),
        ("path_sum", 1, (0, 0)),
        ("new_weight", 1, (0, 4)),
    ],
)
def test_a_quantity_that_does_not_exist_is_refused(step, kind, layer, index):
    with pytest.raises(ValueError, match=r"^(kind|layer|index): expected "):
        problem(step, Quantity(kind, layer, index))


# --- any network -----------------------------------------------------------------------------------------


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


# --- which entries are asked -----------------------------------------------------------------------------


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
