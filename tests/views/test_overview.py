"""The scene and the maps of the overview against the core."""
# ruff: noqa: E501 - a sentence on one line can be searched for

import re

import numpy as np
import pytest

from backprop import numerical_derivative
from tests.expected import settings_of, step_of
from tests.markup import elements
from tests.scene_numbers import read_scene
from tests.scenes import SceneAt
from ui.draw.svg import label, scripts, tag
from ui.names.numbers import short, signed
from ui.names.symbols import entry_symbol, symbol
from ui.names.timeline import timeline
from ui.state.data import FEATURES, SPECIES, describe_flower
from ui.steps.thesis import theses_of, thesis_note, thesis_of, thesis_sentence
from ui.views.overview.page_map import page_map
from ui.views.overview.pass_map import pass_map
from ui.views.overview.scenes import overview_scene

VIEWS = [
    {},
    {"flower": 0, "seed": 3, "act": "tanh", "hidden": "6-5"},
    {"flower": 133, "out": "sigmoid", "hidden": "1"},
    {"flower": 60, "out": "identity", "act": "identity", "hidden": "4-4-4-4"},
    {"hidden": "16-16-16-16", "out": "sigmoid-squared"},
    {"data": "textbook", "hidden": "2"},
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


def scene_at(settings, unit="auto", layer=None):
    """The scene of a layer, the last hidden one by default, at "auto" or a unit from 1."""
    scene = overview_scene(settings, layer or len(settings.hidden) or 1)
    return SceneAt(read_scene(scene), [str(unit)])


def only(scene, kind):
    (part,) = scene.parts(kind)
    return part


@pytest.fixture(params=VIEWS, ids=str)
def settings(request):
    return settings_of(**request.param)


@pytest.fixture
def step(settings):
    return step_of(settings)


# --- the scene -----------------------------------------------------------------------------------------


def test_the_network_has_every_value_and_every_weight_of_the_core(settings, step):
    network = only(scene_at(settings), "WholeNetwork")
    tables = {name: np.array(table["values"]) for name, table in network["tables"].items()}
    depth = step.config.depth
    names = ["x", *(f"a{layer}" for layer in range(1, depth + 1)), "C"]
    weights = [f"W{layer}" for layer in range(1, depth + 1)]
    assert tables.keys() == {f"{name}:value" for name in names + weights}
    for name in names + weights:
        assert np.array_equal(tables[f"{name}:value"].ravel(), step.tape[name].ravel())
    assert [(column["name"], column["units"]) for column in network["network"]] == [
        *zip(names, [*step.config.layer_sizes, 1], strict=True)
    ]
    assert network["layer"] == depth - 1


@pytest.mark.parametrize("from_last", [0, 1, 3])
def test_at_every_unit_stand_its_paths_their_products_their_sum_and_the_measured_slope(
    settings, step, from_last
):
    layer = step.config.depth - 1 - from_last
    if layer < 1:
        return
    above, wrt = f"z{layer + 1}", f"a{layer}"
    vjp_step = step.vjp(above, wrt)
    numeric, judged = numerical_derivative(step.config, step.tape, wrt)
    assert judged.all()
    count = len(vjp_step.upstream)
    for unit in range(step.tape[wrt].size):
        scene = scene_at(settings, unit + 1, layer)
        numbers = scene.numbers()
        products = vjp_step.path_terms[:, unit]
        for k in range(count):
            assert numbers[f"path={k}"] == products[k]
            assert numbers[f"upstream=∂C/∂{symbol(above, k)}"] == step.cotangent(above)[k]
            weight = entry_symbol(f"W{above[1:]}", (k, unit))
            assert numbers[f"weight={weight}"] == vjp_step.jacobian[k, unit]
        assert numbers[f"cotangent={wrt}:{unit}"] == step.cotangent(wrt)[unit]
        assert numbers[f"numeric={wrt}:{unit}"] == pytest.approx(numeric[unit], abs=1e-9)
        bars = only(scene, "Bars")
        ends = [scene.at(bar["end"]) for bar in bars["bars"]]
        assert ends == pytest.approx(list(np.cumsum(products)), abs=1e-12)
        assert scene.at(bars["total"]["label"]) == f"∂C/∂{symbol(wrt, unit)}"
        assert scene.at(only(scene, "WholeNetwork")["chosen"]) == unit
        (thesis,) = theses_of(step, [unit], layer)
        assert scene.said("verdict") == thesis_sentence(thesis)
        assert scene.said("note") == thesis_note(thesis).strip()
        assert thesis_note(thesis).startswith(f"You chose {symbol(wrt, unit)}")
        factors = [scene.number(number) for number in only(scene, "Formula")["numbers"]]
        pairs = zip(step.cotangent(above), vjp_step.jacobian[:, unit], strict=True)
        assert factors == [*(factor for pair in pairs for factor in pair), step.cotangent(wrt)[unit]]
        edges = only(scene, "Network")["edges"]
        assert all(scene.at(edge["product"]) == scene.number(edge["number"]) for edge in edges)
        assert [edge["link"] for edge in edges] == [f"path:{k}" for k in range(count) for _ in range(2)]
        assert [bar["link"] for bar in bars["bars"]] == [f"path:{k}" for k in range(count)]


def test_every_unit_of_every_hidden_layer_can_be_chosen():
    settings = settings_of(hidden="5-4-3")
    leads_to = {
        1: ".?hidden=5-4-3&layer=1",
        2: ".?hidden=5-4-3&layer=2",
        3: ".?hidden=5-4-3",
    }
    for layer, units in enumerate(settings.hidden, 1):
        scene = scene_at(settings, layer=layer)
        links = [[f"a{number}", href] for number, href in zip("¹²³", leads_to.values(), strict=True)]
        assert scene.scene["control"]["elsewhere"] == {"label": "Layer", "links": links, "at": layer - 1}
        assert len(scene.scene["control"]["positions"]) == 1 + units
        network = only(scene, "WholeNetwork")
        assert network["layer"] == layer
        assert network["ways"] == {
            f"a{other}:{unit}": f"{href}&unit={unit + 1}"
            for other, href in leads_to.items()
            for unit in range(settings.hidden[other - 1])
            if other != layer
        }
    assert "elsewhere" not in scene_at(settings_of()).scene["control"]
    assert "ways" not in only(scene_at(settings_of()), "WholeNetwork")


def test_a_unit_with_one_path_on_and_several_behind_it():
    """What is true of its ∂C/∂a is not told of all its paths."""
    scene = scene_at(settings_of(hidden="5-1-3", act="tanh"), 2, layer=1)
    total = scene.numbers()["cotangent=a1:1"]
    assert total != 0
    assert scene.said("verdict") == (
        f"a¹₂ has one path to the next layer, so nothing is added up here: the sum is in ∂C/∂z²₁. "
        f"∂C/∂a¹₂ = {signed(total)}, and the numeric slope agrees."
    )
    assert scene.said("note") == (
        "You chose a¹₂. Only z²₁ reads a¹₂, so the single-variable chain rule is the whole truth here."
    )
    assert only(scene, "Network")["title"] == "One path to the next layer"
    off = scene_at(settings_of(hidden="5-1-3"), 2, layer=1)
    assert off.said("verdict") == "a¹₂ has one path to the next layer, and that carries 0 here."


def test_a_link_without_a_unit_shows_the_most_telling_one(settings, step):
    scene, thesis = scene_at(settings), thesis_of(step)
    own = scene_at(settings, thesis.unit + 1)
    assert scene.numbers() == own.numbers()
    assert scene.said("verdict") == own.said("verdict") == thesis_sentence(thesis)
    assert scene.said("note") == thesis_note(thesis)
    control, units = scene.scene["control"], step.config.layer_sizes[-2]
    assert control["positions"] == [["auto"], *([str(unit + 1)] for unit in range(units))]
    assert control["texts"] == ["most telling", *(symbol(thesis.wrt, unit) for unit in range(units))]
    assert control["label"] == f"Unit of {symbol(thesis.wrt)}"


def test_names_of_columns_inputs_and_outputs():
    network = only(scene_at(settings_of()), "WholeNetwork")
    assert network["heads"] == [
        ["input x", "standardised"],
        ["hidden a¹", "relu(z¹)"],
        ["output a²", "softmax(z²)"],
        ["cost C", "cross-entropy"],
    ]
    inputs, _, outputs, _ = (column["labels"] for column in network["network"])
    assert inputs == [f"{name} x{'₁₂₃₄'[place]}" for place, name in enumerate(FEATURES)]
    assert outputs == ["setosa, y = 0", "versicolor, y = 0", "virginica, target y = 1"]
    assert (network["target"], network["dead"]) == (["a2:2"], ["a1:1"])
    deep = only(scene_at(settings_of(hidden="6-5", act="tanh", out="sigmoid")), "WholeNetwork")
    assert [name for name, _ in deep["heads"]] == [
        "input x", "hidden 1 a¹", "hidden 2 a²", "output a³", "cost C",
    ]  # fmt: skip
    assert [rule for _, rule in deep["heads"]][1:] == [
        "tanh(z¹)", "tanh(z²)", "sigmoid(z³)", "binary cross-entropy",
    ]  # fmt: skip
    book = only(scene_at(settings_of(data="textbook", hidden="2")), "WholeNetwork")
    assert book["heads"][0] == ["input x", "as given"]
    assert book["network"][2]["labels"] == ["output 1, y = 0.01", "output 2, y = 0.99"]
    for edit, said in (("x_1_7", "standardised or typed"), ("x_1_7~x_2_0~x_3_1~x_4_2", "as typed")):
        heads = only(scene_at(settings_of(edit=edit)), "WholeNetwork")["heads"]
        assert heads[0][1] == said


def test_texts_of_the_paths_and_of_the_sum():
    step = step_of(settings_of())
    scene = scene_at(settings_of(), 3)
    graph, bars = only(scene, "Network"), only(scene, "Bars")
    *named, cost = (node["number"] for node in graph["nodes"])
    assert [scene.at(name) for name in named] == ["a¹₃", "① z²₁", "② z²₂", "③ z²₃"]
    assert [node["column"] for node in graph["nodes"]] == [0, 1, 1, 1, 2]
    assert scene.text(cost) == f"C = {short(step.loss_before)}"
    assert (graph["title"], bars["title"]) == ("Three paths to the cost", "Three products, one sum")
    assert [bar["label"] for bar in bars["bars"]] == ["① via z²₁", "② via z²₂", "③ via z²₃"]
    assert scene.at(graph["alt"]) == "3 paths from a¹₃ to the cost."
    u, w, p = step.cotangent("z2"), step.params["W2"][:, 2], step.vjp("z2", "a1").path_terms[:, 2]
    terms = "; ".join(f"{'①②③'[k]} {signed(u[k])} · {signed(w[k])} = {signed(p[k])}" for k in range(3))
    total = signed(step.cotangent("a1")[2])
    assert scene.at(bars["alt"]) == f"The paths' products: {terms}. Their sum is {total}."
    written = " + ".join(
        f"{short(u[k]) if u[k] >= 0 else f'({short(u[k])})'}·{short(w[k]) if w[k] >= 0 else f'({short(w[k])})'}"
        for k in range(3)
    )
    said = re.sub(r"\s", "", scene.formulas()[0])
    assert said.startswith("(∂C)/(∂a_j^1)=∑_k")
    assert said.endswith(re.sub(r"\s", "", f"={written}={short(step.cotangent('a1')[2])}"))
    book = scene_at(settings_of(data="textbook", hidden="2"))
    assert only(book, "Network")["title"] == "Two paths to the cost"


def test_the_legend_says_what_is_there():
    keys = [text for _, text in only(scene_at(settings_of()), "Legend")["keys"]]
    assert keys == ["positive", "negative", "darker, thicker: larger", "the unit taken apart below", "off"]
    legend = only(scene_at(settings_of(act="tanh")), "Legend")
    assert "off" not in [text for _, text in legend["keys"]]
    assert legend["title"] == describe_flower(106)


def test_a_chosen_unit_that_is_off_is_said_to_be():
    (note,) = {thesis_note(*theses_of(step_of(settings_of()), [1])).partition(". ")[0]}
    assert note == "You chose a¹₂, which is off: this sum goes no further back"


def test_where_nothing_can_be_measured_the_scene_says_so():
    settings = settings_of(edit="b1_1_1000~b2_1_1000", act="identity", out="identity")
    measured = [thesis.numeric for thesis in theses_of(step_of(settings), range(5))]
    assert [numeric is None for numeric in measured] == [True, False, True, False, False]
    for unit, numeric in enumerate(measured):
        scene = scene_at(settings, unit + 1)
        truth = only(scene, "Bars")["truth"]["number"]
        assert scene.at(truth["value"]) == numeric
        assert scene.text(truth) == ("not judged" if numeric is None else signed(numeric))


def test_the_network_for_people_who_cannot_see_it():
    settings = settings_of(hidden="6-5")
    step = step_of(settings)
    inputs = ", ".join(f"{name} {signed(x)}" for name, x in zip(FEATURES, step.tape["x"], strict=True))
    outputs = ", ".join(f"{name} {short(a)}" for name, a in zip(SPECIES, step.tape["a3"], strict=True))
    alt = f"Inputs: {inputs}. Hidden units: 6, 5. Outputs: {outputs}. Target: virginica. Cost: {short(step.loss_before)}."
    assert only(scene_at(settings), "WholeNetwork")["alt"] == f"The network on this flower. {alt}"
    typed = only(scene_at(settings_of(edit="x_1_7")), "WholeNetwork")["alt"]
    assert typed.startswith("The network on this example.")


def test_outputs_that_do_not_give_the_cost_say_so():
    said = "Some a² is too near 0 or 1 for a float, so C is computed from z²."
    held = settings_of(edit="b2_1_1000")
    assert step_of(held).loss_before > 900 > -np.log(step_of(held).tape["a2"][2])

    def keys(settings):
        return [text for _, text in only(scene_at(settings), "Legend")["keys"]]

    assert said in keys(held)
    assert said not in keys(settings_of()) + keys(settings_of(edit="b2_1_1000", out="sigmoid-squared"))


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


def test_text_is_escaped():
    assert tag("g", label(0, 0, "<script>&"), aria_label='"<') == (
        '<g aria-label="&quot;&lt;"><text x="0" y="0" dy="0.35em" text-anchor="middle">'
        "&lt;script&gt;&amp;</text></g>"
    )
    assert scripts("<z²₁ & a¹ₖ>") == "&lt;z<sup>2</sup><sub>1</sub> &amp; a<sup>1</sup><sub>k</sub>&gt;"
    assert [e.text for e in elements(scripts("(11)") + scripts("(17)")) if "bp-circle" in e.classes] == [
        "(11)"
    ]


# --- the maps -----------------------------------------------------------------------------------------


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
    assert shape_of["x"] == str(step.tape["x"].size)
    assert shape_of["C"] == "1 number"
    assert (
        shape_of["1.VI"] == " × ".join(map(str, step.params["W1"].shape)) + f" and {step.params['b1'].size}"
    )
    many = [e.text for e in elements(pass_map(settings, step)) if "bp-paths" in e.classes]
    assert len(many) == sum(v.paths > 1 for v in step.vjp_steps if v.wrt != "x" and v.wrt[0] in "az")


def texts_of(markup, tag="text"):
    return [element.text for element in elements(markup) if element.tag == tag]


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
        "Check my answers",
        "Worked it out on paper? Paste your numbers: you are told which is wrong, and which mistake gives it.",
    ]
    edited = settings_of(edit="x_1_7")
    assert "From the example to the cost" in pass_map(edited, step_of(edited))
    assert "Step from the example to the new weights" in pass_map(edited, step_of(edited))
    two = settings_of(data="textbook", hidden="2")
    assert "The sum over two paths" in pass_map(two, step_of(two))


def test_stops_of_the_map_with_formula_shape_and_paths():
    settings = settings_of()
    markup = pass_map(settings, step_of(settings))
    stops = [e.text for e in elements(markup) if e.tag == "li"][:-4]
    assert stops == STOPS.split("\n")[1:-1]


def test_questions_of_the_pages():
    settings = settings_of(seed=3)
    markup = page_map(settings)
    assert texts_of(markup, "h2") == ["Every page"]
    assert texts_of(markup, "h3") == ["One step, taken apart", "Beyond one step", "Teach"]
    assert [(e.text, e.attributes["href"]) for e in elements(markup) if e.tag == "a"] == [
        (title, settings.link(path))
        for title, path in [
            ("Lesson", "lesson"), ("Walkthrough", "walkthrough"), ("Jacobians", "jacobians"),
            ("Derivative paths", "paths"), ("Weight update", "update"), ("Total derivative", "total_derivative"), ("Batch", "batch"),
            ("Training", "training"), ("Chain-rule lab", "chain_rule_lab"), ("Practice", "practice"), ("Class", "class"),
            ("Notation", "notation"),
        ]
    ]  # fmt: skip
    assert texts_of(markup, "span") == [
        "Where do I begin? Ten predictions, ten minutes, and you can explain the sum over paths.",
        "What is computed, in which order, from which numbers?",
        "What does each derivative look like, and what may be left out of it?",
        "Where does the sum over k come from, and what if a path is missing?",
        "What does the step do to the weights, and to the cost?",
        "How does it work for two variables, without a network?",
        "Which sum is over paths, and which over a batch? Who pulls a weight which way?",
        "Do these steps learn? Train, and scrub through the epochs.",
        "What does a wrong rule cost? Predict, then train with it.",
        "Can you do it yourself? Predict a number before it is shown.",
        "What does the room think, and which mistake does it make?",
        "What is it called, which shape has it, and where is it in the sources?",
    ]


@pytest.mark.parametrize("out", ["softmax", "tanh"])
def test_without_a_hidden_layer_the_paths_begin_at_a_z_of_the_outputs(out):
    settings = settings_of(hidden="none", out=out)
    step = step_of(settings)
    output = step.vjp("a1", "z1")
    numeric, _ = numerical_derivative(step.config, step.tape, "z1")
    for unit in range(3):
        scene = scene_at(settings, unit + 1)
        numbers = scene.numbers()
        paths = range(3) if out == "softmax" else [unit]
        for path, k in enumerate(paths):
            assert numbers[f"path={path}"] == output.path_terms[k, unit]
            assert numbers[f"upstream=∂C/∂{symbol('a1', k)}"] == step.cotangent("a1")[k]
            assert numbers[f"weight=∂{symbol('a1', k)}/∂{symbol('z1', unit)}"] == output.jacobian[k, unit]
        assert numbers[f"cotangent=z1:{unit}"] == step.cotangent("z1")[unit]
        assert numbers[f"numeric=z1:{unit}"] == pytest.approx(numeric[unit], abs=1e-9)
        network = only(scene, "WholeNetwork")
        assert (network["layer"], scene.at(network["chosen"])) == (1, unit)
        links = [scene.at(bar["link"]) for bar in only(scene, "Bars")["bars"]]
        assert links == [f"path:{k}" for k in paths]
        assert ("sum of all 3 paths" in scene.said("verdict")) == (out == "softmax")
        alone = f"Only {symbol('a1', unit)} reads {symbol('z1', unit)}, so the single-variable chain rule is"
        assert (alone in scene.said("note")) == (out != "softmax")
