"""The overview, run from app.py by several links, against the core."""
# ruff: noqa: E501 - a sentence on one line can be searched for

import re

import pytest

from tests.expected import settings_of, step_of
from tests.markup import elements
from tests.pages.helpers import markup_of, open_app
from tests.scenes import scene_of
from tests.server import ROOT
from ui.names.numbers import signed
from ui.names.timeline import find_step
from ui.state.data import describe_flower
from ui.steps.thesis import thesis_of

LINKS = [
    {},
    {"flower": 3},
    {"flower": 120, "seed": 8, "hidden": "6-5", "act": "tanh"},
    {"flower": 55, "out": "sigmoid", "lr": 0.5},
    {"hidden": "16-16-16-16", "out": "identity", "act": "sigmoid"},
]


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_numbers_are_those_of_the_core(link):
    settings = settings_of(**link)
    step, scene = step_of(settings), scene_of(open_app(**link))
    assert scene.of_network("C") == [[step.loss_before]]
    thesis = thesis_of(step)
    total = scene.numbers()[f"cotangent={thesis.wrt}:{thesis.unit}"]
    assert total == step.cotangent(thesis.wrt)[thesis.unit]
    said = f"The sum of all 3 paths is {signed(total)}, and the numeric slope agrees"
    assert said in scene.said("verdict")
    assert scene.parts("Legend")[0]["title"] == describe_flower(settings.flower)


@pytest.mark.parametrize(("link", "units"), [({}, 5), ({"hidden": "6-5-4", "act": "tanh"}, 4)], ids=str)
def test_a_link_can_choose_the_unit(link, units):
    step = step_of(settings_of(**link))
    wrt = f"a{step.config.depth - 1}"
    for unit in range(units):
        app = open_app(**link, unit=unit + 1)
        scene = scene_of(app)
        assert scene.numbers()[f"cotangent={wrt}:{unit}"] == step.cotangent(wrt)[unit]
        assert not app.warning
    app = open_app(**link, unit=units + 1)
    (notice,) = app.warning
    assert notice.value == (f"Unit j: expected auto or 1 to {units}, got `{units + 1}`. You see auto.")
    assert scene_of(app).numbers() == scene_of(open_app(**link)).numbers()


def test_a_link_can_choose_the_layer():
    link = {"hidden": "5-4-3"}
    step = step_of(settings_of(**link))
    for layer, unit in ((1, 4), (2, 0), (3, 2)):
        scene = scene_of(open_app(**link, layer=layer, unit=unit + 1))
        assert scene.numbers()[f"cotangent=a{layer}:{unit}"] == step.cotangent(f"a{layer}")[unit]
    app = open_app(**link, layer=4)
    (notice,) = app.warning
    assert notice.value == "Hidden layer: expected 1 to 3, got `4`. You see 3."
    assert scene_of(app).numbers() == scene_of(open_app(**link)).numbers()


def test_a_unit_that_the_network_no_longer_has_is_put_right_without_a_word():
    app = open_app(unit=5)
    app.text_input(key="hidden").set_value("3").run()
    assert not app.warning
    assert scene_of(app).value == ["auto"]
    assert "unit" not in app.session_state["view"]


def test_a_unit_stays_on_its_page():
    app = open_app(hidden="6-5", unit=2)
    app.switch_page("pages/paths.py").run()
    assert "unit" not in app.session_state["view"]


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_links_keep_the_settings_and_lead_to_the_total_derivative(link):
    settings, app = settings_of(**link), open_app(**link)
    html = "\n".join(element.proto.body for element in app.get("html"))
    primary = [e for e in elements(html) if "bp-primary" in e.classes]
    assert [e.attributes["href"] for e in primary] == [settings.link("lesson")]
    step = find_step(settings.config, f"{settings.config.depth - 1}.II")
    hrefs = [e.attributes.get("href") for e in elements(markup_of(app)) if "bp-button" in e.classes]
    exact = settings.link("walkthrough", step=step)
    beginnings = [settings.link("walkthrough"), exact, settings.link("jacobians")]
    assert hrefs[:4] == [*beginnings, settings.link("practice", check=1)]
    assert [link["href"] for link in scene_of(app).parts("Link")] == [exact]
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"overview"}
    assert sorted(hrefs[4:]) == sorted(settings.link(page) for page in pages)


@pytest.mark.parametrize(
    ("key", "value"),
    [("flower", "150"), ("seed", "x"), ("hidden", "99"), ("act", "softplus"), ("out", "max")],
)
def test_a_bad_value_gives_a_notice_and_the_default(key, value):
    app = open_app(**{key: value})
    assert len(app.warning) == 1
    assert value in app.warning[0].value
    assert scene_of(app).of_network("C") == [[step_of(settings_of()).loss_before]]


def test_a_change_in_the_sidebar_changes_the_numbers():
    app = open_app()
    app.number_input(key="flower").set_value(140).run()
    ((cost,),) = scene_of(app).of_network("C")
    assert cost == step_of(settings_of(flower=140)).loss_before
    assert cost != step_of(settings_of()).loss_before


def test_the_overview_says_why_this_unit_and_this_path():
    scene = scene_of(open_app())
    assert scene.said("verdict") == (
        "Path ③, the one that misleads most, says +0.285. The sum of all 3 paths is +0.0409, and the numeric slope "
        "agrees."
    )
    assert scene.said("note") == (
        "a¹₁ is shown: of the four units that are on and whose paths pull both ways, none has larger paths. 0.202 is "
        "both a²₁ and ∂C/∂z²₁: here ∂C/∂z² = a² − y, and y = 0 for setosa."
    )


@pytest.mark.parametrize(
    "link", [{}, {"flower": 3, "seed": 41}, {"flower": 77, "act": "tanh", "hidden": "4"}]
)
def test_derivative_paths_shows_the_same_path_with_the_same_number(link):
    said = scene_of(open_app(**link)).said("verdict")
    mark, number = re.match(r"Path (.), the one that misleads most, says (\S+)\. ", said).groups()
    paths = scene_of(open_app("paths", **link), "paths")
    (cards,) = paths.parts("Cards")
    titles = {paths.said_of_sum(card["title"]): signed(paths.judged(card)[0]) for card in cards["cards"]}
    assert titles[f"Single path: {mark} alone"] == number
    assert paths.said("verdict").startswith(f"{mark} alone, the one that misleads most, would say {number} ")


def test_the_opening_names_what_is_observed():
    for link, word in (
        ({}, "flower"),
        ({"edit": "x_1_7"}, "example"),
        ({"data": "textbook", "hidden": "2"}, "example"),
    ):
        html = "\n".join(element.proto.body for element in open_app(**link).get("html"))
        assert (
            f"One training step of a small network on one {word}, every number shown. Where a value reaches the cost "
            "on several paths, its derivative is their sum: the total derivative."
        ) in html
