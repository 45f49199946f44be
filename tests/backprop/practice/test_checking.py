"""A whole solution checked: worked out in plain NumPy, rounded, with mistakes, and with numbers left out."""

from dataclasses import replace

import numpy as np
import pytest

from backprop import MLPConfig, Params
from backprop.practice import Answer, Finding, Quantity, check, explained
from backprop.practice.comparing import FEW_DIGITS, FOLLOWS, NEARLY, RIGHT, WRONG
from tests.backprop.networks import FIGURE_1, random_params, random_step
from tests.backprop.practice.solutions import faults, significant, worked_out
from tests.backprop.practice.test_judging import two_output_step

TEXTBOOK = MLPConfig((2, 2, 2), "sigmoid", "sigmoid", "squared_error")
NETWORKS = [
    FIGURE_1,
    TEXTBOOK,
    MLPConfig((3, 3, 3, 2), ("tanh", "relu")),
    MLPConfig((2, 2), output_activation="sigmoid", loss="binary_cross_entropy"),
    MLPConfig((2, 3, 1), "sigmoid", "tanh", "mean_squared_error", bias="fixed"),
    MLPConfig((3, 2, 2), "identity", "identity", "sum_squared_error", bias="none"),
]
SMALL = [MLPConfig((2, 3, 2)), *NETWORKS[1:3]]


def step_of(config, seed=0):
    if config.has_biases:
        return random_step(config, seed, scale=0.7, learning_rate=0.5)
    from backprop import training_step

    rng = np.random.default_rng(seed)
    weights = random_params(config, rng, 0.7).weights
    return training_step(config, Params(weights, ()), rng.normal(size=3), [1.0, 0.0], 0.5)


def answers_of(done, digits=17, keys=None):
    """The numbers of a solution as somebody writes them down, of the first entry on."""
    found = []
    for key in keys or done:
        for index in np.ndindex(done[key].shape):
            value = float(done[key][index])
            unit = 10.0 ** (np.floor(np.log10(abs(value))) - digits + 1) if value and digits < 17 else 0.0
            found.append(Answer(Quantity(*key, index), value, digits if value else 17, unit))
    return found


def key_of(checked):
    return checked.answer.quantity.kind, checked.answer.quantity.layer


def at(checked, key):
    return [each for each in checked if key_of(each) == key]


@pytest.mark.parametrize("digits", [17, 5, 3])
@pytest.mark.parametrize("config", NETWORKS, ids=str)
def test_no_right_number_is_called_wrong(config, digits):
    """Whoever rounds every number and goes on with it has the right numbers, or nearly."""
    rounded = significant(digits)
    checked = check(step_of(config), answers_of(worked_out(step_of(config), rounded=rounded), digits))
    assert {each.verdict for each in checked} <= {RIGHT, NEARLY}
    assert digits < 17 or {each.verdict for each in checked} == {RIGHT}


@pytest.mark.parametrize("config", NETWORKS, ids=str)
def test_numbers_rounded_to_three_decimals_are_right_or_nearly(config):
    """Small ones have one digit left, or none."""
    step = step_of(config)
    answers = []
    for key, array in worked_out(step, rounded=lambda array: np.round(array, 3)).items():
        for index in np.ndindex(array.shape):
            digits = len(f"{abs(array[index]):.3f}".replace(".", "").lstrip("0"))
            answers.append(Answer(Quantity(*key, index), float(array[index]), max(digits, 1), 0.001))
    assert {each.verdict for each in check(step, answers)} <= {RIGHT, NEARLY}


def differ(a, b):
    return np.isfinite(b).all() and np.abs(a - b).max() > 0.02 * np.abs(a).max()


@pytest.mark.parametrize("config", SMALL, ids=str)
def test_each_mistake_is_named_and_what_follows_is_said_to_follow(config):
    step, named, digits = step_of(config), set(), 4
    right = worked_out(step)
    for mistake, part, key, fault in faults(step):
        done = worked_out(step, {key: fault}, significant(digits))
        if not differ(right[key], done[key]) or not all(np.isfinite(array).all() for array in done.values()):
            continue
        checked = check(step, answers_of(done, digits))
        groups = explained(checked)
        assert len(groups) == 1, (mistake, key, groups)
        (findings, group) = groups[0]
        assert Finding(mistake, part, key) in findings
        assert len(findings) <= 3
        assert {key_of(each) for each in group} == {key}
        assert not any(each.sources for each in group)
        assert {each.verdict for each in checked if key_of(each) != key} <= {RIGHT, NEARLY, FOLLOWS}
        assert all(each.sources for each in checked if each.verdict == FOLLOWS)
        named.add(mistake)
    assert len(named) > 15


def test_what_follows_names_the_nearest_wrong_number():
    step = step_of(FIGURE_1)
    wrong = {("path_sum", 2): lambda done, right: right + 0.1}
    checked = check(step, answers_of(worked_out(step, wrong)))
    assert {each.verdict for each in at(checked, ("path_sum", 2))} == {WRONG}
    (first, *_) = at(checked, ("path_sum", 1))
    assert (first.verdict, first.sources) == (FOLLOWS, tuple(Quantity("path_sum", 2, (k,)) for k in range(3)))
    on = int(np.flatnonzero(step.tape["z1"] > 0)[0])
    (through,) = (e for e in at(checked, ("through_activation", 1)) if e.answer.quantity.index == (on,))
    assert (through.verdict, through.sources) == (FOLLOWS, (Quantity("path_sum", 1, (on,)),))
    gradient = next(e for e in at(checked, ("weight_gradient", 2)) if e.answer.value)
    assert (gradient.verdict, gradient.sources[0].kind) == (FOLLOWS, "path_sum")
    assert {each.verdict for each in at(checked, ("activation", 2))} == {RIGHT}


def test_two_mistakes_are_both_named_each_where_it_was_made():
    step = step_of(TEXTBOOK)
    by_name = {(mistake, key): (part, fault) for mistake, part, key, fault in faults(step)}
    for first, second in (
        (("target_forgotten", ("cost_slope", 2)), ("new_weights", ("path_sum", 1))),
        (("bias_forgotten", ("pre_activation", 1)), ("slope_forgotten", ("through_activation", 2))),
        (("one_path", ("path_sum", 1)), ("rate_forgotten", ("new_weight", 1))),
        (("slope_forgotten", ("through_activation", 2)), ("transposed", ("weight_gradient", 2))),
    ):
        wrong = {key: by_name[name, key][1] for name, key in (first, second)}
        checked = check(step, answers_of(worked_out(step, wrong, significant(5)), 5))
        groups = explained(checked)
        assert [key_of(group[0]) for _, group in groups] == [first[1], second[1]]
        for (findings, _), (name, key) in zip(groups, (first, second), strict=True):
            assert Finding(name, by_name[name, key][0], key) in findings
        assert groups[1][1][0].sources
        assert {each.verdict for each in checked} <= {RIGHT, FOLLOWS, WRONG}


def test_two_mistakes_in_one_number_are_both_named():
    step = step_of(TEXTBOOK)
    W, gradient = step.params["W1"], step.gradients["W1"]
    delta = step.cotangent("z2")
    for key, wrong, pair in (
        (("new_weight", 1), W + gradient, {"wrong_sign", "rate_forgotten"}),
        (("through_activation", 1), delta[0] * step.params["W2"][0], {"one_path", "slope_forgotten"}),
    ):
        answers = answers_of({key: significant(4)(wrong)}, 4)
        ((findings, group),) = explained(check(step, answers))
        assert {findings[0].mistake, findings[0].second} == pair
        assert len(group) == len(answers)
        assert len(findings) <= 2
    assert explained(check(step, answers[:1]))[0][0] == ()


def test_a_mistake_in_what_was_not_given_is_found_behind_it():
    """Only gradients are given, and what they come from was wrong."""
    step = step_of(FIGURE_1)
    mistakes = {name: (key, fault) for name, _, key, fault in faults(step)}
    for name in ("not_normalised", "bias_forgotten", "z_for_a"):
        key, fault = mistakes[name]
        answers = answers_of(worked_out(step, {key: fault}), 6, [("weight_gradient", 1)])
        findings, group = explained(check(step, answers))[0]
        assert Finding(name, None, key) in findings
        assert {each.findings for each in group} == {findings}
    stray = [replace(answer, value=answer.value * 1.37) for answer in answers[:1]]
    assert check(step, stray)[0].findings == ()


@pytest.mark.parametrize("config", SMALL, ids=str)
def test_any_subset_is_enough(config):
    """Each array alone, with the last mistake in it."""
    step = step_of(config)
    right = worked_out(step)
    for mistake, part, key, fault in faults(step)[::3]:
        done = worked_out(step, {key: fault})
        if differ(right[key], done[key]):
            groups = explained(check(step, answers_of(done, 17, [key])))
            assert Finding(mistake, part, key) in groups[0][0]
        assert {each.verdict for each in check(step, answers_of(right, 4, [key]))} <= {RIGHT, NEARLY}


def test_mistakes_with_the_same_number_are_named_as_several():
    (checked,) = check(two_output_step(), [Answer(Quantity("path_sum", 1, (0,)), 1.0)])
    assert {(each.mistake, each.part) for each in checked.findings} == {("one_path", 0), ("wrong_sign", None)}


def test_few_digits_are_nearly_right_and_a_stray_number_has_no_name():
    step = step_of(TEXTBOOK)
    quantity = Quantity("activation", 2, (0,))
    value = float(step.tape["a2"][0])
    for answer, verdict, reason in (
        (Answer(quantity, round(value, 1), 1, 0.1), NEARLY, FEW_DIGITS),
        (Answer(quantity, value + 1.8e-3, 3, 1e-3), NEARLY, "last digit"),
        (Answer(quantity, 17.31, 4, 0.01), WRONG, ""),
    ):
        (checked,) = check(step, [answer])
        assert (checked.verdict, checked.reason, checked.findings) == (verdict, reason, ())
        assert checked.right == value


def test_one_digit_is_of_the_mistake_of_its_neighbours_and_of_none_alone():
    step = step_of(TEXTBOOK)
    first, second = (float(value) for value in step.tape["z1"])
    rounded = float(f"{second:.0e}")
    few = Answer(Quantity("activation", 1, (1,)), rounded, 1, 10.0 ** np.floor(np.log10(abs(second))))
    assert check(step, [few])[0].findings == ()
    (_, beside) = check(step, [Answer(Quantity("activation", 1, (0,)), round(first, 4), 4, 1e-4), few])
    assert [finding.mistake for finding in beside.findings] == ["z_for_a"]


def test_what_the_network_does_not_have_is_refused():
    step = step_of(replace(TEXTBOOK, bias="fixed"))
    for kind, layer, index in (
        ("new_bias", 1, (0,)),
        ("cost", 1, ()),
        ("path_sum", 2, (0,)),
        ("slope", 3, (0,)),
    ):
        with pytest.raises(ValueError, match="quantity: expected one of "):
            check(step, [Answer(Quantity(kind, layer, index), 0.0)])
    with pytest.raises(ValueError, match="index: expected one within"):
        check(step, [Answer(Quantity("activation", 1, (2,)), 0.0)])
