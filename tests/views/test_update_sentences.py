"""What the weight update says, against the core and for curves made up."""

import re
from dataclasses import replace

import numpy as np
import pytest

from backprop import loss_and_gradients
from backprop.noise import is_rounding
from backprop.sgd import predicted_change
from tests.expected import own_link, settings_of
from tests.scenes import SceneAt
from tests.views.updates import (
    layers,
    only,
    said,
    scene_of,
    settings_with,
    sweep_data,
    sweep_of,
    taken_step,
    whole_scene,
)
from ui.names.numbers import apart, percent, short, signed
from ui.state.own import read_network, write_network
from ui.state.recording import all_observations, recorded_step
from ui.views.update.facts import (
    change_noise,
    layer_moves,
    layer_of_largest_change,
    shown_cost,
    sums_behind,
)
from ui.views.update.words import layer as layer_words
from ui.views.update.words import page as words
from ui.views.update.words.layer import largest_changes
from ui.views.update.words.page import curve_alt


def beyond(step, sweep) -> bool:
    return step.updates[0].learning_rate > (sweep.mean_best or 0)


def observations_of(step) -> str:
    return words.all_of(step, len(sweep_data(step)[0]))


def longer_steps(step, sweep, word: str = "") -> str:
    return words.longer_steps(step, sweep, beyond(step, sweep), observations_of(step), word)


def alt_of(step, sweep) -> str:
    cost = short(shown_cost(step, step.loss_after))
    return curve_alt(step, sweep, step.updates[0].learning_rate, cost, observations_of(step))


def largest_change(step, layer: int) -> str:
    (said,) = largest_changes(step, layer, [step.updates[0].learning_rate], [is_rounding(step, layer)])
    return said


def outer_product(step, layer: int, word: str = "") -> str:
    return f"{layer_words.outer_product(step, layer, word)} {largest_change(step, layer)}"


def colours(step, layer: int) -> str:
    moves = layer_moves(step, layer, np.array([step.updates[0].learning_rate]))
    is_written = step.config.layer_sizes[layer - 1] < 7
    sizes = float(moves.weights[0]), float(moves.changes[0])
    return layer_words.colours(layer, step.config.bias, *sizes, bool(moves.is_rounding[0]), is_written)


FIXED = {"flower": 83, "seed": 41}


def test_verdict_in_words():
    assert said() == (
        "Cost 1.08 → 0.826, down 0.256 Predicted −η‖∇‖² = −0.278, actual −0.256, 92\u00a0% of it: the cost "
        "bends above its tangent."
    )
    assert said(**FIXED) == (
        "Cost 1.60 → 1.06, down 0.538 Predicted −η‖∇‖² = −0.607, actual −0.538, 89\u00a0% of it: the cost "
        "bends above its tangent."
    )
    from_z = "Some a² is too near 0 or 1 for a float, so C is computed from z²."
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
        "up. Some a² is too near 0 or 1 for a float, so C is computed from z²."
    )


def test_verdict_where_the_step_is_rounding():
    nothing = " unchanged Predicted −η‖∇‖² = 0, actual 0. Every step is 0 but for rounding, so nothing moves."
    assert said(out="identity", act="identity", lr=0.05, taken=200) == f"Cost 0 → 0,{nothing}"
    assert said(lr=10, taken=200) == f"Cost 3.04e−51 → 3.04e−51,{nothing}"
    assert said(lr="1e-20").endswith(" actual 0. The change is too small for the digits of the cost.")
    assert said(lr="1e-15").endswith(" actual 0. The change is too small for the digits of the cost.")


def test_verdict_where_every_gradient_is_zero():
    view = {"out": "identity", "hidden": "1", "seed": 5, "edit": "y_1_0~y_2_0~y_3_0", "flower": 106}
    step = taken_step(**view)
    assert not any(update.gradient.any() for update in step.updates)
    assert said(**view).endswith("actual 0. Every gradient is 0, so nothing moves.")
    assert longer_steps(step, sweep_of(step)) == (
        "The gradient is 0 in every entry, so no step changes anything."
    )
    assert largest_change(step, 1) == largest_change(step, 2) == "Nothing changes."


def test_verdict_of_costs_made_up():
    predicted, noise = -0.25, 1e-15
    tail = {
        0.0: ". The step was too long: it ends where the cost is as high as before.",
        1e-3: ". The step was too long: the cost went up.",
        predicted: ". So short a step follows the tangent.",
        1.004 * predicted: ". So short a step follows the tangent.",
        0.996 * predicted: ". So short a step follows the tangent.",
        1.006 * predicted: ", 101\u00a0% of it: the cost bends below its tangent.",
        0.994 * predicted: ", 99\u00a0% of it: the cost bends above its tangent.",
    }
    for change, expected in tail.items():
        assert words.comparison(0.1, change, predicted, noise, "") == expected
    assert words.comparison(1.0, predicted, predicted, noise, "") == (
        ". Even with η = 1 the cost follows the tangent."
    )
    assert words.comparison(0.1, 0.0, 99 * noise, noise, "") == (
        ". The change is too small for the digits of the cost."
    )
    assert words.comparison(0.1, 0.0, 0.0, noise, "Why not.") == ". Why not."


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
        step = taken_step(**view)
        sweep, text, noise = sweep_of(step), said(**view), change_noise(step)
        change, predicted = step.loss_after - step.loss_before, predicted_change(step)
        assert ("up " in text) == (change > noise), view
        assert ("down " in text) == (change < -noise), view
        still = words.standstill(step, view["lr"], all(is_rounding(step, layer) for layer in layers(step)))
        assert ("nothing moves" in text) == bool(still), view
        assert ("went up" in text) == (change > noise and not still), view
        shown = [0.0 if abs(value) <= noise else value for value in (predicted, change)]
        assert f"Predicted −η‖∇‖² = {signed(shown[0])}, actual {signed(shown[1])}" in text, view
        if abs(change) > noise:
            assert f"Cost {' → '.join(apart(step.loss_before, step.loss_after))}, " in text, view
        if "%" in text:
            assert f", {percent(change / predicted)} of it" in text, view
            assert ("above" in text) == (change / predicted < 1), view
        texts = [text, longer_steps(step, sweep), alt_of(step, sweep)]
        for layer in layers(step):
            texts += [outer_product(step, layer), largest_change(step, layer), colours(step, layer)]
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
    assert alt_of(step, sweep) == (
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
        assert "tangent" not in alt_of(step, sweep)
        assert "marks" not in only(scene_of(**view), "Plot")


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
        " The step is 0 but for rounding: its full colour is ±3.61e−49. Last column: the bias."
    )
    text = "x = 100 -100\ny = 0 1\nW1 = [[10, -10], [-10, 10]]\nb1 = 0\nW2 = [[50, -50], [-50, 50]]\nb2 = 0"
    saturated = recorded_step(settings_of(**own_link(text, act="sigmoid", out="sigmoid-squared")))
    for layer in (1, 2):
        assert " The step is 0 but for rounding" in colours(saturated, layer)
    zero = "~".join(f"W2_{row}_1_0" for row in (1, 2, 3))
    assert "W² and new W² are 0. The step is 0." in colours(taken_step(hidden="1", edit=zero, lr=0), 2)


@pytest.mark.parametrize("bias", ["fixed", "none"])
def test_biases_that_are_fixed_have_a_gradient_and_no_step(bias):
    settings = settings_with(bias=bias, hidden="6-5", act="relu-tanh", lr="0.3")
    step, scene = recorded_step(settings), SceneAt(whole_scene(settings), 0.3)
    numbers, entries = scene.numbers(), scene.entries()
    assert numbers["cost=after"] == step.loss_after
    squares = sum(float((step.gradients[f"W{layer}"] ** 2).sum()) for layer in (1, 2, 3))
    assert numbers["cost=predicted"] == pytest.approx(-0.3 * squares)
    assert ("over the weights" in scene.said("compared")) == (bias == "fixed")
    for layer, (units, inputs) in enumerate(((6, 4), (5, 6), (3, 5)), start=1):
        places = [name for name in entries if name.startswith(f"update=step{layer}:")]
        assert len(places) == units * (inputs + (bias == "fixed"))
        if bias == "fixed":
            assert all(entries[f"update=step{layer}:{unit}:{inputs}"] == 0 for unit in range(units))
    said = [scene.at(part["text"]) for part in scene.parts("Words")]
    titles = [text for text in said if text.startswith("Layer 3")]
    assert titles == ["Layer 3: W³ and b³, which is fixed" if bias == "fixed" else "Layer 3: W³"]
    assert all("b^" not in formula for formula in scene.formulas())


def test_the_mean_is_over_the_observations_that_are_given():
    xor = "X = [[0, 0], [0, 1], [1, 0], [1, 1]]\ny = [0, 1, 1, 0]"
    own = {"hidden": "2", "act": "tanh", "out": "sigmoid", "data": "own", "obs": 3}
    settings = settings_with(own=write_network(read_network(xor)), **own)
    step, scene = recorded_step(settings), SceneAt(whole_scene(settings), 0.1)
    assert [plot for plot in scene.parts("Plot") if plot["lines"][0]["label"] == "mean of all 4"]
    X, Y = all_observations(settings)
    expected, _ = loss_and_gradients(step.config, step.params_after, X, Y)
    assert scene.numbers()["point=mean"] == pytest.approx(expected)
    one = settings_with(own=write_network(read_network("x = 1 2\ny = 0")), **own | {"obs": 1})
    assert len(SceneAt(whole_scene(one), 0.1).parts("Plot")) == 1


def test_update_formula_has_the_rate_as_typed():
    rest = "(∂C)/(∂z^2)"
    assert scene_of(lr="1e-05").formulas()[0] == (
        f"W^2←W^2 − 1 · 10^−5 · {rest} ⊗ a^1 b^2←b^2 − 1 · 10^−5 · {rest}"
    )
    scene = whole_scene(settings_with())
    assert "− 0.1 · " in SceneAt(scene, 0.1).formulas()[0]
    assert "− 0.4 · " not in SceneAt(scene, 0.1).formulas()[0]
    assert (
        f"− {scene['control']['texts'][-1]} · "
        in SceneAt(scene, scene["control"]["positions"][-1]).formulas()[1]
    )
    assert "⊗ x " in SceneAt(scene, 0.1).formulas()[1]


def test_sentences_follow_the_slider():
    scene = whole_scene(settings_with())
    for rate in scene["control"]["positions"][::3]:
        if rate == 0.1:
            continue
        at, alone = SceneAt(scene, rate), SceneAt(whole_scene(settings_with(lr=rate)), rate)
        for test_id in ("verdict", "compared"):
            assert at.said(test_id) == alone.said(test_id)
        for mine, other in zip(at.parts("Words"), alone.parts("Words"), strict=True):
            if "chart goes" not in at.sentence(mine):  # the chart may go further where η is larger
                assert at.sentence(mine) == alone.sentence(other)
        if rate > 1:
            break


def test_without_flowers_there_is_no_mean():
    (plot,) = scene_of(data="textbook", out="sigmoid-squared").parts("Plot")
    assert [line["name"] for line in plot["lines"]] == ["cost", "prediction"]
