"""What the sidebar says of the view: whole sentences, with η = 0, at epoch 0, with typed inputs."""

import pytest

from tests.expected import settings_of
from ui.shell.sidebar import limit_notice, misfit_notice, weights_note
from ui.state.recording import fitting_edit, possible_epoch, possible_taken

TEXTBOOK = {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared", "lr": 0.5}


@pytest.mark.parametrize(
    ("view", "note"),
    [
        ({"taken": 1}, "**The weights have changed**: 1 update step on this flower, with this η."),
        (
            TEXTBOOK | {"taken": 200},
            "**The weights have changed**: 200 update steps on this example, with this η.",
        ),
        (
            {"taken": 2, "edit": "x_1_7"},
            "**The weights have changed**: 2 update steps on this example, with this η.",
        ),
        (
            {"epoch": 1, "taken": 2, "batch": "full", "split": 4},
            "**The weights have changed**: 1 epoch of training (batch size full, split 4, with this η), "
            "whose flowers also standardise x; then 2 update steps on this flower, with this η.",
        ),
        (
            {"epoch": 0},
            "**The weights are the initial ones**: no epochs of training (batch size 16, split 1, with this "
            "η), whose flowers also standardise x.",
        ),
        (
            {"epoch": 0, "taken": 3},
            "**The weights have changed**: no epochs of training (batch size 16, split 1, with this η), "
            "whose flowers also standardise x; then 3 update steps on this flower, with this η.",
        ),
        (
            {"epoch": 12, "edit": "x_4_1"},
            "**The weights have changed**: 12 epochs of training (batch size 16, split 1, with this η), "
            "whose flowers also standardise the rest of x.",
        ),
        (
            {"epoch": 12, "lr": 0, "edit": "x_1_1~x_2_1~x_3_1~x_4_1"},
            "**With η = 0 the weights stay**: 12 epochs of training (batch size 16, split 1, with this η).",
        ),
        (
            {"taken": 7, "lr": 0},
            "**With η = 0 the weights stay**: 7 update steps on this flower, with this η.",
        ),
    ],
    ids=str,
)
def test_what_happened_to_the_weights(view, note):
    assert weights_note(settings_of(**view)) == note


@pytest.mark.parametrize(
    ("view", "notice"),
    [
        (
            {"epoch": 300, "lr": 10, "out": "identity"},
            "Epoch: with η = 10, 300 epochs lead to numbers too large to show. You see {}.",
        ),
        (
            {"epoch": 1, "lr": 10, "out": "identity"},
            "Epoch: with η = 10, 1 epoch leads to numbers too large to show. You see {}.",
        ),
        (
            {"taken": 50, "lr": 10, "out": "identity"},
            "Steps taken: with η = 10, 50 steps lead to numbers too large to show. You see {}.",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_shown_says_how_much_is(view, notice):
    settings = settings_of(**view)
    epoch = possible_epoch(settings)
    taken = possible_taken(settings) if epoch == settings.epoch else settings.taken
    shown = {0: "none of them", 1: "the first"}.get(taken, f"the first {taken}")
    if "epoch" in view:
        shown = f"epoch {epoch}" if epoch else "epoch 0, before any training"
    assert limit_notice(settings, epoch, taken) == notice.format(shown)


@pytest.mark.parametrize(
    ("asked", "epoch", "taken", "notice"),
    [
        (
            {"epoch": 9},
            3,
            0,
            "Epoch: with η = 0.1, 9 epochs lead to numbers too large to show. You see epoch 3.",
        ),
        (
            {"taken": 1, "lr": 2.5},
            -1,
            0,
            "Steps taken: with η = 2.5, 1 step leads to numbers too large to show. You see none of them.",
        ),
        (
            {"taken": 2, "lr": 1e-5},
            -1,
            1,
            "Steps taken: with η = 1e−5, 2 steps lead to numbers too large to show. You see the first.",
        ),
        (
            {"taken": 20, "epoch": 5},
            5,
            4,
            "Steps taken: with η = 0.1, 20 steps lead to numbers too large to show. You see the first 4.",
        ),
    ],
    ids=str,
)
def test_the_notice_names_what_was_asked_and_what_is_shown(asked, epoch, taken, notice):
    assert limit_notice(settings_of(**asked), epoch, taken) == notice


@pytest.mark.parametrize(
    ("edit", "notice"),
    [
        (
            "W7_1_1_1",
            "Edits: this network has no W7. You see the network without the edit that does not fit.",
        ),
        (
            "x_1_2~b1_6_1~W1_1_5_1",
            "Edits: b1 has 5 entries, which leaves no place for `b1_6_1`. You see the network without the 2 "
            "edits that do not fit.",
        ),
        (
            "y_1_1~y_2_0.5~x_1_2",
            "Edits: the targets of softmax outputs add up to 1, these to 2.50. You see the network without "
            "the 2 edits that do not fit.",
        ),
    ],
)
def test_edits_that_do_not_fit_are_counted(edit, notice):
    kept, problem = fitting_edit(settings_of(edit=edit))
    assert misfit_notice(problem, edit, kept) == notice
