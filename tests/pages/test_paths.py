"""The page "Derivative paths", run from app.py by several links, against the core."""
# ruff: noqa: E501 - a sentence on one line can be searched for

import numpy as np
import pytest

from backprop import training_step
from backprop.study.paths import nudge
from tests.expected import settings_of, step_of
from tests.markup import elements
from tests.pages.helpers import markup_of, open_app, scene_keys
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


def rules(app) -> dict[str, float]:
    """The numbers of the cards."""
    scene = scene_of(app, "paths")
    (cards,) = scene.parts("Cards")
    return {card["name"]: scene.judged(card)[0] for card in cards["cards"]}


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
    a, W = f"a{layer}", f"W{layer}"
    assert not app.warning
    assert rules(app)["right"] == step.cotangent(a)[unit]
    assert rules(app)["yours"] == pytest.approx(mine.cotangent(a)[unit], rel=1e-12, abs=1e-15)
    update = scene_of(app, "update")
    assert update.numbers()["cell=after:yours"] == pytest.approx(mine.loss_after, rel=1e-14)
    row = np.array([value for key, value in update.entries().items() if key.startswith("cell=row")])
    expected = np.concatenate([step.gradients[W][unit], mine.gradients[W][unit]])
    np.testing.assert_allclose(row[: len(expected)], expected, rtol=1e-12, atol=1e-15)
    moved = nudge(step, layer, unit, float(link.get("eps", 0.1)))
    cells = scene_of(app, "nudge").numbers()
    assert cells["cell=measured:total"] == pytest.approx(moved.total, abs=1e-15)
    assert cells["cell=remainder"] == pytest.approx(moved.remainder, abs=1e-15)
    assert not app.get("plotly_chart")


def test_auto_takes_a_unit_with_paths_both_ways():
    app = open_app("paths", flower=83, seed=41)
    terms = step_of(settings_of(flower=83, seed=41)).vjp("z2", "a1").path_terms
    right = rules(app)["right"]
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
    assert rules(app)["right"] in step.cotangent("a1")


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
    assert rules(app)["yours"] == pytest.approx(rules(app)["right"], rel=1e-12)
    assert scene_of(app, "nudge").value == 0.1


def test_links_lead_to_the_steps_of_this_layer():
    app = open_app("paths", hidden="5-4", layer=2, unit=2)
    scene = scene_of(app, "paths")
    links = [scene.at(link["href"]) for link in scene.parts("Link")]
    assert [
        part for part, link in zip(("walkthrough?", "jacobian=z3-a2", "chain_rule_lab?", "jacobian=a3-z3"), links, strict=True) if part in link
    ] == ["walkthrough?", "jacobian=z3-a2", "chain_rule_lab?", "jacobian=a3-z3"]  # fmt: skip
    found = [e.attributes["href"] for e in elements(markup_of(app)) if "data-app-link" in e.attributes]
    assert all("hidden=5-4" in link for link in (*links, *found))


def texts(app, kind) -> list[str]:
    """Of a kind, in all scenes and all markup of the page."""
    scenes = [text for key in scene_keys(app) for text in scene_of(app, key).texts()]
    return [text.text for text in scenes if text.kind == kind] + [
        e.text for e in elements(markup_of(app)) if e.tag == kind
    ]


def test_headings_sentences_and_links_of_the_page():
    app = open_app("paths")
    assert texts(app, "h2") == [
        "All 5 units of hidden layer 1",
        "What a missing path does to the update",
        "Nudge a11 and measure",
        "A dead unit: live paths, no gradient",
        "Paths that cancel",
    ]
    said = texts(app, "p")
    for sentence in (
        "Each column holds the paths of one unit; add it up and you have its total derivative, in the last row. "
        "Your unit is marked: choose another by its column.",
        "A derivative is a promise about small moves. Move the activation by ε, compute everything after it "
        "again, and see what each path really delivers.",
        "③ alone, the one that misleads most, would say +0.285 where the truth is +0.0409. Knock a path out and "
        "watch the sum leave the dashed line.",
    ):
        assert sentence in said
    assert texts(app, "a")[:4] == [
        "This step in the walkthrough →",
        "The Jacobian ∂z²/∂a¹ →",
        "Train with one path only →",
        "The same at the output: ∂a²/∂z² →",
    ]
    assert texts(app, "a")[-1] == "Try a deeper network: 5-4-3"
    html = "\n".join(element.proto.body for element in app.get("html"))
    assert (
        "Each row is a path from a hidden unit to the cost, and their sum is its derivative. Dashed: the slope by "
        "differences, where it can be judged."
    ) in html
    assert "The only unit of hidden layer 1" in texts(open_app("paths", hidden="1"), "h2")
    assert "Both units of hidden layer 2" in texts(open_app("paths", hidden="5-2", layer=2), "h2")
    assert "Every full path from a11 to the cost" in texts(open_app("paths", hidden="2-1", layer=1), "h2")


def test_the_matrices_for_people_who_cannot_see_them():
    app = open_app("paths", unit=1, drop=2)
    step = step_of(settings_of())
    _, _, _, mine = expected_of({"unit": 1, "drop": 2})
    rows = [", ".join(map(signed, s.gradients["W1"][0])) for s in (step, mine)]
    (terms,), (row,) = (scene_of(app, key).parts("Matrix") for key in ("paths", "update"))
    assert row["alt"] == f"Heatmap of row 1 of dC/dW¹. With all paths: {rows[0]}. Your way: {rows[1]}."
    assert terms["alt"].startswith("Heatmap of path terms with their column sums in the last row")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"lr": 0, "drop": 3}, "With η = 0 there is no update, so there are no costs to compare."),
        ({"hidden": "2-2", "flower": 51, "unit": 2, "drop": 1}, "so row 2 of dC/dW¹ is exactly right"),
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


def test_labels_and_options_of_the_controls():
    app = open_app("paths", hidden="5-4", layer=2)
    assert {group.key: group.label for group in app.get("button_group")} == {"layer": "Hidden layer"}
    unit, drop = scene_of(app, "paths").scene["control"], scene_of(app, "paths").scene["switches"]
    assert (unit["label"], unit["texts"]) == (
        "Unit j of hidden layer 2",
        ["auto", "a²₁", "a²₂", "a²₃", "a²₄"],
    )
    assert (drop["label"], drop["options"]) == ("Knock out paths (① is 1)", ["1", "2", "3"])
    slider = scene_of(app, "nudge").scene["control"]
    assert (slider["key"], slider["label"], slider["step"]) == ("eps", "Nudge ε", 0.01)
    assert (slider["positions"][0], slider["positions"][-1]) == (-1.0, 1.0)
