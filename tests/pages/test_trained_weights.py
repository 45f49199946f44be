"""Links with an epoch of training: every page shows those weights, says so, and leads back."""

import numpy as np
import pytest

from tests.expected import settings_of
from tests.pages.helpers import open_app, parameter
from tests.scenes import scene_of
from ui.state.recording import recorded_step


def sidebar_text(app) -> str:
    return "\n".join(markdown.value for markdown in app.sidebar.markdown)


def test_pages_show_the_weights_of_the_epoch():
    view = {"epoch": 37, "split": 4, "batch": "8", "lr": 0.2}
    step = recorded_step(settings_of(**view))
    app = open_app("jacobians", **view)
    np.testing.assert_array_equal(scene_of(app, "jacobian_scene").large_matrix()[0], step.params.weights[1])
    app = open_app(None, **view)
    assert not app.warning
    assert scene_of(app).of_network("C") == [[step.loss_before]]
    assert "37 epochs of training (batch size 8, split 4, with this η)" in sidebar_text(app)


def test_steps_are_taken_from_the_epoch_on_and_both_go_back():
    app = open_app("update", epoch=1, taken=2)
    shown = scene_of(app).numbers()["cost=before"]
    assert shown == recorded_step(settings_of(epoch=1, taken=2)).loss_before
    assert "1 epoch of training" in sidebar_text(app)
    assert "2 update steps" in sidebar_text(app)
    app.sidebar.button(key="reset_weights").click().run()
    assert (int(parameter(app, "epoch")), int(parameter(app, "taken"))) == (-1, 0)
    assert "The weights have changed" not in sidebar_text(app)
    shown = scene_of(app).numbers()["cost=before"]
    assert shown == recorded_step(settings_of()).loss_before


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        (
            "epoch",
            "501",
            "Epoch: expected a whole number from 0 to 500, got `501`. You see the default, untrained.",
        ),
        (
            "epoch",
            "x",
            "Epoch: expected a whole number from 0 to 500, got `x`. You see the default, untrained.",
        ),
        ("split", "-3", "Split: expected a whole number from 0 to 9999, got `-3`. You see the default, 1."),
        (
            "batch",
            "7",
            "Batch size: expected one of full, 32, 16, 8, 4, 1, got `7`. You see the default, 16.",
        ),
    ],
)
def test_a_bad_value_gives_a_notice_and_the_default(key, value, expected):
    app = open_app("update", **{key: value})
    assert [warning.value for warning in app.warning] == [expected]
    shown = scene_of(app).numbers()["cost=before"]
    assert shown == recorded_step(settings_of()).loss_before


def test_a_training_that_diverges_gives_a_notice_and_the_last_epoch_before():
    app = open_app("update", epoch=300, out="identity", lr=10)
    (warning,) = app.warning
    assert "Epoch: with η = 10, 300 epochs lead to numbers too large to show" in warning.value
    possible = int(parameter(app, "epoch"))
    assert 0 <= possible < 300
    shown = scene_of(app).numbers()["cost=before"]
    assert shown == recorded_step(settings_of(epoch=possible, out="identity", lr=10)).loss_before
    app.run()
    assert not app.warning
