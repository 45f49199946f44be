"""The pictures of the overview against the core."""

import itertools
import re
from xml.etree import ElementTree

import numpy as np
import pytest

from backprop import numerical_derivative
from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from ui.data import FEATURES, SPECIES
from ui.network_svg import network_svg
from ui.numbers import signed
from ui.pass_map import pass_map
from ui.stage.steps import timeline
from ui.svg import label, scripts, tag
from ui.thesis import thesis_of, thesis_sentence
from ui.thesis_svg import all_paths_svg, one_path_svg, sum_svg

VIEWS = [
    {},
    {"flower": 0, "seed": 3, "act": "tanh", "hidden": "6-5"},
    {"flower": 133, "out": "sigmoid", "hidden": "1"},
    {"flower": 60, "out": "identity", "act": "identity", "hidden": "4-4-4-4"},
    {"hidden": "16-16-16-16", "out": "sigmoid-squared"},
]


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


def test_every_weight_leads_from_its_unit_to_its_unit():
    markup = network_svg(step_of(settings_of(hidden="6-5")))
    nodes = {node: float(e.attributes["y"]) for node, e in by_attribute(markup, "data-node").items()}
    for edge, line in by_attribute(markup, "data-edge").items():
        layer, k, j = (int(part) for part in edge.removeprefix("W").split(":"))
        below = f"a{layer - 1}" if layer > 1 else "x"
        _, start, *_, end = (float(part) for part in re.findall(r"-?[\d.]+", line.attributes["d"]))
        assert start == pytest.approx(nodes[f"{below}:{j}"], abs=0.01)
        assert end == pytest.approx(nodes[f"a{layer}:{k}"], abs=0.01)
