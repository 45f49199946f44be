"""The heatmaps against the core."""

import itertools
import json
import re
import tomllib
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from tests.expected import settings_of, step_of
from ui.draw.heatmap import COLOUR_SCALE, GAP, heatmap_figure, in_short
from ui.draw.scenes import Block, Linear, Matrix
from ui.draw.words import heatmap_alt
from ui.names.numbers import short
from ui.views.jacobians.matrices import fits_all_blocks, jacobian_matrix, routes_matrix

VIEWS = [
    {},
    {"flower": 7, "seed": 5, "hidden": "6-2", "act": "tanh", "out": "sigmoid"},
    {"hidden": "1", "out": "identity"},
    {"hidden": "16-16-16-16", "act": "sigmoid"},
]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=VIEWS, ids=str)
def step(request):
    return step_of(settings_of(**request.param))


def jacobian_figure(step, vjp_step, block=0):
    return heatmap_figure(*jacobian_matrix(step, vjp_step, block))


def weight_routes_figure(step, layer):
    return heatmap_figure(*routes_matrix(step, layer))


def figure_of(names: list[list[str]], *values: np.ndarray):
    """Of matrices whose entries are called so."""
    blocks = [Block("", [*map(str, range(len(names[0])))], Linear(each), "", entry="{0}") for each in values]
    return heatmap_figure("title", Matrix("", "rs"[: len(names)], blocks, names))


def shown_columns(figure) -> np.ndarray:
    """The matrix of a figure without its blank columns."""
    z = figure["data"][0]["z"]
    blank = [all(row[column] is None for row in z) for column in range(len(z[0]))]
    assert not any(row[c] is None for row in z for c in range(len(row)) if not blank[c])
    return np.array([[value for value, gap in zip(row, blank, strict=True) if not gap] for row in z])


def test_every_jacobian_has_its_numbers_names_and_shape(step):
    for vjp_step in step.vjp_steps:
        figure = jacobian_figure(step, vjp_step)
        trace, layout = figure["data"][0], figure["layout"]
        jacobian = vjp_step.jacobian
        if jacobian.ndim == 3:
            jacobian = np.concatenate(list(jacobian), axis=1) if fits_all_blocks(vjp_step) else jacobian[0]
        expected = jacobian.reshape(-1, jacobian.shape[-1])
        np.testing.assert_array_equal(shown_columns(figure), expected)
        assert len(layout["yaxis"]["ticktext"]) == len(expected)
        assert len(layout["xaxis"]["ticktext"]) == expected.shape[1]
        assert str(vjp_step.jacobian.shape) in layout["title"]["text"]
        assert trace["y"] == [row - 0.5 for row in range(len(expected) + 1)]  # edges
        assert trace["zmin"] == -trace["zmax"] == -(np.abs(expected).max() or 1)
        for row, texts in zip(trace["z"], trace["text"], strict=True):
            assert texts == ["" if value is None else short(value) for value in row]
        json.dumps(figure, allow_nan=False)


def test_figures_are_valid_for_plotly(step):
    for vjp_step in step.vjp_steps:
        go.Figure(jacobian_figure(step, vjp_step))
    go.Figure(weight_routes_figure(step, 1))


def test_blocks_of_a_large_jacobian_are_shown_one_at_a_time():
    step = step_of(settings_of(hidden="16-16"))
    vjp_step = step.vjp("z2", "W2")
    assert not fits_all_blocks(vjp_step)
    for block in (0, 7, 15):
        figure = jacobian_figure(step, vjp_step, block)
        np.testing.assert_array_equal(shown_columns(figure), vjp_step.jacobian[block])
        assert f"block {block + 1} of 16" in figure["layout"]["title"]["text"]


def test_blocks_lie_under_their_titles_with_gaps_between():
    step = step_of(settings_of())
    figure = jacobian_figure(step, step.vjp("z2", "W2"))
    titles = [annotation["text"] for annotation in figure["layout"]["annotations"]]
    assert [re.sub("<[^>]*>", "", title) for title in titles] == ["∂z21/∂W2", "∂z22/∂W2", "∂z23/∂W2"]
    centres = figure["layout"]["xaxis"]["tickvals"]
    for number, annotation in enumerate(figure["layout"]["annotations"]):
        assert annotation["x"] == pytest.approx(np.mean(centres[5 * number : 5 * number + 5]))
    assert np.diff(centres).round(6).tolist() == [1.0] * 4 + [1.4] + [1.0] * 4 + [1.4] + [1.0] * 4
    edges = figure["data"][0]["x"]
    assert len(edges) == len(figure["data"][0]["z"][0]) + 1
    assert set(centres) <= {(low + high) / 2 for low, high in itertools.pairwise(edges)}


def test_names_say_what_entries_stand_for():
    step = step_of(settings_of())
    layout = jacobian_figure(step, step.vjp("z2", "a1"))["layout"]
    plain = [re.sub("<[^>]*>", "", text) for text in layout["yaxis"]["ticktext"]]
    assert plain == ["z21 setosa", "z22 versicolor", "z23 virginica"]
    inputs = jacobian_figure(step, step.vjp("z1", "x"))["layout"]["xaxis"]["ticktext"]
    assert "petal width" in inputs[3]


def plain(text: str) -> str:
    return re.sub("<[^>]*>", "", text.replace("<br>", "; "))


def test_hover_has_the_number_as_everywhere_and_all_digits():
    step = step_of(settings_of())
    trace = jacobian_figure(step, step.vjp("z2", "a1"))["data"][0]
    W = step.params.weights[1]
    for i, j in np.ndindex(W.shape):
        name, _, number = plain(trace["hovertext"][i][j]).partition(" = ")
        written, _, digits = number.partition("; all digits: ")
        assert name == f"∂z2{i + 1}/∂a1{j + 1}"
        assert written == short(W[i, j])
        assert float(digits.replace("−", "-")) == W[i, j]
        assert "-" not in number


def test_hover_of_whole_and_of_small_numbers():
    values = np.array([[-2.0, 0.5, -0.0, 0.25, -1.5e-7, 123456.0]])
    trace = figure_of([list("abcdef")], values)["data"][0]
    assert [plain(text) for text in trace["hovertext"][0]] == [
        "a = −2",
        "b = 0.500; all digits: 0.5",
        "c = 0",
        "d = 0.250; all digits: 0.25",
        "e = −1.50e−7; all digits: −1.5e−7",
        "f = 1.23e5; all digits: 123456",
    ]


def names_of(figure) -> list[list[str]]:
    return [
        [plain(text).partition(" = ")[0] for text in row if text] for row in figure["data"][0]["hovertext"]
    ]


def test_every_entry_of_every_jacobian_is_named(step):
    for vjp_step in step.vjp_steps:
        names = names_of(jacobian_figure(step, vjp_step))
        shape, y, x = vjp_step.jacobian.shape, f"∂{vjp_step.output}", f"∂{vjp_step.wrt}"
        if len(shape) == 1:
            assert names == [[f"∂C/{x}{j + 1}" for j in range(shape[0])]]
        elif len(shape) == 2:
            assert names == [[f"{y}{i + 1}/{x}{j + 1}" for j in range(shape[1])] for i in range(shape[0])]
        else:
            blocks = range(shape[0] if fits_all_blocks(vjp_step) else 1)
            expected = [
                [f"{y}{k + 1}/{weight_of(x, i, j)}" for k in blocks for j in range(shape[2])]
                for i in range(shape[1])
            ]
            assert names == expected


def weight_of(W: str, i: int, j: int) -> str:
    return f"{W.lower()}{i + 1}{',' if max(i, j) > 8 else ''}{j + 1}"


def test_rows_columns_and_titles_of_the_heatmaps():
    step = step_of(settings_of(hidden="2"))

    def named(output: str, wrt: str) -> tuple[str, list[str], list[str], list[str]]:
        layout = jacobian_figure(step, step.vjp(output, wrt))["layout"]
        return (
            plain(layout["title"]["text"]),
            [plain(text) for text in layout["yaxis"]["ticktext"]],
            [plain(text) for text in layout["xaxis"]["ticktext"]],
            [plain(annotation["text"]) for annotation in layout["annotations"]],
        )

    outputs = ["setosa", "versicolor", "virginica"]
    a2, z2 = ([f"{name}{k + 1} {output}" for k, output in enumerate(outputs)] for name in ("a2", "z2"))
    features = ["x1 sepal length", "x2 sepal width", "x3 petal length", "x4 petal width"]
    assert named("C", "a2") == ("∂C/∂a2, shape (3,)", ["C"], a2, [])
    assert named("a2", "z2") == ("∂a2/∂z2, shape (3, 3)", a2, z2, [])
    assert named("z2", "b2") == (
        "∂z2/∂b2, shape (3, 3)",
        z2,
        [f"b2{k + 1} {output}" for k, output in enumerate(outputs)],
        [],
    )
    assert named("z2", "a1") == ("∂z2/∂a1, shape (3, 2)", z2, ["a11", "a12"], [])
    assert named("z1", "x") == ("∂z1/∂x, shape (2, 4)", ["z11", "z12"], features, [])
    assert named("z2", "W2") == (
        "∂z2/∂W2, shape (3, 3, 2)",
        ["i = 1", "i = 2", "i = 3"],
        ["j = 1", "j = 2"] * 3,
        ["∂z21/∂W2", "∂z22/∂W2", "∂z23/∂W2"],
    )


def test_names_of_both_routes():
    step = step_of(settings_of(hidden="16"))
    first, second = (weight_routes_figure(step, layer) for layer in (1, 2))
    assert plain(first["layout"]["title"]["text"]) == "dC/dW1 by both routes"
    assert plain(second["layout"]["title"]["text"]) == "dC/dW2 by both routes: the first 10 of 16 columns"
    titles = [[plain(a["text"]) for a in figure["layout"]["annotations"]] for figure in (first, second)]
    assert titles == [
        ["full route, through every entry", f"shortcut: ∂C/∂{z} ⊗ {below}"]
        for z, below in (("z1", "x"), ("z2", "a1"))
    ]
    assert [plain(t) for t in first["layout"]["xaxis"]["ticktext"]] == ["x1", "x2", "x3", "x4"] * 2
    assert plain(second["layout"]["yaxis"]["ticktext"][2]) == "z23 virginica"
    assert names_of(second) == [[f"dC/{weight_of('dW2', i, j)}" for j in range(10)] * 2 for i in range(3)]


def test_both_routes_to_a_gradient_are_shown(step):
    for layer in range(1, step.config.depth + 1):
        gradient = step.gradients[f"W{layer}"]
        shown = shown_columns(weight_routes_figure(step, layer))
        columns = min(10, gradient.shape[1])
        assert shown.shape == (len(gradient), 2 * columns)
        np.testing.assert_allclose(shown[:, :columns], gradient[:, :columns], rtol=1e-12)
        np.testing.assert_allclose(shown[:, columns:], gradient[:, :columns], rtol=1e-12)


def test_zeros_and_all_zero_matrices_draw():
    assert figure_of([["p", "q"]], np.zeros((1, 2)))["data"][0]["zmax"] == 1
    assert heatmap_alt("W", np.array([[-1.0, 0.5]])) == "Heatmap of W, 1 by 2, values from −1 to 0.500."
    assert heatmap_alt("W", np.array([[0.25]])) == "Heatmap of W, 1 by 1, its only value 0.250."
    assert heatmap_alt("W", np.ones((1, 2))) == "Heatmap of W, 1 by 2, both values 1."
    assert heatmap_alt("W", np.zeros((5, 3))) == "Heatmap of W, 5 by 3, all 15 values 0."


def luminance(colour) -> float:
    channels = np.array(colour) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_numbers_can_be_read_on_every_colour(theme):
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"][theme]
    page, ink = (tuple(bytes.fromhex(config[key][1:])) for key in ("backgroundColor", "textColor"))
    for _, colour in COLOUR_SCALE:
        *rgb, alpha = map(float, re.findall(r"[\d.]+", colour))
        cell = [alpha * over + (1 - alpha) * under for over, under in zip(rgb, page, strict=True)]
        low, high = sorted((luminance(cell), luminance(ink)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, colour


def figure_of_widths(*widths: int):
    return figure_of([["x"] * widths[0]] * 2, *(np.arange(2.0 * n).reshape(2, n) for n in widths))


@pytest.mark.parametrize(
    ("widths", "size"),
    [
        ((12,), 15),
        ((13,), 13),
        ((17,), 13),
        ((18,), 12),
        ((6, 6), 15),
        ((8, 8), 13),
        ((9, 9), 12),
    ],
)
def test_numbers_are_smaller_where_there_are_many_columns(widths, size):
    assert figure_of_widths(*widths)["data"][0]["textfont"]["size"] == size


def test_columns_stand_side_by_side_with_a_gap_between_blocks():
    figure = figure_of_widths(2, 2)
    assert figure["data"][0]["x"] == [-0.5, 0.5, 1.5, 1.5 + GAP, 2.5 + GAP, 3.5 + GAP]
    assert figure["layout"]["xaxis"]["tickvals"] == [0, 1, 2 + GAP, 3 + GAP]


def test_who_points_at_a_number_is_told_its_name():
    names, values = [["a₁", "b"], ["c", "d"]], np.array([[1.23456, -2], [0.5, 0]])
    assert in_short(names, values) == [["a<sub>1</sub> = 1.23", "b = −2"], ["c = 0.500", "d = 0"]]
