"""What a link gets wrong, in so many words, and where the limits are."""

from types import SimpleNamespace

import pytest

from ui import setting_checks
from ui.edits import MAX_LENGTH
from ui.settings import DEFAULTS

WRONG = [
    ("flower", "150", "Flower: expected a whole number from 0 to 149, got `150`. You see the default, 106."),
    ("flower", "3.5", "Flower: expected a whole number from 0 to 149, got `3.5`. You see the default, 106."),
    ("flower", "", "Flower: expected a whole number from 0 to 149, got ` `. You see the default, 106."),
    ("seed", "-1", "Seed: expected a whole number from 0 to 9999, got `-1`. You see the default, 859."),
    ("lr", "nan", "Learning rate: expected a number from 0 to 10, got `nan`. You see the default, 0.1."),
    ("lr", "10.01", "Learning rate: expected a number from 0 to 10, got `10.01`. You see the default, 0.1."),
    ("lr", "x", "Learning rate: expected a number from 0 to 10, got `x`. You see the default, 0.1."),
    (
        "hidden",
        "5-5-5-5-5",
        "Hidden layers: expected 1 to 4 layers of 1 to 16 units, such as 5 or 6-5, got `5-5-5-5-5`. "
        "You see the default, 5.",
    ),
    (
        "hidden",
        "17",
        "Hidden layers: expected 1 to 4 layers of 1 to 16 units, such as 5 or 6-5, got `17`. "
        "You see the default, 5.",
    ),
    (
        "hidden",
        "0",
        "Hidden layers: expected 1 to 4 layers of 1 to 16 units, such as 5 or 6-5, got `0`. "
        "You see the default, 5.",
    ),
    (
        "hidden",
        "5-005",
        "Hidden layers: expected 1 to 4 layers of 1 to 16 units, such as 5 or 6-5, got `5-005`. "
        "You see the default, 5.",
    ),
    (
        "act",
        "elu",
        "Activation: expected one of relu, tanh, sigmoid, identity, got `elu`. You see the default, relu.",
    ),
    (
        "out",
        "x`y\n" + "z" * 40,
        "Output: expected one of softmax, sigmoid, sigmoid-squared, identity, got "
        f"`xy{'z' * 28}…`. You see the default, softmax.",
    ),
    ("step", "100", "Step: expected a whole number from 0 to 99, got `100`. You see the default, 0."),
    (
        "taken",
        "201",
        "Steps taken: expected a whole number from 0 to 200, got `201`. You see the default, 0.",
    ),
    (
        "epoch",
        "-2",
        "Epoch: expected a whole number from 0 to 500, got `-2`. You see the default, untrained.",
    ),
    ("split", "10000", "Split: expected a whole number from 0 to 9999, got `10000`. You see the default, 1."),
    (
        "batch",
        "2",
        "Batch size: expected one of full, 32, 16, 8, 4, 1, got `2`. You see the default, 16.",
    ),
    ("data", "mnist", "Data: expected one of iris, textbook, got `mnist`. You see the default, iris."),
    (
        "edit",
        "W1_1_x",
        "Edits: expected numbers written like `W1_2_3_0.5` or `x_1_-1.2`, got `W1_1_x`. "
        "You see the default, none.",
    ),
    (
        "edit",
        "x_1_-1000.1",
        "Edits: expected values from −1000 to 1000, got `x_1_-1000.1`. You see the default, none.",
    ),
    (
        "edit",
        "x" * (MAX_LENGTH + 1),
        "Edits: expected at most 4400 characters, got 4401 of them. You see the default, none.",
    ),
]
RIGHT = {
    "flower": ("0", "149"),
    "seed": ("0", "9999"),
    "lr": ("0", "10", "1e-5"),
    "hidden": ("1", "16-16-16-16"),
    "act": ("relu", "identity"),
    "out": ("softmax", "sigmoid-squared"),
    "step": ("0", "99"),
    "taken": ("0", "200"),
    "epoch": ("-1", "0", "500"),
    "split": ("0", "9999"),
    "batch": ("full", "1"),
    "data": ("iris", "textbook"),
    "edit": ("", "x_1_1000~b1_1_-1000"),
}


@pytest.fixture
def link(monkeypatch):
    """The state of a session that has just been opened with these parameters."""

    def opened(**query):
        st = SimpleNamespace(session_state={}, query_params=SimpleNamespace(to_dict=lambda: query))
        monkeypatch.setattr(setting_checks, "st", st)
        return st.session_state

    return opened


@pytest.mark.parametrize(("key", "text", "notice"), WRONG)
def test_what_is_wrong_is_said_and_replaced_by_the_default(link, key, text, notice):
    state = link(**{key: text, "seed": text if key == "seed" else "7"})
    assert setting_checks.repair() == [notice]
    assert state == {key: DEFAULTS[key]}


@pytest.mark.parametrize(("key", "text"), [(key, text) for key, texts in RIGHT.items() for text in texts])
def test_what_is_right_is_left_alone(link, key, text):
    state = link(**{key: text})
    assert setting_checks.problems() == {}
    assert setting_checks.repair() == []
    assert state == {}


def test_every_setting_is_checked():
    assert {key for key, _, _ in WRONG} == set(RIGHT) == set(DEFAULTS)


def test_what_a_widget_holds_counts_more_than_the_link_and_some_may_be_asked_about(link):
    link(flower="999", hidden="x").update(flower=3, hidden="5-")
    assert list(setting_checks.problems()) == ["hidden"]
    assert "got `5-`" in setting_checks.problems(("hidden", "edit"))["hidden"]
    assert setting_checks.problems(("flower", "edit")) == {}
