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
from tests.markup import by_attribute, elements
from ui.draw.heatmap import NEGATIVE, POSITIVE
from ui.names.numbers import short, signed
from ui.views.batch.bars import bars_markup
from ui.views.batch.choice import BatchChoice
from ui.views.batch.data import _without_rounding, batch_of, chosen_flowers, cotangents_below, species_of
from ui.views.batch.figures import strip_figure
from ui.views.batch.outer import outer_markup
from ui.views.batch.products import products_markup


def choice_of(flowers, *, layer=2, row=0, column=0, pick=None, **settings) -> BatchChoice:
    picked = flowers[0] if pick is None else pick
    return BatchChoice(
        settings_of(**settings), "random", len(flowers), 1, flowers, layer, row, column, picked
    )


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


def test_of_many_flowers_both_ends_are_written_out_and_the_picked_one():
    choice = choice_of(tuple(range(150)), row=1, column=4, pick=3)
    ranked = [flower for _, flower in sorted(zip(choice.terms, choice.flowers, strict=True))]
    assert 3 in choice.shown
    assert len(choice.shown) == 6
    others = set(choice.shown) - {3}
    assert others <= {*ranked[:3], *ranked[-3:]}
    assert ranked[0] in others
    assert ranked[-1] in others


def test_wide_layers_show_the_columns_around_the_chosen_one():
    for row, column, units, inputs in ((0, 0, (0, 1, 2), (0, 1, 2)), (9, 15, (8, 9, 10), (13, 14, 15))):
        choice = choice_of((1, 2), hidden="16-16", row=row, column=column)
        assert tuple(choice.unit_window) == units
        assert tuple(choice.input_window) == inputs
    narrow = choice_of((1, 2), row=2, column=5)
    assert (tuple(narrow.unit_window), tuple(narrow.input_window)) == ((0, 1, 2), (0, 1, 2, 3, 4))


def test_the_marked_cells_are_the_factors_of_both_sums():
    choice = choice_of((3, 60, 120), row=1, column=4, pick=60)
    cells = by_attribute(products_markup(choice), "data-cell")
    lit = {key for key, cell in cells.items() if "bp-lit" in cell.classes}
    down = {f"{name}:{flower}:{j}" for name, j in (("D", 1), ("A", 4)) for flower in (3, 60, 120)}
    assert lit == down | {f"D':60:{k}" for k in range(3)} | {f"W:{k}:4" for k in range(3)}
    chosen = {key for key, cell in cells.items() if "bp-chosen" in cell.classes}
    assert chosen == {"gradient:1:4", "through:60:4"}


def sentence_of(choice) -> str:
    (said,) = [e.text for e in elements(bars_markup(choice)) if "bp-pulls" in e.classes]
    return said


def test_the_sentence_follows_from_the_flowers_and_their_mean():
    flowers = chosen_flowers("random", 6, 39)
    choice = choice_of(flowers, row=1, column=4)
    counts = "2 flowers pull up, 2 down, 2 leave it alone (0). "
    assert sentence_of(choice) == (
        f"{counts}The mean is −0.0501, so the step −η · mean = +0.00501 raises w225: a positive derivative "
        "pushes the weight down, a negative one up. They disagree: without their signs the mean would be "
        "0.601."
    )
    terms = np.array(choice.terms)
    assert (terms.mean(), abs(terms).mean()) == pytest.approx((-0.0501, 0.601), rel=5e-3)
    assert sentence_of(choice_of(flowers, row=1, column=4, lr=0)) == (
        f"{counts}The mean is −0.0501, but with η = 0 the step leaves w225 where it is."
    )
    bias = sentence_of(choice_of(flowers, row=0, column=5))
    mean = choice_of(flowers, row=0, column=5).batch.gradient[0, 5]
    way = "lowers" if mean > 0 else "raises"
    assert f"{way} b21: a positive derivative pushes the bias down, a negative one up." in bias


def one_row(terms, column=0, **settings):
    """A choice whose flowers say these numbers of w²₁₁."""
    choice = choice_of(tuple(range(len(terms))), column=column, **settings)
    batch = choice.batch
    D = np.column_stack((np.array(terms, dtype=float), np.zeros((len(terms), 2))))
    inputs = np.ones_like(batch.inputs)
    return choice, replace(batch, cotangents=D, inputs=inputs, gradient=D.T @ inputs / len(terms))


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (
            [0.5],
            "The only flower pulls up. The mean is +0.500, so the step −η · mean = −0.0500 lowers w211: a ",
        ),
        ([-1], "The only flower pulls down. The mean is −1, so the step −η · mean = +0.100 raises w211: a "),
        ([0], "The only flower leaves it alone (0). So the mean is 0, and the step leaves w211 where it is."),
        ([0, 0], "Both flowers leave it alone (0). So the mean is 0, and the step leaves w211 where it is."),
        (
            [1, 1, 2],
            "All 3 flowers pull up. The mean is +1.33, so the step −η · mean = −0.133 lowers w211: a ",
        ),
        ([-1, -1], "Both flowers pull down. The mean is −1, so the step −η · mean = +0.100 raises w211: a "),
        (
            [1, -1],
            "1 flower pulls up, 1 down. They cancel: the mean is 0, and the step leaves w211 where it is.",
        ),
        ([0, -1], "1 flower pulls down, 1 leaves it alone (0). The mean is −0.500, so the step −η · mean = "),
        (
            [3, -2, 0, 0],
            "1 flower pulls up, 1 down, 2 leave it alone (0). The mean is +0.250, so the step −η",
        ),
    ],
    ids=str,
)
def test_flowers_are_counted_as_they_are(monkeypatch, terms, said):
    choice, batch = one_row(terms)
    monkeypatch.setattr("ui.views.batch.choice.batch_of", lambda *_: batch)
    (pulls,) = [e.text for e in elements(bars_markup(choice)) if "bp-pulls" in e.classes]
    assert pulls.startswith(said)
    assert ("They disagree" in pulls) == (terms == [3, -2, 0, 0])


def test_rounding_is_no_pull():
    converged = {"flower": 106, "taken": 200, "lr": 0.05, "out": "identity", "act": "identity"}
    step = step_of(settings_of(**converged))
    assert 0 < np.abs(step.cotangent("z2")).max() < 1e-14
    for layer in (1, 2):
        choice = choice_of((106,), layer=layer, **converged)
        assert not choice.batch.cotangents.any()
        assert not choice.batch.gradient.any()
        assert not cotangents_below(choice.batch).any()
        assert sentence_of(choice).startswith("The only flower leaves it alone (0). So the mean is 0, and")
    beside = choice_of((106, 107), **converged)
    assert beside.terms[0] == 0 != beside.terms[1]
    assert sentence_of(beside).startswith("1 flower pulls ")


def test_terms_that_cancel_but_for_rounding_have_the_mean_0():
    terms = np.array([[0.1], [0.2], [-0.3]])
    assert terms.sum() != 0
    assert _without_rounding(terms.sum(axis=0), terms, 0) == 0
    eps = np.finfo(float).eps
    sums = np.array([2.3 * eps, -2.3 * eps, 2.5 * eps, -2.5 * eps])  # 8 eps of 0.3 lie between
    np.testing.assert_array_equal(_without_rounding(sums, terms, 0), [0, 0, 2.5 * eps, -2.5 * eps])
    assert _without_rounding(np.array([1e-300]), np.zeros((2, 1)), 0) == 0
    np.testing.assert_array_equal(_without_rounding(np.array([1e-17, 1]), terms.repeat(2, 1).T, 1), [0, 1])


def test_the_rest_of_a_sum_is_no_rounding(monkeypatch):
    terms = [5, 4, 3, 0.1, 0.2, -0.3, -3, -4, -5]
    choice, batch = one_row(terms)
    monkeypatch.setattr("ui.views.batch.choice.batch_of", lambda *_: batch)
    monkeypatch.setattr("ui.views.batch.products.cotangents_below", lambda _: batch.input_cotangents())
    rest = [term for flower, term in enumerate(terms) if flower not in choice.shown]
    said = by_attribute(products_markup(choice), "data-term")["n:rest"].text
    assert set(rest) >= {0.1, 0.2, -0.3}
    assert said == f"and the other {len(rest)}: {signed(round(sum(rest), 9))}"
    assert sum((0.1, 0.2, -0.3)) != 0


def test_exact_small_derivatives_stay():
    choice = choice_of((0,), edit="b2_1_30")
    exact = step_of(settings_of(flower=0, edit="b2_1_30"))
    assert 0 < exact.cotangent("z2")[1] < 1e-10
    np.testing.assert_allclose(choice.batch.cotangents[0], exact.cotangent("z2"), rtol=1e-9)


def texts_of(markup, class_) -> list[str]:
    return [e.text for e in elements(markup) if class_ in e.classes]


def test_one_flower_is_no_mean():
    one, two = outer_markup(choice_of((54,))), outer_markup(choice_of((54, 60)))
    assert texts_of(one, "bp-heading") == ["The outer product of the only flower is dC/dW2"]
    assert texts_of(two, "bp-heading") == ["One outer product a flower; their mean is dC/dW2"]
    assert next(e.text for e in elements(one) if e.tag == "strong") == "the only flower"
    assert next(e.text for e in elements(two) if e.tag == "strong") == "mean of both flowers"
    assert texts_of(one, "bp-note")[-1] == (
        "✓ Checked: the gradient of the only flower, against Dᵀ A / 1 as one matrix product "
        "(loss_and_gradients): largest difference 0."
    )
    assert "mean of all 6 flowers" in outer_markup(choice_of(chosen_flowers("random", 6, 39)))


def test_both_ways_to_the_mean_are_compared_by_size(monkeypatch):
    choice, batch = one_row([2e6, 2e6])
    compared = (
        "Checked: the mean of the 2 single gradients, one by one, against Dᵀ A / 2 as one matrix product"
    )
    for difference, mark, end in (
        (1e-3, "✓", "0.00100, rounding of floating-point numbers."),
        (1e-2, "✗", "0.0100."),
    ):
        near = replace(batch, difference=difference)
        monkeypatch.setattr("ui.views.batch.choice.batch_of", lambda *_, near=near: near)
        note = texts_of(outer_markup(choice), "bp-note")[-1]
        assert note == f"{mark} {compared} (loss_and_gradients): largest difference {end}"


def test_colours_have_one_meaning_each_and_say_so():
    assert texts_of(products_markup(choice_of((3, 60))), "bp-note")[-1] == (
        "Colours: a cell is blue where it is positive, orange where negative, stronger where larger, within "
        "one matrix. A flower's number and bar have the colour of its species, a frame that of the sum it "
        "belongs to."
    )


def test_a_taken_step_is_counted():
    choice = choice_of((13, 54), flower=54, taken=1, edit="x_1_2~y_2_0.5~y_1_1~W1_1_1_3")
    notes = texts_of(bars_markup(choice), "bp-note")
    assert notes[1:] == [
        "Flower 54 takes part with x1, y1 and y2 as typed.",
        "These weights come after 1 step taken on flower 54. Another flower opens with the weights from "
        "before that step, so its numbers differ from those here.",
    ]
    assert len(texts_of(bars_markup(choice_of((13, 54), flower=60, edit="x_1_2")), "bp-note")) == 1


def test_bars_stand_on_zero_and_are_as_high_as_their_number():
    choice = choice_of(tuple(range(150)), row=1, column=4)
    fills = [e for e in elements(bars_markup(choice)) if "bp-bars-fill" in e.classes]
    bars = list(by_attribute(bars_markup(choice), "data-bar").values())
    (line,) = [e for e in elements(bars_markup(choice)) if "bp-bars-zero" in e.classes]
    zero = float(re.search(r"bottom:([\d.]+)%", line.attributes["style"])[1])
    sizes = np.array([list(map(float, re.findall(r":([\d.]+)%", e.attributes["style"]))) for e in fills])
    values = np.array([bar.value for bar in bars])
    np.testing.assert_allclose(sizes[:, 1] / sizes[:, 1].max(), abs(values) / abs(values).max(), atol=1e-4)
    ends = np.where(values < 0, sizes.sum(axis=1), sizes[:, 0])
    np.testing.assert_allclose(ends, zero, atol=2e-3)
    for bar, fill in zip(bars, fills, strict=True):
        assert f"bp-species-{species_of(int(bar.attributes['data-bar']))}" in fill.classes


def test_an_entry_that_nobody_pulls_is_drawn_flat():
    settings = {"hidden": "1", "seed": 1}
    for seed in range(60):
        settings["seed"] = seed
        choice = choice_of((0, 1), **settings)
        if not choice.batch.gradient[0, 0]:
            break
    assert choice.terms == [0, 0]
    assert "nan" not in bars_markup(choice)
    assert "leaves w" in bars_markup(choice)


def test_wide_outer_products_are_pictures():
    choice = choice_of((1, 60), hidden="16-16", act="tanh")
    markup = outer_markup(choice)
    pictures = [e for e in elements(markup) if e.tag == "svg"]
    assert [e.attributes["aria-label"] for e in pictures] == ["Outer product, 16 by 17"] * 3
    squares = sum(e.attributes.get("d", "").count("z") for e in elements(markup))
    assert squares == 3 * 16 * 17


def test_strip_figure_is_d_with_the_species_beneath():
    flowers = (0, 1, 50, 100, 101)
    D = batch_of(settings_of(), flowers, 2).cotangents
    figure = strip_figure(D, flowers, tuple(map(species_of, flowers)), 2, 50)
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
    pairs = re.findall(r"--species-\d: light-dark\((#\w{6}), (#\w{6})\)", css)
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
    choice = choice_of((3, 60, 120), layer=3, row=1, column=2, **settings)
    assert not choice.batch.inputs[:, :-1].any()
    assert "All 3 flowers leave it alone (0). So the mean is 0, and the step leaves" in bars_markup(choice)
