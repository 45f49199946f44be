"""The page "Batch", run from app.py by several links, against the core."""

import json
from functools import cache

import numpy as np
import pytest

from backprop import loss_and_gradients, per_observation_gradients, training_step
from tests.expected import settings_of
from tests.markup import by_attribute, elements
from tests.pages.helpers import markup_of, open_app
from ui.names.timeline import find_step
from ui.state.recording import all_flowers, current_params, observation
from ui.views.batch.data import chosen_flowers

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
]


class Expected:
    """What a link must show, by the core's functions for whole batches."""

    def __init__(self, link):
        self.settings = settings_of(**{key: value for key, value in link.items() if key not in OWN})
        config, params = self.settings.config, current_params(self.settings)
        self.flowers = chosen_flowers(link.get("flowers", "random"), link.get("n", 6), link.get("draw", 39))
        X, Y = all_flowers(self.settings)
        X, Y = X.copy(), Y.copy()
        X[self.settings.flower], Y[self.settings.flower] = observation(self.settings)
        rows = list(self.flowers)
        self.layer = link.get("batch_layer", config.depth)
        single = per_observation_gradients(config, params, X[rows], Y[rows])
        _, mean = loss_and_gradients(config, params, X[rows], Y[rows])
        W, b = f"W{self.layer}", f"b{self.layer}"
        self.gradient = np.column_stack((mean[W], mean[b]))
        self.single = np.dstack((single.weights[self.layer - 1], single.biases[self.layer - 1][:, :, None]))
        self.row = link["row"] - 1
        self.column = self.gradient.shape[1] - 1 if link["col"] == "b" else link["col"] - 1
        self.terms = dict(zip(self.flowers, self.single[:, self.row, self.column], strict=True))
        self.D = dict(zip(self.flowers, single.biases[self.layer - 1], strict=True))
        self.weights = params[W]
        if "pick" in link:
            step = training_step(config, params, X[link["pick"]], Y[link["pick"]], 0.1)
            self.through = self.D[link["pick"]] @ self.weights
            if self.layer > 1:
                np.testing.assert_allclose(self.through, step.cotangent(f"a{self.layer - 1}"), atol=1e-13)


def shown(app, attribute) -> dict[str, float]:
    found = by_attribute(markup_of(app), attribute)
    return {key: e.value for key, e in found.items() if "data-value" in e.attributes}


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_a_link_shows_the_numbers_of_the_core(link):
    app = open_app("batch", **link)
    assert not app.warning
    expected, cells = Expected(link), shown(app, "data-cell")
    gradient = np.array([cells[f"gradient:{k}:{j}"] for k, j in np.ndindex(expected.gradient.shape)])
    np.testing.assert_allclose(gradient, expected.gradient.ravel(), rtol=1e-9, atol=1e-14)
    assert cells["difference"] < 1e-12
    bars = {int(flower): value for flower, value in shown(app, "data-bar").items()}
    assert bars == pytest.approx(expected.terms, rel=1e-9, abs=1e-14)
    assert list(bars.values()) == sorted(bars.values(), reverse=True)
    terms = shown(app, "data-term")
    mean = expected.gradient[expected.row, expected.column]
    assert terms["n:mean"] == shown(app, "data-bar-mean")[""] == pytest.approx(mean, rel=1e-9, abs=1e-14)
    written = {key: value for key, value in cells.items() if key.startswith(("D:", "D':"))}
    for key, value in written.items():
        _, flower, k = key.split(":")
        assert value == pytest.approx(expected.D[int(flower)][int(k)], rel=1e-9, abs=1e-14)
    assert {int(key.split(":")[1]) for key in written} <= set(expected.flowers)


@pytest.mark.parametrize("link", [link for link in LINKS if "pick" in link], ids=str)
def test_the_sum_over_paths_is_that_of_the_same_column(link):
    app = open_app("batch", **link)
    expected, terms = Expected(link), shown(app, "data-term")
    paths = [terms[f"k:{k}"] for k in range(len(expected.weights))]
    np.testing.assert_allclose(
        paths, expected.D[link["pick"]] * expected.weights[:, expected.column], rtol=1e-9, atol=1e-14
    )
    assert terms["k:sum"] == pytest.approx(sum(paths), rel=1e-9, abs=1e-14)
    assert terms["k:sum"] == pytest.approx(expected.through[expected.column], rel=1e-9, abs=1e-14)
    cells = shown(app, "data-cell")
    assert cells[f"through:{link['pick']}:{expected.column}"] == terms["k:sum"]


def test_each_flower_shows_its_outer_product():
    link = LINKS[0]
    app = open_app("batch", **link)
    expected, cells = Expected(link), shown(app, "data-cell")
    for n, flower in enumerate(expected.flowers):
        for k, j in np.ndindex(expected.gradient.shape):
            assert cells[f"outer{flower}:{k}:{j}"] == pytest.approx(expected.single[n, k, j], abs=1e-14)
    assert cells["mean:1:4"] == pytest.approx(expected.gradient[1, 4])


def test_a_bias_has_no_paths_below_it():
    app = open_app("batch", col="b")
    terms = shown(app, "data-term")
    assert not [key for key in terms if key.startswith("k:")]
    assert "no-paths" in by_attribute(markup_of(app), "data-testid")


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
    eight = set(shown(app, "data-bar"))
    app.number_input(key="draw").set_value(40.0).run()
    assert len(eight) == 8
    assert set(shown(app, "data-bar")) != eight
    app.button_group(key="flowers").set_value("virginica").run()
    assert set(shown(app, "data-bar")) == set(map(str, range(100, 150)))
    app.button_group(key="batch_layer").set_value("1").run()
    assert not app.warning  # the page's own controls have made column 5 impossible
    assert "col" not in app.query_params
    assert not app.exception


def test_auto_takes_a_cell_that_flowers_pull_both_ways():
    bars = shown(open_app("batch"), "data-bar").values()
    assert min(bars) < 0 < max(bars)


def test_a_picked_flower_that_is_not_in_the_batch_gives_way():
    app = open_app("batch", flowers="setosa", pick=120)
    assert not app.warning
    strongest = max(shown(app, "data-bar").items(), key=lambda bar: abs(bar[1]))[0]
    assert f"of flower {strongest} = " in "".join(e.text for e in elements(markup_of(app)) if e.tag == "p")


@cache
def default_bars() -> dict[str, float]:
    return shown(open_app("batch"), "data-bar")


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
    assert shown(app, "data-bar") == default_bars()


def hrefs(app) -> list[str]:
    return [e.attributes["href"] for e in elements(markup_of(app)) if "data-app-link" in e.attributes]


def test_cells_link_to_themselves_with_the_same_batch():
    app = open_app("batch", n=4, draw=8, hidden="5-4", batch_layer=2, row=1, col=2)
    cells = [href for href in hrefs(app) if href.startswith("batch?") and "pick=" not in href]
    wanted = {f"row={k}&col={j}" for k in range(1, 5) for j in (*range(1, 6), "b")}
    assert {href.partition("row=")[1] + href.partition("row=")[2] for href in cells} == wanted
    assert all("hidden=5-4&n=4&draw=8&batch_layer=2&" in href for href in cells)
    current = [e for e in elements(markup_of(app)) if e.attributes.get("aria-current")]
    assert current[0].attributes["aria-label"].startswith("Row 1, column 2: ")


@pytest.mark.parametrize(("layer", "step_id"), [("1", "1.VI"), ("output", "2.V")])
def test_flowers_open_at_the_step_of_their_outer_product(layer, step_id):
    app = open_app("batch", batch_layer=layer, seed=3)
    bars = by_attribute(markup_of(app), "data-bar")
    step = find_step(settings_of().config, step_id)
    for flower, bar in bars.items():
        assert bar.attributes["href"] == f"walkthrough?flower={flower}&seed=3&step={step}"


def test_another_flower_leaves_behind_what_belongs_to_one():
    app = open_app("batch", flower=54, taken=3, edit="W1_1_1_0.5~x_1_2", seed=3)
    bars = by_attribute(markup_of(app), "data-bar")
    assert (
        bars["54"].attributes["href"].startswith("walkthrough?flower=54&seed=3&taken=3&edit=W1_1_1_0.5~x_1_2")
    )
    assert bars["13"].attributes["href"].startswith("walkthrough?flower=13&seed=3&edit=W1_1_1_0.5&step=")
    said = markup_of(app)
    assert "Flower 54 takes part with x<sub>1</sub> as typed." in said
    assert (
        "These weights come after 3 steps taken on flower 54. Another flower opens with the weights from "
        "before those steps, so its numbers differ from those here."
    ) in said


def test_the_controls_say_what_they_do():
    app = open_app("batch")
    (heading,) = [block.proto.body for block in app.main.get("html") if "bp-lead" in block.proto.body]
    assert heading.endswith(
        "The same D in two matrix products: left you add down the flowers, right across the units. Only the "
        "right sum is the total derivative. Choose a cell.</p>"
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
