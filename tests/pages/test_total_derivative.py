"""The total derivative page, run from app.py by several links, against the core."""

import pytest

from backprop.total_derivative import INNERS, OUTERS, PRESETS, evaluate
from tests.markup import elements
from tests.pages.helpers import markup_of, open_app
from tests.scenes import scene_of

LINKS = [
    ({}, ("2xy3", ("t2", "sin"), 1.0)),
    ({"t": -1.3}, ("2xy3", ("t2", "sin"), -1.3)),
    ({"f": "xyz", "x": "cos", "y": "t", "z": "minus-t", "t": 0.5}, ("xyz", ("cos", "t", "minus-t"), 0.5)),
    ({"f": "sin", "x": "constant"}, ("sin", ("constant",), 1.0)),
    ({"f": "squares", "x": "cos", "flower": 3}, ("squares", ("cos", "sin"), 1.0)),
]


def totals(app) -> dict[str, float]:
    numbers = scene_of(app).numbers()
    return {key: numbers[f"total={key}"] for key in ("sum", "numeric")}


@pytest.mark.parametrize(("link", "example"), LINKS, ids=str)
def test_numbers_are_those_of_the_core(link, example):
    app = open_app("total_derivative", **link)
    result = evaluate(*example)
    assert not app.warning
    assert totals(app) == {"sum": result.total, "numeric": result.numeric}
    numbers = scene_of(app).numbers()
    assert numbers["node=t"] == result.t
    for i, name in enumerate("xyz"[: len(result.terms)]):
        assert numbers[f"local=∂f/∂{name}"] == result.df_du[i]
        assert numbers[f"local=d{name}/dt"] == result.du_dt[i]
        assert numbers[f"term={name}"] == result.terms[i]
    assert [menu.key for menu in app.main.selectbox] == ["f", *"xyz"[: len(result.terms)]]


def test_choosing_changes_the_numbers():
    app = open_app("total_derivative", t=-0.5)
    assert totals(app)["sum"] == evaluate("2xy3", ("t2", "sin"), -0.5).total
    app.selectbox(key="y").set_value("cos").run()
    assert totals(app)["sum"] == evaluate("2xy3", ("t2", "cos"), -0.5).total
    app.selectbox(key="f").set_value("xyz").run()
    assert totals(app)["sum"] == evaluate("xyz", ("t2", "cos", "decay"), -0.5).total
    app.selectbox(key="f").set_value("square").run()
    assert totals(app)["sum"] == evaluate("square", ("t2",), -0.5).total


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.title)
def test_every_preset_is_a_link_that_opens_it(preset):
    markup = markup_of(open_app("total_derivative"))
    (link,) = [e for e in elements(markup) if e.attributes.get("title") == preset.title]
    query = dict(part.split("=") for part in link.attributes["href"].partition("?")[2].split("&"))
    app = open_app("total_derivative", **query)
    assert not app.warning
    assert totals(app)["sum"] == evaluate(preset.outer, preset.inners, preset.t).total


@pytest.mark.parametrize(
    ("key", "value"),
    [("f", "sqrt"), ("x", "t9"), ("y", "`<b>`"), ("z", "w"), ("t", "4"), ("t", "x"), ("t", "nan")],
)
def test_a_bad_value_gives_a_notice_and_the_default(key, value):
    app = open_app("total_derivative", **{"f": "xyz", key: value})
    (warning,) = app.warning
    assert warning.value.startswith(f"{key}: expected")
    assert "You see " in warning.value
    example = {"f": "xyz", "x": "t2", "y": "sin", "z": "decay"} | ({"f": "2xy3"} if key == "f" else {})
    outer = example.pop("f")
    inners = tuple(example.values())[: 2 if key == "f" else 3]
    assert totals(app)["sum"] == evaluate(outer, inners, 1.0).total


def test_the_way_to_the_same_sum_in_the_network():
    markup = markup_of(open_app("total_derivative", hidden="6-5", flower=3))
    hrefs = [e.attributes["href"] for e in elements(markup) if "bp-button" in e.classes]
    assert len(hrefs) == 1
    assert hrefs[0].startswith("walkthrough?flower=3&hidden=6-5&step=")


def test_the_menus_say_what_the_short_names_of_links_stand_for():
    app = open_app("total_derivative", f="xyz")
    for key, functions in ({"f": OUTERS} | dict.fromkeys("xyz", INNERS)).items():
        menu = app.selectbox(key=key)
        assert menu.options == [function.plain for function in functions.values()]
        assert menu.options[menu.proto.default] == functions[menu.value].plain  # a link has the short name


def verdict_of(app) -> str:
    return scene_of(app).said("verdict")


def test_a_variable_that_does_not_move_leaves_the_rule_right():
    app = open_app("total_derivative", f="2xy3", x="constant", y="sin", t=1)
    assert verdict_of(app) == (
        "Only y moves, x is constant: back to one path. The single-variable rule is right, through y: "
        "it says +4.59, and the numeric slope agrees, +4.59."
    )
    said = [text.text for text in scene_of(app).texts()]
    assert not [text for text in said if "alone" in text]
    assert any("Colour of a path and of its bar: blue where the product is positive" in text for text in said)


def test_a_notice_has_a_real_minus():
    app = open_app("total_derivative", t=-4)
    assert [warning.value for warning in app.warning] == [
        "t: expected a number from −3 to 3, got `-4`. You see 1."
    ]


def test_a_place_that_is_0_but_for_rounding_is_0():
    app = open_app("total_derivative", f="squares", x="t", y="t", t="4.4e-16")
    assert totals(app) == {"sum": 0, "numeric": 0}
    assert verdict_of(app).startswith("At t = 0 both paths carry 0, ")
