"""What the lesson asks, against the core and against measured slopes, for many settings; its result code."""

import json
import os
import random
from contextlib import suppress
from functools import cache

import numpy as np
import pytest

from backprop import loss_and_gradients
from backprop.total_derivative import PRESETS, evaluate
from tests.expected import CHAIN, NEURON, THREE_TWO_ONE, XOR, own_link, settings_of, step_of
from tests.scene_numbers import read_scene
from tests.scenes import SceneAt
from tests.texts.links import random_link
from tests.texts.reader import settings_of_link
from ui.names.numbers import short
from ui.questions.answers import read_answer, remarks, verdict_of
from ui.questions.lesson.batch import batch_of
from ui.questions.lesson.hidden import promise
from ui.questions.lesson.own import own_step
from ui.questions.lesson.stops import COUNT, again, stops_of
from ui.questions.questions import Question
from ui.questions.tasks import Choice, Order, Sentence, course_of, judged
from ui.questions.words import lesson as words
from ui.state.given_answers import Given, read_answers, write_answers
from ui.state.recording import recorded_step
from ui.views.lesson.scenes import scene_of
from ui.views.lesson.seen import see

XOR_RELU = """X = 0 0; 0 1; 1 0; 1 1
Y = 0; 1; 1; 0
W1 = 1 1; 1 1
b1 = 0 -1
W2 = 1 -2
b2 = 0
activations = relu, identity"""
SATURATED = """x = 5 10
y = 1 0
W1 = 15 20; 25 30
b1 = 35
W2 = 40 45; 50 55
b2 = 60
activations = sigmoid, sigmoid
error = half"""
MANY = 200 if os.environ.get("LONG_TESTS") else 30
OWN = [own_link(text) for text in (CHAIN, THREE_TWO_ONE, NEURON, XOR)]


@cache
def many_settings():
    rng = random.Random("lesson")
    found = [settings_of(), *(settings_of(**own) for own in OWN)]
    while len(found) < MANY:
        settings = settings_of_link(random_link(rng, "overview"))
        with suppress(ValueError):  # steps that diverge are not taken, and a network may not take an edit
            recorded_step(settings)
            found.append(settings)
    return found


@cache
def exercises_of(settings):
    stops = stops_of(settings)
    assert [stop.number for stop in stops] == [*range(1, COUNT + 1)]
    assert all(bool(stop.missing) != bool(stop.exercises) for stop in stops)
    return [each for stop in stops for each in stop.exercises]


def number_by_the_core(settings, exercise) -> float:
    """What is right, from the recorded step's arrays."""
    quantity = exercise.asked.problem.quantity
    step = own_step(settings) if exercise.key.startswith("10") else step_of(settings)
    kind, layer, index = quantity.kind, quantity.layer, quantity.index
    if kind == "chain":
        examples = [evaluate("sin", ("t2",), 1.0), evaluate("2xy3", ("t2", "sin"), 1.0)]
        return float(examples[int(exercise.key[0]) - 1].total)
    if kind == "mean_gradient":
        batch = batch_of(settings)
        _, gradients = loss_and_gradients(step.config, step.params, batch.X, batch.Y)
        return float(gradients[f"W{layer}"][index])
    letter = "z" if layer == step.config.depth else "a"
    arrays = {
        "pre_activation": lambda: step.tape[f"z{layer}"],
        "path_sum": lambda: step.cotangent(f"{letter}{layer}"),
        "through_activation": lambda: step.cotangent(f"z{layer}"),
        "weight_gradient": lambda: step.gradients[f"W{layer}"],
        "new_weight": lambda: dict(step.params_after.items())[f"W{layer}"],
    }
    return float(arrays[kind]()[index])


def test_the_right_number_is_the_cores_and_each_mistake_is_called_by_its_name():
    asked = 0
    for settings in many_settings():
        for exercise in exercises_of(settings):
            if not exercise.is_number:
                continue
            problem = exercise.asked.problem
            right = number_by_the_core(settings, exercise)
            assert problem.right == pytest.approx(right, rel=1e-9, abs=1e-12)
            assert judged(exercise, f"{right:.17g}").status == "right"
            if exercise.measured is not None:
                assert problem.right == pytest.approx(exercise.measured, rel=1e-3, abs=1e-5)
            for wrong in exercise.asked.wrong:
                text = f"{wrong.value:.17g}"
                found = judged(exercise, text)
                verdict = verdict_of(exercise.asked, read_answer(exercise.asked, text).answer)
                assert found.status == ("right" if verdict.right else "nearly" if verdict.nearly else "wrong")
                assert found.status != "wrong" or wrong.sentence in found.remarks
            asked += 1
    assert asked > 5 * MANY


def test_choices_orders_and_sentences_have_one_right_answer_and_a_remark_for_each_wrong_one():
    for settings in many_settings():
        for exercise in exercises_of(settings):
            asked = exercise.asked
            if isinstance(asked, Choice):
                found = [judged(exercise, str(n)) for n in range(len(asked.options))]
                assert [each.status for each in found].count("right") == 1
                assert all(each.remarks for each in found if each.status == "wrong")
                assert len(set(asked.options)) == len(asked.options) >= 2
            elif isinstance(asked, Order):
                assert judged(exercise, "".join(map(str, range(6)))).status == "right"
                assert judged(exercise, "201345").status == "right"  # any order that has what it needs
                assert judged(exercise, "102345").remarks
                assert judged(exercise, "0123").status == judged(exercise, "x").status == "unread"
            elif isinstance(asked, Sentence):
                assert judged(exercise, " ").status == "unread"


def test_choices_say_what_the_core_says():
    for settings in many_settings():
        step, by_key = step_of(settings), {each.key: each.asked for each in exercises_of(settings)}
        last = step.config.depth
        if "5a" in by_key:
            is_all = by_key["5a"].right == words.all_entries(step.config.layer_sizes[-1])
            assert is_all == step.config.is_dense(last)
        if "6a" in by_key:
            assert by_key["6a"].right == "1"
        if "8c" in by_key:
            actual, promised = step.loss_after - step.loss_before, promise(step)[1]
            assert promised < 0
            expected = {words.RISES: actual > 0, words.FALLS_LESS: promised < actual <= 0}
            assert all(by_key["8c"].right != text or holds for text, holds in expected.items())
        if "8a" in by_key:
            layer, j = next(e for e in exercises_of(settings) if e.key == "8a").picture[1]
            assert step.tape[f"z{layer}"][j] <= 0
            assert not step.gradients[f"W{layer}"][j].any()


def test_nobody_reads_more_than_forty_words_before_the_first_thing_to_do():
    for settings in many_settings()[:30]:
        for exercise in exercises_of(settings):
            assert len(f"{see(settings, exercise)} {exercise.asked.prompt}".split()) <= 40


def test_the_hidden_unit_pulls_both_ways_where_there_is_one_and_its_largest_path_may_mislead():
    step = step_of(settings_of())
    asked = next(each for each in exercises_of(settings_of()) if each.key == "7a").asked.problem
    terms = step.vjp("z2", "a1").path_terms[:, asked.quantity.index[0]]
    assert terms.min() < 0 < terms.max()
    assert asked.right == pytest.approx(0.289, abs=0.001)


def test_every_scene_can_be_drawn_and_tells_no_answer_before_its_time():
    for settings in many_settings()[:20]:
        for exercise in exercises_of(settings):
            if not exercise.is_number:
                continue
            hidden = scene_of(settings, exercise, False, None, None)
            shown = scene_of(settings, exercise, True, None, None)
            total = f":{json.dumps(exercise.asked.problem.right)}"  # a value, or the total of a sum
            assert json.loads(hidden)
            assert json.loads(shown)
            if exercise.key == "8b" and exercise.picture[0] == "weight_gradient":
                _, product = read_scene(shown)["parts"][0]["blocks"]
                _, i, j = exercise.picture[1]
                assert product["values"]["start"][i][j] == exercise.asked.problem.right
            elif exercise.picture[0] in ("path_sum", "weight_gradient", "pre_activation", "new_weight"):
                assert total in shown
            if exercise.key in ("4a", "7a") and len(exercise.asked.problem.terms) > 1:
                assert total not in hidden


def test_a_frozen_variable_leaves_the_slope_of_the_curve_on_which_the_other_moves():
    asked = next(each for each in exercises_of(settings_of()) if each.key == "2a")
    for is_shown in (False, True):
        scene = read_scene(scene_of(settings_of(), asked, is_shown, None, None))
        assert scene["switches"]["options"] == ["1", "2"]
        assert scene["switches"]["texts"] == ["x", "y"]
        (curve,) = (part for part in scene["parts"][0]["parts"] if part["part"] == "Curve")
        assert len(curve["slopes"]) == is_shown
        for place, t in enumerate(scene["control"]["positions"]):
            result = evaluate("2xy3", ("t2", "sin"), t)
            for variable, around in enumerate(curve["frozen"]):
                heights, step = around["heights"][place], 2 * around["reach"] / 12
                assert heights[6] == pytest.approx(float(result.f), abs=1e-12)
                # five points are exact but for the fifth derivative
                slope = (heights[4] - 8 * heights[5] + 8 * heights[7] - heights[8]) / (12 * step)
                assert slope == pytest.approx(float(result.terms[variable]), abs=0.02)
                if is_shown:
                    total = curve["slopes"][0]["sum"]
                    assert total["terms"][variable][place] == float(result.terms[variable])


def test_a_path_can_be_knocked_out_and_a_nudge_is_predicted_by_what_is_left_and_measured():
    measured_ones = 0
    for settings in many_settings()[:20]:
        step = step_of(settings)
        for exercise in (each for each in exercises_of(settings) if each.key == "7a"):
            quantity = exercise.asked.problem.quantity
            layer, j = quantity.layer, quantity.index[0]
            terms = step.vjp(f"z{layer + 1}", f"a{layer}").path_terms[:, j]
            scene = read_scene(scene_of(settings, exercise, True, None, 0.123))
            ledger, _, cards = scene["parts"]
            predicted, measured = (card["number"] for card in cards["cards"])
            assert scene["switches"]["options"] == [str(k + 1) for k in range(len(terms))]
            assert ledger["sum"]["terms"] == pytest.approx(terms, rel=1e-9, abs=1e-9)
            for epsilon in (-1.0, 0.123, 0.5):
                at = SceneAt(scene, epsilon).at
                assert [*map(at, predicted["terms"])] == pytest.approx(epsilon * terms, rel=1e-9, abs=1e-9)
                if not step.config.has_biases:
                    continue
                # To the sums after it, moving a_j is what moving their biases is.
                arrays = dict(step.params.items())
                arrays[f"b{layer + 1}"] = arrays[f"b{layer + 1}"] + epsilon * arrays[f"W{layer + 1}"][:, j]
                params = step.params.with_arrays(arrays)
                x, y = step.tape["x"], step.tape["y"]
                after, _ = loss_and_gradients(step.config, params, x[np.newaxis], y[np.newaxis])
                assert at(measured) == pytest.approx(after - step.loss_before, rel=1e-7, abs=1e-9)
                measured_ones += 1
    assert measured_ones > 20


def test_the_network_tells_every_sum_but_the_one_that_is_asked():
    for settings in many_settings()[:20]:
        step = step_of(settings)
        exercise = next((each for each in exercises_of(settings) if each.key == "4a"), None)
        if exercise is None:
            continue
        unit = exercise.picture[1][1]
        for is_shown in (False, True):
            network, told, *_ = read_scene(scene_of(settings, exercise, is_shown, None, None))["parts"]
            assert network["marked"] == [f"a1:{unit}"]
            assert network.get("hidden", []) == ([] if is_shown else [f"a1:{unit}"])
            assert told["otherwise"] == told["texts"][f"sum:a1:{unit}"]
            for layer in range(1, step.config.depth + 1):
                for k, z in enumerate(step.tape[f"z{layer}"]):
                    said = told["texts"][f"sum:a{layer}:{k}"]
                    is_hidden = (layer, k) == (1, unit) and not is_shown
                    assert said.endswith(" = ?") == is_hidden
                    assert is_hidden or f" = {short(float(z))}, and " in said
                    assert is_hidden or said.endswith(f" = {short(float(step.tape[f'a{layer}'][k]))}")
                    weights = step.tape[f"W{layer}"][k]
                    assert said.count("·") == len(weights)
                    assert short(abs(float(weights[0]))) in said


def test_what_comes_back_is_of_the_same_kind_with_other_numbers():
    came = 0
    for settings in many_settings()[:30]:
        for exercise in exercises_of(settings):
            back = again(settings, exercise.key)
            if back is None:
                continue
            came += 1
            assert back.key == f"{exercise.key}r"
            assert back.mark != exercise.mark
            assert isinstance(back.asked, Question)
            assert judged(back, f"{back.asked.problem.right:.17g}").status == "right"
    assert came > 120


def test_stops_without_a_meaning_say_why():
    missing = {
        stop.number: stop.missing for own in OWN for stop in stops_of(settings_of(**own)) if stop.missing
    }
    assert missing[7]
    assert missing[9]
    (reason,) = [s.missing for s in stops_of(settings_of(hidden="none")) if s.missing]
    assert reason == words.NO_HIDDEN


def test_why_there_is_nothing_to_predict_is_true_and_so_is_what_could_be_changed():
    off = settings_of(edit="~".join(f"b1_{unit}_-1000" for unit in range(1, 6)))  # yet ∂C/∂z² is not 0
    missing = {stop.number: stop.missing for stop in stops_of(off) if stop.missing}
    too_small = "All that could be asked here is too near 0 to be predicted. Try another observation or seed."
    assert missing == {6: too_small, 9: too_small}
    saturated = settings_of(**own_link(SATURATED))
    reasons = [stop.missing for stop in stops_of(saturated)[4:8]]
    assert all(
        "No derivative of this network" in each and each.endswith("Try other numbers.") for each in reasons
    )
    one_of_four = settings_of(**own_link(XOR_RELU), obs=2)
    assert stops_of(one_of_four)[4].missing.endswith("Try another observation.")


def test_the_last_network_is_none_that_was_seen_and_depends_on_the_seed():
    steps = [own_step(settings_of(seed=seed)) for seed in range(50)]
    weights = np.array([step.tape["W1"] for step in steps])
    assert len(np.unique(weights, axis=0)) == 50
    assert float(np.abs(weights).sum()) == pytest.approx(120.4)  # links open the same networks as ever
    for step in steps:
        terms = step.vjp("z2", "a1").path_terms
        asked = np.abs(step.cotangent("a1")).max()
        assert asked > 0.05
        assert ((terms.min(axis=0) < 0) & (terms.max(axis=0) > 0)).any()
    assert own_step(settings_of(hidden="2-3", data="iris")).config.layer_sizes[0] != 4


def test_answers_are_read_back_and_nonsense_is_refused():
    given = (Given("7a", "ab12", "k", ("0.276", "0,289")), Given("end", "", is_shown=False))
    assert read_answers(write_answers(given)) == given
    assert read_answers(write_answers(())) == ()
    for value in ("1", "x", "1abc", write_answers(given)[:-2], "1" * 3000):
        with pytest.raises(ValueError, match="answers"):
            read_answers(value)


def test_an_exercise_is_over_when_it_is_solved_shown_or_missed_twice():
    exercise = next(each for each in exercises_of(settings_of()) if each.key == "7a")
    right, wrong = "0.289", "0.276"

    def course(*texts: str, shown: bool = False):
        return course_of(exercise, Given("7a", exercise.mark, "k", texts, shown))

    assert course(right).is_at_once
    assert not course(wrong, right).is_at_once
    assert course(wrong, right).is_solved
    assert course(wrong, right).is_confident_and_wrong
    assert not course(wrong).is_over
    assert all(each.is_over for each in (course(wrong, wrong), course(shown=True), course(right)))
    assert course("0.3").misses == course("abc").misses == 0
    assert course_of(exercise, Given("7a", "other", "k", (right,))).given is None


def test_the_first_stops_are_the_examples_of_the_total_derivative_page():
    two = PRESETS["two-paths"]
    assert evaluate(two.outer, two.inners, 1.0).total == pytest.approx(4.68, abs=0.005)
    wrong = next(each for each in exercises_of(settings_of()) if each.key == "2a").asked.wrong
    assert {round(each.value, 2) for each in wrong if each.mistake == "one_path"} == {2.38, 2.30}
    first = next(each for each in exercises_of(settings_of()) if each.key == "1a")
    assert any("alone" in each for each in remarks(first.asked, read_answer(first.asked, "2").answer))
