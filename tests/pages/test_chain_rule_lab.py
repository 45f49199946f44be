"""The chain-rule lab, run from app.py by several links, against the core."""

import json

import numpy as np
import pytest

from backprop import init_params, loss_and_gradients, train
from backprop.differences import numerical_gradient
from backprop.study.rules import flat, keep_paths, rules_for
from tests.expected import settings_of
from tests.markup import by_attribute, elements
from tests.pages.helpers import markup_of, open_app
from tests.waiting import until
from ui.names.numbers import percent
from ui.state.cache import Store
from ui.state.data import load_iris
from ui.state.own import read_network, write_network
from ui.views.lab import runs

PAGE = "chain_rule_lab"
OWN = ("lab_order", "lab_path", "lab_seeds", "lab_epochs")
LINKS = [
    {"lab_seeds": 3, "lab_epochs": 10, "lab_order": "total-single-last-diagonal-biases"},
    {"lab_seeds": 1, "lab_epochs": 5, "lab_order": "skip", "hidden": "4-3", "lab_path": 2, "act": "tanh"},
    {"lab_seeds": 2, "lab_epochs": 5, "lab_order": "skip", "out": "identity", "lr": 0.01, "seed": 17},
    {"lab_seeds": 2, "lab_epochs": 1, "lab_order": "skip", "hidden": "1", "out": "sigmoid", "lr": 0},
]


@pytest.fixture(autouse=True)
def empty_store(monkeypatch):
    monkeypatch.setattr(runs, "_runs", Store(runs.KEPT_RUNS))


def open_lab(**link):
    """The page when its job is done."""
    return when_done(open_app(PAGE, **link))


def when_done(app):
    if "lab_started" in app.session_state:  # it may have ended since the page was drawn
        assert app.session_state["lab_started"].job.wait(30)
        app.run()
    assert not app.exception
    return app


def cells(app) -> dict[str, float]:
    return {key: element.value for key, element in by_attribute(markup_of(app), "data-cell").items()}


def text_of(app, class_) -> str:
    return "".join(e.text for e in elements(markup_of(app)) if class_ in e.classes)


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_numbers_are_those_of_the_core(link):
    app = open_lab(**link)
    assert not app.warning
    settings = settings_of(**{key: value for key, value in link.items() if key not in OWN})
    config, iris = settings.config, load_iris()
    shown = cells(app)
    for rule in rules_for(config):
        masks = keep_paths(rule, config, link.get("lab_path", 1) - 1)
        seeds = [settings.seed + number for number in range(link["lab_seeds"])]
        starts = [init_params(config, seed) for seed in seeds]
        trained = [
            train(config, p, iris.X, iris.Y, link["lab_epochs"], settings.learning_rate, keep_paths=masks)
            for p in starts
        ]
        assert shown[f"accuracy:{rule.name}"] == np.median([run.accuracies[-1] for run in trained])
        assert shown[f"cost:{rule.name}"] == np.median([run.costs[-1] for run in trained])
        assert shown[f"reached:{rule.name}"] == sum(run.accuracies[-1] >= 0.9 for run in trained)
        errors = [error_of(config, p, masks) for p in starts]
        assert shown[f"error:{rule.name}"] == pytest.approx(max(errors), rel=1e-12)
    assert ("accuracy:diagonal" in shown) == (settings.output == "softmax")
    (chart,) = app.get("plotly_chart")
    assert chart.proto.alt.startswith("Curves of accuracy and cost")
    names = {trace.get("name") for trace in json.loads(chart.proto.spec)["data"]} - {None}
    assert len(names) == len(rules_for(config))


def error_of(config, params, masks) -> float:
    iris = load_iris()
    numeric = numerical_gradient(config, params, iris.X, iris.Y)
    gradient = flat(loss_and_gradients(config, params, iris.X, iris.Y, masks)[1])
    return np.abs(gradient - numeric.values)[numeric.judged].max() / np.abs(numeric.values).max()


def test_results_stay_hidden_until_the_reader_predicts():
    app = open_lab(lab_seeds=1, lab_epochs=2)
    assert cells(app) == {}
    assert not app.get("plotly_chart")
    assert "lab_started" not in app.session_state
    app.multiselect(key="lab_ranking").set_value(["single", "total", "last", "diagonal"])
    when_done(app.button(key="lab_submit").click().run())
    assert app.query_params["lab_order"] == "single-total-last-diagonal-biases"
    assert "accuracy:total" in cells(app)
    assert "pairs of rules" in text_of(app, "bp-lab-prediction")
    app.button(key="lab_again").click().run()
    assert cells(app) == {}
    when_done(app.button(key="lab_skip").click().run())
    assert "accuracy:total" in cells(app)
    assert text_of(app, "bp-lab-prediction") == ""


def test_an_incomplete_prediction_is_asked_for_again():
    app = open_lab(lab_seeds=1, lab_epochs=2)
    app.multiselect(key="lab_ranking").set_value(["single", "total", "last"])
    app.button(key="lab_submit").click().run()
    assert [w.value for w in app.warning] == ["Rank all 5 rules, best first; the last may be left out."]
    assert cells(app) == {}
    app.run()
    assert not app.warning


def test_a_prediction_made_with_softmax_still_holds_without_it():
    link = {"lab_seeds": 1, "lab_epochs": 2, "lab_order": "diagonal-total-single-last-biases"}
    app = open_lab(out="identity", lr=0.01, **link)
    assert not app.warning
    assert "of 6 pairs" in text_of(app, "bp-lab-prediction") or "all 6 pairs" in text_of(
        app, "bp-lab-prediction"
    )


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (
            "lab_seeds",
            "21",
            "Seeds: expected one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17",
        ),
        ("lab_seeds", "2.5", "Seeds: expected one of 1, 2, 3"),
        ("lab_seeds", "inf", "Seeds: expected one of 1, 2, 3"),
        (
            "lab_epochs",
            "nan",
            "Epochs: expected one of 1, 2, 5, 10, 20, 50, 100, 200, 300, 400, 500, got `nan`.",
        ),
        ("lab_epochs", "9" * 400, "Epochs: expected one of"),
        ("lab_path", "4", "Single path: through unit k: expected one of 1, 2, 3, got `4`. You see 1."),
        ("lab_path", "²", "Single path: through unit k: expected one of 1, 2, 3, got `²`. You see 1."),
    ],
)
def test_bad_numbers_give_a_notice_and_the_default(key, value, said):
    app = open_app(PAGE, **{key: value})
    (warning,) = app.warning
    assert warning.value.startswith(said)
    default = {"lab_seeds": "10", "lab_epochs": "200", "lab_path": "1"}[key]
    assert warning.value.endswith(f"You see {default}.")
    assert app.session_state[key] == default
    app.run()
    assert not app.warning


@pytest.mark.parametrize(
    "order", ["total", "total-total-single-last-biases", "<script>", "x" * 10000, "Skip"]
)
def test_a_bad_prediction_gives_a_notice_and_asks(order):
    app = open_app(PAGE, lab_order=order)
    (warning,) = app.warning
    assert warning.value.startswith(
        "Prediction: expected skip, or total, single, diagonal, last, biases in any"
    )
    assert cells(app) == {}
    assert app.button(key="lab_submit")


def test_a_path_that_a_narrower_layer_lacks_is_put_right_without_a_word():
    app = open_app(PAGE, lab_path=3)
    assert not app.warning
    app.text_input(key="hidden").set_value("5-2").run()
    assert not app.warning
    assert app.session_state["lab_path"] == "1"


def test_stopping_keeps_the_finished_seeds_and_continuing_does_the_rest():
    app = open_app(PAGE, hidden="16-16-16", lab_order="skip", lab_seeds=20, lab_epochs=100)
    started = app.session_state["lab_started"]
    until(lambda: runs.finished(started.plan).seeds)
    app.run()
    app.button(key="lab_stop").click().run()
    assert started.job.wait(5)
    app.run()
    done = len(runs.finished(started.plan).seeds)
    assert 0 < done < 20
    assert any(m.value == f"Stopped, with {done} of 20 seeds finished." for m in app.main.markdown)
    assert by_attribute(markup_of(app), "data-cell")["diverged:total"].text == f"0 of {done}"
    first = runs.finished(started.plan).runs["total"]
    app.button(key="lab_continue").click().run()
    again = app.session_state["lab_started"].job
    assert again is not started.job
    until(lambda: len(runs.finished(started.plan).seeds) > done)
    app.run()
    app.button(key="lab_stop").click().run()
    assert again.wait(5)
    more = runs.finished(started.plan).runs["total"]
    assert len(more) > done
    assert more[:done] == first


def test_a_result_outlives_a_change_of_page_and_is_shared():
    link = {"lab_seeds": 2, "lab_epochs": 5}
    app = open_lab(**link)
    when_done(app.button(key="lab_skip").click().run())
    shown = cells(app)
    assert shown
    app.switch_page("pages/paths.py").run()
    for key in OWN:  # the sidebar's links do not carry them
        app.query_params.pop(key, None)
    app.switch_page(f"pages/{PAGE}.py").run()
    assert cells(app) == shown
    other = open_app(PAGE, lab_order="skip", **link)
    assert cells(other) == shown
    assert "lab_started" not in other.session_state  # nothing was trained for the second reader


def test_another_plan_stops_the_one_before():
    app = open_app(PAGE, hidden="16-16-16-16", lab_order="skip", lab_seeds=20, lab_epochs=500)
    job = app.session_state["lab_started"].job
    assert job.is_running
    app.select_slider(key="lab_seeds").set_value("1")
    app.select_slider(key="lab_epochs").set_value("1").run()
    assert job.wait(5)
    assert job.fraction < 1
    assert "accuracy:total" in cells(when_done(app))


def test_links_carry_the_settings():
    app = open_lab(seed=5, hidden="6-5", lab_path=2)
    hrefs = [e.attributes["href"] for e in elements(markup_of(app)) if "data-app-link" in e.attributes]
    pages = {href.split("?")[0] for href in hrefs}
    assert pages == {"paths", "jacobians", "walkthrough", "notation"}
    assert all("seed=5" in href and "hidden=6-5" in href for href in hrefs)
    assert "paths?seed=5&hidden=6-5&layer=2&drop=1&drop=3" in hrefs


XOR = write_network(read_network("X = [[0, 0], [0, 1], [1, 0], [1, 1]]\nY = [0, 1, 1, 0]"))


def test_on_ones_own_numbers_the_rules_that_differ_are_ranked_by_cost():
    link = {"data": "own", "own": XOR, "hidden": "2", "act": "tanh", "out": "sigmoid", "lr": 1}
    app = open_lab(lab_seeds=3, lab_epochs=400, lab_order="biases-last-single-total", **link)
    settings, X, Y = settings_of(**link), [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]
    rules = {rule.name: rule for rule in rules_for(settings.config)}
    assert [*rules] == ["total", "last", "biases"]  # with one output one path is the whole sum
    assert "lab_path" not in {pills.key for pills in app.main.get("pills")}
    table = cells(app)
    for name, rule in rules.items():
        masks, costs = keep_paths(rule, settings.config), []
        for seed in (859, 860, 861):
            start = init_params(settings.config, seed)
            costs.append(train(settings.config, start, X, Y, 400, 1, keep_paths=masks).costs[-1])
        assert table[f"cost:{name}"] == np.median(costs)
    said = text_of(app, "bp-lab-verdict")
    assert said.startswith("The total derivative comes first with cost 0.0")
    assert "no wrong rule learns these observations (comes down to 10\u00a0% of its starting cost)" in said
    assert text_of(app, "bp-lab-prediction").startswith("Your order has 0 of 3 pairs of rules right.")
    assert "flower" not in "".join(e.text for e in elements(markup_of(app)))


def test_costs_without_classes_have_no_accuracy_and_one_rule_nothing_to_compare():
    own = write_network(read_network("x = [1, 2; 3, 4; 0, 1]\ny = [0.5, 1; 2, 0; 1, 1]"))
    link = {"data": "own", "own": own, "hidden": "3", "out": "identity", "lr": 0.02, "bias": "none"}
    app = open_lab(lab_seeds=2, lab_epochs=10, lab_order="skip", **link)
    assert {key.split(":")[0] for key in cells(app)} == {"cost", "reached", "diverged", "error"}
    assert {key.split(":")[1] for key in cells(app)} == {"total", "single", "last"}
    (chart,) = app.get("plotly_chart")
    assert json.loads(chart.proto.spec)["layout"].keys() & {"xaxis", "xaxis2"} == {"xaxis2"}
    alone = open_app(PAGE, hidden="none", out="sigmoid", bias="none")
    assert alone.info[0].value.startswith("This network has nothing to get wrong")


def test_the_question_and_its_controls_say_what_they_do():
    app = open_app(PAGE)
    (heading,) = [block.proto.body for block in app.main.get("html") if "bp-lead" in block.proto.body]
    assert heading.endswith(
        "Train iris by the right chain rule and by wrong ones: predict their order, then run. The dangerous "
        "mistake is the one that still learns. Its curve looks fine; a gradient check catches it at once.</p>"
    )
    ranking = app.multiselect(key="lab_ranking")
    assert (ranking.label, ranking.help) == (
        "Your prediction: choose the rules in order, most accurate first",
        "The last one may be left out.",
    )
    assert ranking.options == [
        *("Total derivative", "Single path ①", "Diagonal softmax", "Last layer only", "Output biases only")
    ]
    seeds, epochs = app.select_slider(key="lab_seeds"), app.select_slider(key="lab_epochs")
    assert (seeds.label, seeds.help, seeds.options) == (
        "Seeds",
        "From the sidebar's seed on: every rule starts from the same weights.",
        [str(count) for count in range(1, 21)],
    )
    assert (epochs.label, epochs.help) == (
        "Epochs",
        "Full batch: one step an epoch, with the mean gradient of all 150 flowers.",
    )
    path = app.button_group(key="lab_path")
    assert path.proto.help == (
        "The rule “single path” keeps one term of each sum over paths: the one through unit k of the next "
        "layer, the same k above every hidden layer, so it goes up to the narrowest of these layers."
    )
    assert [button.label for button in app.main.button] == ["Predict and run", "Run without a prediction"]


def test_the_lab_without_a_step_ranks_nothing():
    order = "biases-last-diagonal-single-total"
    app = open_lab(lr=0, lab_order=order, lab_seeds=2, lab_epochs=1)
    began = cells(app)["accuracy:total"]
    assert text_of(app, "bp-lab-verdict") == (
        f"With η = 0 no rule takes a step: after 1 epoch each one is where it began, at {percent(began, 1)} "
        "(median of 2 seeds). There is nothing to rank, but the gradient check catches every wrong rule "
        f"before the first epoch (off by {off_by(app)} of the largest derivative)."
    )
    assert text_of(app, "bp-lab-prediction") == (
        "With η = 0 nobody learns, so there is nothing to rank: your order is neither right nor wrong."
    )


def off_by(app) -> str:
    errors = [value for key, value in cells(app).items() if key.startswith("error:") and value > 1e-6]
    return f"{percent(min(errors))} to {percent(max(errors))}"
