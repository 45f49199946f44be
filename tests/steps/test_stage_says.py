"""What the stage says, against the core: for random settings, and where a sentence has more than one form."""

import json
import re

import numpy as np
import pytest

from backprop import forward_pass
from backprop.primitives import output_options
from backprop.sgd import predicted_change
from tests.expected import NEURON, own_link, settings_of, step_of
from tests.steps.saying import RANDOM, say, steps_by_id
from tests.steps.stage_script import question, run_script
from ui.export.worksheet.parts import number
from ui.export.worksheet.update import outcome
from ui.names.numbers import short, signed
from ui.names.timeline import find_step, timeline
from ui.steps import describe
from ui.steps.payload import stage_payload


@pytest.mark.parametrize("view", RANDOM, ids=str)
def test_no_sentence_is_a_fault_of_form(view):
    """A count of one in the plural, a minus of a computer, a number of no digits."""
    wrong = re.compile(
        r"\b1 (paths|entries|units|ones|products|flowers)\b|only 1 |all [12] |\bnan\b|\binf\b|undefined|"
        r"−0\b(?!\.)|e[+-]\d|(?<![A-Za-z])-\d|  |None"
    )
    for step in steps_by_id(settings_of(**view)).values():
        signs = [item for row in step["rows"] for item in row if isinstance(item, str)]
        for text in (step["title"], step["say"], step["badge"], *signs):
            assert not wrong.search(text), text


@pytest.mark.parametrize("view", RANDOM, ids=str)
def test_badges_say_what_is_summed_here_and_what_will_be(view):
    settings = settings_of(**view)
    config, steps = settings.config, steps_by_id(settings)
    for layer in range(1, config.depth + 1):
        outputs = config.layer_sizes[-1]
        of_activation = outputs if layer == config.depth and config.output_activation == "softmax" else 1
        is_last = layer == config.depth
        jacobian, pulled = ("II", "IV") if is_last else ("III", "IV")
        expected = {jacobian: _will(of_activation), pulled: _is(of_activation)}
        if is_last:
            expected |= {"I": _will(1), "III": _will(1), "V": OF_PARAMETER}
            expected |= {"VI": OF_PARAMETER} if config.has_biases else {}
        else:
            above = config.layer_sizes[layer + 1]
            expected |= {"I": _will(above), "II": _is(above), "V": _will(1), "VI": OF_PARAMETER}
        assert {numeral: steps[f"{layer}.{numeral}"]["badge"] for numeral in expected} == expected
    assert {step["badge"] for step in steps.values() if not step["numeral"]} == {""}


OF_PARAMETER = "1 path to z: single-variable chain rule"


def _is(paths: int) -> str:
    return "1 path: single-variable chain rule" if paths == 1 else f"{paths} paths summed: total derivative"


def _will(paths: int) -> str:
    return "1 path each: nothing will be summed" if paths == 1 else f"dense: {paths} paths will be summed"


@pytest.mark.parametrize("view", RANDOM, ids=str)
def test_the_blocks_hold_as_many_numbers_as_are_said(view):
    settings = settings_of(**view)
    step, steps = step_of(settings), steps_by_id(settings)
    for layer in range(1, settings.config.depth + 1):
        jacobian = step.vjp(f"z{layer}", f"W{layer}").jacobian
        said = steps[f"{layer}.{'III' if layer == settings.config.depth else 'V'}"]["say"]
        units = len(jacobian)
        in_structure = jacobian[np.arange(units), np.arange(units)]
        different = np.unique(in_structure).size
        assert f"{'1 entry' if jacobian.size == 1 else f'{jacobian.size:,} entries'}" in said
        assert (f"{in_structure.size} of them not structurally zero" in said) == (units > 1)
        few = 1 < different < in_structure.size
        assert (f"only {different} different ones" in said) == few
        assert ("different" in said) == few
        same = different == 1 < in_structure.size
        assert (f"all of those {short(float(in_structure.flat[0]))}," in said) == (same and units > 1)
        assert (f"all of them {short(float(in_structure.flat[0]))}," in said) == (same and units == 1)


@pytest.mark.parametrize("view", RANDOM, ids=str)
def test_after_the_update_the_words_follow_the_numbers(view):
    settings = settings_of(**view)
    step, said = step_of(settings), say("after", **view)
    if settings.learning_rate == 0:
        assert said == f"η = 0, so nothing moved: the cost stays {short(step.loss_before)}."
        return
    if "nothing moved" in said:
        assert said.startswith(f"Every gradient{' of a weight' * (settings.bias == 'fixed')} is 0")
        assert not any(update.gradient.any() for update in step.updates)
        return
    predicted, change = predicted_change(step), step.loss_after - step.loss_before
    assert f"prediction −η‖∇‖² was {short(predicted)}." in said
    assert ("It counts the weights alone" in said) == (settings.bias == "fixed")
    if "unchanged but for rounding" in said:
        assert abs(change) < 1e-10 * max(1, step.loss_before)
        return
    before, after, way, size = re.search(r"cost (\S+) → (\S+), (down|up) (\S+)\. ", said).groups()
    assert before != after
    for text, cost in ((before, step.loss_before), (after, step.loss_after)):
        assert float(text.replace("−", "-")) == pytest.approx(cost, rel=0.005)
    assert (way, size) == ("up" if change > 0 else "down", short(abs(change)))
    assert said.endswith("The step was too long: a smaller learning rate would help.") == (change > 0)
    is_far = change < 0 and not 0.5 < change / predicted < 2
    assert ("It is far off: over a step this long the cost bends away from its tangent." in said) == is_far


def test_a_step_too_small_to_tell_is_not_told_as_help():
    step = step_of(settings_of(lr=1e-17))
    assert say("after", lr=1e-17) == (
        f"The same flower through the new weights: cost {short(step.loss_before)}, "
        f"unchanged but for rounding. The first-order prediction −η‖∇‖² was {short(predicted_change(step))}."
    )
    assert say("after", lr=1e-12) == (
        "The same flower through the new weights: cost 1.08, down by 2.78e−12. "
        "The first-order prediction −η‖∇‖² was −2.78e−12."
    )


LEARNED = {"taken": 200, "lr": 0.05, "act": "identity", "out": "identity", "hidden": "4"}
"""Until only rounding is left of a − y."""


def test_rounding_is_not_told_as_an_update():
    step = step_of(settings_of(**LEARNED))
    assert 0 < np.abs(step.gradients["W1"]).max() < 1e-15
    assert predicted_change(step) != 0
    for layer in (1, 2):
        assert say(f"update.{layer}", **LEARNED) == (
            "Every step of this layer is 0 but for rounding, so nothing here moves. "
            "All gradients were computed with the old weights."
        )
    cost = short(step.loss_before)
    assert say("after", **LEARNED) == (
        f"The same flower through the new weights: cost {cost}, unchanged but for rounding. "
        "Every gradient is 0 but for rounding, too."
    )
    assert outcome(step) == (
        f"With all parameters updated, the cost stays {number(step.loss_before)} but for rounding; "
        "every gradient is 0 but for rounding, too."
    )
    tiny = step_of(settings_of(lr=1e-17))
    assert outcome(tiny) == (
        f"With all parameters updated, the cost stays {number(tiny.loss_before)} but for rounding; "
        f"its first-order prediction is {signed(predicted_change(tiny))}."
    )


def test_one_sum_after_a_layer_is_not_told_as_one_path_to_the_cost():
    assert say("1.II", hidden="2-1") == (
        "This is the total derivative, here with one term: a¹ⱼ feeds the only sum of the next layer. "
        "All paths behind that sum are already in ∂C/∂z²."
    )


def test_the_species_is_that_of_the_flower_where_nothing_of_it_is_left():
    assert say("x", edit="x_1_0~x_2_0~x_3_0~x_4_0") == (
        "All inputs as typed. The target y marks the flower’s species. Press → to take the first step."
    )


@pytest.mark.parametrize(
    ("view", "entry", "expected"),
    [
        (  # not 1 / (1 − 1.00), and not ln(1 − 1.00)
            {"hidden": "3", "out": "sigmoid", "edit": "b2_1_10"},
            ("2.I", "a2:cotangent", 0, 0),
            "∂C/∂a²₁ = (1 − 0) / (1 − 0.9999576) − 0 / 1.00 = 23600",
        ),
        (
            {"hidden": "3", "out": "sigmoid", "edit": "b2_1_10"},
            ("C", "C:value", 0, 0),
            "C = −(0 · ln 0.9999576 + (1 − 0) · ln(1 − 0.9999576) + 0 · ln 0.424 + (1 − 0) · ln(1 − 0.424) + "
            "1 · ln 0.459 + (1 − 1) · ln(1 − 0.459)) = 11.4",
        ),
        (
            {"edit": "b2_1_25"},
            ("2.II", "a2/z2:jacobian", 0, 0),
            "∂a²₁/∂z²₁ = 1.00 · (1 − 0.9999999999451) = 5.49e−11",
        ),
        (
            {"hidden": "2", "act": "tanh", "edit": "b1_1_-5"},
            ("1.III", "a1/z1:jacobian", 0, 0),
            "∂a¹₁/∂z¹₁ = 1 − (−0.999847)² = 3.05e−4",
        ),
        (  # 1 is not near 0.459, nor 0.01 from 0.99
            {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared", "lr": 0.5},
            ("2.I", "a2:cotangent", 0, 1),
            "∂C/∂a²₂ = 0.773 − 0.990 = −0.217",
        ),
        (
            {"out": "identity", "lr": 0.1, "taken": 20},
            ("2.I", "a2:cotangent", 0, 2),
            "∂C/∂a²₃ = 0.99224 − 1 = −0.00776",
        ),
    ],
    ids=str,
)
def test_a_difference_is_written_with_the_digits_that_it_needs(view, entry, expected):
    settings = settings_of(**view)
    stop, table, row, column = entry
    number_of = find_step(settings.config, stop)
    (answer,) = run_script(question(settings, [(number_of, table, row, column, 0)]))
    assert answer["written"][0][0] == expected


@pytest.mark.parametrize("view", RANDOM, ids=str)
def test_an_update_opens_where_it_changes_most(view):
    settings = settings_of(**view)
    step, steps = step_of(settings), steps_by_id(settings)
    for layer in range(1, settings.config.depth + 1):
        name, row, column = steps[f"update.{layer}"]["opens"]
        gradients = {update.name: np.abs(update.gradient) for update in step.updates}
        moved = [name for name in gradients if name[1:] == str(layer)]
        name = name.removesuffix(":after")
        index = (row, column) if name[0] == "W" else (row,)
        assert gradients[name][index] == max(gradients[each].max() for each in moved)
        assert column == 0 or name[0] == "W"


def test_both_updates_of_the_first_view_open_on_a_weight_that_moves():
    settings = settings_of()
    steps = steps_by_id(settings)
    at = [find_step(settings.config, f"update.{layer}") for layer in (2, 1)]
    (answer,) = run_script(question(settings, at=at))
    assert [seen["opens"] for seen in answer["seen"]] == [["W2:after", 2, 2, 0], ["W1:after", 3, 1, 0]]
    assert steps["C"]["opens"] is None


NO_SUM = "this network has no sum over paths."


def test_without_a_hidden_layer_the_only_sum_is_that_of_softmax():
    assert say("1.IV", hidden="none") == (
        "Each z reaches the cost through all 3 outputs, so its derivative is a sum: a total derivative. "
        "Without a hidden layer it is the only sum over paths. Here it comes out as a¹ − y."
    )
    for output in output_options():
        assert say("1.IV", hidden="none", out=output).count(NO_SUM) == (output != "softmax")
    assert NO_SUM not in say("2.IV", out="sigmoid")


def test_softmax_shares_out_the_sum_of_the_targets():
    assert say("2.IV", edit="y_1_.5").endswith(" Here it comes out as 1.5 · a² − y.")
    step = step_of(settings_of(edit="y_1_.5"))
    np.testing.assert_allclose(step.cotangent("z2"), 1.5 * step.tape["a2"] - step.tape["y"])


@pytest.mark.parametrize("hidden", ["none", "2"])
def test_one_softmax_output_learns_nothing_and_that_is_said(hidden):
    link = own_link(NEURON) | {"hidden": hidden, "out": "softmax"}
    step, said = step_of(settings_of(**link)), steps_by_id(settings_of(**link))
    last = step.config.depth
    assert step.tape[f"a{last}"].tolist() == [1.0]
    assert not any(update.gradient.any() for update in step.updates)
    for name in (f"a{last}", f"{last}.II", f"{last}.IV"):
        assert "the only probability is 1, whatever z is" in said[name]["say"]
    assert "all" not in said[f"{last}.IV"]["badge"]


def test_fixed_biases_are_shown_and_not_moved():
    settings = settings_of(bias="fixed")
    steps = steps_by_id(settings)
    assert "The update will not use it: b² is fixed." in steps["2.VI"]["say"]
    assert steps["update.2"]["say"].endswith("b² is fixed: it is not moved.")
    assert steps["update.2"]["rows"][1] == [{"table": "b2:value", "transposed": True}, "not moved"]
    assert "b" not in steps["update.2"]["label"]
    without = json.dumps(steps_by_id(settings_of(bias="none")))
    assert not re.search(r"\bb2\b|b²", without)


def test_each_hidden_layer_has_the_words_of_its_own_activation():
    view = {"hidden": "2-2", "act": "relu-tanh", "edit": "b1_1_-99~b1_2_9~b2_1_-99"}
    assert [rule in say("a1", **view) for rule in ("relu", "tanh", "1 unit is off")] == [True, False, True]
    assert [rule in say("a2", **view) for rule in ("relu", "tanh", "off")] == [False, True, False]
    assert ["mask" in say(f"{layer}.III", **view) for layer in (1, 2)] == [True, False]


TAKES = "takes each z by itself: one z in, one a out."
ONE_PATH = "One path each: the sum has one term, and the rule is the single-variable chain rule."
LEARNS_NOTHING = "nothing in this layer or below it learns from this flower."


def off(units: int, hidden: int = 5) -> dict:
    return {"hidden": str(hidden), "edit": "~".join(f"b1_{unit}_-99" for unit in range(1, units + 1))}


@pytest.mark.parametrize(
    ("view", "forward", "backward"),
    [
        ({"act": "tanh"}, f"The activation tanh {TAKES}", ONE_PATH),
        (
            off(5),
            f"The activation relu {TAKES} All 5 units are off: "
            f"no z is above 0, so every a is 0, and {LEARNS_NOTHING}",
            f"{ONE_PATH} All 5 units are off, so ∂C/∂z¹ is 0 and {LEARNS_NOTHING}",
        ),
        (
            off(1, hidden=1),
            f"The activation relu {TAKES} The only unit is off: "
            f"z is not above 0, so a is 0, and {LEARNS_NOTHING}",
            f"{ONE_PATH.replace(' each', '')} The only unit is off, so ∂C/∂z¹ is 0 and {LEARNS_NOTHING}",
        ),
        (
            off(3),
            f"The activation relu {TAKES} 3 units are off for this flower: z is not above 0, so a is 0.",
            f"{ONE_PATH} A unit that is off has ∂C/∂z¹ = 0, whatever its ∂C/∂a¹.",
        ),
        (
            off(2) | {"edit": "b1_2_-99~b1_1_9"},
            f"The activation relu {TAKES} 1 unit is off for this flower: z is not above 0, so a is 0.",
            f"{ONE_PATH} A unit that is off has ∂C/∂z¹ = 0, whatever its ∂C/∂a¹.",
        ),
    ],
    ids=["none", "all", "only", "some", "one"],
)
def test_units_that_are_off(view, forward, backward):
    assert say("a1", **view) == forward
    assert say("1.IV", **view) == backward


def test_what_is_off_is_off_before_or_after_the_update():
    view = {"flower": 106, "lr": 10}
    settings = settings_of(**view)
    step, payload = step_of(settings), json.loads(stage_payload(settings))
    after = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
    for key, tape in (("dead", step.tape), ("deadAfter", after)):
        assert payload[key] == [f"a1:{unit}" for unit, z in enumerate(tape["z1"]) if z <= 0]
    assert payload["dead"] != payload["deadAfter"]


def test_a_partial_sum_that_cancels_is_zero():
    """0.1 + 0.2 − 0.3 is 5.6e−17 in floats."""
    settings = settings_of(hidden="2", out="identity")
    at = find_step(settings.config, "1.II")
    asked = question(settings, [(at, "a1:cotangent", 0, 0, 0)])
    asked["payload"]["tables"]["z2/a1:path_terms"]["values"] = [[0.1, 0], [0.2, 0], [-0.3, 0]]
    (answer,) = run_script(asked)
    assert answer["written"][0][1] == "Running sum: +0.100 → +0.300 → 0"


def test_one_sum_in_the_next_layer_is_written_with_its_own_derivative():
    settings = settings_of(hidden="3-1", act="tanh")
    step, at = step_of(settings), find_step(settings.config, "1.II")
    (answer,) = run_script(question(settings, [(at, "a1:cotangent", 0, 2, 0)]))
    upstream, weight = float(step.cotangent("z2")[0]), float(step.params["W2"][0, 2])

    def factor(value):
        return short(value) if value > 0 else f"({short(value)})"

    expected = f"∂C/∂a¹₃ = {short(upstream)} · {factor(weight)} = {short(float(step.cotangent('a1')[2]))}"
    assert answer["written"] == [[expected, ""]]
    stop = timeline(settings.config)[at]
    assert r"\sum_k" in describe(step, stop).formula
