"""Numbers of a book or the reader's own, in place of a flower: `data=own`."""

import numpy as np
import pytest

from backprop import init_params
from tests.expected import settings_of, step_of
from tests.pages.helpers import open_app, parameter
from ui.state.captions import describe_inputs, file_name, name_observation
from ui.state.data import input_names, is_iris, output_names
from ui.state.own import read_network, write_network
from ui.state.recording import all_observations, current_params, misfit_of_targets, recorded_step

XOR = write_network(read_network("X = [[0, 0], [0, 1], [1, 0], [1, 1]]\ny = [0, 1, 1, 0]\noutputs = xor"))
WEIGHTS = "x = 1 2 -1\ny = 0.5\nW1 = [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]\nW2 = [[1, -1]]"
NO_BIASES = write_network(read_network(WEIGHTS))
BIASES = write_network(read_network(f"{WEIGHTS}\nb1 = 0.25\nb2 = -0.5"))
LAST = {"hidden": "2", "out": "tanh"}


def test_the_network_has_the_sizes_and_names_that_are_given():
    config = settings_of(data="own", own=XOR, hidden="none", out="sigmoid").config
    assert (config.layer_sizes, output_names(config), input_names(config)) == (
        (2, 1),
        ("xor",),
        ("input 1", "input 2"),
    )
    assert not is_iris(config)
    assert not is_iris(settings_of(data="textbook").config)
    assert is_iris(settings_of().config)
    four = write_network(read_network("x = 1 2 3 4\ny = 1 0 0"))
    assert not is_iris(settings_of(data="own", own=four).config)


@pytest.mark.parametrize("obs", [1, 2, 4])
def test_the_observation_is_the_one_that_is_asked_for(obs):
    settings = settings_of(data="own", own=XOR, out="sigmoid", obs=obs)
    X, Y = all_observations(settings)
    step = recorded_step(settings)
    np.testing.assert_array_equal(step.tape["x"], X[obs - 1])
    np.testing.assert_array_equal(step.tape["y"], Y[obs - 1])
    assert step.loss_before == step_of(settings).loss_before
    assert name_observation(settings) == f"Your example, observation {obs} of 4"
    assert f"own-observation{obs}-" in file_name(settings, "worksheet")


@pytest.mark.parametrize("own", [BIASES, NO_BIASES])
@pytest.mark.parametrize("bias", ["learned", "fixed", "none"])
def test_weights_are_given_as_long_as_the_layers_have_their_sizes(own, bias):
    settings = settings_of(data="own", own=own, bias=bias, **LAST)
    params = current_params(settings)
    np.testing.assert_array_equal(params["W1"], [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]])
    expected = [0.25, 0.25] if own == BIASES else [0, 0]
    assert not params.biases if bias == "none" else (params["b1"] == expected).all()
    other = settings_of(data="own", own=own, bias=bias, hidden="3", out="tanh", seed=4)
    np.testing.assert_array_equal(current_params(other)["W1"], init_params(other.config, 4)["W1"])
    assert describe_inputs(settings).startswith("Your example: x = (1, 2, −1), target y = (0.5)")
    assert "seed" not in file_name(settings, "worksheet")
    assert "seed4" in file_name(other, "worksheet")


def test_the_textbook_is_such_a_network():
    settings = settings_of(data="textbook", hidden="2", act="sigmoid", out="sigmoid-squared", lr=0.5)
    assert recorded_step(settings).loss_before == pytest.approx(0.298371109, abs=5e-10)
    fixed = settings_of(
        data="textbook", hidden="2", act="sigmoid", out="sigmoid-squared", lr=0.5, bias="fixed"
    )
    assert recorded_step(fixed).loss_after == pytest.approx(0.291027924, abs=2e-7)  # his own


def test_targets_decide_which_outputs_there_are():
    assert "from 0 to 1" in misfit_of_targets("sigmoid", np.array([[0.0], [2.0]]))
    assert "add up to 1" in misfit_of_targets("softmax", np.array([[0.5, 0.2]]))
    assert not misfit_of_targets("tanh", np.array([[-5.0]]))


def test_what_does_not_go_with_the_numbers_is_put_right_and_said():
    app = open_app("update", data="own", own=BIASES, hidden="2")
    assert [warning.value for warning in app.warning] == [
        "Output: the targets of softmax outputs add up to 1, these to 0.500. You see identity outputs with a "
        "squared error."
    ]
    assert parameter(app, "out") == "identity"
    app = open_app("update", data="own", own=XOR, out="sigmoid", obs=5)
    assert [warning.value for warning in app.warning] == [
        "Observation: expected 1 to 4, got 5. You see the first."
    ]
    assert parameter(app, "obs") == "1"
    app = open_app("update", data="own", own=XOR, out="sigmoid", obs=99)
    assert [warning.value for warning in app.warning] == [
        "Observation: expected a whole number from 1 to 4, got `99`. You see the default, 1."
    ]


def test_own_numbers_that_are_not_in_the_link_are_missed():
    for own in ("", "1abc"):
        app = open_app("update", data="own", own=own)
        (warning,) = app.warning
        assert warning.value.startswith("Own numbers: ")
        assert parameter(app, "data") == "iris"


def test_the_sidebar_has_what_has_a_meaning():
    def fields(**link):
        sidebar = open_app("update", **link).sidebar
        return {
            widget.key for kind in ("number_input", "selectbox", "text_input") for widget in sidebar.get(kind)
        }

    usual = {"lr", "hidden", "act", "out", "bias"}
    assert fields(data="own", own=XOR, out="sigmoid") == {*usual, "obs", "seed"}
    assert fields(data="own", own=BIASES, **LAST) == {*usual, "err"}
    assert fields(data="own", own=BIASES, hidden="3", out="tanh") == {*usual, "err", "seed"}
    assert fields() == {*usual, "flower", "seed"}
