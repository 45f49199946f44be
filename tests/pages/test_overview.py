"""The overview, run from app.py by several links, against the core."""

import pytest

from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from tests.pages.helpers import markup_of, open_app
from tests.server import ROOT
from ui.data import describe_flower
from ui.numbers import signed
from ui.stage.steps import find_step
from ui.thesis import thesis_of

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
