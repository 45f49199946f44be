"""Edits: the text in a link, what a network can take, the tables of the editor, names of edited views."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.expected import settings_of, start_of, step_of
from ui.names.numbers import short
from ui.names.symbols import entry_symbol
from ui.shell.editor import edits_of, edits_summary, number_tables, typed_cells
from ui.state.captions import (
    describe_observation,
    edited_names,
    file_name,
    is_measured,
    list_edits,
    name_observation,
    typed_entries,
)
from ui.state.data import SPECIES
from ui.state.edits import MAX_EDITS, MAX_LENGTH, Edit, fitting_edits, format_edits, parse_edits
from ui.state.recording import current_params, fitting_edit, observation, recorded_step
from ui.steps.payload import stage_payload

TEXTBOOK = {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared", "lr": 0.5}
VIEWS = [
    {"edit": "W1_2_3_0.5~x_1_-1.2"},
    {"edit": "b2_3_-7.25~W2_1_5_1e-05", "taken": 12, "out": "identity", "lr": 0.01},
    {"edit": "y_1_0.2~y_3_0.8", "epoch": 3, "batch": "8", "split": 4, "hidden": "3-2"},
    TEXTBOOK,
    TEXTBOOK | {"edit": "x_2_.5~y_1_2~W2_2_2_-3"},
    TEXTBOOK | {"hidden": "3", "seed": 5, "taken": 3},
]
places = st.one_of(
    st.tuples(st.just("W"), st.integers(1, 5), st.tuples(st.integers(0, 15), st.integers(0, 15))),
    st.tuples(st.just("b"), st.integers(1, 5), st.tuples(st.integers(0, 15))),
    st.tuples(st.sampled_from("xy"), st.just(None), st.tuples(st.integers(0, 3))),
)


def typed_tables(tables, **changes) -> list[tuple[tuple[str, ...], ...]]:
    """What the editor holds after typing: changes by table number, as {(row, column): text}."""
    return [
        tuple(
            tuple(changes.get(f"t{number}", {}).get((i, j), text) for j, text in enumerate(line))
            for i, line in enumerate(table.texts)
        )
        for number, table in enumerate(tables)
    ]


@given(st.lists(st.tuples(places, st.floats(-1000, 1000)), max_size=MAX_EDITS, unique_by=lambda e: e[0]))
def test_a_link_keeps_every_edit_to_the_last_digit(cells):
    edits = tuple(Edit(f"{kind}{layer or ''}", index, value) for (kind, layer, index), value in cells)
    text = format_edits(edits)
    assert len(text) <= MAX_LENGTH
    assert set(text) <= set("Wbxy_~-.0123456789e")
    assert parse_edits(text) == edits


def test_the_last_of_two_edits_of_one_entry_counts():
    assert parse_edits("x_1_1~x_2_5~x_1_2") == (Edit("x", (0,), 2.0), Edit("x", (1,), 5.0))
    assert parse_edits("") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x_1", "expected numbers written like"),
        ("x_0_1", "expected numbers written like"),
        ("x_1_nan", "expected numbers written like"),
        ("x_1_inf", "expected numbers written like"),
        ("x_١_1", "expected numbers written like"),
        ("x_1_1~", "expected numbers written like"),
        ("x_1_1000.5", "expected values from −1000 to 1000, got `x_1_1000.5`"),
        ("x_1_1e+999", "expected numbers written like"),
        ("x_1_1e999", "expected values from −1000 to 1000"),
        (
            "~".join(f"W1_{i}_{j}_1" for i in range(1, 12) for j in range(1, 12)),
            "at most 120 numbers, got 121",
        ),
        ("x" * 5000, "expected at most 4400 characters, got 5000"),
    ],
)
def test_a_text_that_is_no_edit_says_what_was_expected(text, message):
    with pytest.raises(ValueError, match="expected") as error:
        parse_edits(text)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("view", "kept", "problem"),
    [
        ({"edit": "W1_2_3_0.5"}, "W1_2_3_0.5", ""),
        ({"edit": "W9_1_1_1~x_1_0"}, "x_1_0", "this network has no W9"),
        ({"edit": "W1_6_1_1~x_1_0"}, "x_1_0", "W1 has 5 × 4 entries, which leaves no place for `W1_6_1_1`"),
        ({"edit": "b1_1_2_3"}, "", "b1 has 5 entries, which leaves no place for `b1_1_2_3`"),
        ({"edit": "y_1_0.5~x_1_0"}, "x_1_0", "the targets of softmax outputs add up to 1, these to 1.50"),
        ({"edit": "y_3_0.99999"}, "", "the targets of softmax outputs add up to 1, these to 0.99999"),
        ({"edit": "b1_2_3", "hidden": "1"}, "", "b1 has 1 entry, which leaves no place for `b1_2_3`"),
        ({"edit": "y_1_0.5~y_3_0.5"}, "y_1_0.5~y_3_0.5", ""),
        ({"edit": "y_1_-3", "out": "sigmoid"}, "", "the targets of a cross-entropy are from 0 to 1"),
        ({"edit": "y_1_-3", "out": "identity"}, "y_1_-3", ""),
        (TEXTBOOK | {"edit": "x_3_1~x_2_1"}, "x_2_1", "x has 2 entries, which leaves no place for `x_3_1`"),
    ],
)
def test_only_what_fits_the_network_is_kept(view, kept, problem):
    assert fitting_edit(settings_of(**view)) == (kept, problem)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_recorded_step_is_that_of_the_core(view):
    settings = settings_of(**view)
    step, expected = recorded_step(settings), step_of(settings)
    for name in ("x", "y", *(name for name, _ in expected.params.items())):
        np.testing.assert_array_equal(step.tape[name], expected.tape[name])
    assert step.loss_before == expected.loss_before


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_stage_has_the_names_and_inputs_of_its_network(view):
    settings = settings_of(**view)
    payload = json.loads(stage_payload(settings))
    inputs, *_, outputs, _ = payload["network"]
    assert (inputs["units"], len(inputs["labels"])) == (len(step_of(settings).tape["x"]),) * 2
    assert (outputs["units"], len(outputs["labels"])) == (len(step_of(settings).tape["y"]),) * 2
    first = payload["steps"][0]
    if settings.data == "textbook":
        assert inputs["labels"] == ["input 1", "input 2"]
        assert outputs["labels"] == ["output 1", "output 2"]
        assert first["title"] == "The example goes in"
        words = json.dumps([step["say"] + step["title"] for step in payload["steps"]])
        assert not any(word in words for word in ("flower", "iris", "standard", "species"))
    else:
        assert first["title"] == "The flower goes in"
        assert ("marks its species" in first["say"]) == ("y_" not in settings.edit)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_tables_hold_every_number_once(view):
    settings = settings_of(**view)
    tables = number_tables(settings)
    start, before = step_of(settings_of(**view | {"taken": 0})).tape, start_of(settings)
    seen = set()
    for table in tables:
        assert table.values.shape == (len(table.rows), len(table.columns)) == table.unedited.shape
        for place, value in np.ndenumerate(table.values):
            name, index = table.places[place[0]][place[1]]
            assert value == start[name][index]
            assert table.unedited[place] == before[name][index]
            seen.add((name, index))
    sizes = settings.config.layer_sizes
    numbers = sizes[0] + sizes[-1] + sum(m * (n + 1) for n, m in pairwise(sizes))
    assert len(seen) == numbers
    assert len({name for table in tables for name in (*table.columns, table.title)}) > len(tables)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_tables_left_alone_are_the_edits_there_are(view):
    settings = settings_of(**view)
    tables = number_tables(settings)
    edits, problems = edits_of(settings, tables, typed_tables(tables))
    assert problems == ()
    assert set(edits) == set(parse_edits(settings.edit))


def test_what_is_typed_becomes_an_edit_and_the_old_number_none():
    settings = settings_of(edit="W1_2_3_0.5")
    tables = number_tables(settings)
    old = float(tables[2].unedited[1, 2])
    typed = typed_tables(tables, t0={(3, 0): "0.123456789012345"}, t2={(1, 2): repr(old), (0, 4): "−2"})
    edits, problems = edits_of(settings, tables, typed)
    assert problems == ()
    assert set(edits) == {Edit("x", (3,), 0.123456789012345), Edit("b1", (0,), -2.0)}
    shown = settings_of(edit=format_edits(edits))
    assert observation(shown)[0][3] == 0.123456789012345
    assert current_params(shown).biases[0][0] == -2.0
    assert current_params(shown).weights[0][1, 2] == old


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (".5", 0.5),
        ("0,5", 0.5),
        ("1e-3", 0.001),
        ("−2.5", -2.5),
        ("–2.5", -2.5),
        ("-0", 0.0),
        ("1/3", 1 / 3),
        ("0.5*3", 1.5),
        (" 1000 ", 1000.0),
        ("−1000", -1000.0),
    ],
)
def test_what_is_typed_is_what_is_meant(text, value):
    settings = settings_of()
    tables = number_tables(settings)
    edits, problems = edits_of(settings, tables, typed_tables(tables, t2={(1, 2): text}))
    assert problems == ()
    assert edits == (Edit("W1", (1, 2), value),)


def test_a_number_that_is_shown_with_six_digits_keeps_all_of_them():
    settings = settings_of(edit="x_1_0.1234567890123")
    tables = number_tables(settings)
    assert tables[0].texts[0][0] == "0.123457"
    kept = Edit("x", (0,), 0.1234567890123)
    assert edits_of(settings, tables, typed_tables(tables, t1={(0, 0): "0"})) == ((kept,), ())
    typed = typed_tables(tables, t0={(0, 0): "0.1234570"})
    assert edits_of(settings, tables, typed) == ((Edit("x", (0,), 0.123457),), ())


@pytest.mark.parametrize(
    "sent",
    [
        None,
        5,
        {},
        {"typed": None},
        {"typed": "0,0"},
        {"typed": {"9,9": "1", "0,0": 3, "-1,0": "2", "0": "x"}},
    ],
)
def test_what_no_browser_sends_is_nothing_typed(sent):
    assert typed_cells(sent, number_tables(settings_of())[2]) == {}


def test_what_the_browser_sends_is_what_was_typed():
    table = number_tables(settings_of())[2]
    assert typed_cells({"typed": {"1,2": "abc", "4,4": ""}}, table) == {(1, 2): "abc", (4, 4): ""}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"t0": {(1, 0): " "}}, "x₂: Expected a number from −1000 to 1000, got nothing."),
        ({"t2": {(1, 2): "1000,5"}}, "w¹₂₃: Expected a number from −1000 to 1000, got “1000,5”."),
        (
            {"t2": {(1, 2): "abc"}},
            "w¹₂₃: Expected a number, such as 0.25, −0,25, 1e−3 or 1/3, got “abc”.",
        ),
        ({"t3": {(0, 5): "-1e400"}}, "b²₁: Expected a number of ordinary size, got “-1e400”."),
        ({"t1": {(0, 0): "0.5"}}, "The targets of softmax outputs add up to 1, these to 1.50."),
    ],
)
def test_bad_input_says_where_and_what_was_expected(changes, problem):
    settings = settings_of()
    tables = number_tables(settings)
    _, problems = edits_of(settings, tables, typed_tables(tables, **changes))
    assert problems == (problem,)


def test_more_numbers_than_a_link_holds_are_refused():
    settings = settings_of(hidden="16-16")
    tables = number_tables(settings)
    everywhere = dict.fromkeys(np.ndindex(tables[3].values.shape), "7")
    typed = typed_tables(tables, t3=everywhere)
    edits, (problem,) = edits_of(settings, tables, typed)
    assert len(edits) == 16 * 17
    assert problem.startswith("Expected at most 120 edited numbers")
    assert problem.endswith("got 272.")


def test_an_edit_that_does_not_fit_any_more_is_no_reason_to_lose_the_others():
    edits = parse_edits("x_1_2~y_1_0.5")
    good, problem = fitting_edits(edits, settings_of().config, np.array([0.0, 0.0, 1.0]))
    assert good == (Edit("x", (0,), 2.0),)
    assert problem


FLOWER = "Flower 106, virginica"
MEASURED = f"{FLOWER}: sepal 4.9 × 2.5 cm, petal 4.5 × 1.7 cm"


@pytest.mark.parametrize(
    ("view", "short_form", "long_form"),
    [
        ({}, FLOWER, MEASURED),
        ({"edit": "W1_2_3_.5"}, FLOWER, f"{MEASURED}. Edited: w¹₂₃ = 0.5"),
        (
            {"edit": "b2_1_-25~W1_5_4_1e-5", "taken": 3},
            FLOWER,
            f"{MEASURED}. Edited before the steps taken: b²₁ = −25, w¹₅₄ = 1e−5",
        ),
        (
            {"edit": "y_1_1~y_3_0", "taken": 3},
            f"{FLOWER}, but y₁ and y₃ as typed",
            f"{MEASURED}. Edited: y₁ = 1, y₃ = 0",
        ),
        (
            {"edit": "x_1_7"},
            f"{FLOWER}, but x₁ as typed",
            f"{FLOWER}, but x₁ as typed: x = (7, −1.28, 0.422, 0.659). Edited: x₁ = 7",
        ),
        (
            {"edit": "x_3_1.23456~y_3_.5~y_2_.5~x_1_-0", "epoch": 0, "taken": 9},
            f"{FLOWER}, but x₁, x₃, y₂ and y₃ as typed",
            f"{FLOWER}, but x₁, x₃, y₂ and y₃ as typed: x = (0, −1.33, 1.23456, 0.659). "
            "Edited: x₃ = 1.23456, y₃ = 0.5, y₂ = 0.5, x₁ = 0",
        ),
        (
            {"edit": "x_1_1~x_2_2~x_3_3~x_4_4~b1_1_5", "taken": 1},
            f"{FLOWER}, but all inputs as typed",
            f"{FLOWER}, but all inputs as typed: x = (1, 2, 3, 4). "
            "Edited before the steps taken: x₁ = 1, x₂ = 2, x₃ = 3, x₄ = 4 and 1 more",
        ),
        (TEXTBOOK, "Textbook example", "Textbook example: x = (0.05, 0.1), targets y = (0.01, 0.99)"),
        (
            TEXTBOOK | {"edit": "x_1_7"},
            "Textbook example, but x₁ as typed",
            "Textbook example, but x₁ as typed: x = (7, 0.1), targets y = (0.01, 0.99). Edited: x₁ = 7",
        ),
        (
            TEXTBOOK | {"edit": "x_2_0~x_1_2~y_1_0.12345"},
            "Textbook example, but all inputs and y₁ as typed",
            "Textbook example, but all inputs and y₁ as typed: x = (2, 0), targets y = (0.12345, 0.99). "
            "Edited: x₂ = 0, x₁ = 2, y₁ = 0.12345",
        ),
        (
            TEXTBOOK | {"edit": "y_1_0~y_2_1"},
            "Textbook example, but all targets as typed",
            "Textbook example, but all targets as typed: x = (0.05, 0.1), targets y = (0, 1). "
            "Edited: y₁ = 0, y₂ = 1",
        ),
    ],
    ids=str,
)
def test_what_the_observation_is_called(view, short_form, long_form):
    settings = settings_of(**view)
    assert name_observation(settings) == short_form
    assert describe_observation(settings) == long_form


@given(st.data())
def test_only_inputs_that_nobody_typed_are_a_flower_s_measurements(data):
    flower = data.draw(st.integers(0, 149))
    edits = data.draw(
        st.lists(st.sampled_from(["x_1_7", "x_4_0", "y_1_.5~y_2_.5~y_3_0", "W1_1_1_2", "b2_3_-1"]))
    )
    settings = settings_of(flower=flower, edit="~".join(edits))
    typed = {place for place, edit in ((0, "x_1_7"), (3, "x_4_0")) if edit in edits}
    said = describe_observation(settings)
    assert set(typed_entries(settings, "x")) == typed
    assert edited_names(settings) == {edit.split("_")[0] for edit in edits}
    assert is_measured(settings) == (not typed) == (" cm" in said)
    assert said.startswith(f"Flower {flower}, {SPECIES[flower // 50]}")
    for place, value in enumerate(observation(settings)[0].tolist()):
        assert not typed or short(value) in said.partition("x = (")[2].split(")")[0].split(", ")[place]


def test_edits_are_listed_or_counted():
    edited = settings_of(edit="x_1_-1.2~W1_2_3_0.5~W2_3_12_1~b1_4_2~b2_1_25")
    said = "x₁ = −1.2, w¹₂₃ = 0.5, w²₃,₁₂ = 1, b¹₄ = 2 and 1 more"
    assert list_edits(edited) == said
    assert list_edits(edited, most=5) == "x₁ = −1.2, w¹₂₃ = 0.5, w²₃,₁₂ = 1, b¹₄ = 2, b²₁ = 25"
    assert list_edits(edited, most=1) == "x₁ = −1.2 and 4 more"
    assert edits_summary(edited) == f"**5 numbers are edited**: {said}"
    assert edits_summary(settings_of(edit="x_1_2")) == "**1 number is edited**: x₁ = 2"
    assert not is_measured(settings_of(**TEXTBOOK))
    assert file_name(settings_of(**TEXTBOOK | {"edit": "x_1_7"}), "walkthrough", "html") == (
        "walkthrough-textbook-2-sigmoid-sigmoid-squared-eta0.5-edited.html"
    )
    assert entry_symbol("W2", (0, 11)) == "w²₁,₁₂"
    assert entry_symbol("W1", (11, 0)) == "w¹₁₂,₁"
    assert entry_symbol("W1", (0, 9)) == "w¹₁,₁₀"
