"""The Notation page, run from app.py by several links, against the core."""

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from tests.pages.helpers import markup_of, open_app
from ui.names.timeline import timeline
from ui.state.parameters import LAYOUTS
from ui.state.recording import recorded_step
from ui.views.notation.words.glossary import derivative_terms, network_terms, sign_terms, training_terms
from ui.views.notation.words.page import ANCHORS

LINKS = [
    {},
    {"layout": "denominator"},
    {"hidden": "6-5-4", "act": "tanh", "out": "sigmoid", "layout": "denominator"},
    {"hidden": "2", "out": "identity", "flower": 4},
    {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared"},
]
PAGES = {
    "walkthrough",
    "jacobians",
    "paths",
    "update",
    "total_derivative",
    "batch",
    "chain_rule_lab",
}
every_link = pytest.mark.parametrize("link", LINKS, ids=str)


def step_for(link):
    settings = settings_of(**{key: value for key, value in link.items() if key != "layout"})
    return recorded_step(settings) if "data" in link else step_of(settings)


@pytest.mark.parametrize("link", [*LINKS, {"hidden": "none", "bias": "none", "out": "tanh"}], ids=str)
def test_the_displayed_lines_run_and_give_the_cores_numbers(link):
    step, markup = step_for(link), markup_of(open_app("notation", **link))
    names = {"np": np} | {variable.name: variable.value for variable in step.tape.variables}
    lines, shapes = by_attribute(markup, "data-numpy"), by_attribute(markup, "data-shape")
    of_biases = 0 if step.config.has_biases else step.config.depth
    assert len(lines) == len(shapes) == 6 + 7 * (step.config.depth - 1) - of_biases
    for pair, line in lines.items():
        output, wrt = pair.split("/")
        exec(line.text, names)
        result = names[f"d{output}_d{wrt}"]
        assert str(result.shape) == shapes[pair].text.split(" = ")[-1], line.text
        core = step.cotangent(wrt) if output == "C" else step.vjp(output, wrt).jacobian
        if link.get("layout") == "denominator" and output != "C":
            core = np.moveaxis(core, 0, -1)
        np.testing.assert_allclose(result.ravel(), core.ravel(), rtol=1e-9, atol=1e-12, err_msg=line.text)


def test_the_switch_turns_shapes_and_lines():
    app = open_app("notation")
    before = {pair: cell.text for pair, cell in by_attribute(markup_of(app), "data-shape").items()}
    app.pills[0].set_value("denominator").run()
    assert not app.exception
    after = {pair: cell.text for pair, cell in by_attribute(markup_of(app), "data-shape").items()}
    assert before["C/a1"] == "(1, 3) · (3, 5) = (1, 5)"
    assert after["C/a1"] == "(5, 3) · (3, 1) = (5, 1)"
    assert (before["z2/a1"], after["z2/a1"]) == ("(3, 5)", "(5, 3)")
    marked = [element.text for element in elements(markup_of(app)) if "bp-marked-column" in element.classes]
    assert marked[0] == "denominator layout"


@pytest.mark.parametrize("layout", ["Denominator", "x" * 50, "", "`<b>`"])
def test_a_bad_layout_gives_a_notice_and_the_default(layout):
    app = open_app("notation", layout=layout)
    assert [warning.value[:7] for warning in app.warning] == ["Layout:"]
    assert by_attribute(markup_of(app), "data-shape")["C/a1"].text.endswith("= (1, 5)")


@every_link
def test_every_link_leads_to_a_page_and_step_with_the_same_network(link):
    app = open_app("notation", **link)
    step = step_for(link)
    links = [
        element.attributes["href"]
        for element in elements(markup_of(app))
        if "data-app-link" in element.attributes
    ]
    assert len(links) > 30
    for href in links:
        url = urlsplit(href)
        query = {key: values[0] for key, values in parse_qs(url.query).items()}
        assert url.path in PAGES
        if link.get("hidden"):
            assert query["hidden"] == link["hidden"]
        if "step" in query:
            assert 0 <= int(query["step"]) < len(timeline(step.config))
        if "jacobian" in query:
            step.vjp(*query["jacobian"].split("-"))
    assert {urlsplit(href).path for href in links} == PAGES


def test_steps_lead_to_where_the_walkthrough_forms_them():
    settings = settings_of(hidden="6-5")
    markup = markup_of(open_app("notation", hidden="6-5"))
    for element in elements(markup):
        if element.attributes.get("title") == "See this step in the walkthrough":
            position = int(parse_qs(urlsplit(element.attributes["href"]).query)["step"][0])
            stop = timeline(settings.config)[position]
            numeral, label = element.text.split("  ")
            assert stop.numeral == numeral
            plain = stop.label.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
            assert label in plain


@every_link
def test_shapes_of_the_glossary_are_shown_beside_their_code(link):
    step, markup = step_for(link), markup_of(open_app("notation", **link))
    parts = (network_terms, derivative_terms, training_terms, sign_terms)
    expressions = {text for part in parts for term in part(step) for text, _ in term.expressions}
    shown = by_attribute(markup, "data-code")
    assert set(shown) == expressions
    for text, line in shown.items():
        value = eval(text, {"np": np, "step": step})
        assert line.text == f"{text} {np.shape(value)}"


def test_the_parts_are_linked_and_there():
    markup = markup_of(open_app("notation"))
    ids = {element.attributes["id"] for element in elements(markup) if "id" in element.attributes}
    targets = {
        element.attributes["href"].removeprefix("#")
        for element in elements(markup)
        if (element.attributes.get("href") or "").startswith("#")
    }
    assert targets == set(ANCHORS) <= ids
    points = by_attribute(markup, "data-difference")
    assert {"off-diagonal", "square", "three-indices", "kink", "biases", "one-path"} <= set(points)


def test_no_training_outcome_is_typed_in():
    text = "".join(
        element.text for element in elements(markup_of(open_app("notation"))) if element.tag == "p"
    )
    assert not re.search(r"0\.943|0\.876|0\.310|0\.194|0\.50\b|nan", text)


def test_layouts_are_the_labels_in_links():
    assert LAYOUTS == ("numerator", "denominator")
