"""Figures, pictures and texts of the weight update against the core."""

import json
import re
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from backprop import forward_pass
from backprop.sgd import predicted_change
from backprop.sweep import sweep_learning_rates
from tests.expected import settings_of
from tests.markup import by_attribute
from ui.data import load_iris
from ui.equations import mathml
from ui.figures.update import layer_scales, update_figure
from ui.figures.update_sweep import sweep_figure
from ui.numbers import short
from ui.recording import recorded_step
from ui.update_svg import outer_svg, outputs_svg
from ui.update_texts import (
    outer_sentence,
    scale_sentence,
    sweep_sentence,
    update_formula,
    update_table,
    verdict,
)

VIEWS = [
    {},
    {"taken": 3},
    {"flower": 7, "seed": 5, "hidden": "6-2", "act": "tanh", "out": "sigmoid", "lr": 1},
    {"hidden": "1", "out": "identity", "lr": 0},
    {"hidden": "16-16-16-16", "act": "sigmoid", "out": "sigmoid-squared"},
    {"hidden": "5", "out": "identity", "lr": 10},
]


@pytest.fixture(params=VIEWS, ids=str)
def step(request):
    view = dict(request.param)
    taken = view.pop("taken", 0)
    return recorded_step(replace(settings_of(**view), taken=taken))


FIXED = {"flower": 83, "seed": 41}


def sweep_of(step):
    iris = load_iris()
    return sweep_learning_rates(step, iris.X, iris.Y)


def layers(step):
    return range(1, step.config.depth + 1)


def shown(trace) -> np.ndarray:
    """The columns of a trace that hold numbers."""
    columns = [c for c in range(len(trace["z"][0])) if trace["z"][0][c] is not None]
    return np.array([[row[c] for c in columns] for row in trace["z"]])


def test_heatmaps_hold_weights_step_and_new_weights(step):
    for layer in layers(step):
        figure = update_figure(step, layer)
        W, b = (next(u for u in step.updates if u.name == f"{letter}{layer}") for letter in "Wb")
        weights, change = figure["data"]
        before_and_after = np.column_stack((W.before, b.before, W.after, b.after))
        np.testing.assert_array_equal(shown(weights), before_and_after)
        np.testing.assert_array_equal(shown(change), np.column_stack((W.step, b.step)))
        assert weights["zmax"] == -weights["zmin"] == np.abs(before_and_after).max()
        assert change["zmax"] == -change["zmin"] == (layer_scales(step, layer)[1] or 1)
        json.dumps(figure, allow_nan=False)
        go.Figure(figure)


def test_numbers_of_a_small_layer_are_written_in_the_cells():
    figure = update_figure(recorded_step(settings_of()), 2)
    for trace in figure["data"]:
        assert trace["texttemplate"] == "%{text}"
        for row, texts in zip(trace["z"], trace["text"], strict=True):
            assert texts == ["" if value is None else short(value) for value in row]
    wide = update_figure(recorded_step(settings_of(hidden="16")), 2)
    assert wide["data"][0]["texttemplate"] == ""
    assert "No room for numbers" in scale_sentence(recorded_step(settings_of(hidden="16")), 2)
    assert "No room for numbers" not in scale_sentence(recorded_step(settings_of()), 2)
    assert len(wide["layout"]["xaxis"]["ticktext"]) == len(wide["layout"]["xaxis"]["tickvals"]) < 51


def test_sweep_figure_holds_the_sweep_and_the_current_step(step):
    sweep = sweep_of(step)
    figure = sweep_figure(step, sweep)
    prediction, costs, predicted, actual, mean, mean_now = figure["data"]
    rate = step.updates[0].learning_rate
    np.testing.assert_array_equal(prediction["y"], sweep.predicted)
    assert costs["y"] == [c if np.isfinite(c) else None for c in sweep.costs]
    assert mean["y"] == [c if np.isfinite(c) else None for c in sweep.mean_costs]
    assert (actual["x"], actual["y"]) == ([rate], [step.loss_after])
    assert predicted["y"] == pytest.approx([step.loss_before + predicted_change(step)])
    assert mean_now["y"] == [sweep.mean_after]
    json.dumps(figure, allow_nan=False)
    go.Figure(figure)
    marked = [a for a in figure["layout"]["annotations"] if "lowest" in a["text"]]
    assert [a["x"] for a in marked] == ([] if sweep.best is None else [sweep.best])


@pytest.mark.parametrize("rate", [0, 0.02, 0.03, 0.05, 0.1, 0.5])
def test_no_line_crosses_out_the_current_step(rate):
    step = recorded_step(settings_of(lr=rate))
    layout = sweep_figure(step, sweep_of(step))["layout"]
    low, high = layout["yaxis"]["range"]
    pixels = (layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]) / (high - low)
    (label,) = [a for a in layout["annotations"] if a["text"].startswith("η = ")]
    above_the_line = label["yshift"] + (step.loss_after - step.loss_before) * pixels
    assert abs(above_the_line) >= 11.9


@pytest.mark.parametrize("rate", [0.03, 0.06, 0.08, 0.1, 0.12])
def test_the_names_of_the_lowest_and_of_the_current_point_keep_apart(rate):
    step = recorded_step(settings_of(hidden="16-16-16-16", lr=rate))
    layout = sweep_figure(step, sweep_of(step))["layout"]
    low, high = layout["yaxis"]["range"]
    pixels = (layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]) / (high - low)
    (current,) = [label for label in layout["annotations"] if label["text"].startswith("η = ")]
    (lowest,) = [label for label in layout["annotations"] if label["text"].startswith("lowest")]
    apart = (lowest["y"] - current["y"]) * pixels - lowest["ay"] - current["yshift"]
    assert abs(apart) >= 18


def test_outer_product_is_column_times_row(step):
    for layer in layers(step):
        cells = by_attribute(outer_svg(step, layer), "data-cell")
        rows, columns = step.gradients[f"W{layer}"].shape
        below = step.tape[f"a{layer - 1}" if layer > 1 else "x"]
        for i in range(rows):
            assert cells[f"column{layer}:{i}:0"].value == step.cotangent(f"z{layer}")[i]
            for j in range(columns):
                product = cells[f"outer{layer}:{i}:{j}"].value
                assert cells[f"row{layer}:0:{j}"].value == below[j]
                assert product == step.gradients[f"W{layer}"][i, j]
                assert product == pytest.approx(step.cotangent(f"z{layer}")[i] * below[j], rel=1e-12)


def test_tables_hold_every_number(step):
    for layer in layers(step):
        cells = by_attribute(update_table(step, layer), "data-update")
        for part, kind in (("before", "before"), ("step", "step"), ("after", "after")):
            for letter in "Wb":
                update = next(u for u in step.updates if u.name == f"{letter}{layer}")
                values = np.atleast_2d(getattr(update, part).T).T
                offset = 0 if letter == "W" else step.config.layer_sizes[layer - 1]
                for (i, j), value in np.ndenumerate(values):
                    assert cells[f"{kind}{layer}:{i}:{j + offset}"].value == value


def test_outputs_before_and_after(step):
    after = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
    markup = outputs_svg(step, after)
    name = f"a{step.config.depth}"
    numbers, bars = by_attribute(markup, "data-output"), by_attribute(markup, "data-bar")
    for k in range(3):
        assert numbers[f"before:{k}"].value == step.tape[name][k]
        assert numbers[f"after:{k}"].value == after[name][k]
    widths = [float(bars[f"after:{k}"].attributes["width"]) for k in range(3)]
    assert int(np.argmax(widths)) == int(np.abs(after[name]).argmax())
    assert all(float(bar.attributes["x"]) >= 0 for bar in bars.values())


def test_verdict_says_predicted_and_actual(step):
    cells = by_attribute(verdict(step), "data-cost")
    assert cells["before"].value == step.loss_before
    assert cells["after"].value == step.loss_after
    assert cells["predicted"].value == predicted_change(step)
    assert cells["actual"].value == step.loss_after - step.loss_before


def test_verdict_in_words():
    def said(**view):
        return re.sub("<[^>]*>", "", verdict(recorded_step(settings_of(**FIXED | view))))

    assert "Cost 1.60 → 1.06, down 0.538" in said()
    assert "Predicted −η‖∇‖² = −0.607, actual −0.538, 89 % of it: the cost bends above" in said()
    assert "So short a step follows the tangent." in said(lr=0.0001)
    assert "nothing moves" in said(lr=0)
    assert "The step was too long: the cost went up." in said(lr=1, out="identity")


def test_sweep_sentences():
    def said(**view):
        step = recorded_step(settings_of(**FIXED | view))
        return sweep_sentence(step, sweep_of(step))

    assert "keeps helping as far as the chart goes" in said()
    assert "For the mean of all 150 flowers it stops helping at η = 0.178." in said()
    turned = said(out="identity", lr=1)
    assert "stops helping at η = 0.147, and from η = 0.313 it does harm" in turned
    assert turned.endswith("You are beyond that.")


def test_texts_and_formulas_of_every_layer(step):
    for layer in layers(step):
        assert "<math" in mathml(update_formula(step, layer))
        assert f"{step.gradients[f'W{layer}'].shape[0]} × " in outer_sentence(step, layer)


def test_units_that_do_not_learn_are_counted():
    assert "1 row is 0, so its unit does not learn" in outer_sentence(recorded_step(settings_of(**FIXED)), 1)
    assert "row" not in outer_sentence(recorded_step(settings_of(**FIXED, act="tanh")), 1)
