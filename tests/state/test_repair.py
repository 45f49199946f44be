"""What a link gets wrong, in so many words, and where the limits are."""

from types import SimpleNamespace

import pytest

from tests.expected import DEFAULTS
from ui.state import choices
from ui.state.edits import MAX_LENGTH
from ui.state.own import read_network, write_network

WRONG = [
    ("flower", "150", "Flower: expected a whole number from 0 to 149, got `150`. You see the default, 106."),
    ("flower", "3.5", "Flower: expected a whole number from 0 to 149, got `3.5`. You see the default, 106."),
    ("flower", "", "Flower: expected a whole number from 0 to 149, got ` `. You see the default, 106."),
    ("obs", "17", "Observation: expected a whole number from 1 to 16, got `17`. You see the default, 1."),
    (
        "own",
        "1abc",
        "Own numbers: expected own numbers as this app writes them into a link, got something else: the link "
        "may have been cut. You see the default, the irises.",
    ),
    ("seed", "-1", "Seed: expected a whole number from 0 to 9999, got `-1`. You see the default, 859."),
    ("lr", "nan", "Learning rate: expected a number from 0 to 10, got `nan`. You see the default, 0.1."),
    ("lr", "10.01", "Learning rate: expected a number from 0 to 10, got `10.01`. You see the default, 0.1."),
    ("lr", "x", "Learning rate: expected a number from 0 to 10, got `x`. You see the default, 0.1."),
    (
        "hidden",
        "5-5-5-5-5",
        "Hidden layers: expected none, or 1 to 4 layers of 1 to 16 units, such as 5 or 6-5, got `5-5-5-5-5`. "
        "You see the default, 5.",
    ),
    (
        "hidden",
        "17",
        "Hidden layers: expected none, or 1 to 4 layers of 1 to 16 units, such as 5 or 6-5, got `17`. "
        "You see the default, 5.",
    ),
    (
        "hidden",
        "0",
        "Hidden layers: expected none, or 1 to 4 layers of 1 to 16 units, such as 5 or 6-5, got `0`. "
        "You see the default, 5.",
    ),
    (
        "hidden",
        "5-005",
        "Hidden layers: expected none, or 1 to 4 layers of 1 to 16 units, such as 5 or 6-5, got `5-005`. "
        "You see the default, 5.",
    ),
    (
        "act",
        "elu",
        "Activation: expected one of relu, tanh, sigmoid, identity, or one for each hidden layer, such as "
        "relu-sigmoid, got `elu`. You see the default, relu.",
    ),
    ("err", "most", "Squared error: expected one of half, sum, mean, got `most`. You see the default, half."),
    ("bias", "b", "Biases: expected one of learned, fixed, none, got `b`. You see the default, learned."),
    (
        "out",
        "x`y\n" + "z" * 40,
        "Output: expected one of softmax, sigmoid, sigmoid-squared, identity, tanh, relu, got "
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
    ("data", "mnist", "Data: expected one of iris, textbook, own, got `mnist`. You see the default, iris."),
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
    "obs": ("1", "16"),
    "own": ("", write_network(read_network("x = 1 2\ny = 3"))),
    "seed": ("0", "9999"),
    "lr": ("0", "10", "1e-5"),
    "hidden": ("1", "16-16-16-16", "none"),
    "act": ("relu", "identity", "relu-sigmoid"),
    "out": ("softmax", "sigmoid-squared"),
    "err": ("half", "mean"),
    "bias": ("learned", "none"),
    "step": ("0", "99"),
    "taken": ("0", "200"),
    "epoch": ("-1", "0", "500"),
    "split": ("0", "9999"),
    "batch": ("full", "1"),
    "data": ("iris", "textbook", "own"),
    "edit": ("", "x_1_1000~b1_1_-1000"),
}


@pytest.fixture
def link(monkeypatch):
    """A session with these fields at an address with these parameters; gives what is put there."""

    def opened(fields=(), **query):
        put = {}
        monkeypatch.setattr(choices, "st", SimpleNamespace(session_state=dict(fields)))
        monkeypatch.setattr(choices, "asked", query.get)
        monkeypatch.setattr(choices, "put", put.__setitem__)
        return put

    return opened


@pytest.mark.parametrize(("key", "text", "notice"), WRONG)
def test_what_is_wrong_is_said_and_replaced_by_the_default(link, key, text, notice):
    put = link(**{"seed": "7", key: text})
    assert choices.repair() == [notice]
    assert put == {key: None}


@pytest.mark.parametrize(("key", "text"), [(key, text) for key, texts in RIGHT.items() for text in texts])
def test_what_is_right_is_left_alone(link, key, text):
    put = link(**{key: text})
    assert choices.repair() == []
    assert put in ({}, {"lr": "1e-05"})


def test_every_setting_is_checked():
    assert {key for key, _, _ in WRONG} == set(RIGHT) == set(DEFAULTS)


@pytest.mark.parametrize(
    ("fields", "query", "put", "said"),
    [
        ({"hidden": "5-"}, {"hidden": "6-5"}, {"hidden": "6-5"}, "the last valid value, 6-5"),
        ({"hidden": "5-"}, {"hidden": "x"}, {"hidden": None}, "the default, 5"),
        ({"lr": "abc"}, {"lr": "0.25"}, {"lr": "0.25"}, "the last valid value, 0.25"),
        ({"lr": "abc"}, {}, {"lr": None}, "the default, 0.1"),
    ],
    ids=str,
)
def test_a_mistyped_field_keeps_the_last_valid_value(link, fields, query, put, said):
    found = link(fields, **query)
    (notice,) = choices.repair()
    assert notice.endswith(f", got `{next(iter(fields.values()))}`. You see {said}.")
    assert found == put


def test_what_is_typed_is_written_as_a_link_has_it(link):
    put = link({"lr": "0,05", "hidden": " 6−5–4 ", "flower": 3}, flower="999")
    assert choices.repair() == []
    assert put == {"lr": "0.05", "hidden": "6-5-4"}
