"""The worksheet: its key holds the core's numbers, its blanks hold none, and the stated tolerance is fair."""

import re

import numpy as np
import pytest

from backprop import Params, training_step
from tests.expected import settings_of
from tests.markup import elements
from ui.recording import recorded_step
from ui.worksheet import worksheet_html
from ui.worksheet.parts import number, table
from ui.worksheet.plan import WIDE, is_right, left_out, plan_of

LINK = "https://example.org/walkthrough?flower=3&seed=1"
TEXTBOOK = {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared", "lr": 0.5}
VIEWS = [
    {},
    TEXTBOOK,
    TEXTBOOK | {"hidden": "8"},
    {"hidden": "16-16-16-16", "out": "identity", "lr": 0.001},
    {"hidden": "6-5", "act": "tanh", "out": "sigmoid", "flower": 3},
    {"hidden": "6-16-3", "seed": 4},
    {"epoch": 5, "taken": 2, "act": "sigmoid", "out": "sigmoid-squared"},
    {"edit": "W2_1_1_0.75~x_1_-3", "hidden": "1"},
]


def answers(html: str) -> dict[str, float]:
    found = [element for element in elements(html) if "data-key" in element.attributes]
    values = {element.attributes["data-key"]: element.value for element in found}
    assert len(values) == len(found), "an answer is asked twice"
    return values


def expected(step, key: str) -> float:
    """The number that an answer's name stands for, from the core's records."""
    what, *rest = key.split(":")
    if rest == ["paths"]:
        return step.vjp(*what.split("/")).paths
    kind = rest.pop(0) if rest and not rest[0].isdecimal() else "value"
    array = {
        "value": lambda: step.tape[what],
        "cotangent": lambda: step.cotangent(what),
        "jacobian": lambda: step.vjp(*what.split("/")).jacobian,
        "path_terms": lambda: step.vjp(*what.split("/")).path_terms,
        "gradient": lambda: step.gradients[what],
        "after": lambda: step.params_after[what],
    }[kind]()
    return float(array[tuple(map(int, rest))])


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_key_holds_the_numbers_of_the_core(view):
    settings = settings_of(**view)
    step = recorded_step(settings)
    found = answers(worksheet_html(settings, LINK))
    assert found == {key: expected(step, key) for key in found}
    depth = step.config.depth
    for layer in range(1, depth + 1):
        for kind in (f"z{layer}:", f"a{layer}:", f"z{layer}:cotangent:"):
            assert any(key.startswith(kind) for key in found), kind
        for kind in (f"W{layer}:gradient:", f"b{layer}:gradient:", f"W{layer}:after:", f"b{layer}:after:"):
            assert any(key.startswith(kind) for key in found), kind
    for layer in range(1, depth):
        assert any(key.startswith(f"z{layer + 1}/a{layer}:path_terms:") for key in found)
        assert any(key.startswith(f"a{layer}:cotangent:") for key in found)
        assert any(key.startswith(f"a{layer}/z{layer}:jacobian:") for key in found)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_sheet_has_a_blank_for_every_answer_and_no_answer(view):
    settings = settings_of(**view)
    sheet, key = worksheet_html(settings, LINK).split('<main class="answers">')
    blanks = [
        element
        for element in elements(f"{sheet.partition('<body>')[2]}")
        if element.classes & {"blank", "gap"}
    ]
    assert len(blanks) == len(answers(f'<main class="answers">{key.partition("</body>")[0]}'))
    assert all(element.text == "" for element in blanks)
    assert "data-value" not in sheet
    assert worksheet_html(settings, LINK, key=False).partition("</body>")[0].strip() == sheet.strip()


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_answers_from_the_printed_numbers_are_within_the_tolerance(view):
    """Whoever computes with the rounded numbers of the sheet, and makes no mistake, is right everywhere."""
    settings = settings_of(**view)
    step = recorded_step(settings)

    def printed(array):
        return np.vectorize(lambda value: float(number(value).replace("−", "-")))(array)

    rounded = training_step(
        step.config,
        Params(tuple(map(printed, step.params.weights)), tuple(map(printed, step.params.biases))),
        printed(step.tape["x"]),
        printed(step.tape["y"]),
        settings.learning_rate,
    )
    wrong = {
        key: (value, expected(rounded, key))
        for key, value in answers(worksheet_html(settings, LINK)).items()
        if not is_right(expected(rounded, key), value)
    }
    assert wrong == {}


def test_tolerance_is_two_percent_or_two_thousandths():
    assert is_right(1.019, 1.0)
    assert not is_right(1.021, 1.0)
    assert is_right(0.0019, 0.0)
    assert not is_right(-0.0021, 0.0)


def test_a_path_left_out_is_not_within_the_tolerance():
    step = recorded_step(settings_of())
    vjp = step.vjp("z2", "a1")
    for k in range(3):
        one_missing = vjp.cotangent - vjp.path_terms[k]
        assert not all(map(is_right, one_missing, vjp.cotangent))


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_what_is_not_asked_of_wide_layers_is_said(view):
    step = recorded_step(settings_of(**view))
    plan = plan_of(step)
    text = " ".join(left_out(step, plan))
    for layer, size in enumerate(step.config.layer_sizes[1:], start=1):
        wide = size > WIDE
        assert (
            f"Layer {layer} has {size} units: you work on unit {plan.chosen[layer - 1] + 1}," in text
        ) == wide
        assert plan.units[layer - 1] == ((plan.chosen[layer - 1],) if wide else tuple(range(size)))
        if wide:
            sizes = np.abs(step.cotangent(f"z{layer}"))
            assert sizes[plan.chosen[layer - 1]] == sizes.max()
    few_columns = any(size > WIDE for size in step.config.layer_sizes[:-1])
    assert ("only the 4 largest gradients" in text) == few_columns


def test_a_wide_layer_leaves_a_sheet_of_reasonable_length():
    found = answers(worksheet_html(settings_of(hidden="16-16-16-16"), LINK))
    assert len(found) < 170
    # One unit's paths, all of them: their sum can be made from what is asked and given.
    assert sum(key.startswith("z3/a2:path_terms:") for key in found) == 16


@pytest.mark.parametrize(("paper", "size"), [("A4", "A4"), ("Letter", "letter")])
def test_file_stands_alone_and_has_the_size_of_the_paper(paper, size):
    html = worksheet_html(settings_of(), LINK, paper)
    assert f"@page {{ size: {size}; }}" in html
    assert "break-before: page" in html
    assert "<math" in html
    assert "flower=3&amp;seed=1" in html
    sources = re.findall(r"""(?:src|href)\s*=\s*["']([^"']*)|url\(|@import|<script""", html)
    assert set(sources) == {LINK.replace("&", "&amp;")}


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-1.23456, "−1.235"), (0.5, "0.5"), (1.2346e-7, "1.235e-7"), (123456.0, "1.235e5")],
)
def test_numbers_have_four_significant_digits(value, text):
    assert number(value) == text.replace("e-", "e−")


def test_wide_tables_are_cut_into_parts_that_keep_every_cell():
    html = table(["row"], [f"c{j}" for j in range(17)], lambda i, j: f"<td>{i}:{j}</td>")
    found = elements(html)
    assert [e.text for e in found if e.tag == "td"] == [f"0:{j}" for j in range(17)]
    assert [e.text for e in found if e.attributes.get("scope") == "col"] == [f"c{j}" for j in range(17)]
    assert sum(e.tag == "table" for e in found) == 3
