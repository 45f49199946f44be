"""What the stage says of the input: whose numbers these are, and how they came about."""

import json
import re

import numpy as np
import pytest

from tests.expected import CHAIN, NEURON, XOR, own_link, settings_of, step_of
from tests.steps.saying import say, steps_by_id
from tests.steps.stage_script import question, run_script
from ui.names.equations import mathml
from ui.names.numbers import short
from ui.state.data import load_iris
from ui.state.presets import PRESETS
from ui.state.training_runs import split_iris
from ui.steps.payload import stage_payload


@pytest.mark.parametrize("view", [{}, {"flower": 70}, {"flower": 3, "epoch": 2, "split": 5}], ids=str)
def test_the_inputs_are_made_of_the_three_numbers_on_show(view):
    settings = settings_of(**view)
    tables = json.loads(stage_payload(settings))["tables"]
    iris = load_iris()
    rows = list(split_iris(settings.split).training) if settings.is_trained else slice(None)
    over = iris.centimetres[rows]
    made_of = {"measured": iris.centimetres[settings.flower], "mean": over.mean(0), "deviation": over.std(0)}
    shown = {}
    for kind, expected in made_of.items():
        table = tables[f"x:{kind}"]
        np.testing.assert_allclose(np.ravel(table["values"]), expected, rtol=1e-12)
        assert [table["rows"], table["cols"], table["shape"], table["net"]] == [
            [""] * 4,
            [""],
            "cm",
            ["node", "x"],
        ]
        assert table["title"] == mathml(rf"\text{{{kind}}}")
        shown[kind] = np.array([float(text) for (text,) in table["texts"]])
    np.testing.assert_array_equal(shown["measured"], made_of["measured"])
    from_shown = (shown["measured"] - shown["mean"]) / shown["deviation"]
    assert [short(float(value)) for value in from_shown] == [
        short(float(value)) for value in step_of(settings).tape["x"]
    ]


def test_the_first_step_says_whose_numbers_these_are():
    press = "Press → to take the first step."
    scale = "0 is the mean of all 150 flowers, 1 is one standard deviation above it."
    assert say("x") == (
        f"Four measurements of one iris, standardised: {scale} The target y marks its species. {press}"
    )
    assert say("x", epoch=3).startswith(
        "Four measurements of one iris, standardised: 0 is the mean of the 105 flowers of the training, "
    )
    assert say("x", edit="x_1_7") == (
        f"Measurements of one iris, standardised, but x₁ as typed: {scale} "
        f"The target y marks its species. {press}"
    )
    all_typed = "x_1_1~x_2_1~x_3_1~x_4_1~y_1_1~y_3_0"
    assert say("x", edit=all_typed) == (
        f"All inputs as typed. The target y says what the outputs should be, y₁ and y₃ as typed. {press}"
    )
    assert say("x", edit="b2_1_.5") == (
        f"Four measurements of one iris, standardised: {scale} The target y marks its species. "
        f"Edited: b²₁ = 0.5. {press}"
    )
    target = f"The target y says what the outputs should be. {press}"
    book = {"data": "textbook", "hidden": "2"}
    assert say("x", **book) == f"The two inputs of a well-known textbook example, as they are. {target}"
    assert say("x", **book, edit="x_2_0") == (
        f"The inputs of a well-known textbook example, but x₂ as typed. {target}"
    )
    assert say("x", **book, edit="x_1_2~x_2_0") == f"All inputs as typed. {target}"


@pytest.mark.parametrize("view", [{"edit": "x_1_1~x_2_1~x_3_1~x_4_1"}, {"data": "textbook"}], ids=str)
def test_nothing_is_measured_where_all_is_typed_or_from_a_book(view):
    payload = json.loads(stage_payload(settings_of(**view)))
    assert not [name for name in payload["tables"] if name in ("x:measured", "x:mean", "x:deviation")]
    assert payload["steps"][0]["rows"] == [[{"table": "x:value"}, "target", {"table": "y:value"}]]
    assert payload["steps"][0]["formula"] == mathml(
        r"\mathbf{x} \rightarrow \mathbf{z}^1 \rightarrow \mathbf{a}^1 \rightarrow \dots", block=True
    )


def test_a_typed_input_has_no_measurement():
    tables = json.loads(stage_payload(settings_of(edit="x_3_7")))["tables"]
    assert tables["x:measured"]["values"] == [[4.9], [2.5], [None], [1.7]]
    assert tables["x:measured"]["texts"] == [["4.9"], ["2.5"], [""], ["1.7"]]
    assert [row[0] is None for row in tables["x:mean"]["values"]] == [False, False, True, False]


def test_a_typed_input_is_told_with_the_digits_it_was_typed_with():
    asked = question(settings_of(edit="x_1_7~x_2_1.23456"), [(0, "x:value", row, 0, 0) for row in range(2)])
    (answer,) = run_script(asked)
    assert [text for text, _ in answer["written"]] == [
        "x₁ = 7, since you typed it",
        "x₂ = 1.23, since you typed 1.23456",
    ]


def test_the_first_step_says_whose_example_it_is():
    assert say("x", **own_link(CHAIN)).startswith(
        "The input of your example, as it is. The target y says what the output"
    )
    assert say("x", **own_link(NEURON), edit="x_2_3").startswith(
        "The inputs of your example, but x₂ as typed. "
    )
    assert say("x", **own_link(XOR), obs=2).startswith(
        "The two inputs of observation 2 of the four in your example, as they are. "
    )
    book = next(preset.settings for preset in PRESETS if preset.name.startswith("Zhou"))
    assert steps_by_id(book)["x"]["say"].startswith(
        "The two inputs of observation 1 of the four in this example from a book, as"
    )
    for step in steps_by_id(settings_of(**own_link(XOR, hidden="2"))).values():
        assert not re.search(r"flower|iris|species|cm\b", f"{step['title']} {step['say']}")
