"""The examples on every page, and every page with the textbook's network."""

from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from tests.pages.helpers import markup_of, open_app, scene_keys
from tests.scenes import scene_of
from ui.state.pages import TITLES
from ui.state.presets import PRESETS, START

TEXTBOOK = {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared", "lr": 0.5}
FILES = {
    "": None,
    "walkthrough": "walkthrough",
    "jacobians": "jacobians",
    "paths": "paths",
    "update": "update",
}
IRIS_WORDS = (
    "flower",
    "Flower",
    "iris",
    "setosa",
    "versicolor",
    "sepal",
    "all 150",
    "standard deviation",
    "all two",
)


def open_link(link: str):
    url = urlsplit(link)
    query = {key: values[0] for key, values in parse_qs(url.query).items()}
    return open_app(FILES[url.path.strip(".")], **query)


def menu_of(app) -> dict[str, str]:
    """Names of the menu's entries and where they lead."""
    (menu,) = [markdown.value for markdown in app.sidebar.markdown if "bp-presets" in markdown.value]
    return {e.text: e.attributes["href"] for e in elements(menu) if e.tag == "a"}


def current_of(app) -> list[str]:
    (menu,) = [markdown.value for markdown in app.sidebar.markdown if "bp-presets" in markdown.value]
    return [e.text for e in elements(menu) if "aria-current" in e.attributes]


def note_of(app) -> str | None:
    notes = by_attribute(markup_of(app), "data-preset")
    return next(iter(notes.values())).text if notes else None


@pytest.mark.parametrize("page", FILES)
def test_the_menu_of_a_page_leads_to_the_same_page(page):
    app = open_app(FILES[page], seed=7)
    menu = menu_of(app)
    assert menu == {preset.name: preset.link(page) for preset in PRESETS} | {
        "Back to the start": START.link(page)
    }
    assert current_of(app) == []
    assert note_of(app) is None


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_an_example_says_what_to_look_for_until_a_setting_differs(preset):
    app = open_link(preset.link(preset.best))
    assert not app.warning
    assert current_of(app) == [preset.name]
    assert note_of(app).startswith(f"{preset.name}. ")
    assert "Best seen" not in note_of(app)
    app.sidebar.text_input(key="lr").set_value(".07").run()
    assert note_of(app) is None
    assert current_of(app) == []


def test_the_note_names_the_best_page_on_the_others():
    dead = next(preset for preset in PRESETS if preset.name == "Dead ReLU")
    app = open_link(dead.link(""))
    assert note_of(app).endswith(f"Best seen on {TITLES['paths']} →")
    assert dead.link("paths") in [e.attributes.get("href") for e in elements(markup_of(app))]


@pytest.mark.parametrize("page", FILES)
@pytest.mark.parametrize(
    "change",
    [
        {},
        {"hidden": "3-2", "out": "softmax", "act": "relu", "seed": 4},
        {"edit": "x_1_7~y_2_0.5", "taken": 3},
    ],
)
def test_pages_speak_of_the_textbook_example_not_of_irises(page, change):
    app = open_app(FILES[page], **TEXTBOOK | change)
    assert not app.warning
    shown = markup_of(app) + "".join(
        html.proto.body for html in app.main.get("html") if hasattr(html.proto, "body")
    )
    charts = "".join(chart.proto.spec + chart.proto.alt for chart in app.main.get("plotly_chart"))
    drawn = " ".join(text.text for key in scene_keys(app) for text in scene_of(app, key).texts())
    text = "".join(e.text for e in elements(shown.replace(note_of(app) or "\0", ""))) + charts + drawn
    assert [word for word in IRIS_WORDS if word in text] == []
    # The paths of the first of two hidden layers end before the outputs.
    is_further_down = page == "paths" and "hidden" in change
    assert "output 1" in text or page == "walkthrough" or is_further_down


def test_pages_compute_with_the_textbook_network():
    step = step_of(settings_of(**TEXTBOOK))
    assert step.loss_before == pytest.approx(0.2983711087600027, abs=1e-15)
    overview = scene_of(open_app(None, **TEXTBOOK))
    assert overview.of_network("C") == [[step.loss_before]]
    assert overview.of_network("a2") == step.tape["a2"].reshape(-1, 1).tolist()
    update = open_app("update", **TEXTBOOK)
    scene = scene_of(update)
    costs = scene.numbers()
    assert (costs["cost=before"], costs["cost=after"]) == (step.loss_before, step.loss_after)
    assert len(scene.parts("Plot")) == 1  # there is no mean of other examples
    jacobian = scene_of(open_app("jacobians", jacobian="z2-a1", **TEXTBOOK), "jacobian_scene")
    np.testing.assert_array_equal(jacobian.large_matrix()[0], step.params.weights[1])
    paths = scene_of(open_app("paths", unit=2, **TEXTBOOK), "paths")
    rules = {card["name"]: paths.judged(card)[0] for card in paths.parts("Cards")[0]["cards"]}
    assert rules["right"] == step.cotangent("a1")[1]
    terms = step.vjp("z2", "a1").path_terms[:, 1]
    assert rules["single"] == max(terms, key=lambda term: abs(term - terms.sum()))  # misleads most


def test_the_textbook_keeps_flower_and_seed_for_the_way_back():
    app = open_app("paths", flower=12, seed=34, **TEXTBOOK)
    (back,) = [m.value for m in app.sidebar.markdown if "Back to the irises" in m.value]
    assert "x = (0.05, 0.1), targets y = (0.01, 0.99)" in back
    (link,) = [e.attributes["href"] for e in elements(back) if e.tag == "a"]
    assert link == "paths?flower=12&seed=34"
    links = [link["href"] for link in scene_of(app, "paths").parts("Link")]
    assert "flower=12" in next(link for link in links if "walkthrough?" in link)
    assert not any("irises" in m.value for m in open_app("paths", flower=12).sidebar.markdown)
