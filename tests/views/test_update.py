"""The scene of the weight update against the core, for every η of the slider."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from backprop import MLPConfig, Params, forward_pass, loss_and_gradients, training_step
from backprop.sgd import predicted_change
from tests.scene_numbers import read_scene
from tests.scenes import SceneAt
from tests.views.updates import (
    layers,
    only,
    scene_of,
    settings_with,
    sweep_data,
    sweep_of,
    taken_step,
    whole_scene,
)
from ui.draw.packing import written
from ui.draw.scenes import Scene, Slider
from ui.names.numbers import signed
from ui.state.recording import recorded_step
from ui.views.update.facts import (
    along,
)
from ui.views.update.scenes import cost_plot, update_scene
from ui.views.update.words import page as words

VIEWS = [
    {},
    {"taken": 3},
    {"flower": 7, "seed": 5, "hidden": "6-2", "act": "tanh", "out": "sigmoid", "lr": 1},
    {"hidden": "1", "out": "identity", "lr": 0},
    {"hidden": "16-16-16-16", "act": "sigmoid", "out": "sigmoid-squared"},
    {"hidden": "5", "out": "identity", "lr": 10},
]


@pytest.fixture(params=VIEWS, ids=str)
def settings(request):
    return settings_with(**request.param)


@pytest.fixture
def step(settings):
    return recorded_step(settings)


@pytest.fixture
def scene(settings) -> SceneAt:
    return SceneAt(whole_scene(settings), settings.learning_rate)


def at_every_rate(settings) -> list[tuple[SceneAt, object]]:
    """The scene at every position of its slider, with the step that the core records there."""
    step, scene = recorded_step(settings), whole_scene(settings)
    recorded = lambda rate: training_step(  # noqa: E731
        step.config, step.params, step.tape["x"], step.tape["y"], rate
    )
    return [(SceneAt(scene, rate), recorded(rate)) for rate in scene["control"]["positions"]]


def test_the_slider_goes_from_0_to_the_end_of_the_chart_in_equal_shares(settings, scene):
    slider, sweep = scene.scene["control"], sweep_of(recorded_step(settings))
    positions = slider["positions"]
    assert (slider["key"], slider["step"], positions[0]) == ("lr", 0, 0)
    assert positions == sorted(set(positions))
    assert settings.learning_rate in positions
    assert positions[-1] == pytest.approx(min(10, sweep.learning_rates[-1]), rel=0.005)
    others = [rate for rate in positions[1:] if rate != settings.learning_rate]
    assert positions[-1] / others[0] == pytest.approx(1000, rel=0.06)
    assert all(later / rate < 1.07 for rate, later in pairwise(positions[1:]))
    assert 118 <= len(positions) <= 124


def test_numbers_are_those_of_the_core_at_every_rate(settings):
    for scene, step in at_every_rate(settings):
        numbers, output = scene.numbers(), f"a{step.config.depth}"
        after = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
        close = {"rel": 1e-9, "abs": 1e-12 * max(1, step.loss_before)}
        assert numbers["cost=before"] == step.loss_before
        assert numbers["cost=after"] == numbers["point=cost"] == pytest.approx(step.loss_after, **close)
        assert numbers["cost=change"] == numbers["cost=actual"] == numbers["cost=after"] - step.loss_before
        assert numbers["cost=predicted"] == pytest.approx(predicted_change(step), rel=1e-12)
        assert numbers["point=prediction"] == step.loss_before + numbers["cost=predicted"]
        for k, (old, new) in enumerate(zip(step.tape[output], after[output], strict=True)):
            assert numbers[f"output=before:{k}"] == old
            assert numbers[f"output=after:{k}"] == pytest.approx(new, rel=1e-9, abs=1e-12)
            assert numbers[f"change={k}"] == numbers[f"output=after:{k}"] - old


def test_at_its_own_rate_the_scene_has_the_step_to_the_last_digit(scene, step):
    numbers = scene.numbers()
    assert numbers["cost=after"] == step.loss_after
    assert numbers["cost=predicted"] == predicted_change(step)


def test_matrices_hold_weights_step_and_new_weights_at_every_rate(settings):
    for scene, step in at_every_rate(settings)[::10]:
        entries = scene.entries()
        for update in step.updates:
            layer = update.name[1:]
            offset = 0 if update.name[0] == "W" else step.config.layer_sizes[int(layer) - 1]
            for kind in ("before", "step", "after"):
                for (i, j), value in np.ndenumerate(np.atleast_2d(getattr(update, kind).T).T):
                    assert entries[f"update={kind}{layer}:{i}:{j + offset}"] == value


def test_coloured_matrices_hold_the_same_numbers_as_the_tables(scene, step):
    matrices = scene.parts("Matrix")[::2]
    assert len(matrices) == len(scene.parts("Tables")) == step.config.depth
    for coloured, plain in zip(matrices, scene.parts("Tables"), strict=True):
        assert [block["values"] for block in coloured["blocks"]] == [b["values"] for b in plain["blocks"]]
        assert [block["scale"] for block in coloured["blocks"]] == ["weights", "step", "weights"]
        assert [block.get("sign", "") for block in coloured["blocks"]] == ["", "+", "="]
        assert coloured["rows"] == plain["rows"]


def test_numbers_of_a_small_layer_are_written_in_the_cells():
    assert only(scene_of(), "Matrix")["is_written"]
    assert not only(scene_of(hidden="16"), "Matrix")["is_written"]
    said = lambda scene: [text.text for text in scene.texts()]  # noqa: E731
    assert any("No room for numbers" in text for text in said(scene_of(hidden="16")))
    assert not any("No room for numbers" in text for text in said(scene_of()))


def test_plots_hold_the_sweep(scene, step):
    sweep = sweep_of(step)
    cost, mean = scene.parts("Plot")
    lines = {line["name"]: line["heights"] for line in (*cost["lines"], *mean["lines"])}
    finite = lambda values: [c if np.isfinite(c) else None for c in values]  # noqa: E731
    assert lines == {
        "cost": finite(sweep.costs),
        "prediction": finite(sweep.predicted),
        "mean": finite(sweep.mean_costs),
    }
    assert cost["end"] == mean["end"] == sweep.learning_rates[-1]
    after, _ = loss_and_gradients(step.config, step.params_after, *sweep_data(step))
    assert scene.numbers()["point=mean"] == pytest.approx(after, rel=1e-9)
    assert [mark["number"] for mark in cost.get("marks", [])] == ([] if sweep.best is None else [sweep.best])
    assert [mark["number"] for mark in mean.get("marks", [])] == (
        [] if sweep.mean_best is None else [sweep.mean_best]
    )
    for mark in mean.get("marks", []):
        assert mark["height"] <= sweep.mean_costs.min() * (1 + 1e-6)


def test_the_plot_makes_room_for_its_point_up_to_four_times_the_first_cost():
    scene = whole_scene(settings_with(seed=0, act="identity", flower=10))
    before = SceneAt(scene, 0.1).numbers()["cost=before"]
    for rate in scene["control"]["positions"]:
        at = SceneAt(scene, rate)
        plot, cost = only(at, "Plot"), at.numbers()["cost=after"]
        assert at.at(plot["top"]) == pytest.approx(1.12 * max(before, min(cost, 4 * before)))
        assert at.at(plot["point"]).endswith(",\noff the chart") == (cost > 1.12 * 4 * before)


def test_where_the_cost_overflows_the_slider_ends_and_the_curve_too():
    config = MLPConfig((4, 3), output_activation="identity", loss="squared_error")
    params = Params(weights=(np.zeros((3, 4)),), biases=(np.full(3, 1e151),))
    step = training_step(config, params, np.full(4, 10.0), np.zeros(3), 1.9)
    sweep = sweep_of(step)
    assert np.isinf(sweep.costs[-1])
    moves = along(step, sweep, *sweep_data(step))
    assert moves.rates[-1] < sweep.learning_rates[-1]
    assert 1.9 in moves.rates
    assert np.isfinite(moves.costs).all()
    plot = cost_plot(moves, sweep, "", "flower")
    slider = Slider("lr", "η", moves.rates.tolist(), 0, [""])
    drawn = read_scene(written(Scene(slider, [plot])))["parts"][0]["lines"][0]["heights"]
    assert drawn[-1] is None
    assert drawn[0] == step.loss_before


def test_outer_product_is_column_times_row(scene, step):
    cells = scene.entries()
    for layer in layers(step):
        rows, columns = step.gradients[f"W{layer}"].shape
        below = step.tape[f"a{layer - 1}" if layer > 1 else "x"]
        for i in range(rows):
            assert cells[f"cell=column{layer}:{i}:0"] == step.cotangent(f"z{layer}")[i]
            for j in range(columns):
                product = cells[f"cell=outer{layer}:{i}:{j}"]
                assert cells[f"cell=row{layer}:0:{j}"] == below[j]
                assert product == step.gradients[f"W{layer}"][i, j]
                assert product == pytest.approx(step.cotangent(f"z{layer}")[i] * below[j], rel=1e-12)


def test_names_and_changes_of_the_outputs():
    scene = scene_of()
    outputs = only(scene, "Pairs")
    assert outputs["title"] == "Class probabilities a²"
    assert [
        (pair["title"], *(scene.text(pair[which]) for which in ("change", "before", "after")))
        for pair in outputs["pairs"]
    ] == [
        ("setosa", "−0.0193", "0.202", "0.183"),
        ("versicolor", "−0.0796", "0.459", "0.379"),
        ("virginica, the target", "+0.0989", "0.339", "0.438"),
    ]
    assert [pair["is_target"] for pair in outputs["pairs"]] == [False, False, True]
    assert scene.at(outputs["alt"]) == (
        "Class probabilities before and after the step: setosa 0.202 → 0.183; versicolor 0.459 → 0.379; "
        "virginica 0.339 → 0.438. Target: virginica."
    )
    textbook = only(scene_of(data="textbook", out="sigmoid-squared"), "Pairs")
    assert textbook["title"] == "Outputs a²"
    assert [pair["title"] for pair in textbook["pairs"]] == ["output 1, target 0.01", "output 2, target 0.99"]


def test_a_change_of_an_output_that_is_rounding_is_0():
    for view, expected in (({"lr": 0}, ["0", "0", "0"]), ({"lr": "1e-17"}, ["0", "0", "0"])):
        scene = scene_of(**view)
        assert [scene.text(pair["change"]) for pair in only(scene, "Pairs")["pairs"]] == expected
    scene = scene_of(lr="1e-12")
    changes = [scene.text(pair["change"]) for pair in only(scene, "Pairs")["pairs"]]
    assert [change[0] for change in changes] == ["−", "−", "+"]


def test_names_of_the_outer_product():
    matrix = only(scene_of(hidden="2"), "Matrix", 1)
    column, product = matrix["blocks"]
    assert (column["title"], product["title"]) == ("column ∂C/∂z²", "row a¹, under it dC/dW²")
    assert product["columns"] == matrix["above"]["columns"] == ["a¹₁", "a¹₂"]
    assert matrix["rows"] == ["∂C/∂z²₁", "∂C/∂z²₂", "∂C/∂z²₃"]
    assert len({column["scale"], product["scale"], matrix["above"]["scale"]}) == 3
    step = taken_step(hidden="2")
    z, a = (", ".join(map(signed, values)) for values in (step.cotangent("z2"), step.tape["a1"]))
    assert (
        matrix["alt"]
        == f"Outer product: the column ∂C/∂z², {z}, times the row a¹, {a}, gives dC/dW², 3 by 2."
    )
    wide = only(scene_of(hidden="16"), "Matrix", 3)
    assert wide["alt"].count(", and so on") == 1


def test_names_in_the_matrices_of_the_update():
    matrix = only(scene_of(hidden="2"), "Matrix")
    assert matrix["entries"][1] == ["w²₂₁ (to z²₂ from a¹₁)", "w²₂₂ (to z²₂ from a¹₂)", "b²₂"]
    assert [block["entry"] for block in matrix["blocks"]] == ["{0} now", "step −η dC/d{0}", "new {0}"]
    assert [block["title"] for block in matrix["blocks"]] == ["W² now", "step −η dC/dW²", "new W²"]
    assert matrix["rows"] == ["z²₁", "z²₂", "z²₃"]
    assert all(block["columns"] == ["a¹₁", "a¹₂", "b²"] for block in matrix["blocks"])
    first = only(scene_of(hidden="2"), "Matrix", 2)
    assert first["blocks"][0]["columns"] == ["x₁", "x₂", "x₃", "x₄", "b¹"]


def test_heads_of_the_tables():
    tables = only(scene_of(hidden="2"), "Tables")
    assert tables["title"] == "All numbers of layer 2 as tables"
    assert [block["title"] for block in tables["blocks"]] == [
        f"{title}, b² last" for title in ("W² now", "step −η dC/dW²", "new W²")
    ]


def test_names_of_the_chart():
    scene = scene_of()
    cost, mean = scene.parts("Plot")
    assert [line["label"] for line in cost["lines"]] == ["this flower", "prediction"]
    assert [line["label"] for line in mean["lines"]] == ["mean of all 150"]
    assert scene.at(cost["point"]) == "η = 0.1: 0.826"
    turned = scene_of(out="identity", flower=60)
    assert only(turned, "Plot")["marks"][0]["text"] == "lowest at\nη = 0.116"
    assert "marks" not in only(turned, "Plot", 1)  # the minimum of the mean lies beyond
    further = only(scene_of(out="identity", flower=60, lr=0.3), "Plot", 1)
    assert further["marks"][0]["text"] == "lowest at\nη = 0.234"
    sweep = sweep_of(taken_step(out="identity", flower=60))
    assert words.lowest(replace(sweep, best_cost=sweep.costs.min() * 1.01)) == "lowest so far"
    edited = scene_of(edit="x_1_7")
    assert only(edited, "Plot")["lines"][0]["label"] == "this example"


@pytest.mark.parametrize("view", [{"hidden": "16-16-16-16"}, {"hidden": "4-4-4-4"}, {"hidden": "5"}], ids=str)
def test_a_view_is_at_most_150_kB(view):
    settings = settings_with(**view)
    layers = (2,) if "16" in view["hidden"] else tuple(range(1, settings.config.depth + 1))
    assert len(update_scene(settings, layers).encode()) <= 150_000
