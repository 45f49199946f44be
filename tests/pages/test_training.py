"""The training page, run from app.py: what the film gets is the core's, and every button does its work."""

import time
from base64 import b64decode
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest

from tests.expected import settings_of
from tests.markup import by_attribute
from tests.pages.helpers import component_data, markup_of, open_app, parameter
from ui.state import turns
from ui.state.jobs import Job
from ui.state.parameters import DEFAULT_PLANE, PRINCIPAL, UNTRAINED
from ui.state.training_runs import run_training, split_iris
from ui.state.turns import Turn


def plan_of(split=1, batch="16", **link):
    return replace(settings_of(**link), split=split, batch=batch).plan


def shown(app):
    """(epochs of the film, epoch it starts at, its series)."""
    data = component_data(app, "film")
    film = data["payload"]
    series = {name: np.frombuffer(b64decode(text), "<f8") for name, text in film["series"].items()}
    return film["epochs"], data["start"], series


def finished(app):
    """The page after its training has ended."""
    for _ in range(200):
        started = app.session_state["trainings"].started
        if started is None:
            return app
        assert started.job.wait(60)
        app.run()
    raise AssertionError("the training does not end")


def press(app, name):
    return app.button(key=f"training_{name}").click().run()


def lead(app):
    """The sentence under the page's name."""
    (heading,) = [block.proto.body for block in app.main.get("html") if "bp-lead" in block.proto.body]
    return heading.partition('bp-lead">')[2]


def keys(app):
    return {button.key for button in app.main.button}


def test_before_training_the_untrained_network_is_shown():
    app = open_app("training")
    epochs, start, series = shown(app)
    assert (epochs, start) == (0, 0)
    np.testing.assert_array_equal(series["training_cost"], run_training(plan_of(), 0).costs[:1])
    assert app.button(key="training_start").label == "Start"
    assert app.button(key="training_reset").disabled
    assert lead(app).startswith("Press Start to train")
    assert not app.warning


def test_start_trains_and_shows_the_last_epoch():
    app = finished(press(open_app("training", flower=3), "start"))
    epochs, start, series = shown(app)
    assert (epochs, start, int(parameter(app, "epoch"))) == (100, 100, 100)
    assert lead(app).startswith("The network was trained on 105 flowers. Drag the slider")
    np.testing.assert_array_equal(series["training_cost"], run_training(plan_of(), 100).costs[:101])
    assert series["test_accuracy"][-1] >= 0.95
    assert app.button(key="training_continue").disabled
    links = dict(component_data(app, "film")["links"])
    settings = replace(settings_of(flower=3), epoch=0)
    assert links["Open this epoch in the walkthrough →"] == settings.link("walkthrough")
    assert "flower=3" in settings.link("walkthrough")


def test_reset_leads_back_and_start_does_it_again():
    app = finished(press(open_app("training", epochs=20, seed=4), "start"))
    assert shown(app)[0] == 20
    press(app, "reset")
    assert (shown(app)[0], int(parameter(app, "epoch"))) == (0, UNTRAINED)
    assert lead(app).startswith("Press Start")
    app = finished(press(app, "start"))
    assert shown(app)[:2] == (20, 20)


def test_back_to_the_initial_weights_leads_to_the_untrained_network():
    app = finished(press(open_app("training", epochs=20, seed=4), "start"))
    app.sidebar.button(key="reset_weights").click().run()
    assert shown(app)[:2] == (0, 0)
    assert not app.button(key="training_start").disabled


def test_pause_keeps_what_there_is_and_continue_goes_on():
    plan = plan_of(batch="1", seed=6)
    app = press(open_app("training", epochs=400, batch=1, seed=6), "start")
    assert "training_pause" in keys(app)
    assert app.session_state["trainings"].started.job.is_running
    assert any("of 400" in progress.proto.text for progress in app.get("progress"))
    assert lead(app).startswith("The network learns")
    press(app, "pause")
    assert lead(app).startswith("The network was trained")
    reached, start, series = shown(app)
    assert 0 <= reached < 400
    assert (start, int(parameter(app, "epoch"))) == (reached, reached)
    np.testing.assert_array_equal(series["training_cost"], run_training(plan, reached).costs[: reached + 1])
    app.number_input(key="epochs").set_value(reached + 4).run()
    app = finished(press(app, "continue"))
    assert shown(app)[:2] == (reached + 4, reached + 4)
    np.testing.assert_array_equal(
        shown(app)[2]["training_cost"], run_training(plan, reached + 4).costs[: reached + 5]
    )


def test_a_training_goes_on_while_another_page_is_open():
    app = press(open_app("training", epochs=40, batch=1, seed=9), "start")
    app.switch_page("pages/overview.py").run()
    time.sleep(0.1)
    app.switch_page("pages/training.py").run()
    assert shown(finished(app))[:2] == (40, 40)


def test_another_setting_is_another_training():
    app = finished(press(open_app("training", epochs=15), "start"))
    app.sidebar.text_input(key="lr").set_value("0,5").run()
    epochs, start, series = shown(finished(app))
    assert (epochs, start) == (15, 15)
    np.testing.assert_array_equal(series["training_cost"], run_training(plan_of(lr=0.5), 15).costs[:16])
    app.sidebar.number_input(key="split").set_value(5).run()
    np.testing.assert_array_equal(
        shown(finished(app))[2]["training_cost"], run_training(plan_of(lr=0.5, split=5), 15).costs[:16]
    )


@pytest.mark.parametrize(("epochs", "epoch", "shown_epochs"), [(50, 37, 50), (10, 37, 37), (50, 0, 50)])
def test_a_link_with_an_epoch_opens_with_the_training_done(epochs, epoch, shown_epochs):
    app = finished(open_app("training", epoch=epoch, epochs=epochs))
    assert shown(app)[:2] == (shown_epochs, epoch)
    assert int(parameter(app, "epoch")) == epoch
    assert lead(app).startswith("The network was trained")


def test_divergence_says_where_and_what_to_try():
    app = finished(press(open_app("training", lr=10, out="identity"), "start"))
    (warning,) = app.warning
    epochs, start, series = shown(app)
    assert f"diverged in epoch {epochs + 1}" in warning.value
    assert "try a smaller η, such as 1" in warning.value
    assert start == epochs
    assert len(series["training_cost"]) == epochs + 1
    assert np.isfinite(series["training_cost"]).all()
    assert app.button(key="training_continue").disabled
    app.run()
    assert len(app.warning) == 1
    press(app, "reset")
    assert not app.warning


def test_the_lead_follows_what_there_is_to_see():
    app = finished(open_app("training", lr=10, out="identity", epoch=3))  # diverges in its first epoch
    assert lead(app).startswith("No epoch came to its end")
    app = finished(press(open_app("training", lr=0, epochs=1), "start"))
    hint = (
        "the slider, or press ← and →, to see what each epoch changed. With η = 0 no step changes a weight."
    )
    assert lead(app).startswith(f"The network was trained on 105 flowers. Drag {hint}")
    assert app.button(key="training_continue").label == "1 epoch done"
    press(app, "reset")
    assert lead(app).startswith(f"Press Start to train the network on 105 flowers. Then drag {hint}")
    app = finished(press(open_app("training", lr=10, out="identity", hidden="16-16-16-16", batch=1), "start"))
    assert shown(app)[0] == 0
    assert lead(app).startswith("No epoch came to its end: you see the network before training.")
    assert app.warning[0].value.endswith("You see the start.")


def test_the_controls_say_what_they_do():
    app = open_app("training")
    epochs = app.number_input(key="epochs")
    assert (epochs.label, epochs.help) == (
        "Epochs",
        "How far to train. In one epoch every training flower is used once.",
    )
    assert app.selectbox(key="plane").label == "Decision regions over"
    reset = app.button(key="training_reset")
    assert (reset.label, reset.help) == ("Reset", "Back to the initial weights.")
    assert [label for label, _ in component_data(app, "film")["links"]] == [
        "Open this epoch in the walkthrough →",
        "Its batch gradient →",
        "Its weight update →",
    ]


def test_the_plane_can_be_chosen_by_link_and_menu():
    app = open_app("training", plane=PRINCIPAL)
    plane = component_data(app, "film")["payload"]["plane"]
    assert plane["name"] == PRINCIPAL
    assert "of the variance" in plane["axes"][0]["title"]
    app.selectbox(key="plane").set_value(DEFAULT_PLANE).run()
    assert component_data(app, "film")["payload"]["plane"]["name"] == DEFAULT_PLANE


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"epochs": "0"}, "Epochs: expected a whole number from 1 to 500, got `0`"),
        ({"epochs": "501"}, "Epochs: expected"),
        ({"epochs": "x"}, "Epochs: expected"),
        ({"plane": "moon"}, "Decision regions: expected one of"),
    ],
)
def test_a_bad_link_gives_a_notice_and_the_default(query, message):
    app = open_app("training", **query)
    (warning,) = app.warning
    assert warning.value.startswith(message)
    assert app.number_input(key="epochs").value == 100
    assert app.selectbox(key="plane").value == DEFAULT_PLANE


def test_the_split_is_shown_with_what_it_standardises_by():
    split = split_iris(4)
    app = open_app("training", split=4)
    cells = by_attribute(markup_of(app), "data-split")
    for feature in range(4):
        assert cells[f"mean:{feature}"].value == split.mean[feature]
        assert cells[f"deviation:{feature}"].value == split.deviation[feature]
    assert "105 to train on, 45 to test" in markup_of(app)
    assert f"Test flowers: {', '.join(map(str, split.test))}." in markup_of(app)


def test_the_textbooks_example_is_learned_from_its_own_weights():
    link = {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared", "lr": 0.5}
    app = finished(open_app("training", epoch=1, epochs=20, **link))
    assert lead(app).startswith("The network was trained on the only observation. Drag")
    film = component_data(app, "film")["payload"]
    assert film["weights"]["matrices"][0]["name"] == "W1"
    # Mazur 2015 has 0.298371109, and 0.291027924 after rounded steps, where the biases stay as they are.
    assert shown(app)[2]["training_cost"][0] == pytest.approx(0.298371109, abs=5e-10)
    fixed = finished(open_app("training", epoch=1, epochs=20, bias="fixed", **link))
    assert shown(fixed)[2]["training_cost"][1] == pytest.approx(0.291027774, abs=5e-10)
    assert "What is learned from: the only observation" in markup_of(app)
    assert {widget.key for widget in app.sidebar.number_input} & {"flower", "split", "seed"} == set()
    assert "batch" not in {menu.key for menu in app.sidebar.selectbox}
    html = by_attribute(markup_of(app), "data-given")
    assert [html[f"x:1:{place}"].value for place in (0, 1)] == [0.05, 0.1]


@contextmanager
def others():
    """Two short works that take all the time there is."""

    def nobody_ends(_):
        pass

    with Turn("shorter", 0, nobody_ends):
        yield Job(lambda job: None, "another", 1)


def progress_text(app):
    (progress,) = app.get("progress")
    return progress.proto.text


def test_whoever_must_wait_is_told_and_may_pause():
    app = open_app("training", seed=4711)
    with others():
        press(app, "start")
        assert progress_text(app) == "Epoch 0 of 100 · 2 trainings are before yours."
        press(app, "pause")
    assert not app.get("progress")
    assert keys(app) >= {"training_start"}
    assert app.session_state["trainings"].started is None


def test_a_training_whose_settings_change_on_another_page_ends():
    app = open_app("training", seed=4712)
    with others():
        press(app, "start")
        job = app.session_state["trainings"].started.job
        app.switch_page("pages/paths.py").run()
        assert job.is_running
        app.number_input(key="flower").set_value(3).run()
        assert job.is_running
        app.number_input(key="seed").set_value(5).run()
        assert job.wait(5)
        app.number_input(key="seed").set_value(4712).run()
        app.switch_page("pages/training.py").run()
        assert progress_text(app).startswith("Epoch 0 of 100")  # it goes on


def test_a_training_for_which_the_line_is_too_long_says_so(monkeypatch):
    monkeypatch.setattr(turns, "MOST", 2)
    app = open_app("training", seed=4713)
    with others():
        press(app, "start")
    assert [warning.value for warning in app.warning] == [
        "2 trainings are before yours, all of them shorter, and no more can wait. "
        "Try yours again in a minute, or a shorter one now."
    ]
    assert not app.get("progress")


def test_a_view_for_which_the_line_is_too_long_says_so(monkeypatch):
    monkeypatch.setattr(turns, "MOST", 2)
    with others():
        app = open_app("paths", seed=4714, epoch=50)
    assert [warning.value.partition(",")[0] for warning in app.warning] == ["2 trainings are before yours"]
    assert app.number_input(key="seed").value == 4714
