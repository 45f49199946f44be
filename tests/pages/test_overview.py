"""The overview, run from app.py by several links, against the core."""
# ruff: noqa: E501 - a sentence on one line can be searched for

import re

import pytest

from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from tests.pages.helpers import markup_of, open_app
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
    step, markup = step_of(settings), markup_of(open_app(**link))
    nodes = by_attribute(markup, "data-node")
    assert nodes["C:0"].value == step.loss_before
    for layer in range(step.config.depth + 1):
        name = f"a{layer}" if layer else "x"
        shown = [nodes[f"{name}:{unit}"].value for unit in range(step.tape[name].size)]
        assert shown == list(step.tape[name])
    thesis = thesis_of(step)
    (total,) = by_attribute(markup, "data-cotangent").values()
    assert total.value == step.cotangent(thesis.wrt)[thesis.unit]
    verdict = next(e.text for e in elements(markup) if "bp-verdict" in e.classes)
    assert f"The sum of all 3 paths is {signed(total.value)}, and the numeric slope agrees" in verdict
    assert describe_flower(settings.flower) in markup


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_links_keep_the_settings_and_lead_to_the_total_derivative(link):
    settings, app = settings_of(**link), open_app(**link)
    html = "\n".join(element.proto.body for element in app.get("html"))
    primary = [e for e in elements(html) if "bp-primary" in e.classes]
    assert [e.attributes["href"] for e in primary] == [settings.link("walkthrough")]
    step = find_step(settings.config, f"{settings.config.depth - 1}.II")
    hrefs = [e.attributes.get("href") for e in elements(markup_of(app)) if "bp-button" in e.classes]
    exact = settings.link("walkthrough", step=step)
    beginnings = [exact, settings.link("walkthrough"), exact, settings.link("jacobians")]
    assert hrefs[:4] == beginnings
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
    assert by_attribute(markup_of(app), "data-node")["C:0"].value == step_of(settings_of()).loss_before


def test_a_change_in_the_sidebar_changes_the_numbers():
    app = open_app()
    app.number_input(key="flower").set_value(140).run()
    nodes = by_attribute(markup_of(app), "data-node")
    assert nodes["C:0"].value == step_of(settings_of(flower=140)).loss_before
    assert nodes["C:0"].value != step_of(settings_of()).loss_before


def test_the_overview_says_why_this_unit_and_this_path():
    app = open_app()
    said = [e.text for e in elements(markup_of(app)) if e.tag == "p"]
    assert said[0] == (
        "Path ③, the one that misleads most, says +0.285. The sum of all 3 paths is +0.0409, and the numeric slope "
        "agrees."
    )
    assert said[1] == (
        "a11 is shown: of the four units that are on and whose paths pull both ways, none has larger paths. 0.202 is "
        "both a21 and ∂C/∂z21: here ∂C/∂z2 = a2 − y, and y = 0 for setosa."
    )


@pytest.mark.parametrize(
    "link", [{}, {"flower": 3, "seed": 41}, {"flower": 77, "act": "tanh", "hidden": "4"}]
)
def test_derivative_paths_shows_the_same_path_with_the_same_number(link):
    said = next(e.text for e in elements(markup_of(open_app(**link))) if "bp-verdict" in e.classes)
    mark, number = re.match(r"Path (.), the one that misleads most, says (\S+)\. ", said).groups()
    paths = [e.text for e in elements(markup_of(open_app("paths", **link))) if e.tag == "p"]
    assert paths[paths.index(f"Single path: {mark} alone") + 1] == number
    assert any(
        text.startswith(f"{mark} alone, the one that misleads most, would say {number} ") for text in paths
    )


def test_the_opening_names_what_is_observed():
    for link, word in (
        ({}, "flower"),
        ({"edit": "x_1_7"}, "example"),
        ({"data": "textbook", "hidden": "2"}, "example"),
    ):
        html = "\n".join(element.proto.body for element in open_app(**link).get("html"))
        assert (
            f"One training step of a small neural network on one {word}, every number shown. Where a value has one "
            "path to the cost, the single-variable chain rule will do; where it has several, you need their sum, the "
            "total derivative."
        ) in html
