"""Pasted arrays: every spelling of the same numbers reads the same, and what is read is what is meant."""

import json
from contextlib import suppress
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.expected import settings_of, step_of
from ui.export.arrays import arrays_json
from ui.names.arrays import MOST_ENTRIES, read_pasted
from ui.names.spelled import spelled
from ui.names.statements import NotRead


def read_arrays(text, can_miss=False):
    """All arrays of a text, and all that could not be read."""
    pasted = read_pasted(text)
    arrays, problems = [], list(pasted.problems)
    for statement in pasted.statements:
        try:
            arrays.append(pasted.array(statement, can_miss))
        except NotRead as error:
            problems += error.problems
    return arrays, sorted(set(problems))


def read(text, can_miss=False):
    arrays, problems = read_arrays(text, can_miss)
    assert problems == []
    return {array.name: array.values.tolist() for array in arrays}


W = [[0.15, 0.2], [0.25, 0.3]]


@pytest.mark.parametrize(
    "text",
    [
        "W1 = [[0.15, 0.20], [0.25, 0.30]]",
        "W1=[[0.15,0.20],[0.25,0.30]]",
        "W1 = np.array([[0.15, 0.20], [0.25, 0.30]])",
        "import numpy as np\nW1 = np.array([[0.15, 0.2 ],\n       [0.25, 0.3 ]], dtype=np.float32)",
        "W1 = torch.tensor([[.15, .20],\n  [.25, .30],\n], requires_grad=True)  # first layer",
        "W1 = [[np.float64(0.15), np.float64(0.2)], [np.float64(0.25), np.float64(0.3)]]",
        "W1 = ((0.15, 0.20), (0.25, 0.30))",
        "W1 = [[0.15 0.2 ]\n [0.25 0.3 ]]",
        '{"W1": [[0.15, 0.2], [0.25, 0.3]]}',
        "{\n  'W1': [\n    [\n      0.15,\n      0.2\n    ],\n    [\n      0.25,\n      0.3\n    ]\n  ]\n}\n",
        "W1 = [0.15 0.20; 0.25 0.30];",
        "W1 = [0.15, 0.20; ...\n 0.25, 0.30] % second layer",
        "W1 = [\n0.15 0.20\n0.25 0.30\n]",
        "W1 = [\n\t0.15, 0.20;\n\t0.25, 0.30;\n]",
        "W1 = [[0.15\n , 0.20]\n , [0.25, 0.30]]",
        "W1:\n\t0.15\t0.20\n\t0.25\t0.30",
        "W1 = [0.15 0.25; 0.20 0.30]';",
        "W1 = np.array([[0.15, 0.25], [0.20, 0.30]]).T",
        "W1\n0.15\t0.20\n0.25\t0.30",
        "W1 =\r\n0,15\t0,20\r\n0,25\t0,30\r\n",
        "W1\t0.15\t0.20\n0.25\t0.30",
        "W1\t0.15\t0.20\n\t0.25\t0.30\n\t\t",
        "W1\t\t\n0.15\t0.20\t\n0.25\t0.30\t\n\t\t",
        "W1: 0.15 0.20\n    0.25 0.30",
        "W1 = {{0.15, 0.20}, {0.25, 0.30}}",
        "W1 = [0,15 0,20; 0,25 0,30]",
        "W1 = [0,15, 0,20; 0,25, 0,30]",
        "W1 = 0,15; 0,20\n0,25; 0,30",
        "W1 = [[0,15; 0,20], [0,25; 0,30]]",
        "W1 = 3/20 1/5; 1/4 0.3",
        "W1 := [[1.5e-1, 2E−1], [+.25, 0.6 * 0.5]]",
        "W1 = [[0.15, 0.20]   // up\n\n      [0.25, 0.30]]",
        "W1\u00a0=\u00a0[0.15\u20030.20;\u20280.25 0.30]",
    ],
)
def test_every_spelling_of_a_matrix_reads_the_same(text):
    (array,), problems = read_arrays(text)
    assert problems == []
    assert array.name == "W1"
    assert array.ndim == 2
    np.testing.assert_allclose(array.values, W, rtol=1e-15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 0.05, 0.10; y = 0.01 0.99", {"x": [[0.05, 0.1]], "y": [[0.01, 0.99]]}),
        ("x=[0,1]\nW1=[[0.5,0.25]]", {"x": [[0, 1]], "W1": [[0.5, 0.25]]}),
        ("X=[[0,0],[0,1],[1,0]]\nY=[[0],[1],[1]]", {"X": [[0, 0], [0, 1], [1, 0]], "Y": [[0], [1], [1]]}),
        ("X = [0,0;0,1;1,0]", {"X": [[0, 0], [0, 1], [1, 0]]}),
        ("x = [1,2,3]", {"x": [[1, 2, 3]]}),
        ("x = [1,-2]", {"x": [[1, -2]]}),
        ("x = [1 -2]", {"x": [[1, -2]]}),
        ("x = [1 - 2]", {"x": [[-1]]}),
        ("x = [0,15; 0,25]", {"x": [[0.15], [0.25]]}),
        ("x = [,5 ,25]", {"x": [[0.5, 0.25]]}),
        ("eta = 0,5", {"eta": [[0.5]]}),
        ("C = 3,125", {"C": [[3.125]]}),
        ("x = [1; 2;\n 3; 4]", {"x": [[1], [2], [3], [4]]}),
        (
            "x_1 = 0,05; x_2 = 0,1\nt = [0,0; 0,5; 0,5]",
            {"x_1": [[0.05]], "x_2": [[0.1]], "t": [[0], [0.5], [0.5]]},
        ),
        ("x = [1,5; 2,05]\ny = [1,5]", {"x": [[1.5], [2.05]], "y": [[1.5]]}),
        ("z1 = [0.5*(0.3 - 0.1), (2), -(1/4)]", {"z1": [[0.5 * (0.3 - 0.1), 2, -0.25]]}),
        ("x = [0.1 0.2 0.3 0.4\n 0.5]", {"x": [[0.1, 0.2, 0.3, 0.4, 0.5]]}),
        ('{"layers": {"W1": [[1.5]], "b1": [2]}, "C": 3e-1}', {"layers": [], "W1": [[1.5]]}),
    ],
)
def test_what_is_meant_is_read(text, expected):
    arrays, problems = read_arrays(text)
    if "layers" in expected:
        assert [str(problem) for problem in problems] == [
            "Line 1: Expected numbers after “layers”, got nothing."
        ]
        assert [array.name for array in arrays] == ["W1", "b1", "C"]
    else:
        assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x = [0,15]", "Line 1: “0,15” can be 0.15, or 0 and 15: write “0.15”, or “0, 15” with a blank."),
        (
            "x = [0,5 0,25]\ny = [1,2,3]",
            "Line 2: Expected either decimal commas, or commas and decimal points",
        ),
        ("x = 1,2", "Line 1: “1,2” can be 1.2, or 1 and 2"),
        (
            "x = -8,8\ny = 0.74",
            "Line 1: “-8,8” can be -8.8, or -8 and 8: write “-8.8”, or “-8, 8” with a blank.",
        ),
        ("y = 1,0\nx = [0,5]", "Line 1: “1,0” can be 1.0, or 1 and 0"),
        ("x = 1//3", "Line 1: Expected a number, such as 0.25, −0,25, 1e−3 or 1/3, got “1//3”."),
        ("x = np.zeros((2, 2))", "Line 1: Expected"),
        ("x = np.exp([1, 2])", "Line 1: Expected"),
        ("x = -np.array([1, 2])", "Line 1: Expected"),
        ("x = 2 * [1, 2]", "Line 1: Expected"),
        ("x = [1, 2] + [3, 4]", "Line 1: Expected"),
        ("x = [1, 2].reshape(2, 1)", "Line 1: Expected"),
        ("x = [1,2]", "Line 1: “1,2” can be 1.2, or 1 and 2: write “1.2”, or “1, 2” with a blank."),
        ("x = [0.5]\n\ny = [0,25]", "Line 3: “0,25” can be 0.25"),
        ("x = [0,05 0,5]\ny = [0,1]", "Line 2: “0,1” can be 0.1"),
        ("x = [0,15 0,20 0.3]", "Line 1: Expected either decimal commas, or commas and decimal points"),
        ("x = 25 %", "Line 1: Expected a number without a percent sign, 0.25 for 25 %, got “25 %”."),
        ("x = [1, abc]", "Line 1: Expected a number, such as 0.25, −0,25, 1e−3 or 1/3, got “abc”."),
        ("x = [1, ?]", "Line 1: Expected a number, got “?”."),
        ("x = [1, , 2]", "Line 1: Expected a number, got nothing between two separators."),
        ("x = [1, 1e999]", "Line 1: Expected a number of ordinary size, got “1e999”."),
        ("x = 1.2.3", "Line 1: Expected one decimal point or comma"),
        (
            "# only\n0.1 0.2\n0.3",
            "Line 2: Expected a name before the numbers, such as W1 = …, got “0.1 0.2”.",
        ),
        ("W1 = [[1, 2]\nb1 = 3", "Line 1: The bracket “[” is never closed."),
        ("W1 = 1, 2]", "Line 1: The bracket “]” closes none that is open."),
        (
            "W1 = [[1, 2],\n [3]]",
            "Line 2: Expected rows of the same length after “W1”, got one of 2 numbers and one of 1.",
        ),
        ("W1 = [[[1]]]", "Line 1: Expected a number, a vector or a matrix after “W1”, got more brackets"),
        ("W1 = [1, [2]]", "Line 1: Expected either numbers or rows in brackets after “W1”"),
        ("W1 =\nb1 = 2", "Line 1: Expected numbers after “W1”, got nothing."),
        (
            "x = 1\nThese are the weights\nW1 = 2",
            "Line 2: Expected a name, = and what it is, such as W1 = …, got “These are the weights”.",
        ),
        ("W1 = [" + "1, " * (MOST_ENTRIES + 1) + "]", "Line 1: Expected at most 5,000 numbers after “W1”."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text, problem):
    _, problems = read_arrays(text)
    assert str(problems[0]).startswith(problem)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n# nothing\n", "Expected lines such as W1 = [[0.15, 0.20], [0.25, 0.30]], got nothing."),
        ("x" * 100_001, "Expected at most 100,000 characters, got 100,001."),
        ("x = " + "[" * 50, "Line 1: Expected at most 12 brackets inside each other."),
        ("a=1\n" * 501, "Line 501: Expected at most 500 names."),
    ],
)
def test_what_nobody_means_is_refused(text, sentence):
    with pytest.raises(ValueError, match=r"Expected") as caught:
        read_pasted(text)
    assert str(caught.value) == sentence


def test_digits_and_lines_stay_with_every_number():
    (array,), _ = read_arrays(
        "\n# z of layer 1\nz1 = [0.3775,\n 0,3925e1\n, 1/3]".replace("0,3925e1", "3.925")
    )
    assert [(entry.text, entry.line, entry.typed.digits) for entry in array.entries] == [
        ("0.3775", 3, 4),
        ("3.925", 4, 4),
        ("1/3", 5, 17),
    ]
    assert array.entries[0].typed.unit == 0.0001


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a1 = [0.1, ?, 0.3]", [[0.1, None, 0.3]]),
        ("a1 = [0.1, , 0.3]", [[0.1, None, 0.3]]),
        ("a1 = [0.1 - 0.3]", [[0.1, None, 0.3]]),
        ("a1 = [0.1, ..., …]", [[0.1, None, None]]),
        ("a1\n0.1\t\t0.3\n\t0.2\tNaN", [[0.1, None, 0.3], [None, 0.2, None]]),
        ("a1\nnan 0.1\nnull −", [[None, 0.1], [None, None]]),
        ("a1 = ", [[None]]),
        ("a1 = ...\nz1 = 2", [[None]]),
        ("a1 = ?", [[None]]),
    ],
)
def test_entries_can_be_left_out(text, rows):
    (array, *_), problems = read_arrays(text, can_miss=True)
    assert problems == []
    assert [[entry.typed and entry.typed.value for entry in row] for row in array.rows] == rows


SPELLINGS = {
    "W1": "W1 W^1 W_1 W[1] w1 w¹ W¹ W^{(1)} W^[1] W(1) W_{1} weights1 Weight_1 θ1",
    "b2": "b2 B2 b² b^2 b_2 bias2 bias_2 biases[2]",
    "x": "x X input inputs Input features",
    "y": "y Y t target targets Targets label",
    "out": "output outputs ŷ",
    "x_2": "x2 x_2 x₂ i2 x(2) x_{2}",
    "W1_1_2": "w¹₁₂ w1_12 W1_1_2 w_12^1 w_{12}^{(1)} W1(1,2) W1_{1,2}",
    "W2_1_12": "w²₁,₁₂",
    "b1_2": "b¹₂ b1_2",
    "dW2": "dW2 ∂C/∂W² dC/dW2 dL/dW2 ∂E/∂w2 dE_total/dW2 gradW2 grad_W2 ∇W2 W2.grad W2_grad d_W2",
    "dW1_2_1": "∂C/∂w¹₂₁ dw1_21",
    "dz2": "dz2 δ² delta2 delta_2 ∂C/∂z²",
    "da1_2": "da1_2 ∂C/∂a¹₂",
    "W2 new": "W2_new W2+ W2⁺ W2_after",
    "C": "C cost loss E J E_total",
    "eta": "eta η lr α learning_rate",
    "None": "hello d x[0] W1[0,1] w¹₁₂₃₄ C1 y0 W0 x_1_2 ² dd W²x",
}


@pytest.mark.parametrize(
    ("array", "spelling"), [(array, one) for array, some in SPELLINGS.items() for one in some.split()]
)
def test_names_are_spelled_in_many_ways(array, spelling):
    assert str(spelled(spelling)) == array


def test_names_with_blanks():
    names = ["weights 1", "grad of W1", "new W1", "W1 (new)", "Learning rate", "∂C / ∂W1"]
    assert list(map(str, map(spelled, names))) == ["W1", "dW1", "W1 new", "W1 new", "eta", "dW1"]


def test_the_json_export_can_be_pasted():
    settings = settings_of(data="textbook", hidden="2", act="sigmoid", out="sigmoid-squared", lr=0.5)
    step = step_of(settings)
    exported = arrays_json(settings, "")
    for text in (exported, json.dumps(json.loads(exported), indent=1)):
        pasted = read_pasted(text)
        arrays = {s.name: pasted.array(s).values for s in pasted.statements if not s.is_words}
        for name in ("W1", "b2", "z1", "C"):
            np.testing.assert_array_equal(arrays[name].ravel(), np.ravel(step.tape[name]))
        np.testing.assert_array_equal(arrays["dW2"], step.gradients["W2"])
        assert {s.name for s in pasted.statements} >= {"W1_new", "inputs", "outputs"}


numbers = st.floats(-1000, 1000).map(lambda value: round(value, 4))
SEPARATED = {
    "python": lambda rows: "[" + ", ".join(f"[{', '.join(map(repr, row))}]" for row in rows) + "]",
    "json": lambda rows: json.dumps(rows, separators=(",", ":")),
    "indented": lambda rows: json.dumps(rows, indent=2),
    "numpy": lambda rows: repr(np.array(rows)),
    "printed": lambda rows: "\n" + np.array2string(np.array(rows), max_line_width=40, floatmode="unique"),
    "matlab": lambda rows: "[" + "; ".join(" ".join(map(repr, row)) for row in rows) + "];",
    "lines": lambda rows: "\n" + "\n".join("\t".join(map(repr, row)) for row in rows),
    "decimal commas": lambda rows: (
        "\n" + "\n".join("\t".join(f"{v!r}".replace(".", ",") for v in row) for row in rows)
    ),
    "semicolons": lambda rows: (
        "\n" + "\n".join("; ".join(f"{v:.4f}".replace(".", ",") for v in row) for row in rows)
    ),
}


@pytest.mark.parametrize("spelling", SEPARATED)
@given(data=st.data(), rows=st.integers(2, 5), columns=st.integers(2, 6))
def test_any_matrix_reads_the_same_in_any_spelling(spelling, data, rows, columns):
    row = st.lists(numbers, min_size=columns, max_size=columns)
    values = data.draw(st.lists(row, min_size=rows, max_size=rows))
    (array, *_), problems = read_arrays(f"W1 = {SEPARATED[spelling](values)}\neta = 1")
    if array.name == "eta":
        assert spelling == "semicolons"  # 1,25; 3,44 could be two rows of two numbers
        assert "can be" in str(problems)
    else:
        assert array.values.tolist() == [[value + 0.0 for value in row] for row in values]


HOSTILE = (
    "W1 = [0.15, 0.20; 0.25]\n0,5\t?-...'\"{}()%#//:=eE+−1/3*nan array(np. dtype ∂C/∂W¹₂\\\r\x00\ud800🙂٣"
)


@given(st.text(HOSTILE, max_size=80), st.booleans())
def test_any_text_is_read_or_refused_in_sentences(text, can_miss):
    arrays, problems = [], []
    with suppress(ValueError):
        arrays, problems = read_arrays(f"W1 = {text}", can_miss)
    assert all(len(str(problem)) < 250 and "\n" not in str(problem) for problem in problems)
    for array in arrays:
        assert array.values.shape == array.shape
        assert can_miss or np.isfinite(array.values).all()
        spelled(array.name)


PIECES = [
    "1 ",
    "1,",
    "()",
    "(1)",
    "a=1,",
    "a ",
    "a\n",
    "''",
    '""',
    "' ",
    "1 * ",
    " ",
    "\t",
    ";",
    "%",
    "1% ",
    "]",
]
PIECES += ["a(b)", ",a(bbbb)", "{1},", "...\n", "1;\n", "f(1), ", ", dtype", '"a":', "- "]


@pytest.mark.parametrize("piece", PIECES)
def test_long_texts_take_no_longer_than_they_are(piece):
    def seconds(count):
        start = process_time()
        with suppress(ValueError):
            read_arrays("x = 1" + piece * (count // len(piece)))
        return process_time() - start

    shorter = min(seconds(1000) for _ in range(3))
    assert seconds(10_000) < 30 * shorter + 0.2  # 100 times as long where it grows with the square
