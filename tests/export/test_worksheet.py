"""The worksheet: its key holds the core's numbers, its blanks hold none, and the stated tolerance is fair."""

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop import Params, training_step
from tests.expected import CHAIN, NEURON, XOR, own_link, settings_of
from tests.markup import elements
from ui.draw.svg import scripts
from ui.export.worksheet.document import worksheet_html
from ui.export.worksheet.parts import number, table
from ui.export.worksheet.picture import network_picture
from ui.export.worksheet.plan import ABSOLUTE, RELATIVE, WIDE, left_out, plan_of
from ui.export.worksheet.update import outcome
from ui.names.symbols import symbol
from ui.state.recording import recorded_step

GOLDEN = Path(__file__).parent.parent / "golden"
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
    {"hidden": "none", "edit": "y_1_.5"},
    {"hidden": "none", "out": "relu", "err": "sum", "bias": "none"},
    {"hidden": "3-2", "act": "relu-tanh", "out": "tanh", "err": "mean", "bias": "fixed", "lr": 0.5},
    own_link(CHAIN, out="sigmoid-squared"),
    own_link(NEURON, out="softmax"),
    own_link(XOR, hidden="2", act="tanh", out="sigmoid", obs=3),
]


def plain(text: str) -> str:
    """As the text of markup: raised and lowered digits are elements of their own there."""
    return text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789"))


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
        for kind in (f"W{layer}:gradient:", f"W{layer}:after:"):
            assert any(key.startswith(kind) for key in found), kind
        asked = [any(key.startswith(f"b{layer}:{kind}:") for key in found) for kind in ("gradient", "after")]
        assert (
            asked == {"learned": [True, True], "fixed": [True, False], "none": [False, False]}[settings.bias]
        )
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


def is_right(answer, key):
    return abs(answer - key) <= max(RELATIVE * abs(key), ABSOLUTE)


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
            f"Layer {layer} has {size} units: you work on unit {plan.chosen[layer - 1] + 1} (no "
            f"∂C/∂{symbol(f'z{layer}')} is larger in size); what you need of the others is given." in text
        ) == wide
        assert plan.units[layer - 1] == ((plan.chosen[layer - 1],) if wide else tuple(range(size)))
        if wide:
            sizes = np.abs(step.cotangent(f"z{layer}"))
            assert sizes[plan.chosen[layer - 1]] == sizes.max()
    few_columns = any(size > WIDE for size in step.config.layer_sizes[:-1])
    assert (
        "only 4 gradients are asked, the largest in size or the first among equals." in text
    ) == few_columns


@pytest.mark.parametrize(
    ("view", "sentences"),
    [
        (TEXTBOOK, []),
        ({"hidden": "1"}, []),
        ({"hidden": "1", "edit": "b2_1_20"}, []),
        (
            {"hidden": "1", "edit": "b2_1_1000"},
            [
                "At least one output is nearer to 0 or 1 than a pocket calculator can show: without ∂C/∂a² "
                "and ∂a²/∂z², ∂C/∂z² is a² − y."
            ],
        ),
        ({"hidden": "1", "edit": "b2_1_1000", "out": "sigmoid-squared"}, []),
        ({"hidden": "1", "edit": "b2_1_1000", "out": "identity"}, []),
        ({"hidden": "2"}, ["Of the update of layers 1 and 2 you compute one unit of each."]),
        ({"hidden": "2-1"}, ["Of the update of layer 1 you compute one unit."]),
        (
            {"hidden": "1-6-6-6"},
            [
                "You compute of dC/dW³ only row 1, of dC/dW⁴ only row 4: the other rows are made in the same "
                "way.",
                "Of the update of layers 2, 3, 4 and 5 you compute one unit of each.",
            ],
        ),
        (
            {"hidden": "7", "edit": "~".join(f"b1_{unit}_-1000" for unit in range(1, 8))},
            [
                "Layer 1 has 7 units: you work on unit 1 (no ∂C/∂z¹ is larger in size); what you need of the "
                "others is given.",
                "You compute of dC/dW² only row 3: the other rows are made in the same way.",
                "Of a row with more than 6 weights, only 4 gradients are asked, the largest in size or the "
                "first among equals.",
                "Of the update of layers 1 and 2 you compute one unit of each.",
            ],
        ),
    ],
    ids=str,
)
def test_what_is_left_out_in_so_many_words(view, sentences):
    step = recorded_step(settings_of(**view))
    assert left_out(step, plan_of(step)) == sentences


@given(st.lists(st.integers(1, 16), min_size=1, max_size=4), st.integers(0, 99), st.sampled_from([0, 1000]))
def test_the_plan_asks_what_it_says(hidden, seed, off):
    edit = "~".join(f"b1_{unit}_{-off}" for unit in range(1, hidden[0] + 1)) if off else ""
    step = recorded_step(settings_of(hidden="-".join(map(str, hidden)), seed=seed, edit=edit))
    plan = plan_of(step)
    for n, (below, size) in enumerate(pairwise(step.config.layer_sizes)):
        unit, everything = plan.chosen[n], tuple(range(size))
        sizes = np.abs(step.cotangent(f"z{n + 1}"))
        assert sizes[unit] == sizes.max()
        assert not (sizes[:unit] == sizes.max()).any()
        assert plan.units[n] == (everything if size <= 6 else (unit,))
        assert plan.gradient_rows[n] == (everything if size <= 6 and size * below <= 20 else (unit,))
        assert plan.update_rows[n] == (everything if size * below <= 4 else (unit,))
        assert plan.is_wide(step, n + 1) == (size > 6)
        row = np.abs(step.gradients[f"W{n + 1}"][unit])
        assert plan.columns[n] == tuple(sorted(plan.columns[n]))
        assert len(plan.columns[n]) == (below if below <= 6 else 4)
        assert row[list(plan.columns[n])].min() >= np.delete(row, plan.columns[n]).max(initial=0.0)
    assert not plan.is_wide(step, 0)


def text_of(html: str) -> list[str]:
    """A sheet line by line: what is read in the browser, tables as rows of cells, formulas left out."""
    body = html.partition("<body>")[2]
    body = re.sub(r"<svg.*?</svg>|<math.*?</math>", "", body, flags=re.DOTALL)
    body = re.sub(r'<td class="blank"></td>', "<td>_</td>", body)
    body = re.sub(r'<td class="unused"></td>', "<td>#</td>", body)
    body = re.sub(r'<span class="gap"></span>', " ___ ", body)
    body = re.sub(r"<sup>(.*?)</sup>", r"^\1", re.sub(r"<sub>(.*?)</sub>", r"_\1", body))
    body = re.sub(r"</t[hd]><t[hd][^>]*>", " | ", re.sub(r"<br>|</(?:p|h\d|tr|div)>", "\n", body))
    lines = (unescape(re.sub(r"<[^>]*>", "", line)).strip() for line in body.split("\n"))
    return [line for line in lines if line]


@pytest.mark.parametrize(
    ("name", "view"),
    [
        ("textbook", TEXTBOOK),
        ("wide", {"hidden": "2-8", "edit": "x_1_7~W1_1_1_0.5", "taken": 2, "act": "tanh", "out": "sigmoid"}),
        ("off", {"hidden": "1-1", "edit": "b1_1_-1000", "lr": 0}),
        ("above", {"hidden": "1-7"}),
        ("no-hidden-layer", {"hidden": "none", "out": "tanh", "err": "mean", "bias": "none"}),
        (
            "xor",
            own_link(XOR, hidden="2", act="tanh-relu", out="sigmoid", bias="fixed", obs=3, edit="x_2_0.5"),
        ),
    ],
)
def test_the_whole_sheet_reads_as_it_was_read_by_hand(name, view):
    """Golden: read against the core's numbers once; `text_of` prints it anew after a change of words."""
    found = text_of(worksheet_html(settings_of(**view), LINK))
    assert found == (GOLDEN / f"worksheet-{name}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        (
            TEXTBOOK,
            "With all parameters updated, the cost goes from 0.2984 to 0.2805, a change of −0.0179; its "
            "first-order prediction is −0.0177.",
        ),
        (
            {"lr": 1e-7},
            "With all parameters updated, the cost goes from 1.0813491 to 1.0813488, a change of −2.78e−7; "
            "its first-order prediction is −2.78e−7.",
        ),
        ({"lr": 0}, "With η = 0 nothing moves: the cost stays 1.081."),
        (
            {"out": "identity", "hidden": "1", "edit": "b1_1_-1000~y_1_0~y_2_0~y_3_0"},
            "Every gradient is 0, so nothing moves: the cost stays 0.",
        ),
    ],
    ids=str,
)
def test_the_key_says_what_the_update_brought(view, sentence):
    step = recorded_step(settings_of(**view))
    assert outcome(step) == sentence
    assert scripts(sentence) in worksheet_html(settings_of(**view), LINK)
    assert scripts(sentence) not in worksheet_html(settings_of(**view), LINK, key=False)


@pytest.mark.parametrize(
    ("view", "listed"),
    [
        ({"edit": "x_1_7"}, "Edited: x₁ = 7"),
        ({"edit": "x_1_7~b2_3_-.5", "taken": 3}, "Edited before the steps taken: x₁ = 7, b²₃ = −0.5"),
        (
            {"hidden": "16", "edit": "~".join(f"b1_{unit}_{unit}" for unit in range(1, 16))},
            "Edited: b¹₁ = 1, b¹₂ = 2, b¹₃ = 3, b¹₄ = 4, b¹₅ = 5, b¹₆ = 6, b¹₇ = 7, b¹₈ = 8, b¹₉ = 9, "
            "b¹₁₀ = 10, b¹₁₁ = 11, b¹₁₂ = 12 and 3 more",
        ),
    ],
    ids=str,
)
def test_the_sheet_lists_what_was_edited(view, listed):
    sheet, key = worksheet_html(settings_of(**view), LINK).split('<main class="answers">')
    assert f"<br>{listed}<br>" in sheet
    assert f"<br>{listed}</p>" in key


@pytest.mark.parametrize(
    ("hidden", "described"),
    [
        ("5", "The network: 4 inputs, 5 hidden units, 3 outputs, then the cost."),
        ("1", "The network: 4 inputs, 1 hidden unit, 3 outputs, then the cost."),
        ("6-5", "The network: 4 inputs, 6 and 5 hidden units, 3 outputs, then the cost."),
        ("none", "The network: 4 inputs, 3 outputs, then the cost."),
        ("16-2-1-1", "The network: 4 inputs, 16, 2, 1 and 1 hidden units, 3 outputs, then the cost."),
    ],
)
def test_the_picture_has_every_unit_at_its_place_and_a_line_to_each_of_the_next(hidden, described):
    config = settings_of(hidden=hidden).config
    found = elements(network_picture(config))
    assert found[0].attributes["aria-label"] == described
    sizes = config.layer_sizes
    circles = [(float(e.attributes["cx"]), float(e.attributes["cy"])) for e in found if e.tag == "circle"]
    assert len(circles) == sum(sizes) + 1
    columns = [[circles.pop(0) for _ in range(size)] for size in (*sizes, 1)]
    for column in columns:
        assert len({x for x, _ in column}) == 1
        assert [y for _, y in column] == sorted({y for _, y in column})
    xs = [column[0][0] for column in columns]
    assert xs == sorted(set(xs))
    middles = {round(sum(y for _, y in column) / len(column), 6) for column in columns}
    assert len(middles) == 1
    (path,) = [e.attributes["d"] for e in found if e.tag == "path"]
    lines = {tuple(map(float, re.findall(r"[\d.]+", line))) for line in path.split("M")[1:]}
    expected_lines = {
        (round(x, 1), round(y, 1), round(to_x, 1), round(to_y, 1))
        for near, far in pairwise(columns)
        for x, y in near
        for to_x, to_y in far
    }
    assert lines == expected_lines
    size = found[0].attributes["viewbox"].split()
    assert all(0 < x < float(size[2]) and 0 < y < float(size[3]) for column in columns for x, y in column)
    # Names: in the circle, or where circles are small, right beside the first and the last.
    labels = {e.text: (float(e.attributes["x"]), float(e.attributes["y"])) for e in found if e.tag == "text"}
    for layer, column in enumerate(columns[:-1]):
        radius = {float(e.attributes["r"]) for e in found if float(e.attributes.get("cx", 0)) == column[0][0]}
        small = radius == {6.0}
        assert small or radius == {17.0}
        assert small == (len(column) > 1 and column[1][1] - column[0][1] < 28)
        name = f"a{layer}" if layer else "x"
        named = {unit: plain(symbol(name, unit)) for unit in range(len(column))}
        for unit, text in named.items():
            inside = 0 < unit < len(column) - 1
            if small and inside:
                assert text not in labels
            else:
                assert labels[text] == (column[unit][0] + (12 if small else 0), column[unit][1])
        head = f"{plain(symbol(name))}: {config.activation(layer)}" if layer else "input x"
        assert labels[head] == (column[0][0], 10)
    assert labels["C"] == columns[-1][0]
    assert labels["cost"] == (columns[-1][0][0], 10)


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
    [
        (0.0, "0"),
        (-1.23456, "−1.235"),
        (0.5, "0.5000"),
        (1.2346e-7, "1.235e−7"),
        (123456.0, "1.235e5"),
        (3, "3"),
    ],
)
def test_numbers_have_four_significant_digits_as_the_head_says(value, text):
    assert number(value) == text
    assert "Given numbers are rounded to four significant digits; " in worksheet_html(settings_of(), LINK)


def test_wide_tables_are_cut_into_parts_that_keep_every_cell():
    html = table(["row"], [f"c{j}" for j in range(17)], lambda i, j: f"<td>{i}:{j}</td>")
    found = elements(html)
    assert [e.text for e in found if e.tag == "td"] == [f"0:{j}" for j in range(17)]
    assert [e.text for e in found if e.attributes.get("scope") == "col"] == [f"c{j}" for j in range(17)]
    assert sum(e.tag == "table" for e in found) == 3


def test_no_sheet_of_one_s_own_example_speaks_of_flowers():
    for view in VIEWS[-3:]:
        sheet = worksheet_html(settings_of(**view), "link").partition("<body>")[2]
        assert not re.search(r"flower|iris|species|\bcm\b", sheet)


@pytest.mark.parametrize("out", ["softmax", "sigmoid"])
def test_of_a_saturated_output_the_derivative_is_the_error(out):
    step = recorded_step(settings_of(out=out, edit="b2_1_1000"))
    assert "than a pocket calculator can show" in left_out(step, plan_of(step))[0]
    np.testing.assert_allclose(step.cotangent("z2"), step.tape["a2"] - step.tape["y"], atol=1e-12)
