"""Pictures and texts of the total derivative against the core."""

import re
from itertools import pairwise, product

import numpy as np
import pytest

from backprop.total_derivative import INNERS, OUTERS, PRESETS, curve, evaluate
from tests.markup import by_attribute, elements
from ui.draw.svg import sign_class
from ui.names.equations import mathml
from ui.names.numbers import short, signed
from ui.state.parameters import EARLIEST, LATEST, PARAMETERS
from ui.views.total_derivative.formulas import example_formula, ledger, sum_formulas, vector_formulas
from ui.views.total_derivative.picture import bars_svg, curve_svg, graph_svg
from ui.views.total_derivative.words import colours, verdict

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


def test_pictures_write_no_rounding_noise():
    result = evaluate("2xy3", ("decay", "t"), 3.0)
    whole = curve("2xy3", ("decay", "t"), np.linspace(EARLIEST, LATEST, 121))
    bars = bars_svg(result)
    assert by_attribute(bars, "data-total")["sum"].text == "0"
    assert by_attribute(bars, "data-total")["numeric"].text == "0"
    assert described(bars) == "Products: via x −2.69; via y +2.69. Sum: 0. Numeric slope: 0."
    assert described(curve_svg(result, whole)) == (
        "Curve of f from t = −3 to 3. At t = 3 its tangent has slope 0; the path through x alone would give "
        "−2.69."
    )
    assert "= 0" in sum_formulas(result)[2]
    assert vector_formulas(result)[1].endswith("= 0")
    assert [cell.text for key, cell in by_attribute(ledger(result), "data-cell").items() if ":3" in key] == [
        "−2.69",
        "0",
    ]


def described(picture: str) -> str:
    return next(e.attributes["aria-label"] for e in elements(picture) if "aria-label" in e.attributes)


def test_pictures_say_what_they_show():
    result = evaluate("2xy3", ("t2", "sin"), -1.25)
    whole = curve("2xy3", ("t2", "sin"), np.linspace(EARLIEST, LATEST, 121))
    assert described(graph_svg(result)) == (
        "Two paths from t to f: through x: dx/dt −2.50, ∂f/∂x −1.71; through y: dy/dt +0.315, ∂f/∂y +8.44."
    )
    assert described(graph_svg(evaluate("sin", ("t",), 0.0))) == (
        "One path from t to f: through x: dx/dt +1, ∂f/∂x +1."
    )
    assert described(bars_svg(result)) == (
        "Products: via x +4.27; via y +2.66. Sum: +6.94. Numeric slope: +6.94."
    )
    assert described(curve_svg(result, whole)) == (
        "Curve of f from t = −3 to 3. At t = −1.25 its tangent has slope +6.94; the path through x alone "
        "would give +4.27."
    )
    texts = [e.text for e in elements(curve_svg(result, whole)) if e.tag == "text"]
    assert texts[:3] == ["f(t)", "tangent +6.94", "① alone, +4.27"]
    alone = evaluate("xyz", ("constant", "t", "cos"), 0.5)
    whole = curve("xyz", ("constant", "t", "cos"), np.linspace(EARLIEST, LATEST, 121))
    texts = [e.text for e in elements(curve_svg(alone, whole)) if e.tag == "text"]
    assert texts[2] == "② alone, +1.76"
    assert "through y alone" in described(curve_svg(alone, whole))


def test_what_the_colours_mean():
    assert colours(evaluate("2xy3", ("t2", "sin"), 1.0)) == (
        "Colour of a path and of its bar: blue where the product is positive, orange where it is negative."
    )
    assert "where its product is positive" in colours(evaluate("sin", ("t",), 1.0))


@pytest.mark.parametrize(("outer", "inners"), EVERY_OUTER, ids=str)
def test_the_curve_is_drawn_upright_on_its_axes(outer, inners):
    ts = np.linspace(EARLIEST, LATEST, 121)
    whole = curve(outer, inners, ts)
    result = evaluate(outer, inners, -0.75)
    picture = elements(curve_svg(result, whole))
    (points,) = [e.attributes["points"] for e in picture if e.tag == "polyline"]
    drawn = np.array([list(map(float, point.split(","))) for point in points.split()])
    names = [e for e in picture if e.tag == "text" and e.attributes.get("text-anchor") == "end"]
    heights = {number_in(e.text): float(e.attributes["y"]) for e in names}
    assert 2 <= len(heights) <= 7
    (low, below), *_, (high, above) = sorted(heights.items())
    assert below > above  # up the page is up the axis
    values = low + (below - drawn[:, 1]) * (high - low) / (below - above)
    step = (high - low) / (below - above)  # of f, in a unit of the picture
    np.testing.assert_allclose(values, whole.f, rtol=3e-4, atol=0.12 * step)
    times = [e for e in picture if e.tag == "text" and e.attributes["text-anchor"] == "middle"]
    assert [e.text for e in times] == ["−3", "−2", "−1", "0", "1", "2", "3"]
    for e in times:
        assert float(e.attributes["x"]) == pytest.approx(
            np.interp(number_in(e.text), ts, drawn[:, 0]), abs=0.1
        )
        assert float(e.attributes["y"]) > max(heights.values())
    (dot,) = [e.attributes for e in picture if e.tag == "circle"]
    assert float(dot["cx"]) == pytest.approx(np.interp(-0.75, ts, drawn[:, 0]), abs=0.1)
    assert low + (below - float(dot["cy"])) * step == pytest.approx(
        result.f, abs=0.12 * step + 1e-5 * abs(high)
    )


def number_in(text: str) -> float:
    return float(text.replace("−", "-"))


@pytest.mark.parametrize(("outer", "inners"), EVERY_OUTER, ids=str)
def test_bars_are_as_long_as_their_products_and_on_the_right_side(outer, inners):
    result = evaluate(outer, inners, -0.75)
    drawn = elements(bars_svg(result))
    bars = [e for e in drawn if "data-bar" in e.attributes]
    assert len(bars) == len(result.terms) + 1
    ends = [0.0, *np.cumsum(result.terms)]
    spans = [*pairwise(ends), (0.0, ends[-1])]
    zero = next(float(e.attributes["d"][1:].split()[0]) for e in drawn if e.classes == {"bp-thin"})
    scale = 140 / ((max(ends) - min(ends)) or 2.0)
    for bar, (start, end) in zip(bars, spans, strict=True):
        left, width = float(bar.attributes["x"]), float(bar.attributes["width"])
        assert left == pytest.approx(zero + scale * min(start, end), abs=0.02)
        assert width == pytest.approx(max(scale * abs(end - start), 1.5), abs=0.02)
        assert sign_class(end - start) in bar.classes
    assert min(float(bar.attributes["x"]) for bar in bars) == pytest.approx(74, abs=70.1)
    rows = [float(bar.attributes["y"]) for bar in bars]
    assert rows == sorted(rows)
    names = [e for e in drawn if e.tag == "text" and e.text.startswith(("①", "②", "③", "sum"))]
    assert [e.text for e in names] == [
        *(f"{c} via {n}" for c, n in zip("①②③", OUTERS[outer].variables, strict=False)),
        "sum df/dt",
    ]
    for name, bar in zip(names, bars, strict=True):
        assert float(name.attributes["y"]) == pytest.approx(float(bar.attributes["y"]) + 10, abs=0.02)


@pytest.mark.parametrize(("outer", "inners"), EVERY_OUTER, ids=str)
def test_numbers_of_the_graph_lie_at_their_own_edge(outer, inners):
    result = evaluate(outer, inners, -0.75)
    drawn = elements(graph_svg(result))
    edges = [e for e in drawn if "bp-path" in e.classes]
    variables = OUTERS[outer].variables
    nodes = by_attribute(graph_svg(result), "data-node")
    places = {k: (float(e.attributes["x"]), float(e.attributes["y"])) for k, e in nodes.items()}
    numbers = by_attribute(graph_svg(result), "data-local")
    assert [e.text for e in nodes.values()] == [
        f"{name} = {short(value)}"
        for name, value in zip(("t", "f", *variables), (-0.75, result.f, *result.u), strict=True)
    ]
    for i, name in enumerate(variables):
        first, second = edges[2 * i : 2 * i + 2]
        for edge, (start, end) in ((first, ("t", name)), (second, (name, "f"))):
            assert sign_class(result.terms[i]) in edge.classes
            numbers_of_edge = [float(n) for n in re.findall(r"[\d.]+", edge.attributes["d"])]
            (x1, y1), (x2, y2) = numbers_of_edge[:2], numbers_of_edge[-2:]
            assert y1 == pytest.approx(places[start][1])
            assert y2 == pytest.approx(places[end][1])
            assert places[start][0] < x1 < x2 < places[end][0]
        for key, value, side in ((f"d{name}/dt", result.du_dt[i], -1), (f"∂f/∂{name}", result.df_du[i], 1)):
            assert numbers[key].text == signed(value)
            x, y = float(numbers[key].attributes["x"]), float(numbers[key].attributes["y"])
            assert (x - places[name][0]) * side > 0
            low, high = sorted((places["t"][1], places[name][1]))
            assert low - 13 <= y <= high + 13
            (lead,) = [e for e in drawn if e.tag == "text" and e.text == key]
            assert float(lead.attributes["y"]) < y


def test_a_constant_curve_is_drawn_flat():
    whole = curve("squares", ("cos", "sin"), np.linspace(EARLIEST, LATEST, 121))
    picture = curve_svg(evaluate("squares", ("cos", "sin"), 1.0), whole)
    (points,) = [e.attributes["points"] for e in elements(picture) if e.tag == "polyline"]
    assert len({point.split(",")[1] for point in points.split()}) == 1


def test_defaults_are_the_first_preset():
    preset = PRESETS["two-paths"]
    assert [PARAMETERS[key].default for key in "fxyt"] == [preset.outer, *preset.inners, preset.t]
    assert all(EARLIEST <= preset.t <= LATEST for preset in PRESETS.values())
    assert PARAMETERS["z"].default in INNERS
