"""Settings without a field need no widget: the address keeps them."""

import numpy as np
import pytest

from tests.expected import settings_of
from tests.pages.helpers import open_app, parameter
from ui.state.data import load_iris
from ui.state.recording import current_params, recorded_step
from ui.state.training_runs import split_iris

HIDDEN = {"step": "3", "taken": "2", "epoch": "0", "data": "textbook", "edit": "x_1_0.5", "split": "7"}


def widget_keys(app) -> set[str]:
    kinds = ("number_input", "selectbox", "text_input")
    return {widget.key for kind in kinds for widget in app.sidebar.get(kind)}


def test_the_default_view_draws_fields_only():
    assert widget_keys(open_app()) == {"flower", "seed", "lr", "hidden", "act", "out", "bias"}
    fields = widget_keys(open_app("training"))
    assert fields == {"flower", "seed", "lr", "hidden", "act", "out", "bias", "split", "batch"}
    assert "err" in widget_keys(open_app(out="identity"))
    assert "act" not in widget_keys(open_app("update", hidden="none"))


@pytest.mark.parametrize(("key", "value"), HIDDEN.items())
def test_what_a_link_asks_for_stays_in_the_url(key, value):
    app = open_app("walkthrough", **{key: value})
    assert not app.warning
    app.sidebar.text_input(key="lr").set_value("0,2").run()
    assert parameter(app, key) == value
    assert (app.query_params[key], app.query_params["lr"]) == (value, "0.2")


def test_what_a_button_sets_is_in_the_url():
    app = open_app("update")
    app.button(key="take_10").click().run()
    assert app.query_params["taken"] == "10"
    app.button(key="take_1").click().run()
    assert app.query_params["taken"] == "11"


def test_what_was_put_back_does_not_return():
    app = open_app("update", taken=3)
    app.button(key="take_reset").click().run()
    assert "taken" not in app.query_params
    app.run()
    app.button(key="take_1").click().run()
    assert int(parameter(app, "taken")) == 1
    assert app.query_params["taken"] == "1"


HELPS = {
    "flower": "One of Fisher's 150 irises: 0–49 setosa, 50–99 versicolor, 100–149 virginica.",
    "seed": "Of the random initial weights: the same seed, layers and activation give the same weights "
    "everywhere. In a training it also shuffles the flowers.",
    "lr": "How far a step goes: η times the derivative, the other way. With 0 nothing moves. Up to 10, such "
    "as 0.1, 0,05, 1e-3 or 1/3.",
    "hidden": "Units of each hidden layer, such as 5 or 6-5: up to 4 layers of up to 16 units. With none the "
    "outputs see the inputs directly.",
    "act": "Of every hidden unit, in all hidden layers, or one for each layer: type relu-sigmoid. The "
    "outputs have their own.",
    "bias": "Learned: the update moves them. Fixed: in the forward pass, with ∂C/∂b shown, but never moved, "
    "as in some textbooks. With none, z = W a, and there is no b anywhere.",
    "out": "Softmax: every output depends on every z, so even ∂C/∂z is a total derivative. The others are "
    "element-wise: one path each.",
    "split": "Seed of the split into 105 training and 45 test flowers, a third of each species.",
    "batch": "Training flowers a step: full takes all 105 at once, 1 a single one.",
}
LABELS = {
    "flower": "Flower",
    "seed": "Seed",
    "lr": "Learning rate η",
    "hidden": "Hidden layers",
    "act": "Activation",
    "out": "Output",
    "bias": "Biases",
    "split": "Split",
    "batch": "Batch size",
}


def test_every_field_has_its_name_and_says_what_it_does():
    sidebar = open_app("training").sidebar
    fields = [w for kind in ("number_input", "selectbox", "text_input") for w in sidebar.get(kind)]
    assert {field.key: field.label for field in fields} == LABELS
    assert {field.key: field.help for field in fields} == HELPS


def test_what_the_helps_say_is_so():
    iris, split = load_iris(), split_iris(1)
    assert [iris.species.index(k) for k in range(3)] == [0, 50, 100]
    assert iris.species[49:51] == (0, 1)
    assert (len(split.training), len(split.test)) == (105, 45)
    for rows in (split.training, split.test):
        assert {3 * sum(iris.species[row] == k for row in rows) for k in range(3)} == {len(rows)}
    still = recorded_step(settings_of(lr=0))
    assert not any(update.step.any() for update in still.updates)
    one, other = (current_params(settings_of(seed=4, flower=flower)) for flower in (3, 77))
    assert all(np.array_equal(W, V) for W, V in zip(one.weights, other.weights, strict=True))
    for change in ({"hidden": "5-5"}, {"act": "tanh"}):
        other = current_params(settings_of(seed=4, **change))
        assert not all(np.array_equal(W, V) for W, V in zip(one.weights, other.weights, strict=False))
    paths = {
        out: recorded_step(settings_of(out=out)).vjp("a2", "z2").paths
        for out in ("softmax", "sigmoid", "sigmoid-squared", "identity")
    }
    assert paths == {"softmax": 3, "sigmoid": 1, "sigmoid-squared": 1, "identity": 1}


@pytest.mark.parametrize(
    ("out", "caption"),
    [
        ("softmax", "softmax outputs, cross-entropy cost"),
        ("sigmoid", "sigmoid outputs, binary cross-entropy cost"),
        ("sigmoid-squared", "sigmoid outputs, squared error cost"),
        ("identity", "identity outputs, squared error cost"),
    ],
)
def test_the_output_s_activation_and_cost_stand_below_it(out, caption):
    assert [c.value for c in open_app("walkthrough", out=out).sidebar.caption][1] == caption
