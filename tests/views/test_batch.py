"""Flowers, colours and figure of the page "Batch"."""

import json
import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

import ui
from tests.expected import settings_of, step_of
from tests.scene_numbers import read_scene
from tests.scenes import SceneAt
from ui.draw.heatmap import NEGATIVE, POSITIVE
from ui.names.numbers import short
from ui.views.batch import words
from ui.views.batch.data import _without_rounding, batch_of, chosen_flowers, cotangents_below, species_of
from ui.views.batch.figures import strip_figure
from ui.views.batch.scenes import batch_scene, check


def test_random_flowers_are_reproducible_distinct_and_grow_by_one():
    assert chosen_flowers("random", 6, 39) == (13, 24, 51, 54, 122, 133)  # part of links: must stay
    for count in (1, 5, 149):
        fewer, more = (chosen_flowers("random", n, 7) for n in (count, count + 1))
        assert len(set(fewer)) == count
        assert set(fewer) < set(more)
        assert list(more) == sorted(more)
    assert chosen_flowers("random", 150, 7) == chosen_flowers("all", 6, 7) == tuple(range(150))
    assert chosen_flowers("random", 6, 1) != chosen_flowers("random", 6, 2)


def test_a_species_is_a_third_of_the_flowers():
    assert chosen_flowers("versicolor", 6, 39) == tuple(range(50, 100))


def pulls_of(flowers, row, column, layer=2, **settings) -> str:
    """What the sentence says of an entry."""
    settings = settings_of(**settings)
    batch = batch_of(settings, flowers, layer)
    terms = batch.observation_terms(row, column).tolist()
    cell = f"w²{row + 1}{column + 1}"
    return words.pulls(
        cell, terms, float(batch.gradient[row, column]), settings.learning_rate, settings.config
    )


def test_the_sentence_follows_from_the_flowers_and_their_mean():
    flowers = chosen_flowers("random", 6, 39)
    counts = "2 flowers pull up, 2 down, 2 leave it alone (0). "
    assert pulls_of(flowers, 1, 4) == (
        f"{counts}The mean is −0.0501, so the step −η · mean = +0.00501 raises w²25: a positive derivative "
        "pushes the weight down, a negative one up. They disagree: without their signs the mean would be "
        "0.601."
    )
    terms = batch_of(settings_of(), flowers, 2).observation_terms(1, 4)
    assert (terms.mean(), abs(terms).mean()) == pytest.approx((-0.0501, 0.601), rel=5e-3)
    assert pulls_of(flowers, 1, 4, lr=0) == (
        f"{counts}The mean is −0.0501, but with η = 0 the step leaves w²25 where it is."
    )
    assert "raises b²₁: a positive derivative pushes the bias down, a negative one up." in words.pulls(
        "b²₁", [-1.0, 0.5], -0.25, 0.1, settings_of().config
    )


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ([0.5], "The only flower pulls up. The mean is +0.500, so the step −η · mean = −0.0500 lowers w: a "),
        ([-1], "The only flower pulls down. The mean is −1, so the step −η · mean = +0.100 raises w: a "),
        ([0], "The only flower leaves it alone (0). So the mean is 0, and the step leaves w where it is."),
        ([0, 0], "Both flowers leave it alone (0). So the mean is 0, and the step leaves w where it is."),
        ([1, 1, 2], "All 3 flowers pull up. The mean is +1.33, so the step −η · mean = −0.133 lowers w: a "),
        ([-1, -1], "Both flowers pull down. The mean is −1, so the step −η · mean = +0.100 raises w: a "),
        (
            [1, -1],
            "1 flower pulls up, 1 down. They cancel: the mean is 0, and the step leaves w where it is.",
        ),
        ([0, -1], "1 flower pulls down, 1 leaves it alone (0). The mean is −0.500, so the step −η · mean = "),
        (
            [3, -2, 0, 0],
            "1 flower pulls up, 1 down, 2 leave it alone (0). The mean is +0.250, so the step −η",
        ),
    ],
    ids=str,
)
def test_flowers_are_counted_as_they_are(terms, said):
    pulls = words.pulls("w", terms, float(np.mean(terms)), 0.1, settings_of().config)
    assert pulls.startswith(said)
    assert ("They disagree" in pulls) == (terms == [3, -2, 0, 0])


def test_rounding_is_no_pull():
    converged = {"flower": 106, "taken": 200, "lr": 0.05, "out": "identity", "act": "identity"}
    step = step_of(settings_of(**converged))
    assert 0 < np.abs(step.cotangent("z2")).max() < 1e-14
    for layer in (1, 2):
        batch = batch_of(settings_of(**converged), (106,), layer)
        assert not batch.cotangents.any()
        assert not batch.gradient.any()
        assert not cotangents_below(batch).any()
    beside = batch_of(settings_of(**converged), (106, 107), 2).observation_terms(0, 0)
    assert beside[0] == 0 != beside[1]


def test_terms_that_cancel_but_for_rounding_have_the_mean_0():
    terms = np.array([[0.1], [0.2], [-0.3]])
    assert terms.sum() != 0
    assert _without_rounding(terms.sum(axis=0), terms, 0) == 0
    eps = np.finfo(float).eps
    sums = np.array([2.3 * eps, -2.3 * eps, 2.5 * eps, -2.5 * eps])  # 8 eps of 0.3 lie between
    np.testing.assert_array_equal(_without_rounding(sums, terms, 0), [0, 0, 2.5 * eps, -2.5 * eps])
    assert _without_rounding(np.array([1e-300]), np.zeros((2, 1)), 0) == 0
    np.testing.assert_array_equal(_without_rounding(np.array([1e-17, 1]), terms.repeat(2, 1).T, 1), [0, 1])


def test_exact_small_derivatives_stay():
    batch = batch_of(settings_of(flower=0, edit="b2_1_30"), (0,), 2)
    exact = step_of(settings_of(flower=0, edit="b2_1_30"))
    assert 0 < exact.cotangent("z2")[1] < 1e-10
    np.testing.assert_allclose(batch.cotangents[0], exact.cotangent("z2"), rtol=1e-9)


def test_one_flower_is_no_mean():
    assert words.outer_products(1, "W²", "flower") == "The outer product of the only flower is dC/dW²"
    assert words.outer_products(2, "W²", "flower") == "One outer product a flower; their mean is dC/dW²"
    assert words.checked(1, "flower").startswith(
        "Checked: the gradient of the only flower, against Dᵀ A / 1 as one "
    )
    assert (words.members_summed(1, "flower"), words.paths_summed(1)) == (
        "n: only 1 flower",
        "k: only 1 path",
    )
    assert (words.members_summed(6, "flower"), words.paths_summed(3)) == (
        "n: 6 flowers summed",
        "k: 3 paths summed",
    )


def test_both_ways_to_the_mean_are_compared_by_size():
    batch = replace(batch_of(settings_of(), (1, 2), 2), gradient=np.array([[2e6]]))
    for difference, mark, end in ((1e-3, "✓", ", rounding of floating-point numbers."), (1e-2, "✗", ".")):
        said = check(replace(batch, difference=difference), 2, "flower")
        (number,) = said.numbers
        assert (number.name, number.value) == ("difference", difference)
        assert said.text == (
            f"{mark} Checked: the mean of the 2 single gradients, one by one, against Dᵀ A / 2 as one matrix "
            f"product (loss_and_gradients): largest difference {{0}}{end}"
        )
    assert check(replace(batch, difference=0.0), 2, "flower").text.endswith("largest difference {0}.")


def scene_parts(flowers, layer=2, **settings):
    text = batch_scene(settings_of(**settings), flowers, layer)
    scene = read_scene(text)
    return SceneAt(scene, [options[0] for options in scene["control"]["options"]])


def test_a_taken_step_is_counted():
    scene = scene_parts((13, 54), flower=54, taken=1, edit="x_1_2~y_2_0.5~y_1_1~W1_1_1_3")
    said = [part["text"] for part in scene.parts("Words")]
    assert "Flower 54 takes part with x₁, y₁ and y₂ as typed." in said
    assert (
        "These weights come after 1 step taken on flower 54. Another flower opens with the weights from "
        "before that step, so its numbers differ from those here."
    ) in said
    other = scene_parts((13, 54), flower=60, edit="x_1_2")
    assert len(other.parts("Words")) == len(said) - 2


@pytest.mark.parametrize(
    ("settings", "layer", "is_written", "names"),
    [
        ({}, 2, True, ["a¹₁", "a¹₂", "a¹₃", "a¹₄", "a¹₅", "1"]),
        ({"hidden": "6-5"}, 1, True, ["x₁", "x₂", "x₃", "x₄", "1"]),
        ({"hidden": "7"}, 2, False, [*"1234567", "1"]),
        ({"hidden": "16-16"}, 2, False, [*map(str, range(1, 17)), "1"]),
    ],
    ids=str,
)
def test_only_matrices_with_room_have_numbers_and_names(settings, layer, is_written, names):
    scene = scene_parts((1, 60), layer, **settings)
    (products,), (outer,) = scene.parts("Products"), scene.parts("Outer")
    assert products["is_written"] == is_written
    assert products["A"]["columns"] == names
    assert outer["is_written"] == (settings != {"hidden": "16-16"})


def test_of_many_flowers_some_are_written_out():
    few, many = (scene_parts(tuple(range(count))).parts("Products")[0] for count in (8, 9))
    assert "more" not in few
    assert many["more"] == "… and 3 more: you see both ends of the bars below."
    assert (many["most"], many["ends"]) == (8, 3)


def test_strip_figure_is_d_with_the_species_beneath():
    flowers = (0, 1, 50, 100, 101)
    D = batch_of(settings_of(), flowers, 2).cotangents
    figure = strip_figure(D, [f"flower {n}" for n in flowers], tuple(map(species_of, flowers)), 2, 2)
    (trace,) = figure["data"]
    np.testing.assert_array_equal(trace["z"], D.T)
    assert trace["zmax"] == -trace["zmin"] == np.abs(D).max()
    assert figure["layout"]["xaxis"]["ticktext"] == ["2 setosa", "1 versicolor", "2 virginica"]
    assert figure["layout"]["xaxis"]["tickvals"] == [0.5, 2, 3.5]
    frame, *borders = figure["layout"]["shapes"]
    assert (frame["x0"], frame["x1"]) == (1.5, 2.5)
    assert [border["x0"] for border in borders] == [1.5, 2.5]
    value = short(float(D[3, 0]))
    assert trace["hovertext"][0][3] == f"flower 100, virginica: ∂C/∂z<sup>2</sup><sub>1</sub> = {value}"
    json.dumps(figure, allow_nan=False)
    go.Figure(figure)


# --- colours -----------------------------------------------------------------------------------------

# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
SIGHT = {
    "usual": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
# Ottosson 2020, Oklab.
TO_LMS = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]
TO_LAB = [
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
]
PAPER = ("#ffffff", "#12151d")


def linear(colour) -> np.ndarray:
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)] if isinstance(colour, str) else colour
    shares = np.array(channels) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def oklab(colour, sight) -> np.ndarray:
    seen = np.clip(np.array(SIGHT[sight]) @ linear(colour), 0, 1)
    return np.array(TO_LAB) @ np.cbrt(np.array(TO_LMS) @ seen)


def contrast(colour, paper) -> float:
    bright = sorted(np.dot([0.2126, 0.7152, 0.0722], linear(c)) for c in (colour, paper))
    return (bright[1] + 0.05) / (bright[0] + 0.05)


def species_colours(theme: int) -> list[str]:
    css = (Path(ui.__file__).parent / "draw" / "css" / "tokens.css").read_text()
    pairs = re.findall(r"--species-[012]: light-dark\((#\w{6}), (#\w{6})\)", css)
    assert len(pairs) == 3
    return [pair[theme] for pair in pairs]


@pytest.mark.parametrize("theme", [0, 1])
def test_species_can_be_told_apart_by_everybody_and_from_the_signs(theme):
    colours = species_colours(theme)
    for sight in SIGHT:
        for one, other in combinations(colours, 2):
            assert np.linalg.norm(oklab(one, sight) - oklab(other, sight)) > 0.12, (sight, one, other)
    for colour in colours:
        assert contrast(colour, PAPER[theme]) >= 3
        for sign in (POSITIVE, NEGATIVE):
            assert np.linalg.norm(oklab(colour, "usual") - oklab(sign, "usual")) > 0.15, (colour, sign)


def test_the_lowest_probability_that_is_kept_pulls_nobody():
    edit = "~".join(f"b2_{unit}_-1000" for unit in range(1, 5))
    settings = {"hidden": "3-4-2", "act": "sigmoid", "out": "sigmoid-squared", "edit": edit}
    assert not batch_of(settings_of(**settings), (3, 60, 120), 3).inputs[:, :-1].any()
    assert pulls_of((3, 60, 120), 1, 2, layer=3, **settings).startswith("All 3 flowers leave it alone (0). ")
