"""The page "Derivative paths", run from app.py by several links, against the core."""
# ruff: noqa: E501 - a sentence on one line can be searched for

import json

import numpy as np
import pytest

from backprop import training_step
from backprop.study.paths import nudge
from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from tests.pages.helpers import markup_of, open_app
from tests.scenes import scene_of
from ui.names.numbers import signed

OWN = ("layer", "unit", "drop", "eps")
LINKS = [
    {"flower": 83, "seed": 41, "unit": 5},
    {"flower": 83, "seed": 41, "unit": 5, "drop": 2},
    {"flower": 120, "seed": 8, "hidden": "6-5-4", "act": "tanh", "layer": 2, "unit": 3, "drop": 4},
    {"flower": 3, "hidden": "5-4", "layer": 2, "unit": 1, "drop": 1, "eps": "-0.4"},
    {"flower": 60, "out": "sigmoid", "unit": 2, "eps": "0.5"},
    {"flower": 60, "hidden": "16-16-16-16", "out": "identity", "unit": 16, "drop": 16, "lr": 0.01},
    {"flower": 60, "hidden": "1", "out": "sigmoid-squared", "unit": 1},
]


def shown(app, attribute) -> dict[str, float]:
    found = by_attribute(markup_of(app), attribute)
    return {key: e.value for key, e in found.items() if "data-value" in e.attributes}


def expected_of(link):
    """Layer, unit, the step, and the step with the knocked-out path masked by hand."""
    step = step_of(settings_of(**{key: value for key, value in link.items() if key not in OWN}))
    layer, unit = link.get("layer", 1), link["unit"] - 1
    mask = np.ones(step.params.weights[layer].shape)
    if "drop" in link:
        mask[link["drop"] - 1, unit] = 0
    keep = {(f"z{layer + 1}", f"a{layer}"): mask}
    rate = step.updates[0].learning_rate
    mine = training_step(step.config, step.params, step.tape["x"], step.tape["y"], rate, keep_paths=keep)
    return layer, unit, step, mine


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_a_link_shows_the_numbers_of_the_core(link):
    app = open_app("paths", **link)
    layer, unit, step, mine = expected_of(link)
    assert not app.warning
    rules = shown(app, "data-rule")
    assert rules["right"] == step.cotangent(f"a{layer}")[unit]
    assert rules["yours"] == pytest.approx(mine.cotangent(f"a{layer}")[unit], rel=1e-12, abs=1e-15)
    assert shown(app, "data-after")["yours"] == pytest.approx(mine.loss_after, rel=1e-14)
    moved = nudge(step, layer, unit, float(link.get("eps", 0.1)))
    cells = scene_of(app).numbers()
    assert cells["cell=measured:total"] == pytest.approx(moved.total, abs=1e-15)
    assert cells["cell=remainder"] == pytest.approx(moved.remainder, abs=1e-15)


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_figures_hold_the_numbers_of_the_core(link):
    app = open_app("paths", **link)
    layer, unit, step, mine = expected_of(link)
    charts = app.get("plotly_chart")
    row, terms, *softmax = [np.array(json.loads(e.proto.spec)["data"][0]["z"]) for e in charts]
    W = f"W{layer}"
    np.testing.assert_allclose(row[0], step.gradients[W][unit], rtol=1e-12)
    np.testing.assert_allclose(row[1], mine.gradients[W][unit], rtol=1e-12, atol=1e-15)
    vjp_step = step.vjp(f"z{layer + 1}", f"a{layer}")
    np.testing.assert_array_equal(terms, np.vstack([vjp_step.path_terms, vjp_step.cotangent]))
    assert len(softmax) == (step.config.output_activation == "softmax")
    assert all(element.proto.alt for element in charts)


def test_the_controls_change_what_is_shown():
    link = {"flower": 83, "seed": 41}
    app = open_app("paths", **link, unit=1)
    before = shown(app, "data-rule")["yours"]
    app.button_group(key="unit").set_value("5").run()
    *_, step, _ = expected_of({**link, "unit": 5})
    assert shown(app, "data-rule")["yours"] == step.cotangent("a1")[4] != before
    app.button_group(key="drop").set_value(["1", "3"]).run()
    terms = step.vjp("z2", "a1").path_terms[:, 4]
    assert shown(app, "data-rule")["yours"] == pytest.approx(terms[1], rel=1e-12)
    assert scene_of(app).numbers()["cell=measured:total"] == nudge(step, 1, 4, 0.1).total
    assert not app.exception


def test_auto_takes_a_unit_with_paths_both_ways():
    app = open_app("paths", flower=83, seed=41)
    terms = step_of(settings_of(flower=83, seed=41)).vjp("z2", "a1").path_terms
    right = shown(app, "data-rule")["right"]
    (unit,) = np.flatnonzero(np.isclose(terms.sum(axis=0), right))
    assert terms[:, unit].min() < 0 < terms[:, unit].max()


def test_a_choice_that_no_longer_fits_is_put_right_without_a_word():
    app = open_app("paths", hidden="6-5-4", layer=3, unit=4, drop=3)
    assert not app.warning
    app.sidebar.text_input(key="hidden").set_value("3").run()
    assert not app.exception
    assert not app.warning
    assert not {"layer", "unit"} & set(app.query_params)
    step = step_of(settings_of(hidden="3"))
    assert shown(app, "data-rule")["right"] in step.cotangent("a1")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"layer": "9"}, "Hidden layer: expected 1, since there is only one, got `9`."),
        ({"hidden": "4-3", "layer": "x"}, "Hidden layer: expected 1 to 2, got `x`. You see 1."),
        ({"unit": "0"}, "got `0`. You see auto."),
        ({"drop": "7"}, "Knocked-out path: expected 1 to 3, got `7`. You see none."),
        ({"eps": "nan"}, "Nudge ε: expected a number from −1 to 1, got `nan`. You see 0.1."),
        ({"eps": "3"}, "Nudge ε: expected a number from −1 to 1, got `3`. You see 0.1."),
    ],
)
def test_a_bad_link_shows_the_default_and_says_so(query, said):
    app = open_app("paths", **query)
    assert len(app.warning) == 1
    assert said in app.warning[0].value
    right = shown(app, "data-rule")
    assert right["yours"] == pytest.approx(right["right"], rel=1e-12)
    assert scene_of(app).value == 0.1


def test_links_lead_to_the_steps_of_this_layer():
    app = open_app("paths", hidden="5-4", layer=2, unit=2)
    links = [e.attributes["href"] for e in elements(markup_of(app)) if "data-app-link" in e.attributes]
    assert any("walkthrough?" in link for link in links)
    assert any("jacobian=z3-a2" in link for link in links)
    assert any("jacobian=a3-z3" in link for link in links)
    assert all("hidden=5-4" in link for link in links)


def texts(app, tag):
    return [e.text for e in elements(markup_of(app)) if e.tag == tag]


def test_headings_sentences_and_links_of_the_page():
    app = open_app("paths")
    assert texts(app, "h2") == [
        "What a missing path does to the update",
        "All 5 units of hidden layer 1",
        "Nudge a11 and measure",
        "Paths that cancel",
        "A dead unit: live paths, no gradient",
        "Every full path from a11 to the cost",
        "At the output: ∂C/∂z2",
    ]
    said = texts(app, "p")
    for sentence in (
        "Each column holds the paths of one unit; add it up and you have its total derivative, in the last row. "
        "Your unit, a11, is framed.",
        "A derivative is a promise about small moves. Move the activation by ε, compute everything after it "
        "again, and see what each path really delivers.",
        "③ alone, the one that misleads most, would say +0.285 where the truth is +0.0409. Knock a path out and "
        "watch the sum leave the dashed line.",
    ):
        assert sentence in said
    buttons = [e.text for e in elements(markup_of(app)) if "bp-button" in e.classes]
    assert buttons[:3] == [
        "This step in the walkthrough →",
        "The Jacobian ∂z²/∂a¹ →",
        "Train with one path only →",
    ]
    assert buttons[-2:] == ["This step in the walkthrough →", "The Jacobian ∂a²/∂z² →"]
    html = "\n".join(element.proto.body for element in app.get("html"))
    assert (
        "Each row is a path from a hidden unit to the cost, and their sum is its derivative. Dashed: the slope by "
        "differences, where it can be judged."
    ) in html
    assert "The only unit of hidden layer 1" in texts(open_app("paths", hidden="1"), "h2")
    assert "Both units of hidden layer 2" in texts(open_app("paths", hidden="5-2", layer=2), "h2")


def test_the_figures_for_people_who_cannot_see_them():
    app = open_app("paths", unit=1, drop=2)
    step = step_of(settings_of())
    _, _, _, mine = expected_of({"unit": 1, "drop": 2})
    rows = [", ".join(map(signed, s.gradients["W1"][0])) for s in (step, mine)]
    row, terms, softmax = [element.proto.alt for element in app.get("plotly_chart")]
    assert row == f"Heatmap of row 1 of dC/dW¹. With all paths: {rows[0]}. Your way: {rows[1]}."
    assert terms.startswith("Heatmap of path terms with their column sums in the last row")
    assert softmax.startswith("Heatmap of path terms of softmax with their column sums in the last row")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"lr": 0, "drop": 3}, "With η = 0 there is no update, so there are no costs to compare."),
        ({"lr": 10, "flower": 60}, "After one update both costs are as good as 0: nothing to compare."),
        ({"hidden": "2-2", "flower": 51, "unit": 2, "drop": 1}, "so row 2 of dC/dW1 is exactly right"),
        (
            {"taken": 200, "lr": 0.05, "out": "identity", "act": "identity"},
            "This flower is learned to the last digit: what the paths carry is nothing but rounding",
        ),
    ],
    ids=str,
)
def test_what_is_said_where_there_is_nothing_to_compare(link, said):
    page = " ".join(texts(open_app("paths", **link), "p"))
    assert said in page
    assert "may be lucky" not in page
    assert "e−17" not in page


def test_options_and_help_of_the_controls():
    app = open_app("paths", hidden="5-4", layer=2)
    labels = {group.key: group.label for group in app.get("button_group")}
    assert labels == {
        "layer": "Hidden layer",
        "unit": "Unit j of hidden layer 2",
        "drop": "Knock out paths (① is 1)",
    }
    assert app.button_group(key="unit").options == ["auto", "1", "2", "3", "4"]
    assert app.button_group(key="drop").options == ["1", "2", "3"]
    assert app.button_group(key="unit").proto.help == (
        "auto takes the unit with the largest paths: among those that are on, and of these among those "
        "whose paths pull both ways, where there are any."
    )
    slider = scene_of(app).scene["control"]
    assert (slider["key"], slider["label"], slider["step"]) == ("eps", "Nudge ε", 0.01)
    assert (slider["positions"][0], slider["positions"][-1]) == (-1.0, 1.0)
