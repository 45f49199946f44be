"""The weight update page, run from app.py by several links, against the core."""

from dataclasses import replace

import numpy as np
import pytest

from tests.expected import settings_of
from tests.markup import elements
from tests.pages.helpers import markup_of, open_app, parameter
from tests.scenes import scene_of
from ui.names.timeline import find_step
from ui.state.recording import recorded_step

LINKS = [
    {},
    {"flower": 3, "taken": 7},
    {"flower": 120, "seed": 8, "hidden": "6-5", "act": "tanh", "out": "identity", "lr": 0.02},
    {"hidden": "16-16-16-16", "out": "sigmoid", "act": "sigmoid", "taken": 40},
    {"hidden": "1", "out": "sigmoid-squared", "lr": 0},
]


def settings_at(**link):
    taken = link.pop("taken", 0)
    return replace(settings_of(**link), taken=taken)


def shown_layers(settings) -> list[int]:
    """All layers, the last first; of a network of more than 128 weights the one with the largest change."""
    sizes, layers = settings.config.layer_sizes, range(settings.config.depth, 0, -1)
    weights = sum(sizes[layer - 1] * sizes[layer] for layer in range(1, len(sizes)))
    return [*layers] if weights <= 128 else [max(layers, key=lambda layer: largest_step(settings, layer))]


def largest_step(settings, layer: int) -> float:
    updates = [u for u in recorded_step(settings).updates if u.name[1:] == str(layer)]
    return max(np.abs(update.step).max() for update in updates)


def layers_of_tables(app) -> set[int]:
    return {int(key.split(":")[0].removeprefix("after")) for key in tables(app) if key.startswith("after")}


def tables(app) -> dict[str, float]:
    """The entries of the tables, such as after2:0:1."""
    entries = scene_of(app).entries()
    return {key.removeprefix("update="): value for key, value in entries.items() if key.startswith("update=")}


def costs(app) -> dict[str, float]:
    numbers = scene_of(app).numbers()
    return {key.removeprefix("cost="): value for key, value in numbers.items() if key.startswith("cost=")}


def said(app) -> str:
    """All texts of the scene."""
    return " ".join(text.text for text in scene_of(app).texts())


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_numbers_are_those_of_the_core(link):
    settings, app = settings_at(**link), open_app("update", **link)
    step = recorded_step(settings)
    assert not app.warning
    assert (costs(app)["before"], costs(app)["after"]) == (step.loss_before, step.loss_after)
    for layer in shown_layers(settings):
        assert tables(app)[f"after{layer}:0:0"] == step.params_after.weights[layer - 1][0, 0]
    assert not app.get("plotly_chart")
    assert scene_of(app).numbers()["point=cost"] == step.loss_after


def test_taking_a_step_makes_the_new_weights_the_current_ones():
    app = open_app("update")
    first = costs(app)
    app.button(key="take_1").click().run()
    assert costs(app)["before"] == first["after"]
    assert costs(app)["after"] == recorded_step(settings_at(taken=1)).loss_after
    app.button(key="take_10").click().run()
    assert int(parameter(app, "taken")) == 11
    assert costs(app)["before"] == recorded_step(settings_at(taken=11)).loss_before
    app.button(key="take_reset").click().run()
    assert costs(app) == first


def test_every_page_says_that_steps_were_taken_and_can_go_back():
    for page in (None, "walkthrough", "jacobians", "update"):
        app = open_app(page, taken=3)
        assert any("3 update steps" in markdown.value for markdown in app.sidebar.markdown)
        app.sidebar.button(key="reset_weights").click().run()
        assert int(parameter(app, "taken")) == 0
        assert not any("update step" in markdown.value for markdown in app.sidebar.markdown)


def test_other_pages_show_the_new_weights():
    step = recorded_step(settings_at(taken=5))
    app = open_app("jacobians", taken=5)
    np.testing.assert_array_equal(scene_of(app, "jacobian_scene").large_matrix()[0], step.params.weights[1])
    app = open_app(None, taken=5)
    assert scene_of(app).of_network("C") == [[step.loss_before]]


@pytest.mark.parametrize("taken", ["-1", "201", "x", "9" * 40])
def test_a_bad_number_of_steps_gives_a_notice_and_none(taken):
    app = open_app("update", taken=taken)
    (warning,) = app.warning
    assert warning.value.startswith("Steps taken: expected a whole number from 0 to 200, got `")
    assert costs(app)["before"] == recorded_step(settings_of()).loss_before


def test_steps_that_diverge_give_a_notice_and_as_many_as_can_be_shown():
    app = open_app("update", taken=50, out="identity", lr=10)
    (warning,) = app.warning
    assert "50 steps lead to numbers too large to show" in warning.value
    possible = int(parameter(app, "taken"))
    assert 0 < possible < 50
    step = recorded_step(settings_at(out="identity", lr=10, taken=possible))
    assert costs(app)["before"] == step.loss_before
    app.run()
    assert not app.warning


def test_no_more_than_the_most_steps_can_be_taken():
    app = open_app("update", taken=195)
    assert app.button(key="take_10").disabled
    assert not app.button(key="take_1").disabled
    assert not app.button(key="take_reset").disabled
    assert open_app("update").button(key="take_reset").disabled


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_links_lead_to_the_steps_of_the_walkthrough(link):
    settings, app = settings_at(**link), open_app("update", **link)
    html = markup_of(app) + "".join(element.proto.body for element in app.get("html"))
    hrefs = [e.attributes["href"] for e in elements(html) if "bp-button" in e.classes]
    hrefs += [part["href"] for part in scene_of(app).parts("Link")]
    ids = [*(f"update.{layer}" for layer in shown_layers(settings)), "after"]
    steps = [settings.link("walkthrough", step=find_step(settings.config, step_id)) for step_id in ids]
    assert sorted(hrefs) == sorted([*steps, settings.link("training")])


@pytest.mark.parametrize("hidden", ["5", "16", "8-8"])
def test_usual_networks_show_all_layers(hidden):
    app = open_app("update", hidden=hidden)
    assert layers_of_tables(app) == set(range(1, 2 + len(hidden.split("-"))))
    assert not [group for group in app.get("button_group") if group.key == "update_layer"]


def test_a_large_network_opens_at_the_layer_with_the_largest_change():
    opened = set()
    for flower in (10, 60, 106, 120):
        for act in ("relu", "tanh"):
            link = {"hidden": "16-16-16-16", "act": act, "flower": flower}
            (layer,) = shown_layers(settings_at(**link))
            assert layers_of_tables(open_app("update", **link)) == {layer}
            opened.add(layer)
    assert len(opened) > 1


def test_another_flower_opens_at_its_own_largest_change_and_a_chosen_layer_stays():
    first, second = ({"hidden": "16-16-16-16", "flower": flower} for flower in (106, 20))
    assert [shown_layers(settings_at(**link)) for link in (first, second)] == [[3], [5]]
    app = open_app("update", **first)
    assert layers_of_tables(app) == {3}
    app.number_input(key="flower").set_value(20).run()
    assert layers_of_tables(app) == {5}
    app.button_group(key="update_layer").set_value("2").run()
    assert layers_of_tables(app) == {2}
    app.run()
    assert layers_of_tables(app) == {2}
    chosen = open_app("update", **first, update_layer=2)
    chosen.number_input(key="flower").set_value(20).run()
    assert layers_of_tables(chosen) == {2}


def test_an_edited_flower_is_an_example():
    texts = said(open_app("update", edit="x_1_7"))
    assert "For this example" in texts
    assert "this flower" not in texts
    assert "Curve of the cost of this example after one update" in texts


def test_what_is_said_beside_the_buttons():
    app = open_app("update", taken=1)
    assert "1 step taken, of up to 200. Every page and the link use these weights." in markup_of(app)
    assert "12 steps taken, of up to 200." in markup_of(open_app("update", taken=12))
    assert "The new weights become the current ones on every page and in the link." in markup_of(
        open_app("update")
    )


def test_pictures_say_what_they_show():
    scene = scene_of(open_app("update"))
    assert [scene.at(part["alt"]) for part in scene.parts("Plot")] == [
        "Curve of the cost of this flower after one update, for learning rates from 0 to 1.95: it begins at "
        "1.08 and ends at 1.31e−4. With η = 0.1 it is 0.826. The tangent reaches 0 at η = 0.389. Beside it "
        "the mean cost of all 150 flowers, lowest at η = 0.",
        "Curve of the mean cost of all 150 flowers after the same update, lowest at η = 0. With η = 0.1 it "
        "is 0.991.",
    ]
    assert [part["alt"] for part in scene.parts("Matrix")[::2]] == [
        "Three heatmaps: W² now, its step −η dC/dW², and new W². The tables below hold them.",
        "Three heatmaps: W¹ now, its step −η dC/dW¹, and new W¹. The tables below hold them.",
    ]


def test_another_rate_moves_the_slider_and_the_report_of_the_slider_the_rate():
    app = open_app("update", lr=0.5)
    assert scene_of(app).value == 0.5
    app.text_input(key="lr").set_value("0,2").run()
    assert scene_of(app).value == 0.2
    assert costs(app)["after"] == recorded_step(settings_at(lr=0.2)).loss_after


def test_a_large_network_shows_the_layer_that_is_chosen():
    link = {"hidden": "16-16-16-16", "act": "tanh"}
    step = recorded_step(settings_at(**link))
    app = open_app("update", **link)
    assert layers_of_tables(app) == {*shown_layers(settings_at(**link))}
    assert "this network has 880 weights" in app.button_group(key="update_layer").label
    app.button_group(key="update_layer").set_value("2").run()
    linked = open_app("update", **link, update_layer=2)
    for page in (app, linked):
        assert layers_of_tables(page) == {2}
        assert tables(page)["after2:3:4"] == step.params_after.weights[1][3, 4]
        assert not page.warning


@pytest.mark.parametrize("layer", ["0", "5", "x", "9" * 40])
def test_a_bad_layer_gives_a_notice_and_the_layer_that_moves_most(layer):
    app = open_app("update", hidden="16-16-16-16", update_layer=layer)
    (warning,) = app.warning
    assert warning.value.startswith("Layer: expected one of 1, 2, 3, 4, output, got `")
    assert warning.value.endswith("You see 3.")
    assert layers_of_tables(app) == {3}
