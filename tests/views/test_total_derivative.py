"""The scene and the texts of the total derivative against the core."""

import re
from functools import cache
from itertools import product

import numpy as np
import pytest

from backprop.total_derivative import INNERS, OUTERS, PRESETS, evaluate
from tests.scene_numbers import Part, read_scene
from tests.scenes import SceneAt
from ui.draw.along_t.pictures import usual_range
from ui.names.equations import mathml
from ui.names.numbers import signed
from ui.state.parameters import EARLIEST, LATEST, PARAMETERS, real
from ui.views.total_derivative.scenes import example_formula, experiment_scene
from ui.views.total_derivative.words import colours, verdict

EVERY_OUTER = [
    (outer, tuple(list(INNERS)[(start + 2 * i) % len(INNERS)] for i in range(len(function.variables))))
    for outer, function in OUTERS.items()
    for start in range(len(INNERS))
]


@cache
def whole_scene(outer: str, inners: tuple[str, ...], between: float | None = None) -> Part:
    return read_scene(experiment_scene(outer, inners, between))


def scene_at(outer: str, inners: tuple[str, ...], t: float) -> SceneAt:
    return SceneAt(whole_scene(outer, inners), t)


def only(scene: SceneAt, kind: str) -> Part:
    (part,) = scene.parts(kind)
    return part


@pytest.mark.parametrize(("outer", "inners"), EVERY_OUTER, ids=str)
def test_the_scene_holds_the_numbers_of_the_core_at_every_t(outer, inners):
    for t in real("t").positions[::12]:
        result, scene = evaluate(outer, inners, t), scene_at(outer, inners, t)
        numbers = scene.numbers()
        assert (numbers["node=t"], numbers["node=f"]) == (t, result.f)
        for i, name in enumerate(OUTERS[outer].variables):
            assert numbers[f"node={name}"] == result.u[i]
            assert numbers[f"local=d{name}/dt"] == numbers[f"cell={name}:1"] == result.du_dt[i]
            assert numbers[f"local=∂f/∂{name}"] == numbers[f"cell={name}:0"] == result.df_du[i]
            assert numbers[f"term={name}"] == numbers[f"cell={name}:2"] == result.terms[i]
            assert numbers[f"cell={name}:3"] == pytest.approx(result.terms[: i + 1].sum(), abs=1e-12)
        assert (numbers["total=sum"], numbers["total=numeric"]) == (result.total, result.numeric)
        assert numbers["key=total"] == pytest.approx(result.total, abs=1e-12)
        assert scene.at(only(scene, "Curve")["number"]["value"]) == result.f
        assert scene.said("verdict") == verdict(result)


def test_a_link_between_two_positions_has_one_of_its_own():
    scene = SceneAt(whole_scene("2xy3", ("t2", "sin"), 0.123), 0.123)
    assert scene.numbers()["total=sum"] == evaluate("2xy3", ("t2", "sin"), 0.123).total
    positions = scene.scene["control"]["positions"]
    assert positions == sorted([*real("t").positions, 0.123])
    assert scene.scene["control"]["texts"][scene.place] == "0.123"


def test_the_slider_has_every_step_of_its_parameter():
    positions = real("t").positions
    assert (len(positions), positions[0], positions[60], positions[-1]) == (121, -3.0, 0.0, 3.0)
    assert positions[83] == 1.15


def test_edges_lead_along_their_path_and_have_its_product():
    for outer, inners in (("xyz", ("t", "t2", "decay")), ("sin", ("t",))):
        scene, result = scene_at(outer, inners, -0.75), evaluate(outer, inners, -0.75)
        network = only(scene, "Network")
        edges = [
            (e["start"], e["end"], e["number"]["name"], scene.at(e["product"])) for e in network["edges"]
        ]
        assert edges == [
            edge
            for name, term in zip(OUTERS[outer].variables, result.terms, strict=True)
            for edge in (("t", name, f"d{name}/dt", term), (name, "f", f"∂f/∂{name}", term))
        ]
        columns = {node["name"]: node["column"] for node in network["nodes"]}
        assert columns == {"t": 0, **dict.fromkeys(OUTERS[outer].variables, 1), "f": 2}


@pytest.mark.parametrize(("outer", "inners"), EVERY_OUTER, ids=str)
def test_bars_end_at_the_running_total(outer, inners):
    scene, result = scene_at(outer, inners, -0.75), evaluate(outer, inners, -0.75)
    bars = only(scene, "Bars")
    ends = [scene.at(bar["end"]) for bar in (*bars["bars"], bars["total"], bars["truth"])]
    sums = np.cumsum(result.terms)
    np.testing.assert_allclose(ends, [*sums, sums[-1], sums[-1]], atol=1e-8)
    assert [bar["label"] for bar in (*bars["bars"], bars["total"])] == [
        *(f"{c} via {n}" for c, n in zip("①②③", OUTERS[outer].variables, strict=False)),
        "sum df/dt",
    ]


def slopes(scene: SceneAt) -> dict[str, str]:
    """The lines through the point, as the legend calls them."""
    return {
        slope["name"]: scene.at(slope["label"]) + scene.text(slope["number"])
        for slope in only(scene, "Curve")["slopes"]
        if scene.at(slope["number"]["value"]) is not None
    }


def test_the_wrong_tangent_is_that_of_the_first_path_that_carries_something():
    assert slopes(scene_at("2xy3", ("t2", "sin"), 1.0)) == {
        "total": "tangent +4.68",
        "single": "① alone, +2.38",
    }
    assert slopes(scene_at("xyz", ("constant", "t", "cos"), 0.5))["single"] == "② alone, +1.76"


def test_no_second_line_where_one_path_is_enough():
    for outer, inners in (("sin", ("t2",)), ("2xy3", ("t2", "constant"))):
        assert set(slopes(scene_at(outer, inners, 1.0))) == {"total"}
    assert set(slopes(scene_at("2xy3", ("cos", "decay"), 0.0))) == {"total"}  # nor at this t
    assert set(slopes(scene_at("2xy3", ("cos", "decay"), 0.05))) == {"total", "single"}


def test_few_values_far_out_do_not_flatten_the_curve():
    assert usual_range(np.array([0.0, 1.0, 2.0, 3.0])) == (0.0, 3.0)
    low, high = usual_range(np.array([0.0, 1.0, 2.0, 3.0, 4.0, 1e6]))
    assert (low, high) == (1.0, 4.0)
    assert usual_range(np.full(5, 2.0)) == (2.0, 2.0)
    assert usual_range(np.array([2.0] * 5 + [3.0])) == (2.0, 3.0)


@pytest.mark.parametrize(("outer", "inners"), EVERY_OUTER, ids=str)
def test_formulas_become_mathml(outer, inners):
    scene = scene_at(outer, inners, 0.5)
    for markup in (mathml(example_formula(outer, inners)), *(f["mathml"] for f in scene.parts("Formula"))):
        assert markup.startswith("<math")
        assert "\\" not in re.sub("<[^>]*>", "", markup)
        assert "slot" not in re.sub("<[^>]*>", "", markup)
    for part in scene.parts("Formula"):
        slots = [int(slot) for slot in re.findall(r'data-slot="(\d+)"', part["mathml"])]
        assert sorted(slots) == list(range(len(part.get("numbers", []))))


def test_formulas_with_numbers():
    result = evaluate("2xy3", ("t2", "cos"), 1.0)
    assert scene_at("2xy3", ("t2", "cos"), 1.0).formulas() == [
        "(df)/(dt) = (∂f)/(∂x) · (dx)/(dt) + (∂f)/(∂y) · (dy)/(dt)",
        "(df)/(dt) = 2y^3 · 2t + 6xy^2 · (−sin\u2061 t)",
        f"(df)/(dt) = 0.315 · 2 + 1.75 · (−0.841) = {float(result.total):.3f}".replace("-", "−"),
        "(∂f)/(∂u) (∂u)/(∂t) = [2y^3, 6xy^2] [2t;−sin\u2061 t]",
        f"= [0.315, 1.75] [2;−0.841] = {float(result.total):.3f}".replace("-", "−"),
    ]


def said(outer: str, inners: str, t: float = 1.0) -> str:
    return verdict(evaluate(outer, inners.split(), t))


def test_verdict_of_the_prepared_examples():
    texts = [verdict(evaluate(preset.outer, preset.inners, preset.t)) for preset in PRESETS.values()]
    assert texts == [
        "The single-variable rule knows path ① only and says +2.38. Both paths sum to +4.68, and the numeric "
        "slope agrees, +4.68. One path alone is off by −2.30, 49\u00a0% of the true slope.",
        "The single-variable rule knows path ① only and says +1. Both paths sum to 0, and the numeric slope "
        "agrees, 0. The paths cancel: one alone is off by +1.",
        "Only x moves, y is constant: back to one path. The single-variable rule is right, through x: it "
        "says +32, and the numeric slope agrees, +32.",
        "The single-variable rule knows path ① only and says +0.368. All three paths sum to +0.736, and the "
        "numeric slope agrees, +0.736. One path alone is off by −0.368, 50\u00a0% of the true slope.",
        "The single-variable rule knows path ① only and says −0.909. Both paths sum to 0, and the numeric "
        "slope agrees, 0. The paths cancel: one alone is off by −0.909.",
        "One path: the single-variable rule says +1.08, and the numeric slope agrees, +1.08.",
    ]


def test_verdict_where_a_variable_does_not_move():
    assert said("2xy3", "constant sin") == (
        "Only y moves, x is constant: back to one path. The single-variable rule is right, through y: it "
        "says +4.59, and the numeric slope agrees, +4.59."
    )
    assert said("xyz", "constant t constant") == (
        "Only y moves, x and z are constant: back to one path. The single-variable rule is right, through "
        "y: it says +4, and the numeric slope agrees, +4."
    )
    assert said("xyz", "constant constant constant") == (
        "Nothing moves: x, y and z are constant, so df/dt is 0 at every t, and the numeric slope agrees, 0."
    )
    assert said("square", "constant") == (
        "Nothing moves: x is constant, so df/dt is 0 at every t, and the numeric slope agrees, 0."
    )
    assert said("xyz", "constant t cos", 0.5).startswith(
        "The single-variable rule knows path ② only and says +1.76. All three paths sum to +1.28, "
    )


def test_verdict_where_a_path_carries_nothing_at_this_t():
    assert said("2xy3", "cos decay", 0.0) == (
        "At t = 0 only path ② carries anything: the single-variable rule through y says −6, and the numeric "
        "slope agrees, −6.00. Here one path happens to be enough, but not the one through x."
    )
    assert said("xyz", "t cos cos", 0.0).endswith("but not the one through y or z.")
    assert said("2xy3", "t t2", 0.0) == (
        "At t = 0 both paths carry 0, so df/dt is 0, and the numeric slope agrees, 0."
    )
    assert said("xyz", "t t t", 0.0) == (
        "At t = 0 all three paths carry 0, so df/dt is 0, and the numeric slope agrees, 0."
    )


def test_verdict_where_paths_cancel_but_for_rounding():
    result = evaluate("2xy3", ("decay", "t"), 3.0)
    assert 0 < abs(result.total) < 1e-15
    assert verdict(result) == (
        "The single-variable rule knows path ① only and says −2.69. Both paths sum to 0, and the numeric "
        "slope agrees, 0. The paths cancel: one alone is off by −2.69."
    )
    assert said("xyz", "t t decay") == (
        "The single-variable rule knows path ① only and says +0.368. All three paths sum to +0.368, and the "
        "numeric slope agrees, +0.368. Here the other paths cancel each other, so one path happens to be "
        "enough."
    )


EVERY_EXAMPLE = [
    (outer, inners)
    for outer, function in OUTERS.items()
    for inners in product(INNERS, repeat=len(function.variables))
]


def test_verdict_of_every_example_fits_its_numbers():
    for outer, inners in EVERY_EXAMPLE:
        for t in (-3.0, -0.95, 0.0, 0.05, 1.0, 3.0):
            result = evaluate(outer, inners, t)
            text = verdict(result)
            terms, size = result.terms.tolist(), abs(result.terms).sum()
            total = 0.0 if abs(result.total) <= 1e-12 * size else float(result.total)
            first = next((term for term in terms if term), 0.0)
            enough = abs(first - total) <= 1e-12 * size
            assert "disagrees" not in text
            assert ("off by" in text) == (not enough), text
            assert (" % of the true slope" in text.replace("\u00a0", " ")) == (not enough and total != 0), (
                text
            )
            assert text.count(signed(first)) >= 1, text
            if len(terms) - inners.count("constant") == 1 < len(terms):
                assert f"is right, through {OUTERS[outer].variables[inners.index(moving_of(inners))]}" in text
            if not enough:
                assert f"sum to {signed(total)}, and" in text
                assert f"off by {signed(first - total)}" in text
                assert f"path {'①②③'[terms.index(first)]} only and says {signed(first)}." in text


def moving_of(inners) -> str:
    return next(inner for inner in inners if inner != "constant")


def test_the_scene_writes_no_rounding_noise():
    scene = scene_at("2xy3", ("decay", "t"), 3.0)
    bars = only(scene, "Bars")
    assert [scene.text(bars[which]["number"]) for which in ("total", "truth")] == ["0", "0"]
    assert scene.at(bars["alt"]) == "Products: via x −2.69; via y +2.69. Sum: 0. Numeric slope: 0."
    assert scene.at(only(scene, "Curve")["alt"]) == (
        "Curve of f from t = −3 to 3. At t = 3 its tangent has slope 0; the path through x alone would give "
        "−2.69."
    )
    assert all(scene.formulas()[place].endswith("= 0") for place in (2, 4))
    cells = {cell["name"]: scene.text(cell) for row in only(scene, "Table")["rows"] for cell in row["cells"]}
    assert (cells["x:3"], cells["y:3"]) == ("−2.69", "0")
    assert slopes(scene)["total"] == "tangent 0"
    scene = scene_at("2xy3", ("t2", "t2"), 0.05)  # small, and no noise
    assert scene.at(only(scene, "Bars")["alt"]).endswith("Sum: +1.25e−8. Numeric slope: +1.25e−8.")


def test_pictures_say_what_they_show():
    scene = scene_at("2xy3", ("t2", "sin"), -1.25)
    network, bars, curve = (scene.at(only(scene, kind)["alt"]) for kind in ("Network", "Bars", "Curve"))
    assert network == (
        "Two paths from t to f: through x: dx/dt −2.50, ∂f/∂x −1.71; through y: dy/dt +0.315, ∂f/∂y +8.44."
    )
    assert bars == "Products: via x +4.27; via y +2.66. Sum: +6.94. Numeric slope: +6.94."
    assert curve == (
        "Curve of f from t = −3 to 3. At t = −1.25 its tangent has slope +6.94; the path through x alone "
        "would give +4.27."
    )
    one = scene_at("sin", ("t",), 0.0)
    assert one.at(only(one, "Network")["alt"]) == ("One path from t to f: through x: dx/dt +1, ∂f/∂x +1.")
    alone = scene_at("xyz", ("constant", "t", "cos"), 0.5)
    assert "through y alone" in alone.at(only(alone, "Curve")["alt"])


def test_what_the_colours_mean():
    assert colours(evaluate("2xy3", ("t2", "sin"), 1.0)) == (
        "Colour of a path and of its bar: blue where the product is positive, orange where it is negative."
    )
    assert "where its product is positive" in colours(evaluate("sin", ("t",), 1.0))


def test_defaults_are_the_first_preset():
    preset = PRESETS["two-paths"]
    assert [PARAMETERS[key].default for key in "fxyt"] == [preset.outer, *preset.inners, preset.t]
    assert all(EARLIEST <= preset.t <= LATEST for preset in PRESETS.values())
    assert PARAMETERS["z"].default in INNERS
