"""The page "Batch", run from app.py by several links, against the core."""

import json
from functools import cache

import numpy as np
import pytest

from backprop import loss_and_gradients, per_observation_gradients, training_step
from tests.expected import settings_of
from tests.markup import elements
from tests.pages.helpers import component_data, markup_of, open_app
from tests.products import ProductsAt
from tests.scenes import SceneAt, scene_of
from ui.names.symbols import entry_symbol, symbol
from ui.names.timeline import find_step
from ui.state.own import read_network, write_network
from ui.state.recording import all_observations, current_params, observation
from ui.views.batch import words
from ui.views.batch.data import chosen_flowers

XOR = write_network(read_network("X = [[0, 0], [0, 1], [1, 0], [1, 1]]\ny = [0, 1, 1, 0]\noutputs = xor"))
OWN = ("flowers", "n", "draw", "batch_layer", "row", "col", "pick")
LINKS = [
    {"row": 2, "col": 5, "pick": 54},
    {"flowers": "all", "row": 3, "col": 1, "pick": 20},
    {"flowers": "setosa", "batch_layer": 1, "row": 4, "col": 2, "pick": 0, "out": "sigmoid"},
    {"n": 1, "draw": 7, "row": 1, "col": 3, "out": "identity", "hidden": "3", "act": "identity"},
    {"n": 9, "row": 12, "col": "b", "hidden": "16-16-16-16", "act": "tanh", "batch_layer": 3},
    {"flowers": "versicolor", "row": 3, "col": 16, "pick": 60, "hidden": "16-16-16-16", "act": "sigmoid"},
    {"flowers": "virginica", "row": 1, "col": 1, "pick": 120, "out": "sigmoid-squared", "hidden": "1"},
    {"flowers": "all", "row": 2, "col": 4, "pick": 106, "taken": 12},
    {"row": 1, "col": 2, "flower": 51, "pick": 51, "edit": "W2_1_2_0.5~x_1_-1.25"},
    {"flowers": "all", "row": 1, "col": 2, "pick": 3, "epoch": 5},
    {"row": 2, "col": 3, "pick": 54, "bias": "none", "hidden": "6-5", "act": "relu-tanh", "batch_layer": 2},
    {"row": 1, "col": 4, "pick": 54, "hidden": "none", "bias": "fixed"},
    {"data": "own", "own": XOR, "hidden": "2", "out": "sigmoid", "row": 1, "col": 2, "pick": 3, "obs": 2},
    {
        "data": "own",
        "own": XOR,
        "hidden": "2",
        "out": "tanh",
        "row": 1,
        "col": "b",
        "n": 2,
        "edit": "x_1_0.5",
    },
]


class Expected:
    """What a link must show, by the core's functions for whole batches."""

    def __init__(self, link):
        self.settings = settings_of(**{key: value for key, value in link.items() if key not in OWN})
        config, params = self.settings.config, current_params(self.settings)
        self.flowers = chosen_flowers(link.get("flowers", "random"), link.get("n", 6), link.get("draw", 39))
        first = 0
        if self.settings.given:  # they are counted from 1
            self.flowers, first = tuple(range(1, link.get("n", 4) + 1)), 1
        X, Y = all_observations(self.settings)
        X, Y = X.copy(), Y.copy()
        X[self.settings.row], Y[self.settings.row] = observation(self.settings)
        rows = [flower - first for flower in self.flowers]
        self.layer = link.get("batch_layer", config.depth)
        single = per_observation_gradients(config, params, X[rows], Y[rows])
        _, mean = loss_and_gradients(config, params, X[rows], Y[rows])
        W, own = f"W{self.layer}", self.layer - 1
        biases = [(single.biases[own][:, :, None], mean[f"b{self.layer}"])] if config.has_biases else []
        self.gradient = np.column_stack((mean[W], *(array for _, array in biases)))
        self.single = np.dstack((single.weights[own], *(array for array, _ in biases)))
        self.row = link["row"] - 1
        self.column = self.gradient.shape[1] - 1 if link["col"] == "b" else link["col"] - 1
        self.terms = dict(zip(self.flowers, self.single[:, self.row, self.column], strict=True))
        self.D = dict(zip(self.flowers, single.cotangents[own], strict=True))
        self.weights = params[W]
        if "pick" in link:
            place = link["pick"] - first
            step = training_step(config, params, X[place], Y[place], 0.1)
            self.through = self.D[link["pick"]] @ self.weights
            if self.layer > 1:
                np.testing.assert_allclose(self.through, step.cotangent(f"a{self.layer - 1}"), atol=1e-13)


def part_of(scene: SceneAt, kind: str) -> ProductsAt:
    (part,) = scene.parts(kind)
    return ProductsAt(part, scene.place)


def shown(app, kind: str) -> dict[str, float]:
    """The numbers of a kind, such as bar, by their names."""
    found = scene_of(app).entries() | scene_of(app).numbers()
    return {name.partition("=")[2]: value for name, value in found.items() if name.startswith(f"{kind}=")}


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-14)


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_a_link_shows_the_numbers_of_the_core(link):
    app = open_app("batch", **link)
    assert not app.warning
    expected, cells, terms = Expected(link), shown(app, "cell"), shown(app, "term")
    gradient = np.array([cells[f"gradient:{k}:{j}"] for k, j in np.ndindex(expected.gradient.shape)])
    np.testing.assert_allclose(gradient, expected.gradient.ravel(), rtol=1e-9, atol=1e-14)
    assert cells["difference"] < 1e-12
    assert {int(flower): value for flower, value in shown(app, "bar").items()} == close(expected.terms)
    assert terms["n:mean"] == close(expected.gradient[expected.row, expected.column])
    products = {key: value for key, value in terms.items() if key not in ("n:mean", "n:rest")}
    for key in [key for key in products if key.startswith("n:")]:
        assert products[key] == close(expected.terms[int(key[2:])])
    if "n:rest" in terms:
        written = sum(products[key] for key in products if key.startswith("n:"))
        assert written + terms["n:rest"] == close(len(expected.flowers) * terms["n:mean"])
    for key, value in cells.items():
        name, *place = key.split(":")
        if name == "D":
            assert value == close(expected.D[int(place[0])][int(place[1])])
        if name == "through":
            assert value == close((expected.D[int(place[0])] @ expected.weights)[int(place[1])])


@pytest.mark.parametrize("link", [link for link in LINKS if "pick" in link], ids=str)
def test_the_sum_over_paths_is_that_of_the_same_column(link):
    app = open_app("batch", **link)
    expected, terms = Expected(link), shown(app, "term")
    paths = [terms[f"k:{k}"] for k in range(len(expected.weights))]
    np.testing.assert_allclose(
        paths, expected.D[link["pick"]] * expected.weights[:, expected.column], rtol=1e-9, atol=1e-14
    )
    assert terms["k:sum"] == close(sum(paths)) == close(expected.through[expected.column])
    assert shown(app, "cell")[f"through:{link['pick']}:{expected.column}"] == terms["k:sum"]


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_whatever_is_chosen_the_browser_has_its_numbers(link):
    """For every cell and flower: its sentence, its products and what they add up to."""
    scene, expected = scene_of(open_app("batch", **link)).scene, Expected(link)
    (products,), (columns,), (outer,) = (SceneAt(scene, first_of(scene)).parts(kind) for kind in PARTS)
    for kind in (columns, outer):
        assert kind["D"] == products["D"]["values"]
        assert kind["A"] == products["A"]["values"]
    D, A = (np.array(products[name]["values"]) for name in ("D", "A"))
    np.testing.assert_allclose(D, list(expected.D.values()), rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(D[:, :, None] * A[:, None, :], expected.single, rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(products["gradient"]["values"], expected.gradient, rtol=1e-9, atol=1e-14)
    assert columns["gradient"] == products["gradient"]["values"]
    np.testing.assert_allclose(products["W"]["values"], expected.weights)
    np.testing.assert_allclose(products["through"]["values"], D @ expected.weights, rtol=1e-9, atol=1e-14)
    for place, (k, j) in enumerate(np.ndindex(expected.gradient.shape)):
        name = products["weights"][place]
        bias = j == expected.weights.shape[1]
        weight = symbol(f"b{expected.layer}", k) if bias else entry_symbol(f"W{expected.layer}", (k, j))
        assert name == weight
        assert columns["titles"][place] == words.who_pulls(name)
        terms, mean = (D[:, k] * A[:, j]).tolist(), products["gradient"]["values"][k][j]
        rate = expected.settings.learning_rate
        assert columns["sentences"][place] == words.pulls(name, terms, mean, rate, expected.settings.config)


PARTS = ("Products", "Columns", "Outer")


def first_of(scene) -> list[str]:
    """The first of all combinations."""
    return [options[0] for options in scene["control"]["options"]]


def test_the_scene_is_small_and_the_same_whatever_is_chosen():
    first, other = (
        component_data(open_app("batch", **link), "page", "scene")["scene"]
        for link in ({"flowers": "all"}, {"flowers": "all", "row": 1, "col": "b", "pick": 7})
    )
    assert first == other
    assert len(json.dumps(first)) < 60_000


def test_a_cell_of_every_matrix_can_be_chosen():
    control = scene_of(open_app("batch", n=4, draw=8, hidden="5-4", batch_layer=2)).scene["control"]
    assert control["keys"] == ["row", "col", "pick"]
    flowers = [*map(str, chosen_flowers("random", 4, 8))]
    assert control["options"] == [[*"1234"], [*"12345", "b"], flowers]


def test_a_bias_has_no_paths_below_it():
    products = part_of(scene_of(open_app("batch", col="b")), "Products")
    assert not products.paths
    assert products.across.startswith("A bias is fed by the constant 1")


@pytest.mark.parametrize("link", [{"flowers": "all"}, {"flowers": "setosa", "batch_layer": 1}], ids=str)
def test_the_strip_holds_every_row_of_d(link):
    app = open_app("batch", **link)
    (chart,) = app.get("plotly_chart")
    expected = Expected({**link, "row": 1, "col": 1})
    drawn = np.array(json.loads(chart.proto.spec)["data"][0]["z"])
    np.testing.assert_allclose(drawn.T, list(expected.D.values()), atol=1e-14)
    assert chart.proto.alt


def test_a_small_batch_needs_no_strip():
    assert not open_app("batch").get("plotly_chart")


def test_the_controls_change_the_batch():
    app = open_app("batch", row=2, col=5)
    app.number_input(key="n").set_value(8.0).run()
    eight = set(shown(app, "bar"))
    app.number_input(key="draw").set_value(40.0).run()
    assert len(eight) == 8
    assert set(shown(app, "bar")) != eight
    app.button_group(key="flowers").set_value("virginica").run()
    assert set(shown(app, "bar")) == set(map(str, range(100, 150)))
    app.button_group(key="batch_layer").set_value("1").run()
    assert not app.warning  # the page's own controls have made column 5 impossible
    assert "col" not in app.query_params
    assert not app.exception


def test_auto_takes_a_cell_that_flowers_pull_both_ways():
    bars = shown(open_app("batch"), "bar").values()
    assert min(bars) < 0 < max(bars)


def test_a_picked_flower_that_is_not_in_the_batch_gives_way():
    app = open_app("batch", flowers="setosa", pick=120)
    assert not app.warning
    bars = shown(app, "bar")
    strongest = max(bars, key=lambda flower: abs(bars[flower]))
    assert f" of flower {strongest} = " in part_of(scene_of(app), "Products").across


@cache
def default_bars() -> dict[str, float]:
    return shown(open_app("batch"), "bar")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"flowers": "roses"}, "Flowers of the batch: expected one of random, setosa, "),
        ({"n": "0"}, "How many: expected a whole number from 1 to 150, got `0`. You see 6."),
        ({"n": "1e3"}, "How many: expected a whole number from 1 to 150, got `1e3`. You see 6."),
        ({"n": "7.5"}, "How many: expected a whole number from 1 to 150, got `7.5`. You see 6."),
        ({"n": "inf"}, "How many: expected a whole number from 1 to 150, got `inf`. You see 6."),
        ({"draw": "nan"}, "Draw: expected a whole number from 0 to 9999, got `nan`. You see 39."),
        ({"draw": "-1"}, "Draw: expected a whole number from 0 to 9999, got `-1`. You see 39."),
        ({"draw": "9" * 5000}, "Draw: expected a whole number from 0 to 9999"),
        ({"batch_layer": "2"}, "Layer: expected one of 1, output, got `2`. You see output."),
        ({"row": "4"}, "Row: expected auto or 1 to 3, got `4`. You see auto."),
        ({"col": "<b>"}, "Column: expected auto, b or 1 to 5, got `<b>`. You see auto."),
        ({"pick": "150"}, "Flower: expected auto or 0 to 149, got `150`. You see auto."),
    ],
)
def test_a_bad_link_shows_the_default_and_says_so(query, said):
    app = open_app("batch", **query)
    assert len(app.warning) == 1
    assert said in app.warning[0].value
    assert shown(app, "bar") == default_bars()


def hrefs(app) -> dict[str, str]:
    """Where the bars lead."""
    (columns,) = scene_of(app).parts("Columns")
    return dict(zip(columns["observations"]["names"], columns["hrefs"], strict=True))


@pytest.mark.parametrize(("layer", "step_id"), [("1", "1.VI"), ("output", "2.V")])
def test_flowers_open_at_the_step_of_their_outer_product(layer, step_id):
    step = find_step(settings_of().config, step_id)
    for flower, href in hrefs(open_app("batch", batch_layer=layer, seed=3)).items():
        assert href == f"walkthrough?flower={flower}&seed=3&step={step}"


def test_another_flower_leaves_behind_what_belongs_to_one():
    app = open_app("batch", flower=54, taken=3, edit="W1_1_1_0.5~x_1_2", seed=3)
    bars = hrefs(app)
    assert bars["54"].startswith("walkthrough?flower=54&seed=3&taken=3&edit=W1_1_1_0.5~x_1_2")
    assert bars["13"].startswith("walkthrough?flower=13&seed=3&edit=W1_1_1_0.5&step=")
    scene = scene_of(app)
    said = [scene.sentence(part) for part in scene.parts("Words")]
    assert "Flower 54 takes part with x₁ as typed." in said
    assert (
        "These weights come after 3 steps taken on flower 54. Another flower opens with the weights from "
        "before those steps, so its numbers differ from those here."
    ) in said


def test_the_controls_say_what_they_do():
    app = open_app("batch")
    (heading,) = [block.proto.body for block in app.main.get("html") if "bp-lead" in block.proto.body]
    assert heading.endswith(
        "The same D in two matrix products: with A you add down the flowers, with W across the units. Only "
        "the second is the total derivative.</p>"
    )
    assert app.number_input(key="n").label == "How many"
    draw = app.number_input(key="draw")
    assert (draw.label, draw.help) == (
        "Draw",
        "Seed of the draw: the same number gives the same flowers. A larger batch keeps those it has.",
    )


def test_the_textbook_example_has_no_batch():
    app = open_app("batch", data="textbook", hidden="2", out="sigmoid-squared")
    assert not app.exception
    assert (
        "The textbook example is a single observation, and the mean gradient of one is its own."
    ) in markup_of(app)
    (link,) = [e for e in elements(markup_of(app)) if "data-app-link" in e.attributes]
    assert link.attributes["href"] == "batch?hidden=2&out=sigmoid-squared"


def test_the_page_leads_on():
    app = open_app("batch", seed=5, hidden="6-5")
    hrefs = [e.attributes["href"] for e in elements(markup_of(app)) if "data-app-link" in e.attributes]
    for page in ("training", "chain_rule_lab", "notation"):
        assert f"{page}?seed=5&hidden=6-5" in hrefs
