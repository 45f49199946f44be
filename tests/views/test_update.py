"""Figures, pictures and texts of the weight update against the core."""

import json
import re
from dataclasses import replace
from itertools import combinations

import numpy as np
import plotly.graph_objects as go
import pytest

from backprop import forward_pass
from backprop.sgd import predicted_change
from backprop.study.sweep import sweep_learning_rates
from tests.expected import settings_of
from tests.markup import by_attribute, elements
from ui.draw.svg import sign_class
from ui.names.equations import mathml
from ui.names.numbers import apart, as_typed, percent, short, signed
from ui.state import textbook
from ui.state.data import load_iris
from ui.state.recording import recorded_step
from ui.views.update.facts import change_noise, layer_of_largest_change, sums_behind
from ui.views.update.figures import layer_scales, update_figure
from ui.views.update.markup import update_formula, update_table, verdict
from ui.views.update.picture import outer_size, outer_svg, outputs_svg
from ui.views.update.sweep import sweep_figure
from ui.views.update.words import (
    colours,
    curve_alt,
    largest_change,
    longer_steps,
    outer_product,
    standstill,
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
    if step.config.layer_sizes[0] == 2:
        return sweep_learning_rates(step, textbook.X[np.newaxis], textbook.Y[np.newaxis])
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
    assert "No room for numbers" in colours(recorded_step(settings_of(hidden="16")), 2)
    assert "No room for numbers" not in colours(recorded_step(settings_of()), 2)
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


def text_of(markup: str) -> str:
    return re.sub("<[^>]*>", "", markup.replace("</p><p", "</p> <p"))


def said(**view) -> str:
    return text_of(verdict(taken_step(**view)))


def taken_step(**view):
    return recorded_step(settings_of(**view))


def test_verdict_in_words():
    assert said() == (
        "Cost 1.08 → 0.826, down 0.256 Predicted −η‖∇‖² = −0.278, actual −0.256, 92\u00a0% of it: the cost "
        "bends above its tangent."
    )
    assert said(**FIXED) == (
        "Cost 1.60 → 1.06, down 0.538 Predicted −η‖∇‖² = −0.607, actual −0.538, 89\u00a0% of it: the cost "
        "bends above its tangent."
    )
    from_z = "Some a2 is too near 0 or 1 for a float, so C is computed from z2."
    assert said(edit="b2_1_1000").endswith(f"105\u00a0% of it: the cost bends below its tangent. {from_z}")


def test_verdict_follows_the_learning_rate():
    assert said(lr=0.000001) == (
        "Cost 1.081349 → 1.081346, down 2.78e−6 Predicted −η‖∇‖² = −2.78e−6, actual −2.78e−6. So short a "
        "step follows the tangent."
    )
    assert said(lr=0) == (
        "Cost 1.08 → 1.08, unchanged Predicted −η‖∇‖² = 0, actual 0. With η = 0 nothing moves."
    )
    assert said(seed=0, act="identity", flower=10, lr=10) == (
        "Cost 1.89 → 881, up 879 Predicted −η‖∇‖² = −194, actual +879. The step was too long: the cost went "
        "up. Some a2 is too near 0 or 1 for a float, so C is computed from z2."
    )


def test_verdict_where_the_step_is_rounding():
    nothing = " unchanged Predicted −η‖∇‖² = 0, actual 0. Every step is 0 but for rounding, so nothing moves."
    assert said(out="identity", act="identity", lr=0.05, taken=200) == f"Cost 0 → 0,{nothing}"
    assert said(lr=10, taken=200) == f"Cost 3.04e−51 → 3.04e−51,{nothing}"
    assert said(lr="1e-20").endswith(" actual 0. The change is too small for the digits of the cost.")
    assert said(lr="1e-15").endswith(" actual 0. The change is too small for the digits of the cost.")


def test_verdict_where_every_gradient_is_zero():
    step = taken_step(out="identity", hidden="1", seed=5, edit="y_1_0~y_2_0~y_3_0", flower=106)
    assert not any(update.gradient.any() for update in step.updates)
    assert text_of(verdict(step)).endswith("actual 0. Every gradient is 0, so nothing moves.")
    assert longer_steps(step, sweep_of(step)) == (
        "The gradient is 0 in every entry, so no step changes anything."
    )
    assert largest_change(step, 1) == largest_change(step, 2) == "Nothing changes."


def overshot(step, after: float):
    return replace(step, loss_after=after)


def test_verdict_of_costs_made_up():
    step = taken_step()
    before, predicted = step.loss_before, predicted_change(step)
    tail = {
        before: ". The step was too long: it ends where the cost is as high as before.",
        before * (1 + 1e-16): ". The step was too long: it ends where the cost is as high as before.",
        before + 1e-3: ". The step was too long: the cost went up.",
        before + predicted: ". So short a step follows the tangent.",
        before + 1.004 * predicted: ". So short a step follows the tangent.",
        before + 0.996 * predicted: ". So short a step follows the tangent.",
        before + 1.006 * predicted: ", 101\u00a0% of it: the cost bends below its tangent.",
        before + 0.994 * predicted: ", 99\u00a0% of it: the cost bends above its tangent.",
    }
    for after, expected in tail.items():
        assert text_of(verdict(overshot(step, after))).endswith(expected), after
    long = taken_step(lr=1)
    assert text_of(verdict(overshot(long, long.loss_before + predicted_change(long)))).endswith(
        ". Even with η = 1 the cost follows the tangent."
    )


def random_views():
    rng = np.random.default_rng(12)
    for _ in range(60):
        yield {
            "flower": int(rng.integers(150)),
            "seed": int(rng.integers(9999)),
            "hidden": str(rng.choice(["1", "5", "2-1", "16", "3-4-2"])),
            "act": str(rng.choice(["relu", "tanh", "sigmoid", "identity"])),
            "out": str(rng.choice(["softmax", "sigmoid", "sigmoid-squared", "identity"])),
            "lr": float(rng.choice([0, 1e-6, 0.05, 0.1, 1, 10])),
            "edit": str(rng.choice(["", "", "b1_1_-1000", "x_2_1000", "W1_1_1_0"])),
        }


def test_words_of_random_steps_fit_their_numbers():
    for view in random_views():
        step = recorded_step(settings_of(**view))
        sweep, text, noise = sweep_of(step), text_of(verdict(step)), change_noise(step)
        change, predicted = step.loss_after - step.loss_before, predicted_change(step)
        assert ("up " in text) == (change > noise), view
        assert ("down " in text) == (change < -noise), view
        assert ("nothing moves" in text) == bool(standstill(step)), view
        assert ("went up" in text) == (change > noise and not standstill(step)), view
        shown = [0.0 if abs(value) <= noise else value for value in (predicted, change)]
        assert f"Predicted −η‖∇‖² = {signed(shown[0])}, actual {signed(shown[1])}" in text, view
        if abs(change) > noise:
            assert f"Cost {' → '.join(apart(step.loss_before, step.loss_after))}, " in text, view
        if "%" in text:
            assert f", {percent(change / predicted)} of it" in text, view
            assert ("above" in text) == (change / predicted < 1), view
        texts = [text, longer_steps(step, sweep), curve_alt(step, sweep)]
        for layer in layers(step):
            texts += [outer_product(step, layer), colours(step, layer)]
        for sentence in texts:
            assert not re.search(r"-\d|−0\b(?!\.)|nan|inf(?!er)|\de[+-]|\b1 (others|rows) ", sentence), (
                sentence
            )


def test_sweep_sentences():
    def said_of(**view):
        step = recorded_step(settings_of(**view))
        return longer_steps(step, sweep_of(step))

    assert said_of() == (
        "For this flower alone a longer step keeps helping as far as the chart goes, η = 1.95; its tangent "
        "would reach cost 0 at η = 0.389. The mean of all 150 flowers only gets worse: the other flowers pay."
    )
    assert said_of(**FIXED).endswith("For the mean of all 150 flowers it stops helping at η = 0.178.")
    assert said_of(**FIXED, out="identity", lr=1) == (
        "For this flower a longer step stops helping at η = 0.147, and from η = 0.313 it does harm; its "
        "tangent would reach cost 0 at η = 0.0727. For the mean of all 150 flowers it stops helping at η = "
        "0.0891. You are beyond that."
    )
    assert said_of(data="textbook") == (
        "For this example a longer step stops helping at η = 4.57; its tangent would reach cost 0 at η = "
        "1.39."
    )


def test_where_the_minimum_of_the_mean_lies_beyond_the_chart():
    step = recorded_step(settings_of(out="identity", flower=60))
    sweep = sweep_of(step)
    assert sweep.mean_costs.argmin() == len(sweep.mean_costs) - 1
    assert longer_steps(step, sweep) == (
        "For this flower a longer step stops helping at η = 0.116; its tangent would reach cost 0 at η = "
        "0.0432. For the mean of all 150 flowers it keeps helping as far as the chart goes."
    )
    assert curve_alt(step, sweep) == (
        "Curve of the cost of this flower after one update, for learning rates from 0 to 0.216: it begins "
        "at 2.24 and ends at 0.269, lowest at η = 0.116. With η = 0.1 it is 0.0801. The tangent reaches 0 "
        "at η = 0.0432. Beside it the mean cost of all 150 flowers."
    )


def test_no_claim_about_a_curve_of_rounding():
    for view in ({"lr": 10, "taken": 200}, {"out": "identity", "act": "identity", "lr": 0.05, "taken": 200}):
        step = taken_step(**view)
        sweep = sweep_of(step)
        assert longer_steps(step, sweep) == (
            "The gradient is 0 but for rounding, so no step brings anything."
        )
        assert "tangent" not in curve_alt(step, sweep)
        assert "lowest" not in json.dumps(sweep_figure(step, sweep))


def test_sweep_sentences_of_curves_made_up():
    step = taken_step()
    sweep = sweep_of(step)
    rates, costs = sweep.learning_rates, sweep.costs

    def of(word="", **changed):
        return longer_steps(step, replace(sweep, **changed), word)

    tangent = "; its tangent would reach cost 0 at η = 0.389."
    mean = " The mean of all 150 flowers only gets worse: the other flowers pay."
    level = np.where(rates < rates[40], costs, costs[40])
    assert of(costs=level) == (
        f"For this flower alone a longer step helps up to about η = {short(rates[40])} and brings no more "
        f"beyond{tangent}{mean}"
    )
    assert of(costs=np.full(81, 1.0), reaches_zero=np.inf) == (
        f"For this flower no step helps by more than rounding.{mean}"
    )
    assert of(break_even=0.25, mean_is_flat=True) == (
        f"For this flower no step helps by more than rounding, and from η = 0.250 it does harm{tangent} "
        "The mean of all 150 flowers does not change."
    )
    assert of(best=0.5, mean_best=0.05).endswith(
        f"a longer step stops helping at η = 0.500{tangent} For the mean of all 150 flowers it stops "
        "helping at η = 0.0500. You are beyond that."
    )
    assert of(best=0.5, mean_best=0.1).endswith("at η = 0.100.")
    assert of("example").endswith("only gets worse: the flowers pay.")
    assert of("example").startswith("For this example alone")


def test_names_of_the_layers_largest_change():
    little = recorded_step(settings_of(lr="1e-11"))
    assert largest_change(little, 2) == (
        "The largest change: the weight to z²₃ from a¹₃, −0.0883, by +6.70e−12."
    )
    assert [largest_change(taken_step(), layer) for layer in (1, 2)] == [
        "The largest change: the weight to z¹₄ from x₂, from −0.807 to −0.770 (+0.0371).",
        "The largest change: the weight to z²₃ from a¹₃, from −0.0883 to −0.0213 (+0.0670).",
    ]
    off = taken_step(hidden="1", seed=5)
    assert largest_change(off, 1) == "Nothing changes."
    assert largest_change(off, 2) == "The largest change: the bias of z²₃, from 0 to 0.0667 (+0.0667)."
    assert largest_change(taken_step(out="sigmoid", lr=10, flower=3, seed=4, hidden="1"), 2) == (
        "The largest change: the bias of z²₁, from 0 to 5 (+5); 2 others move as much."
    )
    assert largest_change(taken_step(data="textbook", lr=10), 2) == (
        "The largest change: the bias of z²₁, from 0 to −4.91 (−4.91); 1 other moves as much."
    )
    assert largest_change(taken_step(lr="1e-6"), 2).endswith("from −0.0882683 to −0.0882676 (+6.70e−7).")
    assert largest_change(taken_step(lr=10, taken=200), 2) == "Nothing changes but for rounding."


def test_the_largest_change_is_that_of_the_core():
    for view in random_views():
        step = recorded_step(settings_of(**view))
        sizes = {
            layer: max(np.abs(u.step).max() for u in step.updates if u.name[1:] == str(layer))
            for layer in layers(step)
        }
        assert sizes[layer_of_largest_change(step)] == max(sizes.values()), view
        for layer in layers(step):
            if "largest" in (text := largest_change(step, layer)):
                assert short(sizes[layer]) in text, view
    equal = taken_step(lr=0)
    assert layer_of_largest_change(equal) == equal.config.depth


def test_texts_of_the_outer_product():
    assert outer_product(taken_step(), 2) == (
        "dC/dW² = ∂C/∂z² ⊗ a¹: 3 × 5, one product a cell, no sum; the sums over paths are in ∂C/∂z² "
        "already. The column alone is dC/db². Colours as above, a scale each for column, row and cells. "
        "The largest change: the weight to z²₃ from a¹₃, from −0.0883 to −0.0213 (+0.0670)."
    )
    assert outer_product(taken_step(out="identity"), 2).startswith(
        "dC/dW² = ∂C/∂z² ⊗ a¹: 3 × 5, one product a cell, no sum. The column"
    )
    assert "x: 5 × 4, one product a cell, no sum; the sums over paths are in ∂C/∂z¹" in outer_product(
        taken_step(out="identity"), 1
    )
    assert " 1 row is 0, so its unit does not learn from this flower. The largest" in outer_product(
        taken_step(), 1
    )
    assert "learn from this example." in outer_product(taken_step(), 1, "example")
    off = taken_step(hidden="1", seed=5)
    assert " The only row is 0, so its unit does not learn from this flower. Nothing changes." in (
        outer_product(off, 1)
    )
    assert " All of a¹ is 0, so the weights stay and only the biases learn. The largest" in outer_product(
        off, 2
    )
    still = taken_step(out="identity", hidden="1", seed=5, edit="y_1_0~y_2_0~y_3_0")
    assert " All 3 rows are 0, so their units do not learn from this flower. Nothing" in outer_product(
        still, 2
    )
    single = taken_step(hidden="2-1", edit="b1_1_-1000~b1_2_-1000~b2_1_1")
    assert " All of a¹ is 0, so the weights stay and only the bias learns. The" in outer_product(single, 2)


def test_sums_over_paths_lie_behind_all_but_an_output_that_works_entry_by_entry():
    for out in ("softmax", "sigmoid", "identity"):
        step = taken_step(out=out, hidden="4-3")
        assert [sums_behind(step, layer) for layer in (1, 2, 3)] == [True, True, out == "softmax"]


def test_what_the_colours_of_the_heatmaps_mean():
    assert colours(taken_step(), 2) == (
        "Blue is positive, orange negative. W² and new W² share one scale: full colour is ±0.756. The step "
        "has its own: full colour is ±0.0670, 11.3 × finer. Last column: the bias."
    )
    assert " The step has its own: full colour is ±3.71. Last" in colours(taken_step(lr=10), 1)
    assert " The step is 0. Last" in colours(taken_step(lr=0), 1)
    assert colours(taken_step(lr=10, taken=200), 2).endswith(
        " The step is 0 but for rounding: its full colour is ±3.61e−49. Last column: the bias. No room for "
        "numbers: point at a cell, or open the tables."
    )
    zero = "~".join(f"W2_{row}_1_0" for row in (1, 2, 3))
    assert "W² and new W² are 0. The step is 0." in colours(taken_step(hidden="1", edit=zero, lr=0), 2)


def test_update_formula_has_the_rate_as_typed():
    def formula(rate):
        return update_formula(taken_step(lr=rate), 2)

    rest = r"\frac{\partial C}{\partial \mathbf{z}^{2}}"
    assert formula("1e-05") == (
        rf"W^{{2}} \leftarrow W^{{2}} - 1 \cdot 10^{{-5}} \cdot {rest} \otimes \mathbf{{a}}^{{1}} \qquad "
        rf"\mathbf{{b}}^{{2}} \leftarrow \mathbf{{b}}^{{2}} - 1 \cdot 10^{{-5}} \cdot {rest}"
    )
    assert "- 0.1 \\cdot" in formula(0.1)
    assert "- 10 \\cdot" in formula(10)
    assert r"\otimes \mathbf{x}" in update_formula(taken_step(), 1)


def test_texts_and_formulas_of_every_layer(step):
    for layer in layers(step):
        assert "<math" in mathml(update_formula(step, layer))
        assert f"{step.gradients[f'W{layer}'].shape[0]} × " in outer_product(step, layer)


# --- pictures ----------------------------------------------------------------------------------------


def test_bars_of_the_outputs_are_as_long_as_the_outputs_and_on_their_side(step):
    after = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
    name = f"a{step.config.depth}"
    values = {"before": step.tape[name], "after": after[name]}
    markup = outputs_svg(step, after)
    bars = by_attribute(markup, "data-bar")
    zeros = [e.attributes["d"] for e in elements(markup) if e.tag == "path" and "bp-thin" in e.classes]
    low, high = min(0.0, *(v.min() for v in values.values())), max(1.0, *(v.max() for v in values.values()))
    for k, zero in enumerate(zeros):
        x, top, length = map(float, re.findall(r"[\d.]+", zero))
        for kind, array in values.items():
            box = {key: float(bars[f"{kind}:{k}"].attributes[key]) for key in ("x", "y", "width", "height")}
            length_of_one = 256 / (high - low)
            assert box["width"] == pytest.approx(max(1.5, abs(array[k]) * length_of_one), abs=0.02)
            inner, outer = (box["x"], box["x"] + box["width"])[:: 1 if array[k] >= 0 else -1]
            assert inner == pytest.approx(x, abs=0.02 if abs(array[k]) * length_of_one > 1.5 else 1.6)
            assert (outer > x) == (array[k] >= 0) or box["width"] == 1.5
            assert top < box["y"] < box["y"] + box["height"] < top + length
        assert float(bars[f"before:{k}"].attributes["y"]) < float(bars[f"after:{k}"].attributes["y"])
    assert x == pytest.approx(12 + 256 * -low / (high - low), abs=0.02)


def test_names_and_changes_of_the_outputs():
    step = taken_step()
    after = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
    markup = outputs_svg(step, after)
    assert [e.text for e in elements(markup) if e.tag == "text"] == [
        *("Class probabilities a2", "before", "after"),
        *("setosa", "−0.0193", "0.202", "0.183"),
        *("versicolor", "−0.0796", "0.459", "0.379"),
        *("virginica, the target", "+0.0989", "0.339", "0.438"),
    ]
    (picture,) = [e for e in elements(markup) if "aria-label" in e.attributes]
    assert picture.attributes["aria-label"] == (
        "Class probabilities before and after the step: setosa 0.202 → 0.183; versicolor 0.459 → 0.379; "
        "virginica 0.339 → 0.438. Target: virginica."
    )
    textbook = taken_step(data="textbook", out="sigmoid-squared")
    after = forward_pass(textbook.config, textbook.params_after, textbook.tape["x"], textbook.tape["y"])
    texts = [e.text for e in elements(outputs_svg(textbook, after)) if e.tag == "text"]
    assert texts[0] == "Outputs a2"
    assert [text for text in texts if "output" in text] == ["output 1, target 0.01", "output 2, target 0.99"]


def test_a_change_of_an_output_that_is_rounding_is_0():
    step = taken_step()
    same = {name: step.tape[name] for name in ("a2",)}
    moved = {"a2": step.tape["a2"] * (1 + 2e-16)}
    for after in (same, moved):
        changes = by_attribute(outputs_svg(step, after), "data-change")
        assert [e.text for e in changes.values()] == ["0", "0", "0"]
    changes = by_attribute(outputs_svg(step, {"a2": step.tape["a2"] * (1 + 1e-12)}), "data-change")
    assert all(e.text.startswith("+") for e in changes.values())


def test_cells_of_the_outer_product_lie_in_their_row_and_column(step):
    for layer in layers(step):
        markup = outer_svg(step, layer)
        drawn = elements(markup)
        cells = by_attribute(markup, "data-cell")
        boxes = [e for e in drawn if e.tag == "rect"]
        numbers = [e for e in drawn if "data-cell" in e.attributes]
        rows, columns = step.gradients[f"W{layer}"].shape
        width, height = outer_size(step, layer)
        assert len(boxes) == len(numbers) == rows + columns + rows * columns
        largest = {}
        for e in numbers:
            group = e.attributes["data-cell"].split(":")[0]
            largest[group] = max(largest.get(group, 0.0), abs(e.value))
        for box, cell in zip(boxes, numbers, strict=True):
            at = {key: float(box.attributes[key]) for key in ("x", "y", "width", "height")}
            assert float(cell.attributes["x"]) == pytest.approx(at["x"] + at["width"] / 2, abs=0.01)
            assert float(cell.attributes["y"]) == pytest.approx(at["y"] + at["height"] / 2, abs=0.01)
            assert at["width"] == 52
            assert at["height"] == (20 if rows > 8 and "row" not in cell.attributes["data-cell"] else 26)
            assert sign_class(cell.value) in box.classes
            group = cell.attributes["data-cell"].split(":")[0]
            opacity = 0.1 + 0.5 * abs(cell.value) / (largest[group] or 1.0)
            assert float(box.attributes["fill-opacity"]) == pytest.approx(opacity, abs=0.0051)
            assert at["x"] + at["width"] <= width
            assert at["y"] + at["height"] <= height
            assert cell.text == short(cell.value)
        for i in range(rows):
            for j in range(columns):
                cell = cells[f"outer{layer}:{i}:{j}"].attributes
                assert cell["y"] == cells[f"column{layer}:{i}:0"].attributes["y"]
                assert cell["x"] == cells[f"row{layer}:0:{j}"].attributes["x"]
                assert float(cell["y"]) > float(cells[f"row{layer}:0:{j}"].attributes["y"])
                assert float(cell["x"]) > float(cells[f"column{layer}:{i}:0"].attributes["x"])


def test_names_of_the_outer_product():
    drawn = elements(outer_svg(taken_step(hidden="2"), 2))
    names = [e for e in drawn if e.tag == "text" and "data-cell" not in e.attributes]
    assert [e.text for e in names] == [
        *("column", "∂C/∂z2", "×", "row a1, under it dC/dW2", "a11", "a12", "∂C/∂z21", "∂C/∂z22", "∂C/∂z23"),
    ]
    cells = [e for e in drawn if "data-cell" in e.attributes]
    rows = [e for e in cells if e.attributes["data-cell"].startswith("column")]
    columns = [e for e in cells if e.attributes["data-cell"].startswith("row")]
    assert [e.attributes["y"] for e in names[-3:]] == [e.attributes["y"] for e in rows]
    assert [e.attributes["x"] for e in names[4:6]] == [e.attributes["x"] for e in columns]
    (said,) = [e.attributes["aria-label"] for e in drawn if "aria-label" in e.attributes]
    step = taken_step(hidden="2")
    z, a = (", ".join(map(signed, values)) for values in (step.cotangent("z2"), step.tape["a1"]))
    assert said == f"Outer product: the column ∂C/∂z², {z}, times the row a¹, {a}, gives dC/dW², 3 by 2."
    wide = elements(outer_svg(taken_step(hidden="16"), 1))
    (said,) = [e.attributes["aria-label"] for e in wide if "aria-label" in e.attributes]
    assert said.count(", and so on") == 1


def plain(text: str) -> str:
    return re.sub("<[^>]*>", "", text)


def test_names_in_the_heatmaps_of_the_update():
    step = taken_step(hidden="2")
    figure = update_figure(step, 2)
    weights, change = figure["data"]
    texts = [[plain(text.split("<br>")[0]) for text in row if text] for row in weights["hovertext"]]
    W, new, b = step.params.weights[1], step.params_after.weights[1], step.params_after.biases[1]
    assert texts[1] == [
        f"w221 now (to z22 from a11) = {short(W[1, 0])}",
        f"w222 now (to z22 from a12) = {short(W[1, 1])}",
        "b22 now = 0",
        f"new w221 (to z22 from a11) = {short(new[1, 0])}",
        f"new w222 (to z22 from a12) = {short(new[1, 1])}",
        f"new b22 = {short(b[1])}",
    ]
    steps = [plain(text.split("<br>")[0]) for text in change["hovertext"][2] if text]
    assert steps == [
        f"step −η dC/dw231 (to z23 from a11) = {short(step.updates[2].step[2, 0])}",
        f"step −η dC/dw232 (to z23 from a12) = {short(step.updates[2].step[2, 1])}",
        f"step −η dC/db23 = {short(step.updates[3].step[2])}",
    ]
    layout = figure["layout"]
    assert [plain(a["text"]) for a in layout["annotations"]] == [
        *("W2 now", "step −η dC/dW2", "new W2", "+", "="),
    ]
    assert [plain(t) for t in layout["yaxis"]["ticktext"]] == ["z21", "z22", "z23"]
    assert [plain(t) for t in layout["xaxis"]["ticktext"]] == ["a11", "a12", "b2"] * 3
    places = layout["xaxis"]["tickvals"]
    plus, equals = layout["annotations"][3:]
    assert places[2] < plus["x"] < places[3]
    assert places[5] < equals["x"] < places[6]
    assert plus["y"] == equals["y"] == 1
    assert [plain(t) for t in update_figure(step, 1)["layout"]["xaxis"]["ticktext"]][:5] == [
        *("x1", "x2", "x3", "x4", "b1"),
    ]


@pytest.mark.parametrize("units", range(1, 17))
def test_as_many_columns_are_named_as_have_room(units):
    axis = update_figure(taken_step(hidden=str(units)), 2)["layout"]["xaxis"]
    names = [plain(text) for text in axis["ticktext"]]
    assert len(names) <= 24 + 3
    block = names[: len(names) // 3]
    assert names == block * 3
    assert block[-1] == "b2"
    columns = [int(name.removeprefix("a1")) for name in block[:-1]]
    assert columns[:1] == [1]
    every = -(-3 * (units + 1) // 24)
    assert columns == [c for c in range(1, units + 1, every) if units + 1 - c >= every]


def test_heads_of_the_tables():
    markup = update_table(taken_step(hidden="2"), 2)
    heads = [
        [e.text for e in elements(table) if e.tag == "th"]
        for table in re.findall("<table.*?</table>", markup)
    ]
    rows = ["z21", "z22", "z23"]
    assert heads == [
        [f"{title}, b2 last", "a11", "a12", "b2", *rows] for title in ("W2 now", "step −η dC/dW2", "new W2")
    ]
    assert elements(markup)[1].text == "All numbers of layer 2 as tables"


# --- the chart of the costs --------------------------------------------------------------------------


def test_hover_and_ticks_of_the_costs_are_written_as_all_numbers(step):
    sweep = sweep_of(step)
    figure = sweep_figure(step, sweep)
    prediction, costs, _, _, mean, _ = figure["data"]
    for trace, name, values in (
        (prediction, "prediction C − η‖∇‖²", sweep.predicted),
        (costs, "cost of this flower", sweep.costs),
        (mean, "mean cost of all 150", sweep.mean_costs),
    ):
        assert trace["hovertext"] == [
            f"η = {short(rate)}: {name} = {short(value)}"
            for rate, value in zip(sweep.learning_rates, values, strict=True)
        ]
        assert trace["hoverinfo"] == "text"
        assert "hovertemplate" not in trace
    for axis in ("xaxis", "yaxis", "xaxis2", "yaxis2"):
        numbers, texts = (figure["layout"][axis][key] for key in ("tickvals", "ticktext"))
        assert texts == [as_typed(number) for number in numbers]
        assert 2 <= len(texts) <= 7
        low, high = figure["layout"][axis]["range"]
        assert all(low <= number <= high for number in numbers)
    assert '"hoverformat"' not in json.dumps(figure)


CHARACTER, LINE = 7.3, 17.0
"""Pixels of a character of the chart's text, and of a line of it."""


def label_boxes(figure, width: float) -> dict[str, tuple[float, float, float, float]]:
    """Left, right, bottom and top of every text in the left panel and over it, in pixels from its corner."""
    layout = figure["layout"]
    margin = layout["margin"]
    across = width - margin["l"] - margin["r"]
    panel = across * layout["xaxis"]["domain"][1]
    height = layout["height"] - margin["t"] - margin["b"]
    (left, right), (low, high) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    boxes = {}
    for label in layout["annotations"]:
        lines = [plain(line) for line in label["text"].split("<br>")]
        wide, tall = CHARACTER * max(map(len, lines)), LINE * len(lines)
        if label.get("xref") == "paper":
            x, y = across * label["x"], height * label["y"] + label["yshift"] + tall / 2
        else:
            x = panel * (label["x"] - left) / (right - left) + label.get("xshift", label.get("ax", 0))
            y = height * (label["y"] - low) / (high - low) + label.get("yshift", -label.get("ay", 0))
        start = x - wide if label["xanchor"] == "right" else x
        boxes[lines[0]] = (start, start + wide, y - tall / 2, y + tall / 2)
    return boxes


RATES = [*np.round(np.geomspace(0.0001, 10, 17), 6), 0, 0.5, 1, 2.5, 5, 7.5]


@pytest.mark.parametrize(
    "view",
    [
        {},
        {"seed": 0, "act": "identity", "flower": 10},
        {"out": "identity", "flower": 60},
        {"hidden": "16-16-16-16"},
        {"data": "textbook"},
        {"out": "sigmoid-squared", "hidden": "1", "seed": 5},
    ],
    ids=str,
)
def test_no_name_in_the_chart_lies_on_another_or_over_the_edge(view):
    for rate in RATES:
        step = recorded_step(settings_of(**view, lr=rate))
        figure = sweep_figure(step, sweep_of(step))
        height = (
            figure["layout"]["height"] - figure["layout"]["margin"]["t"] - figure["layout"]["margin"]["b"]
        )
        boxes = label_boxes(figure, 640)
        for (one, first), (other, second) in combinations(boxes.items(), 2):
            is_apart = first[1] <= second[0] or second[1] <= first[0] or first[3] <= second[2]
            assert is_apart or second[3] <= first[2], (rate, one, other)
        panel = (640 - 72) * figure["layout"]["xaxis"]["domain"][1]
        for name, (left, right, bottom, top) in boxes.items():
            if name.startswith(("η", "lowest")):
                assert left >= 0, (rate, name)
                assert right <= panel, (rate, name)
                assert bottom >= 0, (rate, name)
                assert top <= height, (rate, name)
                level = height * (step.loss_before / figure["layout"]["yaxis"]["range"][1] + 0.05) / 1.05
                assert level <= bottom + 1 or level >= top - 1, (rate, name)


def test_a_cost_off_the_chart_says_so_below_the_legend():
    step = taken_step(seed=0, act="identity", flower=10, lr=10)
    layout = sweep_figure(step, sweep_of(step))["layout"]
    (label,) = [a for a in layout["annotations"] if a["text"].startswith("η = ")]
    assert label["text"] == "η = 10: 881,<br>off the chart"
    assert label["yshift"] < -16
    assert (label["xanchor"], label["xshift"], label["align"]) == ("right", -12, "right")
    usual = sweep_figure(taken_step(), sweep_of(taken_step()))["layout"]
    (label,) = [a for a in usual["annotations"] if a["text"].startswith("η = ")]
    assert label["text"] == "η = 0.1: 0.826"
    assert (label["xanchor"], label["xshift"]) == ("left", 12)


def test_legends_and_names_of_the_chart():
    layout = sweep_figure(taken_step(), sweep_of(taken_step()))["layout"]
    texts = [plain(annotation["text"]) for annotation in layout["annotations"]]
    assert texts == ["━ this flower ╍ prediction", "━ mean of all 150", "η = 0.1: 0.826"]
    assert layout["xaxis"]["title"]["text"] == layout["xaxis2"]["title"]["text"] == "learning rate η"
    assert layout["yaxis"]["title"]["text"] == "cost after the step"
    figure = sweep_figure(taken_step(), sweep_of(taken_step()), "example")
    assert plain(figure["layout"]["annotations"][0]["text"]) == "━ this example ╍ prediction"
    assert figure["data"][1]["name"] == "cost of this example"
    turned = taken_step(out="identity", flower=60)
    texts = [a["text"] for a in sweep_figure(turned, sweep_of(turned))["layout"]["annotations"]]
    assert texts[-1] == "lowest at<br>η = 0.116"
    lower = replace(sweep_of(turned), costs=sweep_of(turned).costs * 0.5)
    assert sweep_figure(turned, lower)["layout"]["annotations"][-1]["text"] == "lowest so far at<br>η = 0.116"
    textbook = taken_step(data="textbook")
    layout = sweep_figure(textbook, sweep_of(textbook))["layout"]
    assert plain(layout["annotations"][0]["text"]) == "━ this example ╍ prediction"
    assert "xaxis2" not in layout
    assert layout["xaxis"]["domain"] == [0, 1]


def test_how_high_the_charts_go():
    for view in ({}, {"lr": 10}, {"seed": 0, "act": "identity", "flower": 10, "lr": 10}):
        step = taken_step(**view)
        sweep = sweep_of(step)
        layout = sweep_figure(step, sweep)["layout"]
        top = 1.12 * max(step.loss_before, min(step.loss_after, 4 * step.loss_before))
        first = sweep.mean_costs[0]
        mean_top = 1.12 * max(first, min(max(sweep.mean_costs.max(), sweep.mean_after), 2.5 * first))
        assert layout["yaxis"]["range"] == pytest.approx([-0.05 * top, top])
        assert layout["yaxis2"]["range"] == pytest.approx([-0.05 * mean_top, mean_top])
        assert layout["xaxis"]["range"][1] == sweep.learning_rates[-1]
        levels = [(shape["yref"], shape["y0"], shape["y1"]) for shape in layout["shapes"][::2]]
        assert levels == [("y", step.loss_before, step.loss_before), ("y2", first, first)]
        uprights = [(shape["xref"], shape["x0"], shape["x1"]) for shape in layout["shapes"][1::2]]
        rate = step.updates[0].learning_rate
        assert uprights == [("x", rate, rate), ("x2", rate, rate)]
