"""Pictures and texts of the total derivative against the core."""

import re
from itertools import pairwise

import numpy as np
import pytest

from backprop.total_derivative import INNERS, OUTERS, PRESETS, curve, evaluate
from tests.markup import by_attribute, elements
from ui.equations import mathml
from ui.total_derivative import DEFAULT_T, DEFAULTS, EARLIEST, LATEST
from ui.total_derivative_svg import bars_svg, curve_svg, graph_svg
from ui.total_derivative_texts import example_formula, ledger, sum_formulas, vector_formulas, verdict

TIMES = (EARLIEST, -1.25, 0.0, 1.0, LATEST)
EVERY_OUTER = [
    (outer, tuple(list(INNERS)[(start + 2 * i) % len(INNERS)] for i in range(len(function.variables))))
    for outer, function in OUTERS.items()
    for start in range(len(INNERS))
]


@pytest.mark.parametrize(("outer", "inners"), EVERY_OUTER, ids=str)
def test_pictures_hold_the_numbers_of_the_core(outer, inners):
    whole = curve(outer, inners, np.linspace(EARLIEST, LATEST, 121))
    for t in TIMES:
        result = evaluate(outer, inners, t)
        names = OUTERS[outer].variables
        local = by_attribute(graph_svg(result), "data-local")
        nodes = by_attribute(graph_svg(result), "data-node")
        bars = by_attribute(bars_svg(result), "data-term")
        totals = by_attribute(bars_svg(result), "data-total")
        assert (nodes["t"].value, nodes["f"].value) == (t, result.f)
        for i, name in enumerate(names):
            assert nodes[name].value == result.u[i]
            assert local[f"d{name}/dt"].value == result.du_dt[i]
            assert local[f"∂f/∂{name}"].value == result.df_du[i]
            assert bars[name].value == result.terms[i]
        assert totals["sum"].value == result.total
        assert totals["numeric"].value == result.numeric
        picture = curve_svg(result, whole)
        assert "nan" not in picture + graph_svg(result) + bars_svg(result)
        assert verdict(result)


def test_no_edge_is_drawn_over_a_number():
    drawn = elements(graph_svg(evaluate("xyz", ("t", "t2", "decay"), 1.0)))
    edges = [i for i, e in enumerate(drawn) if "bp-path" in e.classes]
    numbers = [i for i, e in enumerate(drawn) if "data-local" in e.attributes]
    assert (len(edges), len(numbers)) == (6, 6)
    assert max(edges) < min(numbers)


def slope_of(path: str) -> float:
    (x1, y1), (x2, y2) = (map(float, point.split(",")) for point in path[1:].split("L"))
    return (y1 - y2) / (x2 - x1)


def test_tangent_touches_the_curve_and_the_wrong_line_does_not():
    outer, inners = "2xy3", ("t2", "sin")
    whole = curve(outer, inners, np.linspace(EARLIEST, LATEST, 121))
    result = evaluate(outer, inners, 1.0)
    picture = curve_svg(result, whole)
    lines = by_attribute(picture, "data-slope")
    (points,) = [e.attributes["points"] for e in elements(picture) if e.tag == "polyline"]
    places = [tuple(map(float, point.split(","))) for point in points.split()]
    (x1, y1), (x2, y2) = places[79], places[81]  # t = 0.95 and 1.05
    assert slope_of(lines["total"].attributes["d"]) == pytest.approx((y1 - y2) / (x2 - x1), rel=0.05)
    assert slope_of(lines["total"].attributes["d"]) > 0  # up the page is up the axis
    (dot,) = [e.attributes for e in elements(picture) if e.tag == "circle"]
    assert (float(dot["cx"]), float(dot["cy"])) == pytest.approx(places[80], abs=0.1)
    ratio = slope_of(lines["single"].attributes["d"]) / slope_of(lines["total"].attributes["d"])
    assert ratio == pytest.approx(result.single_variable / result.total, rel=0.02)


def test_no_second_line_where_one_path_is_enough():
    for outer, inners in (("sin", ("t2",)), ("2xy3", ("t2", "constant"))):
        whole = curve(outer, inners, np.linspace(EARLIEST, LATEST, 121))
        assert set(by_attribute(curve_svg(evaluate(outer, inners, 1.0), whole), "data-slope")) == {"total"}


def test_bars_begin_where_the_last_one_ended():
    for preset in PRESETS.values():
        result = evaluate(preset.outer, preset.inners, preset.t)
        *paths, total = [e for e in elements(bars_svg(result)) if "data-bar" in e.attributes]
        assert [float(e.attributes["data-bar"]) for e in paths] == pytest.approx(list(result.terms))
        spans = [(float(e.attributes["x"]), float(e.attributes["width"])) for e in paths]
        ends = []
        for bar, (x, width) in zip(paths, spans, strict=True):
            ends.append((x, x + width) if float(bar.attributes["data-bar"]) >= 0 else (x + width, x))
        for (_, end), (start, _) in pairwise(ends):
            assert end == pytest.approx(start, abs=2)
        assert float(total.attributes["data-bar"]) == pytest.approx(result.total)


def test_ledger_adds_up():
    result = evaluate("xyz", ("t", "t2", "cos"), 0.7)
    cells = {key: element.value for key, element in by_attribute(ledger(result), "data-cell").items()}
    for i, name in enumerate("xyz"):
        assert cells[f"{name}:2"] == pytest.approx(cells[f"{name}:0"] * cells[f"{name}:1"])
        assert cells[f"{name}:3"] == pytest.approx(result.terms[: i + 1].sum())
    assert cells["z:3"] == pytest.approx(result.total)


@pytest.mark.parametrize(("outer", "inners"), EVERY_OUTER, ids=str)
def test_formulas_become_mathml(outer, inners):
    result = evaluate(outer, inners, 0.5)
    for latex in (example_formula(outer, inners), *sum_formulas(result), *vector_formulas(result)):
        markup = mathml(latex)
        assert markup.startswith("<math")
        assert "\\" not in re.sub("<[^>]*>", "", markup)


def test_formulas_with_numbers():
    result = evaluate("2xy3", ("t2", "cos"), 1.0)
    assert sum_formulas(result)[1] == r"\frac{df}{dt} = 2y^3 \cdot 2t + 6xy^2 \cdot (-\sin t)"
    assert sum_formulas(result)[2] == (
        r"\frac{df}{dt} = 0.315 \cdot 2 + 1.75 \cdot (-0.841) = " + f"{float(result.total):.3f}"
    )


def test_verdict_says_how_wrong_one_path_is():
    def said(preset):
        chosen = PRESETS[preset]
        return verdict(evaluate(chosen.outer, chosen.inners, chosen.t))

    assert said("two-paths") == (
        "The single-variable rule knows path ① only and says +2.38. Both paths sum to +4.68, and the numeric "
        "slope agrees, +4.68. One path alone is off by −2.30, 49\u00a0% of the true slope."
    )
    assert (
        "Both paths sum to 0, and the numeric slope agrees, 0. The paths cancel: one alone is off by +1."
        in (said("cancel"))
    )
    assert said("one-path").endswith("Here the other path adds 0, so one path happens to be enough.")
    assert "All three paths sum to" in said("three-paths")
    assert "The paths cancel" in said("circle")
    assert said("single").startswith("One path: the single-variable rule says")


def test_a_constant_curve_is_drawn_flat():
    whole = curve("squares", ("cos", "sin"), np.linspace(EARLIEST, LATEST, 121))
    picture = curve_svg(evaluate("squares", ("cos", "sin"), 1.0), whole)
    (points,) = [e.attributes["points"] for e in elements(picture) if e.tag == "polyline"]
    assert len({point.split(",")[1] for point in points.split()}) == 1


def test_defaults_are_the_first_preset():
    preset = PRESETS["two-paths"]
    assert (DEFAULTS["f"], (DEFAULTS["x"], DEFAULTS["y"]), DEFAULT_T) == (
        preset.outer,
        preset.inners,
        preset.t,
    )
    assert all(EARLIEST <= preset.t <= LATEST for preset in PRESETS.values())
    assert DEFAULTS["z"] in INNERS
