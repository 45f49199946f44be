"""The Jacobians page, run from app.py by several links, against the core."""

import json

import numpy as np
import pytest

from backprop.study.routes import weight_routes
from tests.expected import settings_of, step_of
from tests.markup import elements
from tests.pages.helpers import markup_of, open_app
from tests.scenes import scene_of
from ui.draw.words import COLOURS
from ui.names.numbers import short
from ui.views.jacobians.rules import key_of

LINKS = [
    ({}, "z2-a1"),
    ({"flower": 3, "jacobian": "a2-z2"}, "a2-z2"),
    ({"flower": 120, "seed": 8, "hidden": "6-5", "act": "tanh", "jacobian": "z2-a1"}, "z2-a1"),
    ({"hidden": "6-5"}, "z3-a2"),
    ({"out": "sigmoid", "jacobian": "C-a2"}, "C-a2"),
    ({"out": "identity", "jacobian": "z1-x"}, "z1-x"),
]


def matrices(app, scene: str = "jacobian_scene") -> np.ndarray:
    """The numbers of the large matrix of a scene, block by block."""
    return scene_of(app, scene).large_matrix()


def charts(app) -> list[np.ndarray]:
    """The numbers of the pictures to save."""
    traces = [json.loads(element.proto.spec)["data"][0] for element in app.get("plotly_chart")]
    return [np.array([[z for z in row if z is not None] for row in trace["z"]]) for trace in traces]


@pytest.mark.parametrize(("link", "key"), LINKS, ids=str)
def test_the_large_matrix_is_the_jacobian_of_the_core(link, key):
    step = step_of(settings_of(**{k: v for k, v in link.items() if k != "jacobian"}))
    app = open_app("jacobians", **link)
    vjp_step = step.vjp(*key.split("-"))
    expected = vjp_step.jacobian.reshape(-1, *vjp_step.jacobian.shape[-2:])
    np.testing.assert_array_equal(matrices(app), np.atleast_3d(expected.T).T)
    layer = int(key.split("-")[0][1:] or step.config.depth)
    routes = weight_routes(step, layer)
    np.testing.assert_array_equal(matrices(app, "routes"), [routes.full, routes.shortcut])
    said = next(e.text for e in elements(markup_of(app)) if "bp-badge" in e.classes)
    assert said.startswith(f"{vjp_step.paths} path")


def test_every_jacobian_can_be_reached():
    step = step_of(settings_of(hidden="3"))
    for vjp_step in step.vjp_steps:
        app = open_app("jacobians", hidden="3", jacobian=key_of(vjp_step))
        shown = matrices(app)
        assert not app.warning
        assert shown.sum() == pytest.approx(vjp_step.jacobian.sum(), rel=1e-12)
        assert shown.size == vjp_step.jacobian.size
        (strip,) = scene_of(app, "strip").parts("Strip")
        assert [each["key"] for each in strip["thumbnails"] if each["is_current"]] == [key_of(vjp_step)]


def test_a_chosen_block_of_a_large_network():
    app = open_app("jacobians", hidden="16-16-16-16", jacobian="z3-W3", block=5)
    step = step_of(settings_of(hidden="16-16-16-16"))
    np.testing.assert_array_equal(matrices(app)[0], step.vjp("z3", "W3").jacobian[4])


@pytest.mark.parametrize("block", ["0", "17", "x", "²", "9" * 40, ""])
def test_a_bad_block_gives_a_notice_and_the_first(block):
    app = open_app("jacobians", hidden="16-16", jacobian="z2-W2", block=block)
    assert [warning.value[:6] for warning in app.warning] == ["Block:"]
    step = step_of(settings_of(hidden="16-16"))
    np.testing.assert_array_equal(matrices(app)[0], step.vjp("z2", "W2").jacobian[0])


@pytest.mark.parametrize("jacobian", ["nonsense", "z3-a2", "", "`**<b>`" * 20])
def test_a_bad_jacobian_gives_a_notice_and_the_default(jacobian):
    app = open_app("jacobians", jacobian=jacobian)
    assert len(app.warning) == 1
    assert "expected one of C-a2, a2-z2," in app.warning[0].value
    assert app.warning[0].value.count("`") == 2
    np.testing.assert_array_equal(matrices(app)[0], step_of(settings_of()).params.weights[1])


@pytest.mark.parametrize("out", ["softmax", "sigmoid", "sigmoid-squared", "identity"])
def test_both_routes_to_the_output_are_shown(out):
    step = step_of(settings_of(out=out, flower=20))
    entries = scene_of(open_app("jacobians", out=out, flower=20), "routes").entries()
    for route in ("full", "shortcut"):
        shown = [entries[f"route=output:{route}:{k}"] for k in range(3)]
        np.testing.assert_allclose(shown, step.cotangent("z2"), rtol=1e-9, atol=1e-12)
    assert ("route=output:diagonal:0" in entries) == (out == "softmax")


def alts(app) -> list[str]:
    return [scene_of(app, scene).large["alt"] for scene in ("jacobian_scene", "routes")]


def test_large_matrices_say_what_they_show():
    app = open_app("jacobians")
    assert alts(app) == [
        "Heatmap of ∂z²/∂a¹, 3 by 5, values from −0.496 to 0.756.",
        "Two heatmaps of dC/dW², by both routes. Largest difference: 0, exactly the same.",
    ]
    captions = [part["text"] for part in scene_of(app, "routes").parts("Words") if part["role"] == "caption"]
    assert captions == [COLOURS]
    assert alts(open_app("jacobians", jacobian="C-a2"))[0].startswith(
        "Heatmap of ∂C/∂a², 1 by 3, values from"
    )


@pytest.mark.parametrize(
    ("link", "names"),
    [
        ({}, ["jacobian-z2-a1-flower", "routes-W2-flower"]),
        (
            {"hidden": "16-16", "jacobian": "z2-W2", "block": 7},
            ["jacobian-z2-W2-block7-flower", "routes-W2-flower"],
        ),
    ],
    ids=str,
)
def test_pictures_to_save_are_drawn_while_somebody_wants_them(link, names):
    app = open_app("jacobians", **link)
    assert not charts(app)
    app.session_state["pictures"] = True
    app.run()
    for picture, scene in zip(charts(app), ("jacobian_scene", "routes"), strict=True):
        np.testing.assert_array_equal(picture, np.hstack(matrices(app, scene)))
    protos = [chart.proto for chart in app.get("plotly_chart")]
    assert [proto.alt for proto in protos] == alts(app)
    for proto, name in zip(protos, names, strict=True):
        assert json.loads(proto.config)["toImageButtonOptions"]["filename"].startswith(name)


def test_a_chosen_block_is_described_and_linked():
    app = open_app("jacobians", hidden="16-16-16-16", jacobian="z3-W3", block=5)
    block = step_of(settings_of(hidden="16-16-16-16")).vjp("z3", "W3").jacobian[4]
    low, high = short(block.min()), short(block.max())
    assert alts(app)[0] == f"Heatmap of ∂z³/∂W³, block 5 of 16, 16 by 16, values from {low} to {high}."
    (links,) = [e for e in elements(markup_of(app)) if "bp-blocks" in e.classes]
    said = "One screen has no room for all 16 blocks, but they look alike: the same numbers, in row k = "
    assert links.text == said + "".join(map(str, range(1, 17)))
    textbook = open_app("jacobians", data="textbook", hidden=16, jacobian="z2-W2")
    (links,) = [e for e in elements(markup_of(textbook)) if "bp-blocks" in e.classes]
    assert (
        links.text
        == "One screen has no room for both blocks, but they look alike: the same numbers, in row k = 12"
    )


def test_an_edited_flower_is_an_example():
    markup = markup_of(open_app("jacobians", edit="x_1_7", jacobian="z1-x"))
    assert "it tells how the example itself moves the cost." in markup
