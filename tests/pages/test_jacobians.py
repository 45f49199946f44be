"""The Jacobians page, run from app.py by several links, against the core."""

import json

import numpy as np
import pytest

from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from tests.pages.helpers import markup_of, open_app
from ui.jacobian_strip import key_of

LINKS = [
    ({}, "z2-a1"),
    ({"flower": 3, "jacobian": "a2-z2"}, "a2-z2"),
    ({"flower": 120, "seed": 8, "hidden": "6-5", "act": "tanh", "jacobian": "z2-a1"}, "z2-a1"),
    ({"hidden": "6-5"}, "z3-a2"),
    ({"out": "sigmoid", "jacobian": "C-a2"}, "C-a2"),
    ({"out": "identity", "jacobian": "z1-x"}, "z1-x"),
]


def figures(app) -> list[dict]:
    return [json.loads(element.proto.spec) for element in app.get("plotly_chart")]


def shown_matrix(figure) -> np.ndarray:
    return np.array([[value for value in row if value is not None] for row in figure["data"][0]["z"]])


@pytest.mark.parametrize(("link", "key"), LINKS, ids=str)
def test_the_large_heatmap_is_the_jacobian_of_the_core(link, key):
    step = step_of(settings_of(**{k: v for k, v in link.items() if k != "jacobian"}))
    app = open_app("jacobians", **link)
    vjp_step = step.vjp(*key.split("-"))
    large, routes = figures(app)
    expected = vjp_step.jacobian.reshape(-1, vjp_step.jacobian.shape[-1])
    np.testing.assert_array_equal(shown_matrix(large), expected)
    layer = int(key.split("-")[0][1:] or step.config.depth)
    gradient = step.gradients[f"W{layer}"]
    np.testing.assert_allclose(shown_matrix(routes), np.hstack([gradient, gradient]), rtol=1e-12)
    said = next(e.text for e in elements(markup_of(app)) if "bp-badge" in e.classes)
    assert said.startswith(f"{vjp_step.paths} path")
    assert all(element.proto.alt for element in app.get("plotly_chart"))


def test_every_jacobian_can_be_reached():
    step = step_of(settings_of(hidden="3"))
    for vjp_step in step.vjp_steps:
        app = open_app("jacobians", hidden="3", jacobian=key_of(vjp_step))
        shown = shown_matrix(figures(app)[0])
        assert not app.warning
        assert shown.sum() == pytest.approx(vjp_step.jacobian.sum(), rel=1e-12)
        assert shown.size == vjp_step.jacobian.size
        links = by_attribute(markup_of(app), "data-jacobian")
        assert [k for k, e in links.items() if "aria-current" in e.attributes] == [key_of(vjp_step)]


def test_a_chosen_block_of_a_large_network():
    app = open_app("jacobians", hidden="16-16-16-16", jacobian="z3-W3", block=5)
    step = step_of(settings_of(hidden="16-16-16-16"))
    np.testing.assert_array_equal(shown_matrix(figures(app)[0]), step.vjp("z3", "W3").jacobian[4])


@pytest.mark.parametrize("block", ["0", "17", "x", "²", "9" * 40, ""])
def test_a_bad_block_gives_a_notice_and_the_first(block):
    app = open_app("jacobians", hidden="16-16", jacobian="z2-W2", block=block)
    assert [warning.value[:6] for warning in app.warning] == ["Block:"]
    step = step_of(settings_of(hidden="16-16"))
    np.testing.assert_array_equal(shown_matrix(figures(app)[0]), step.vjp("z2", "W2").jacobian[0])


@pytest.mark.parametrize("jacobian", ["nonsense", "z3-a2", "", "`**<b>`" * 20])
def test_a_bad_jacobian_gives_a_notice_and_the_default(jacobian):
    app = open_app("jacobians", jacobian=jacobian)
    assert len(app.warning) == 1
    assert "expected one of C-a2, a2-z2," in app.warning[0].value
    assert app.warning[0].value.count("`") == 2
    np.testing.assert_array_equal(shown_matrix(figures(app)[0]), step_of(settings_of()).params.weights[1])


@pytest.mark.parametrize("out", ["softmax", "sigmoid", "sigmoid-squared", "identity"])
def test_both_routes_to_the_output_are_shown(out):
    step = step_of(settings_of(out=out, flower=20))
    markup = markup_of(open_app("jacobians", out=out, flower=20))
    cells = by_attribute(markup, "data-route")
    for route in ("full", "shortcut"):
        shown = [cells[f"output:{route}:{k}"].value for k in range(3)]
        np.testing.assert_allclose(shown, step.cotangent("z2"), rtol=1e-9, atol=1e-12)
    assert ("output:diagonal:0" in cells) == (out == "softmax")
