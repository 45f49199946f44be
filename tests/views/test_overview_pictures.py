"""The pictures of the overview against the core."""
# ruff: noqa: E501 - a sentence on one line can be searched for

import itertools
import re
from xml.etree import ElementTree

import numpy as np
import pytest

from backprop import numerical_derivative
from tests.draw.pictures import boxes, lines, placed
from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from ui.draw.network_svg import network_svg
from ui.draw.svg import label, scripts, tag
from ui.names.numbers import short, signed
from ui.names.timeline import timeline
from ui.state.captions import typed_entries
from ui.state.data import FEATURES, SPECIES, describe_flower
from ui.steps.thesis import thesis_of, thesis_sentence
from ui.views.overview.page_map import page_map
from ui.views.overview.pass_map import pass_map
from ui.views.overview.sections import _network_markup, _thesis_markup
from ui.views.overview.thesis_svg import all_paths_svg, one_path_svg, sum_svg

VIEWS = [
    {},
    {"flower": 0, "seed": 3, "act": "tanh", "hidden": "6-5"},
    {"flower": 133, "out": "sigmoid", "hidden": "1"},
    {"flower": 60, "out": "identity", "act": "identity", "hidden": "4-4-4-4"},
    {"hidden": "16-16-16-16", "out": "sigmoid-squared"},
]


STOPS = """
x4
z1 = W1 x + b15
a1 = relu(z1)5
z2 = W2 a1 + b23
a2 = softmax(z2)3
C = cross-entropy(a2, y)1 number
I. ∂C/∂a23
II. ∂a2/∂z23 × 3
III. ∂z2/∂W23 × 3 × 5
IV. ∂C/∂z233 paths summed
V. dC/dW23 × 5
VI. dC/db23
I. ∂z2/∂a13 × 5
II. ∂C/∂a153 paths summed
III. ∂a1/∂z15 × 5
IV. ∂C/∂z15
V. ∂z1/∂W15 × 5 × 4
VI. dC/dW1, dC/db15 × 4 and 5
W2, b23 × 5 and 3
W1, b15 × 4 and 5
C again1 number
"""


@pytest.fixture(params=VIEWS, ids=str)
def settings(request):
    return settings_of(**request.param)


@pytest.fixture
def step(settings):
    return step_of(settings)


def test_nodes_show_the_values_of_the_core(step):
    nodes = by_attribute(network_svg(step), "data-node")
    expected = {f"x:{i}": v for i, v in enumerate(step.tape["x"])} | {"C:0": step.loss_before}
    for layer in range(1, step.config.depth + 1):
        expected |= {f"a{layer}:{i}": v for i, v in enumerate(step.tape[f"a{layer}"])}
    assert {name: node.value for name, node in nodes.items()} == expected


def test_edges_are_the_weights_one_by_one_or_bundled(step):
    markup = network_svg(step)
    edges = by_attribute(markup, "data-edge")
    for layer, W in enumerate(step.params.weights, start=1):
        single = {name: edge for name, edge in edges.items() if name.startswith(f"W{layer}:")}
        if W.size <= 80:
            assert {name: edge.value for name, edge in single.items()} == {
                f"W{layer}:{k}:{j}": w for (k, j), w in np.ndenumerate(W)
            }
            assert all(("bp-pos" in edge.classes) == (edge.value > 0) for edge in single.values())
        else:
            assert single == {}
    lines = sum(e.attributes["d"].count("M") for e in elements(markup) if e.classes & {"bp-pos", "bp-neg"})
    assert lines == sum(W.size for W in step.params.weights)


def test_network_names_inputs_outputs_and_target(step):
    markup = network_svg(step, marked="a1:0")
    texts = [element.text for element in elements(markup) if element.tag == "text"]
    assert set(FEATURES) | set(SPECIES) <= set(texts)
    at_target = texts.index("target, y = 1")
    assert texts[at_target - 1] == SPECIES[int(step.tape["y"].argmax())]
    assert texts.count("target, y = 1") == 1
    (marked,) = [e for e in elements(markup) if "bp-marked" in e.classes]
    assert signed(step.tape["z1"][0]) in marked.text


def test_off_units_are_dashed_and_said_to_be_off():
    step = step_of(settings_of())
    off = [e for e in elements(network_svg(step)) if "bp-off" in e.classes]
    assert len(off) == (step.tape["z1"] <= 0).sum() == 1
    assert "0, off" in off[0].text
    tanh = step_of(settings_of(act="tanh"))
    assert "bp-off" not in network_svg(tanh)


def test_nothing_lies_outside_the_picture(step):
    for markup in (
        network_svg(step),
        *(draw(thesis_of(step)) for draw in (one_path_svg, all_paths_svg, sum_svg)),
    ):
        svg = ElementTree.fromstring(markup)
        _, _, width, height = map(float, svg.attrib["viewBox"].split())
        for text in svg.iter("text"):
            assert 0 <= float(text.attrib["x"]) <= width
            assert 6 <= float(text.attrib["y"]) <= height - 6
        boxes = [{k: float(v) for k, v in b.attrib.items() if k != "class"} for b in svg.iter("rect")]
        assert all(box["y"] >= 0 and box["y"] + box["height"] <= height for box in boxes)
        columns = {}
        for box in boxes:
            columns.setdefault(round(box["x"] + box["width"] / 2), []).append(
                (box["y"], box["y"] + box["height"])
            )
        for column in columns.values():
            column.sort()
            assert all(above[1] < below[0] for above, below in itertools.pairwise(column))
        assert svg.attrib["role"] == "img"
        assert len(svg.attrib["aria-label"]) > 20


def test_thesis_numbers_equal_the_core(step):
    thesis = thesis_of(step)
    vjp_step = step.vjp(thesis.output, thesis.wrt)
    j = thesis.unit
    assert (thesis.output, thesis.wrt) == (f"z{step.config.depth}", f"a{step.config.depth - 1}")
    assert thesis.products == tuple(vjp_step.path_terms[:, j])
    assert thesis.total == vjp_step.cotangent[j]
    numeric, judged = numerical_derivative(step.config, step.tape, thesis.wrt)
    assert judged[j]
    assert thesis.numeric == numeric[j]
    edges = by_attribute(all_paths_svg(thesis), "data-edge")
    layer = thesis.output[1:]
    assert {n: e.value for n, e in edges.items()} == {
        f"W{layer}:{k}:{j}": w for k, w in enumerate(step.params[f"W{layer}"][:, j])
    }
    upstream = by_attribute(all_paths_svg(thesis), "data-upstream")
    assert [e.value for e in upstream.values()] == list(step.cotangent(thesis.output))
    terms = by_attribute(sum_svg(thesis), "data-path")
    assert [e.value for e in terms.values()] == list(vjp_step.path_terms[:, j])
    assert by_attribute(sum_svg(thesis), "data-cotangent")[f"{thesis.wrt}:{j}"].value == thesis.total
    assert by_attribute(sum_svg(thesis), "data-numeric")[f"{thesis.wrt}:{j}"].value == thesis.numeric
    (single,) = by_attribute(one_path_svg(thesis), "data-path").values()
    assert single.value == thesis.products[thesis.single]


@pytest.mark.parametrize("flower", [50, 83, 101, 120, 149])
def test_the_most_telling_unit_and_path_are_chosen(flower):
    step = step_of(settings_of(flower=flower))
    terms, on = step.vjp("z2", "a1").path_terms, step.tape["z1"] > 0
    mixed = (terms < 0).any(axis=0) & (terms > 0).any(axis=0)
    size = np.where(on & mixed, np.abs(terms).sum(axis=0), -1)
    assert size.max() > 0
    thesis = thesis_of(step)
    assert thesis.unit == size.argmax()
    rest = [abs(sum(np.delete(terms[:, thesis.unit], k))) for k in range(3)]  # what one path alone leaves out
    assert thesis.single == int(np.argmax(rest))


def test_an_off_unit_is_chosen_only_where_no_unit_is_on():
    chosen_off = 0
    for flower in range(0, 150, 5):
        for seed in range(6):
            step = step_of(settings_of(flower=flower, seed=seed, hidden="2"))
            off = step.tape["z1"] <= 0
            if off[thesis_of(step).unit]:
                assert off.all()
                chosen_off += 1
    assert chosen_off


def test_the_sentence_tells_the_numbers():
    thesis = thesis_of(step_of(settings_of()))
    one, total = signed(thesis.products[thesis.single]), signed(thesis.total)
    assert thesis_sentence(thesis) == (
        f"Path ③, the one that misleads most, says {one}. The sum of all 3 paths is {total}, and the numeric "
        "slope agrees."
    )
    wrong = type(thesis)(**{f: getattr(thesis, f) for f in thesis.__slots__} | {"total": thesis.total + 0.1})
    assert thesis_sentence(wrong) == (
        f"Path ③, the one that misleads most, says {one}. The sum of all 3 paths is {signed(wrong.total)}, "
        f"and the numeric slope disagrees: {signed(wrong.numeric)}."
    )
    why = {"numeric": None, "unjudged": "the step is lost"}
    unjudged = type(thesis)(**{f: getattr(thesis, f) for f in thesis.__slots__} | why)
    assert thesis_sentence(unjudged).endswith(f" is {total}. Numeric slope not judged: the step is lost.")
    assert "data-numeric" not in sum_svg(unjudged)


def test_map_links_every_step_with_its_shape(settings, step):
    links = [e for e in elements(pass_map(settings, step)) if e.tag == "a" and "bp-button" not in e.classes]
    stops = timeline(settings.config)
    at = [int(re.search(r"step=(\d+)", e.attributes["href"])[1]) for e in links]
    assert sorted(at) == list(range(len(stops)))
    shapes = [e.text for e in elements(pass_map(settings, step)) if "bp-shape" in e.classes]
    last = step.config.depth
    m, n = step.params.weights[-1].shape
    shape_of = {stops[number].id: shape for number, shape in zip(at, shapes, strict=True)}
    assert shape_of[f"{last}.III"] == f"{m} × {m} × {n}"
    assert shape_of[f"{last}.V"] == f"{m} × {n}"
    assert shape_of["x"] == "4"
    assert shape_of["C"] == "1 number"
    assert (
        shape_of["1.VI"] == " × ".join(map(str, step.params["W1"].shape)) + f" and {step.params['b1'].size}"
    )
    many = [e.text for e in elements(pass_map(settings, step)) if "bp-paths" in e.classes]
    assert len(many) == sum(v.paths > 1 for v in step.vjp_steps if v.wrt != "x" and v.wrt[0] in "az")


def test_text_is_escaped():
    assert tag("g", label(0, 0, "<script>&"), aria_label='"<') == (
        '<g aria-label="&quot;&lt;"><text x="0" y="0" dy="0.35em" text-anchor="middle">'
        "&lt;script&gt;&amp;</text></g>"
    )
    assert scripts("<z²₁ & a¹ₖ>") == "&lt;z<sup>2</sup><sub>1</sub> &amp; a<sup>1</sup><sub>k</sub>&gt;"
    assert [e.text for e in elements(scripts("(11)") + scripts("(17)")) if "bp-circle" in e.classes] == [
        "(11)"
    ]


def test_every_weight_leads_from_its_unit_to_its_unit():
    markup = network_svg(step_of(settings_of(hidden="6-5")))
    nodes = {node: float(e.attributes["y"]) for node, e in by_attribute(markup, "data-node").items()}
    for edge, line in by_attribute(markup, "data-edge").items():
        layer, k, j = (int(part) for part in edge.removeprefix("W").split(":"))
        below = f"a{layer - 1}" if layer > 1 else "x"
        _, start, *_, end = (float(part) for part in re.findall(r"-?[\d.]+", line.attributes["d"]))
        assert start == pytest.approx(nodes[f"{below}:{j}"], abs=0.01)
        assert end == pytest.approx(nodes[f"a{layer}:{k}"], abs=0.01)


# --- names, places and sizes --------------------------------------------------------------------------


def texts_of(markup, tag="text"):
    return [element.text for element in elements(markup) if element.tag == tag]


def test_columns_of_the_network_are_named_where_they_stand():
    assert placed(network_svg(step_of(settings_of())))[:6] == [
        ("input x", 152, 9, "middle"),
        ("standardised", 152, 31, "middle"),
        ("hidden a1", 449, 9, "middle"),
        ("relu(z1)", 449, 31, "middle"),
        ("output a2", 746, 9, "middle"),
        ("softmax(z2)", 746, 31, "middle"),
    ]
    deep = placed(network_svg(step_of(settings_of(hidden="6-5", act="tanh", out="sigmoid"))))
    assert [text for text, *_ in deep[:8]] == [
        "input x", "standardised", "hidden 1 a1", "tanh(z1)", "hidden 2 a2", "tanh(z2)", "output a3", "sigmoid(z3)",
    ]  # fmt: skip
    assert [x for _, x, *_ in deep[:8:2]] == [152, 350, 548, 746]
    textbook = placed(network_svg(step_of(settings_of(data="textbook", hidden="2"))))
    assert [text for text, *_ in textbook[:2]] == ["input x", "as given"]


def test_units_stand_evenly_around_the_middle_in_boxes_that_fit():
    for hidden, height, pitches, sizes in [
        ("5", 302, (62.5, 50, 64), ((104, 32),) * 3),
        ("16", 356, (64, 19, 64), ((104, 32), (54, 16), (104, 32))),
        ("6-5-4", 302, (62.5, 250 / 6, 50, 62.5, 64), ((72, 32),) * 5),
        ("8-8", 302, (62.5, 31.25, 31.25, 64), ((104, 32), (104, 28.25), (104, 28.25), (104, 32))),
        ("9", 302, (62.5, 250 / 9, 64), ((104, 32), (54, 250 / 9 - 3), (104, 32))),
    ]:
        step = step_of(settings_of(hidden=hidden))
        svg = ElementTree.fromstring(network_svg(step))
        assert svg.attrib["viewBox"] == f"0 0 1000 {height}"
        *rects, cost = list(svg.iter("rect"))
        for layer, size in enumerate(step.config.layer_sizes):
            mine, rects = rects[:size], rects[size:]
            centres = [float(r.attrib["y"]) + float(r.attrib["height"]) / 2 for r in mine]
            assert np.diff(centres) == pytest.approx([min(64, pitches[layer])] * (size - 1), abs=0.02)
            assert sum(centres) / size == pytest.approx((46 + height - 6) / 2, abs=0.01)
            width, tall = (float(mine[0].attrib[k]) for k in ("width", "height"))
            assert (width, tall) == pytest.approx(sizes[layer], abs=0.01)
        assert rects == []
        assert (float(cost.attrib["x"]), float(cost.attrib["width"])) == (954 - 39, 78)


def test_names_of_units_stand_inside_and_those_of_inputs_and_outputs_beside():
    step = step_of(settings_of())
    shown = placed(network_svg(step))
    assert shown[6:8] == [("x1", 110, 77.25, "start"), ("−1.14", 194, 77.25, "end")]
    assert ("a15", 407, 271, "start") in shown
    assert ("sepal length", 92, 77.25, "end") in shown
    assert ("setosa", 806, 98, "start") in [(t, x, round(y), a) for t, x, y, a in shown]
    assert [text for text, *_ in shown[-13:]] == [
        *FEATURES, "setosa", "y = 0", "versicolor", "y = 0", "virginica", "target, y = 1", "cost C", "cross-entropy",
        short(step.loss_before),
    ]  # fmt: skip


def test_titles_of_units_and_weights():
    step = step_of(settings_of())
    titles = texts_of(network_svg(step), "title")
    W1, W2 = step.params.weights
    assert titles[:20] == [
        f"W¹, to unit {k + 1} from {j + 1}: {signed(W1[k, j])}" for k in range(5) for j in range(4)
    ]
    assert titles[20:35] == [
        f"W², to unit {k + 1} from {j + 1}: {signed(W2[k, j])}" for k in range(3) for j in range(5)
    ]
    below = "₁₂₃₄₅"
    x, z, a = step.tape["x"], step.tape["z1"], step.tape["a1"]
    assert titles[35:39] == [
        f"x{below[i]}, {FEATURES[i]}: {signed(x[i])} standard deviations" for i in range(4)
    ]
    assert titles[39:44] == [f"z¹{below[j]} = {signed(z[j])}, a¹{below[j]} = {short(a[j])}" for j in range(5)]
    z, a = step.tape["z2"], step.tape["a2"]
    assert titles[44:] == [f"z²{below[k]} = {signed(z[k])}, a²{below[k]} = {short(a[k])}" for k in range(3)]


def test_inputs_that_were_typed_are_no_standardised_measurements():
    edited = settings_of(edit="x_1_7~x_3_0.05")
    markup = network_svg(step_of(edited), typed=typed_entries(edited, "x"))
    assert texts_of(markup)[1] == "standardised or typed"
    titles = texts_of(markup, "title")
    assert titles[35] == "x₁, sepal length: 7"
    assert titles[36].endswith(" standard deviations")
    assert titles[37] == "x₃, petal length: 0.05"
    nodes = by_attribute(markup, "data-node")
    assert [nodes[f"x:{i}"].text for i in (0, 2)] == ["7", "0.05"]
    assert "The network on this example. Inputs: sepal length +7, " in markup
    everything = settings_of(edit="x_1_1~x_2_2~x_3_3~x_4_4")
    markup = network_svg(step_of(everything), typed=typed_entries(everything, "x"))
    assert texts_of(markup)[1] == "as typed"
    assert "standard deviations" not in markup
    textbook = network_svg(step_of(settings_of(data="textbook", hidden="2")))
    assert texts_of(textbook, "title")[8:10] == ["x₁, input 1: 0.05", "x₂, input 2: 0.1"]


def test_the_network_for_people_who_cannot_see_it():
    step = step_of(settings_of(hidden="6-5"))
    x, a = step.tape["x"], step.tape["a3"]
    inputs = ", ".join(f"{name} {signed(v)}" for name, v in zip(FEATURES, x, strict=True))
    outputs = ", ".join(f"{name} {short(v)}" for name, v in zip(SPECIES, a, strict=True))
    assert ElementTree.fromstring(network_svg(step)).attrib["aria-label"] == (
        f"The network on this flower. Inputs: {inputs}. Hidden units: 6, 5. Outputs: {outputs}. Target: virginica. "
        f"Cost: {short(step.loss_before)}."
    )


def test_widths_of_weights_are_their_sizes():
    step = step_of(settings_of())
    W = step.params.weights[0]
    edges = by_attribute(network_svg(step), "data-edge")
    for (k, j), weight in np.ndenumerate(W):
        width = float(edges[f"W1:{k}:{j}"].attributes["stroke-width"])
        assert width == pytest.approx(0.6 + 3.9 * abs(weight) / abs(W).max(), abs=0.006)
    big = step_of(settings_of(hidden="16-16-16-16"))
    bundles = [e for e in elements(network_svg(big)) if e.tag == "path" and "stroke-width" in e.attributes]
    single = sum("data-edge" in e.attributes for e in bundles)
    assert single == sum(W.size for W in big.params.weights if W.size <= 80) == 112
    W = big.params.weights[1]
    mine = [e for e in bundles if "data-edge" not in e.attributes][:8]
    sizes = np.minimum(3, (4 * abs(W) / abs(W).max()).astype(int))
    counts = {
        (sign, f"{0.4 + 0.6 * n:.1f}".rstrip("0").rstrip(".")): int(((sizes == n) & (W * way > 0)).sum())
        for sign, way in (("bp-neg", -1), ("bp-pos", 1))
        for n in range(4)
    }
    shown = {
        (e.attributes["class"], e.attributes["stroke-width"]): e.attributes["d"].count("M") for e in mine
    }
    assert shown == counts


# --- the pictures of the thesis -----------------------------------------------------------------------


def test_texts_of_the_three_pictures():
    step = step_of(settings_of())
    u, w = step.cotangent("z2"), step.params.weights[1][:, 0]
    p = step.vjp("z2", "a1").path_terms[:, 0]
    product = [f"{'①②③'[k]} {signed(u[k])} · {signed(w[k])} = {signed(p[k])}" for k in range(3)]
    thesis = thesis_of(step)
    nodes = [text for k in range(3) for text in (f"{'①②③'[k]} z2{k + 1}", SPECIES[k])]
    assert texts_of(one_path_svg(thesis)) == [
        "One path: the single-variable chain rule", signed(w[2]), signed(u[2]), "a11", "C", *nodes, product[2],
    ]  # fmt: skip
    factors = [text for k in range(3) for text in (signed(w[k]), signed(u[k]))]
    assert texts_of(all_paths_svg(thesis)) == [
        "Three paths summed: the total derivative", *factors, "a11", "C", *nodes,
    ]  # fmt: skip
    terms = [
        text for k in range(3) for text in ("①②③"[k], f"{signed(u[k])} · {signed(w[k])} =", signed(p[k]))
    ]
    total = signed(step.cotangent("a1")[0])
    assert texts_of(sum_svg(thesis)) == [
        "positive", "negative number on the line", "∂C/∂z2k · ∂z2k/∂a11 = product", *terms, "sum = ∂C/∂a11",
        "numeric slope, for comparison", total, total,
    ]  # fmt: skip
    described = [
        ElementTree.fromstring(draw(thesis)).attrib["aria-label"]
        for draw in (one_path_svg, all_paths_svg, sum_svg)
    ]
    assert described == [
        f"One path from a¹₁ to the cost, by the single-variable rule: {product[2]}.",
        "3 paths from a¹₁ to the cost.",
        f"The paths' products: {'; '.join(product)}. Their sum is {total}.",
    ]
    two = thesis_of(step_of(settings_of(data="textbook", hidden="2")))
    assert texts_of(all_paths_svg(two))[0] == "Two paths summed: the total derivative"


@pytest.mark.parametrize(
    "view", [{}, {"flower": 55, "seed": 8}, {"flower": 133, "out": "sigmoid", "seed": 3}]
)
def test_a_line_has_the_colour_of_the_number_on_it(view):
    thesis = thesis_of(step_of(settings_of(**view)))
    lines = [e.classes - {"bp-path"} for e in elements(all_paths_svg(thesis)) if "bp-path" in e.classes]
    numbers = [n for k in range(3) for n in (thesis.weights[k], thesis.upstream[k])]
    assert lines == [{"bp-pos" if n > 0 else "bp-neg"} for n in numbers]
    listed = [e.classes - {"bp-path"} for e in elements(sum_svg(thesis)) if "bp-path" in e.classes]
    assert listed[:2] == [{"bp-pos"}, {"bp-neg"}]
    assert listed[2:] == [{"bp-pos" if n > 0 else "bp-neg"} for n in thesis.products]


def test_only_the_path_that_is_taken_is_drawn_in_full():
    markup = one_path_svg(thesis_of(step_of(settings_of())))
    unused = [e.text for e in elements(markup) if "bp-unused" in e.classes and e.tag == "g"]
    assert unused == ["① z21", "② z22"]
    assert "bp-unused" not in all_paths_svg(thesis_of(step_of(settings_of())))


def test_sums_stand_evenly_around_the_middle():
    for hidden, data, ys in [("5", "iris", [48, 103, 158]), ("2", "textbook", [63, 143])]:
        thesis = thesis_of(step_of(settings_of(hidden=hidden, data=data)))
        rects = list(ElementTree.fromstring(all_paths_svg(thesis)).iter("rect"))
        centres = [float(r.attrib["y"]) + float(r.attrib["height"]) / 2 for r in rects]
        assert centres == [103, 103, *ys]
        lefts = [float(r.attrib["x"]) for r in rects]
        assert lefts == [4, 308, *[155] * len(ys)]


def test_legend_of_the_network_and_what_stands_around_the_pictures():
    settings = settings_of()
    keys = [e.text for e in elements(_network_markup(settings)) if "bp-key" in e.classes]
    assert keys == ["positive weight", "negative weight", "thicker: larger", "the unit examined below"]
    assert [e.text for e in elements(_network_markup(settings)) if e.tag == "strong"] == [
        describe_flower(106)
    ]
    (marked,) = [e for e in elements(_network_markup(settings)) if "bp-marked" in e.classes]
    assert "a11" in marked.text
    paragraphs = [e.text for e in elements(_thesis_markup(settings)) if e.tag == "p"]
    thesis = thesis_of(step_of(settings))
    assert paragraphs[0] == thesis_sentence(thesis)
    assert len(paragraphs) == 2
    assert [e.text for e in elements(_thesis_markup(settings)) if e.tag == "a"] == ["See this step →"]


# --- the maps -----------------------------------------------------------------------------------------


def test_words_of_the_map():
    settings = settings_of()
    markup = pass_map(settings, step_of(settings))
    assert texts_of(markup, "h2") == ["The map of the pass", "Where to begin"]
    assert texts_of(markup, "h3") == ["Forward", "Backward", "Update"]
    assert texts_of(markup, "h4") == ["Output layer", "Hidden layer 1"]
    assert texts_of(markup, "p") == [
        "From the flower to the cost: 6 steps, one after another.",
        "How the cost reacts, from the last layer to the first; each hidden layer starts from the ∂C/∂z of the layer after it.",
        "Each parameter moves against its gradient: W ← W − η dC/dW.",
    ]
    beginnings = markup.split("bp-begin")[1]
    begin = [e for e in elements(f"<ul {beginnings}") if e.tag in ("a", "span")]
    assert [e.text for e in begin] == [
        "Walkthrough",
        "New to this? Step from the flower to the new weights with the → key.",
        "The sum over three paths",
        "Know the chain rule? Go straight to ∂C/∂a1: one path will not do.",
        "Jacobians",
        "Wonder why one rule needs a sum and another does not? See it in the zeros of each Jacobian.",
    ]
    edited = settings_of(edit="x_1_7")
    assert "From the example to the cost" in pass_map(edited, step_of(edited))
    assert "Step from the example to the new weights" in pass_map(edited, step_of(edited))
    two = settings_of(data="textbook", hidden="2")
    assert "The sum over two paths" in pass_map(two, step_of(two))


def test_stops_of_the_map_with_formula_shape_and_paths():
    settings = settings_of()
    markup = pass_map(settings, step_of(settings))
    stops = [e.text for e in elements(markup) if e.tag == "li"][:-3]
    assert stops == STOPS.split("\n")[1:-1]


def test_questions_of_the_pages():
    settings = settings_of(seed=3)
    markup = page_map(settings)
    assert texts_of(markup, "h2") == ["Every page"]
    assert texts_of(markup, "h3") == ["One step, taken apart", "Beyond one step", "Teach"]
    assert [(e.text, e.attributes["href"]) for e in elements(markup) if e.tag == "a"] == [
        (title, settings.link(path))
        for title, path in [
            ("Walkthrough", "walkthrough"), ("Jacobians", "jacobians"), ("Derivative paths", "paths"),
            ("Weight update", "update"), ("Total derivative", "total_derivative"), ("Batch", "batch"),
            ("Training", "training"), ("Chain-rule lab", "chain_rule_lab"), ("Practice", "practice"),
            ("Notation", "notation"),
        ]
    ]  # fmt: skip
    assert texts_of(markup, "span") == [
        "What is computed, in which order, from which numbers?",
        "What does each derivative look like, and what may be left out of it?",
        "Where does the sum over k come from, and what if a path is missing?",
        "What does the step do to the weights, and to the cost?",
        "How does it work for two variables, without a network?",
        "Which sum is over paths, and which over a batch? Who pulls a weight which way?",
        "Do these steps learn? Train, and scrub through the epochs.",
        "What does a wrong rule cost? Predict, then train with it.",
        "Can you do it yourself? Predict a number before it is shown.",
        "What is it called, which shape has it, and where is it in the sources?",
    ]


def test_where_everything_stands_in_the_pictures_of_the_thesis():
    thesis = thesis_of(step_of(settings_of()))
    one, both, total = one_path_svg(thesis), all_paths_svg(thesis), sum_svg(thesis)
    assert [ElementTree.fromstring(svg).attrib["viewBox"] for svg in (one, both, total)] == [
        "0 0 344 212", "0 0 356 212", "0 0 292 212",
    ]  # fmt: skip
    species = [(name, 190, y, "middle") for name, y in zip(SPECIES, (72, 127, 182), strict=True)]
    sums = [(f"{'①②③'[k]} z2{k + 1}", 190, 48 + 55 * k, "middle") for k in range(3)]
    nodes = [place for pair in zip(sums, species, strict=True) for place in pair]
    assert [place[1:] for place in placed(one)] == [
        (2, 10, "start"), (119.5, 130.5, "middle"), (259.5, 130.5, "middle"), (44, 103, "middle"), (316, 103, "middle"),
        *[place[1:] for place in nodes], (190, 204, "middle"),
    ]  # fmt: skip
    factors = [(x, 75.5 + 27.5 * k, "middle") for k in range(3) for x in (119.5, 266.5)]
    assert [place[1:] for place in placed(both)] == [
        (2, 10, "start"), *factors, (44, 103, "middle"), (330, 103, "middle"), *[place[1:] for place in nodes],
    ]  # fmt: skip
    assert placed(both)[-6:] == nodes
    rows = [
        (x, 62 + 29 * k, side) for k in range(3) for x, side in ((4, "start"), (220, "end"), (288, "end"))
    ]
    assert [place[1:] for place in placed(total)] == [
        (32, 10, "start"), (128, 10, "start"), (288, 34, "end"), *rows,
        (4, 162, "start"), (4, 188, "start"), (288, 188, "end"), (288, 162, "end"),
    ]  # fmt: skip
    assert lines(one) == [(84, 103, 155, 158, "bp-path bp-neg"), (225, 158, 294, 103, "bp-path bp-neg")]
    assert lines(both)[:2] == [(84, 103, 155, 48, "bp-path bp-neg"), (225, 48, 308, 103, "bp-path bp-pos")]
    assert lines(total) == [
        (4, 10, 26, 10, "bp-path bp-pos"), (100, 10, 122, 10, "bp-path bp-neg"),
        (24, 62, 52, 62, "bp-path bp-neg"), (24, 91, 52, 91, "bp-path bp-neg"), (24, 120, 52, 120, "bp-path bp-pos"),
        (4, 138, 288, 138, "bp-rule"),
    ]  # fmt: skip
    assert boxes(one) == [
        (44, 103, 80, 30, "bp-box"), (316, 103, 44, 30, "bp-box"), *[(190, 48 + 55 * k, 70, 30, "bp-box") for k in range(3)],
    ]  # fmt: skip
    strong = [e.text for e in elements(total) if "bp-strong" in e.classes]
    assert strong == [signed(product) for product in thesis.products]
    assert [e.text for e in elements(total) if "bp-result" in e.classes] == [signed(thesis.total)]
    halos = [e.classes for e in elements(both) if e.tag == "text" and "bp-halo" in e.classes]
    assert halos == [{"bp-number", "bp-halo"}] * 6 + [{"bp-small", "bp-halo"}] * 3
    assert [e.classes for e in elements(one) if e.tag == "text" and e.text in SPECIES] == [
        {"bp-small", "bp-halo", "bp-unused"}, {"bp-small", "bp-halo", "bp-unused"}, {"bp-small", "bp-halo"},
    ]  # fmt: skip
    assert [e.classes for e in elements(one) if e.tag == "g"] == [{"bp-node"}] * 2 + [
        {"bp-node", "bp-unused"}
    ] * 2 + [{"bp-node"}]


def test_lines_to_the_cost_of_the_network():
    step = step_of(settings_of())
    thin = [line for line in lines(network_svg(step)) if line[-1] == "bp-thin"]
    middle = (46 + 302 - 6) / 2
    assert thin == [(894, round(middle + 64 * (k - 1)), 915, middle, "bp-thin") for k in range(3)]
    boxes_of_cost = boxes(network_svg(step))[-1]
    assert boxes_of_cost == (954, middle, 78, 32, "bp-box")
    shown = placed(network_svg(step))
    assert shown[-3:] == [
        ("cost C", 954, 9, "middle"), ("cross-entropy", 954, 31, "middle"), (short(step.loss_before), 954, middle, "middle"),
    ]  # fmt: skip
    squared = placed(network_svg(step_of(settings_of(out="sigmoid"))))
    assert squared[-4:-1] == [
        ("cost C", 954, 9, "middle"),
        ("binary", 954, 31, "middle"),
        ("cross-entropy", 954, 47, "middle"),
    ]
    assert [place[:3] for place in shown if place[0].startswith("y =") or "target" in place[0]] == [
        ("y = 0", 806, middle - 55), ("y = 0", 806, middle + 9), ("target, y = 1", 806, middle + 73),
    ]  # fmt: skip
    strong = [e.text for e in elements(network_svg(step)) if e.tag == "text" and "bp-strong" in e.classes]
    assert strong == ["input x", "hidden a1", "output a2", "virginica", "cost C"]
    assert [e.text for e in elements(network_svg(step)) if "bp-target-text" in e.classes] == ["target, y = 1"]


def test_outputs_that_do_not_give_the_cost_say_so():
    said = "Some a2 is too near 0 or 1 for a float, so C is computed from z2."
    held, usual = settings_of(edit="b2_1_1000"), settings_of()
    assert step_of(held).loss_before > 900 > -np.log(step_of(held).tape["a2"][2])
    assert said in "".join(element.text for element in elements(_network_markup(held)))
    assert "too near 0 or 1" not in _network_markup(usual)
    assert "too near 0 or 1" not in _network_markup(settings_of(edit="b2_1_1000", out="sigmoid-squared"))
