"""Every mistake, made by hand, is recognised from its number."""

import numpy as np
import pytest

from backprop import MLPConfig, loss_and_gradients, training_step
from backprop.practice import (
    MISTAKES,
    Quantity,
    interesting,
    interesting_means,
    judge,
    mean_problem,
    problem,
)
from backprop.practice.choosing import RANKINGS
from tests.backprop.networks import ALL_KINDS, FIGURE_1, random_step
from tests.backprop.practice.asked import names, off_units

DEEP = MLPConfig((4, 6, 6, 3), "tanh")


@pytest.fixture
def tanh_step():
    return random_step(DEEP, seed=3)


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
