"""The dialog for numbers of one's own: text to address, what is wrong, and the way back."""

import itertools

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.expected import settings_of
from tests.pages.helpers import open_app, parameter
from ui.shell.own import USUAL, read_own
from ui.state.own import network_of, network_text, read_network
from ui.state.recording import recorded_step

MAZUR = """x = 0,05 0,10
y = 0.01 0.99
W1 = [[0.15, 0.20], [0.25, 0.30]]
b1 = 0.35
W2 = [0.40 0.45; 0.50 0.55]
b2 = 0.60"""
XOR = "X = [[0, 0], [0, 1], [1, 0], [1, 1]]\nY = [0, 1, 1, 0]"


def dialog_of(**link):
    """The form by itself: AppTest cannot run what is in a dialog a second time."""

    def script(link):
        from tests.expected import settings_of
        from ui.shell.own import own_form
        from ui.state.address import follow

        follow("update")
        own_form(settings_of(**link))

    app = AppTest.from_function(script, args=(link,), default_timeout=30)
    app.query_params.update({key: str(value) for key, value in link.items()})
    app.run()
    assert not app.exception
    return app


def typed(app, text, **menus):
    app.text_area[0].set_value(text)
    app.run()
    for key, value in menus.items():
        (app.text_input if key == "lr" else app.selectbox)(key=f"own_{key}").set_value(value)
    app.run()
    assert not app.exception
    return app


def pressed(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def test_a_pasted_example_is_shown_with_the_numbers_of_its_book():
    app = typed(dialog_of(), MAZUR, bias="fixed")
    assert [said.value for said in app.success] == [
        "Read: 2 inputs, 2 hidden units, 2 outputs; 1 observation; weights and biases; "
        "sigmoid outputs, squared error cost."
    ]
    pressed(app, "Show this network")
    link = {key: texts[-1] for key, texts in app.session_state["view"].items()}
    step = recorded_step(settings_of(**link))
    assert step.loss_before == pytest.approx(0.298371109, abs=5e-10)
    assert step.params_after["W2"][0, 0] == pytest.approx(0.35891648, abs=5e-9)
    assert (parameter(app, "data"), parameter(app, "hidden"), parameter(app, "lr")) == ("own", "2", "0.5")
    fresh = open_app("walkthrough", **link)
    assert recorded_step(settings_of(**link)).loss_after == pytest.approx(0.2910277737, abs=5e-10)
    assert not fresh.warning


@pytest.mark.parametrize(
    ("y", "out", "said"),
    [
        ("0 1", "sigmoid-squared", ""),
        ("0 3", "sigmoid-squared", "No sigmoid output reaches the target 3:"),
        ("-1 1", "tanh", ""),
        ("-1 1", "relu", "No relu output reaches the target −1:"),
        ("-50 1000", "identity", ""),
    ],
)
def test_a_target_that_no_output_reaches_is_told(y, out, said):
    (read,) = typed(dialog_of(), f"x = 1 2\ny = {y}", out=out).success
    assert said in read.value
    assert ("reaches" in read.value) == bool(said)


def test_every_problem_is_told_with_its_line_and_nothing_is_lost():
    app = typed(dialog_of(), f"{MAZUR}\nfoo = 3\neta = 20")
    (error,) = app.error
    assert "Line 7: Expected x, y, a matrix W1 to W5 for each layer" in error.value
    assert "Line 8: Expected a learning rate from 0 to 10, got “20”." in error.value
    assert pressed(app, "Show this network").error[0].value == error.value
    assert parameter(app, "data") == "iris"
    assert app.text_area[0].value.startswith("x = 0,05")
    assert not typed(app, MAZUR).error


@pytest.mark.parametrize(
    ("text", "menus", "problem"),
    [
        (
            "x = 1\ny = 2",
            {"out": "sigmoid"},
            "Output: the targets of a cross-entropy are from 0 to 1. Choose",
        ),
        ("x = 1\ny = 0.5", {"lr": "fast"}, "Learning rate η: expected a number from 0 to 10, got `fast`."),
        ("x = 1", {}, "Expected the targets, such as y = 0.01 0.99, got none."),
    ],
)
def test_what_does_not_go_together_is_said(text, menus, problem):
    _, asked, problems = read_own(text, False, {**USUAL, **menus})
    assert not asked
    assert len(problems) == 1
    assert problem in problems[0]


def test_what_is_too_long_for_a_link_can_be_saved_and_pasted_again():
    rng = np.random.default_rng(3)
    sizes = [8, 16, 16, 16, 16, 8]
    lines = [f"x = {rng.normal(size=8).tolist()}", f"y = {rng.random(8).tolist()}"]
    for layer, (inputs, units) in enumerate(itertools.pairwise(sizes), start=1):
        lines.append(f"W{layer} = {rng.normal(size=(units, inputs)).tolist()}")
    network, asked, (problem,) = read_own("\n".join(lines), False, USUAL)
    assert not asked
    assert problem.endswith("a link holds 2,000: save them as a file, and paste its text.")
    again = read_network(network_text(network))
    np.testing.assert_array_equal(again.params["W3"], network.params["W3"])


def test_what_the_text_states_counts_more_than_the_menus():
    stated = "activation = relu, tanh\noutput = identity\nerror = sum\nbias = fixed\neta = 1/4"
    text = f"{XOR}\nhidden = 3-2\n{stated}".replace("bias = fixed\n", "")
    network, asked, problems = read_own(text, False, USUAL)
    assert not problems
    assert {key: asked[key] for key in ("act", "out", "err", "lr", "hidden", "data")} == {
        "act": "relu-tanh",
        "out": "identity",
        "err": "sum",
        "lr": "0.25",
        "hidden": "3-2",
        "data": "own",
    }
    assert asked["edit"] is asked["taken"] is asked["epoch"] is asked["obs"] is None
    np.testing.assert_array_equal(network_of(asked["own"]).Y, network.Y)


def test_weights_without_biases_make_a_network_without():
    _, asked, _ = read_own("x = 1 2\ny = 1\nW1 = [[1, 2]]", False, USUAL)
    assert (asked["bias"], asked["hidden"]) == ("none", "none")
    _, turned, _ = read_own("x = 1 2\ny = 1\nW1 = [[1], [2]]", True, USUAL)
    assert turned["own"] == asked["own"]


def test_the_way_back_leads_to_the_flower_that_was_shown():
    app = open_app("update", flower="60", data="textbook", hidden="2")
    (said,) = [text.value for text in app.sidebar.markdown if "Back to the irises" in text.value]
    assert 'href="update?flower=60"' in said
    app.sidebar.button(key="own_numbers").click().run()
    assert app.text_area[0].value.splitlines()[:2] == ["x = [0.05, 0.1]", "y = [0.01, 0.99]"]
