"""Questions with answers to choose from: they follow the network, and say what is wrong."""

import numpy as np
import pytest

from backprop import MLPConfig, Params, training_step
from backprop.practice import Quantity, problem
from tests.expected import settings_of, step_of
from tests.questions.views import every_view
from ui.questions.answers import remarks, verdict_of
from ui.questions.choices import choices_of
from ui.questions.questions import question
from ui.questions.words.choices import SINGLE, SINGLE_RULE, TOTAL, Choice
from ui.state.recording import recorded_step


@every_view
def test_choices_say_what_is_wrong(view):
    for choice in choices_of(step_of(view)):
        assert choice.options.count(choice.right) == 1
        assert len(choice.remarks) == len(choice.options) - 1
        assert len(set(choice.options)) == len(choice.options) >= 3
        for option in choice.options:
            assert verdict_of(choice, option).right is (option == choice.right)
            if option != choice.right:
                assert remarks(choice, option)[0]


def choice_with(step, words: str) -> Choice:
    return next(choice for choice in choices_of(step) if words in choice.prompt)


def test_rules_follow_the_network():
    relu, tanh = step_of(settings_of()), step_of(settings_of(act="tanh", out="sigmoid", hidden="3-2"))
    alone = [choice.prompt for choice in choices_of(step_of(settings_of(hidden="none")))]
    assert alone == [
        "Which rule gives ∂C/∂z¹₁ from ∂C/∂a¹? The output is softmax.",
        "Which rule gives dC/dw¹₁₁ from ∂C/∂z¹?",
    ]
    assert choice_with(relu, "∂C/∂a¹").right == TOTAL
    assert choice_with(relu, "The output is softmax").right == TOTAL
    assert choice_with(tanh, "The output is sigmoid").right == SINGLE
    assert choice_with(relu, "dC/dw").right == SINGLE
    assert choice_with(relu, "How many products").right == "3"
    assert choice_with(tanh, "full paths").right == "6"
    narrow = step_of(settings_of(hidden="4-1"))
    assert choice_with(narrow, "How many full paths").right == "3"


def one_output_step():
    """One path behind each of two hidden units, which the app's own data never have."""
    config = MLPConfig((1, 2, 1), "identity", "identity", "squared_error")
    params = Params((np.array([[1.0], [2.0]]), np.array([[0.5, -3.0]])), (np.zeros(2), np.zeros(1)))
    return training_step(config, params, [1.0], [0.5], 0.1)  # a² = −5.5, ∂C/∂z² = −6


def test_with_one_output_nothing_is_summed():
    step = one_output_step()
    rule = choice_with(step, "∂C/∂a¹")
    assert (rule.prompt, rule.right) == ("Which rule gives ∂C/∂a¹₂ from ∂C/∂z²?", SINGLE)
    assert rule.remark(TOTAL) == "z² has one entry, so there is one path, and nothing to add up."
    assert rule.hints == ("How many sums z²ₖ does a¹₂ enter?", "It enters one.")
    assert rule.principle == SINGLE_RULE
    count = choice_with(step, "How many products")
    assert (count.options, count.right) == (("1", "2", "3"), "1")
    assert count.remark("2") == "Count the units of layer 2."
    assert count.principle == "There is one path for each unit of the next layer: here 1."
    asked = question(step, problem(step, Quantity("path_sum", 1, (1,))))
    assert asked.prompt == "What is ∂C/∂a¹₂?"
    assert asked.wording.principle == "a¹₂ reaches the cost through z²₁ alone: one path, one product."
    said = {each.mistake: (each.value, each.sentence) for each in asked.wrong}
    assert said["upstream_forgotten"] == (-3, "That is w²₁₂ alone: multiply it by ∂C/∂z²₁.")
    assert "one_path" not in said


def test_the_sum_of_the_targets_is_named_where_it_is_not_1():
    said = {}
    for y in ("0.5", "0.01"):  # beside y₂ = 0.99
        view = settings_of(data="textbook", hidden="3", out="softmax", edit=f"y_1_{y}")
        step = recorded_step(view)
        asked = question(step, problem(step, Quantity("path_sum", 2, (1,))))
        said[y] = (
            asked.wording.formula.split(" = ")[-1],
            asked.wording.principle.rpartition("cross-entropy ")[2],
        )
        a, target = step.tape["a2"][1], step.tape["y"]
        assert asked.problem.right == pytest.approx(a * target.sum() - target[1])
    assert said == {
        "0.5": ("a²₂ · Σ y − y₂", "it comes out as a · Σ y − y."),
        "0.01": ("a²₂ − y₂", "it comes out as a − y."),
    }


def test_the_unit_that_is_off():
    step = step_of(settings_of())
    choice = choice_with(step, "is off")
    units = [int(option.removeprefix("unit ")) - 1 for option in choice.options]
    off = [unit for unit in units if step.tape["z1"][unit] <= 0]
    assert [choice.right] == [f"unit {unit + 1}" for unit in off]
    assert not any("is off" in each.prompt for each in choices_of(step_of(settings_of(act="tanh"))))
