"""Which questions there are, and that each asks for a number of the stage."""

import json
from dataclasses import replace

import numpy as np
import pytest

from backprop import loss_and_gradients
from backprop.practice import Quantity, problem
from tests.expected import settings_of, step_of, table_of
from tests.markup import elements
from tests.questions.views import every_view
from ui.draw.given import given_tables
from ui.names.numbers import short
from ui.names.symbols import circled
from ui.names.timeline import timeline
from ui.questions.catalogue import (
    KINDS,
    RULE,
    batch_of,
    batch_rows,
    count_of,
    kinds_of,
    new_view,
    question_at,
    question_key,
)
from ui.questions.given import given_of
from ui.questions.questions import question, question_for
from ui.questions.quiz import stage_questions
from ui.questions.words.choices import Choice
from ui.state.own import read_network, write_network
from ui.state.parameters import LEVELS
from ui.state.recording import recorded_step
from ui.views.practice.workings_table import working_table


@every_view
def test_every_stop_asks_for_a_number_that_stands_in_the_stage(view):
    step = step_of(view)
    asked = {stop.id: question_for(step, stop) for stop in timeline(step.config)}
    assert asked["x"] is None
    assert asked["after"] is None
    for stop, found in asked.items():
        if found is None:
            continue
        assert found.stop == stop
        if found.table.endswith(":after") and found.table[0] in "Wb":
            shown = np.atleast_2d(step.params_after[found.table.split(":")[0]])[found.row, found.column]
        else:
            shown = table_of(step, found.table)[found.row, found.column]
        assert found.problem.right == pytest.approx(shown, rel=1e-9, abs=1e-12)
    for layer in range(1, step.config.depth):
        assert asked[f"{layer}.II"] is not None or step.config.layer_sizes[layer + 1] == 1


def test_paths_that_give_the_same_number_share_a_sentence():
    """Softmax on a wide network: many dead units above, so many paths of 0."""
    step = step_of(settings_of(hidden="16-16"))
    (stop,) = [stop for stop in timeline(step.config) if stop.id == "1.II"]
    question = question_for(step, stop)
    zero = [each for each in question.wrong if each.mistake == "one_path" and each.value == 0]
    off = int((step.tape["z2"] <= 0).sum())
    assert len(zero) == 1
    assert off > 1
    assert sum(circled(k) in zero[0].sentence for k in range(16)) >= off


@pytest.mark.parametrize(
    ("link", "missing"),
    [
        ({}, set()),
        ({"act": "identity"}, {"slope"}),
        ({"act": "identity", "out": "identity"}, {"slope"}),
        ({"act": "identity", "out": "sigmoid"}, set()),
        ({"lr": 0}, {"update"}),
    ],
    ids=str,
)
def test_kinds_that_make_no_sense_are_not_offered(link, missing):
    assert set(KINDS) - set(kinds_of(settings_of(**link))) == missing


def test_what_is_nothing_but_rounding_is_not_asked():
    link = {"taken": 200, "lr": 0.05, "act": "identity", "out": "identity", "hidden": "4"}
    learned = settings_of(**link)
    assert set(kinds_of(learned)) == {"forward", "mean", "rule"}
    asked = {question and question["table"] for question in json.loads(stage_questions(learned))}
    assert asked == {None, "z1:value", "a1:value", "z2:value", "a2:value", "z2/a1:jacobian"}
    before = settings_of(**link | {"taken": 40})
    assert {"sum", "gradient"} < set(kinds_of(before))


@pytest.mark.parametrize(
    ("link", "value", "hint"),
    [
        (
            {"hidden": "2", "act": "identity", "out": "identity", "flower": 60, "seed": 5},
            "13.4",
            "begins with 13.",
        ),
        ({}, "1.08", "begins with 1.0."),
        ({"hidden": "2", "edit": "b2_1_1000"}, "1000", "is 1000."),
    ],
    ids=str,
)
def test_the_last_hint_is_the_number_but_for_its_last_digit(link, value, hint):
    step = step_of(settings_of(**link))
    assert short(step.loss_before) == value
    cost = question(step, problem(step, Quantity("cost", step.config.depth, ())))
    assert cost.hints[-1] == f"It {hint}"


XOR = write_network(
    read_network(
        "X = [[0, 0], [0, 1], [1, 0], [1, 1]]\nY = [0, 1, 1, 0]\nW1 = [[1, 2], [3, -1]]\nW2 = [[1, -2]]"
    )
)


def test_a_mean_is_over_the_observations_given():
    view = settings_of(data="own", own=XOR, hidden="2", act="tanh", out="sigmoid", obs=3, bias="none")
    kinds = kinds_of(view)
    assert "mean" in kinds
    assert "sum" not in kinds  # one output, one path
    asked = question_at(view, "mean", 1)
    quantity, X, Y = asked.problem.quantity, [[1, 0], [1, 1], [0, 0], [0, 1]], [[1], [0], [0], [1]]
    _, gradients = loss_and_gradients(view.config, recorded_step(view).params, X, Y)
    assert asked.problem.right == pytest.approx(gradients[f"W{quantity.layer}"][quantity.index], rel=1e-12)
    assert asked.observations == tuple(f"observation {n}" for n in (3, 4, 1, 2))
    assert "the mean over 4 observations?" in asked.prompt
    assert "flower" not in " ".join([asked.prompt, *asked.hints, *(each.sentence for each in asked.wrong)])
    following = new_view(view, "gradient")
    assert (following.obs, following.seed) == (4, view.seed)


def test_the_textbook_has_no_batch():
    assert "mean" not in kinds_of(replace(settings_of(), data="textbook", hidden=(2,), activation="sigmoid"))


@every_view
def test_a_question_is_determined_by_its_number(view):
    for kind in kinds_of(view):
        numbers = range(1, count_of(view, kind) + 1)
        prompts = [question_at(view, kind, number).prompt for number in numbers]
        assert [question_at(view, kind, number).prompt for number in numbers] == prompts
        assert len(set(prompts)) == len(prompts) >= 1
        assert len({question_key(view, kind, number) for number in numbers}) == len(prompts)


def test_a_question_is_the_same_wherever_it_asks_the_same_with_the_same_numbers():
    def key(kind: str = "sum", number: int = 1, **link) -> str:
        return question_key(settings_of(**link), kind, number)

    assert key() == key(lr=0.3) == key(edit="b2_1_0.0000001")
    # What was kept in a tab holds for the next version too.
    assert key() == "0270fac527670980"
    others = [
        key(number=2),
        key("update"),
        key("update", lr=0.3),
        key(flower=107),
        key(seed=5),
        key(act="tanh"),
    ]
    assert len({key(), *others}) == 7
    weights = next(n for n in range(1, 7) if "dC/d" in question_at(settings_of(), RULE, n).prompt)
    assert key(RULE, weights) == key(RULE, weights, flower=107)
    off = next(n for n in range(1, 7) if "is off" in question_at(settings_of(), RULE, n).prompt)
    assert key(RULE, off) != key(RULE, off, flower=107)
    assert key("mean", flower=3) != key("mean", flower=53)


def test_the_batch_has_a_flower_of_each_species_and_begins_with_the_chosen_one():
    assert batch_rows(settings_of(flower=106)) == (106, 6, 56)
    X, Y = batch_of(settings_of(flower=106))
    assert Y.sum(axis=0).tolist() == [1, 1, 1]
    np.testing.assert_array_equal(X[0], step_of(settings_of(flower=106)).tape["x"])


@every_view
def test_all_levels_of_all_questions_can_be_drawn(view):
    for kind in kinds_of(view):
        for number in range(1, min(9, count_of(view, kind) + 1)):
            asked = question_at(view, kind, number)
            if isinstance(asked, Choice):
                continue
            for level in LEVELS:
                elements(working_table(asked, view.config, level))
            elements(given_tables(given_of(asked, recorded_step(view))))


def test_the_mistakes_of_the_list_are_known_to_practice():
    """C8: the mean of the paths, δ·w for δ·a, one factor alone, forgot − y."""
    view = settings_of()
    asked = [question_at(view, kind, n + 1) for kind in kinds_of(view) for n in range(count_of(view, kind))]
    known = {each.mistake for one in asked if not isinstance(one, Choice) for each in one.wrong}
    assert known >= {"paths_averaged", "weight_for_input", "upstream_forgotten", "weights_forgotten"}
    assert known >= {"target_forgotten", "input_forgotten"}
