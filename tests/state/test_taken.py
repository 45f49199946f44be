"""Steps taken: the parameters are those of doing the updates one after another."""

from dataclasses import replace

import numpy as np
import pytest

from backprop import init_params, training_step
from tests.expected import settings_of, step_of
from ui.state import cache
from ui.state.data import load_iris
from ui.state.recording import LARGEST_PARAMETER, current_params, possible_taken, recorded_step
from ui.steps.payload import stage_payload

VIEWS = [
    {},
    {"flower": 7, "seed": 5, "hidden": "6-2", "act": "tanh", "out": "sigmoid", "lr": 1},
    {"hidden": "16-16", "out": "sigmoid-squared", "lr": 0.01},
]


def by_hand(settings, count):
    iris, params = load_iris(), init_params(settings.config, settings.seed)
    x, y = iris.X[settings.flower], iris.Y[settings.flower]
    for _ in range(count):
        params = training_step(settings.config, params, x, y, settings.learning_rate).params_after
    return params


@pytest.mark.parametrize("view", VIEWS, ids=str)
@pytest.mark.parametrize("taken", [0, 1, 9, 10, 11, 37, 200])
def test_parameters_are_those_of_the_updates_one_after_another(view, taken):
    settings = replace(settings_of(**view), taken=taken)
    expected = by_hand(settings, taken)
    for name, array in recorded_step(settings).params.items():
        np.testing.assert_array_equal(array, expected[name])


def test_taking_one_by_one_is_the_same_as_a_link():
    settings = settings_of()
    cache._parts.clear()
    one_by_one = [current_params(replace(settings, taken=taken)) for taken in range(25)]
    cache._parts.clear()
    np.testing.assert_array_equal(
        current_params(replace(settings, taken=24)).weights[0], one_by_one[24].weights[0]
    )


def test_next_step_begins_where_this_one_ends():
    settings = replace(settings_of(), taken=4)
    after, then = recorded_step(settings), recorded_step(replace(settings, taken=5))
    for name, array in then.params.items():
        np.testing.assert_array_equal(array, after.params_after[name])
    assert then.loss_before == after.loss_after


def test_without_steps_taken_nothing_has_changed():
    settings = settings_of(flower=3)
    assert settings.taken == 0
    assert settings.link("update") == "update?flower=3"
    assert recorded_step(settings).loss_before == step_of(settings).loss_before


def test_links_carry_the_steps_taken():
    settings = replace(settings_of(flower=3), taken=12)
    assert settings.link("walkthrough", step=2) == "walkthrough?flower=3&taken=12&step=2"


@pytest.mark.parametrize(
    "view", [{"out": "identity", "lr": 10}, {"out": "identity", "lr": 10, "act": "identity", "hidden": "9-9"}]
)
def test_steps_that_diverge_are_not_taken(view):
    settings = replace(settings_of(**view), taken=200)
    with pytest.raises(ValueError, match=r"taken: expected|cost after|after the step"):
        recorded_step(settings)
    possible = possible_taken(settings)
    assert 0 <= possible < 200
    shown = replace(settings, taken=possible)
    step = recorded_step(shown)
    assert all(np.abs(array).max() <= LARGEST_PARAMETER for _, array in step.params.items())
    stage_payload(shown)  # raises if a number is not finite
    assert possible_taken(shown) == possible
    with pytest.raises(ValueError, match="expected"):
        recorded_step(replace(settings, taken=possible + 1))


@pytest.mark.parametrize("taken", [0, 1, 200])
def test_steps_that_do_not_diverge_are_all_taken(taken):
    assert possible_taken(replace(settings_of(), taken=taken)) == taken
