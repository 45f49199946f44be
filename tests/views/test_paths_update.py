"""What Derivative paths says of an update with a path missing, against the update itself."""
# ruff: noqa: E501 - a sentence on one line can be searched for

import numpy as np
import pytest

from tests.expected import settings_of, step_of
from tests.views.path_views import ALL_OFF, chosen, costs, gradients
from ui.names.numbers import short, signed
from ui.names.symbols import symbol
from ui.views.paths.knock_out import cost_texts, knocked_out_step, same_cost
from ui.views.paths.update import gradient_pair, update_sentence


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (
            chosen({}),
            "Row 1 of dC/dW¹ is ∂C/∂z¹₁ times the layer's inputs, and entry 1 of dC/db¹ is ∂C/∂z¹₁ itself, so a "
            "wrong ∂C/∂a¹₁ spoils both. Knock out a path above and compare.",
        ),
        (
            chosen({}, unit=1, dropped=[0]),
            "a¹₂ is off: its slope is 0, so row 2 of dC/dW¹ is 0 with or without ①, and the update is the same. "
            "Choose a unit that is on.",
        ),
        (
            chosen({"edit": ALL_OFF}, dropped=[0, 1]),
            "a¹₁ is off: its slope is 0, so row 1 of dC/dW¹ is 0 with or without ① and ②, and the update is the "
            "same.",
        ),
        (
            chosen({"act": "tanh", "edit": "b1_1_1000"}, dropped=[1]),
            "a¹₁ is flat: its slope is 0, so row 1 of dC/dW¹ is 0 with or without ②, and the update is the same. "
            "Choose a unit that is not flat.",
        ),
        (
            chosen({"hidden": "2-2", "flower": 51}, unit=1, dropped=[0]),
            "What you knocked out adds up to 0, so row 2 of dC/dW¹ is exactly right, and so is all of the update.",
        ),
        (
            chosen({"lr": 0}, dropped=[2]),
            "Row 1 of dC/dW¹ is wrong, and so is entry 1 of dC/db¹; the other rows stay right. With η = 0 there "
            "is no update, so there are no costs to compare.",
        ),
        (
            chosen({"lr": 10, "flower": 60}, unit=2, dropped=[0, 1]),
            "Row 3 of dC/dW¹ is wrong, and so is entry 3 of dC/db¹; the other rows stay right. After one update "
            "both costs are as good as 0: nothing to compare.",
        ),
        (
            chosen({"hidden": "2-1"}, dropped=[0]),
            "Row 1 of dC/dW¹ is wrong, and so is entry 1 of dC/db¹; the other row stays right. After one update "
            "the cost is 1.08, against 1.06 with all paths.",
        ),
        (
            chosen({"hidden": "1"}, dropped=[0]),
            "Row 1 of dC/dW¹ is wrong, and so is entry 1 of dC/db¹. The cost after one update is the same.",
        ),
        (
            chosen({"edit": "x_1_0~x_2_0~x_3_0~x_4_0~b1_1_0.5", "act": "tanh"}, dropped=[2]),
            "Entry 1 of dC/db¹ is wrong; row 1 of dC/dW¹ is 0 either way, since the layer's inputs are all 0; the "
            "other rows stay right.",
        ),
        (
            chosen({"hidden": "16-16-16-16"}, 3, 11, [10, 12]),
            "Row 12 of dC/dW³ is wrong, and so is entry 12 of dC/db³; the other rows stay right. The layers below "
            "inherit the error: it reaches 19 of the 32 units there. One update may be lucky (cost 1.34, against "
            "1.68 with all paths): the slope is wrong all the same.",
        ),
        (
            chosen({"hidden": "5-4", "act": "tanh"}, 2, 0, [0]),
            "Row 1 of dC/dW² is wrong, and so is entry 1 of dC/db²; the other rows stay right. The layer below "
            "inherits the error: it reaches all 5 units there.",
        ),
        (
            chosen({"hidden": "5-4", "edit": f"{ALL_OFF}~b2_1_1"}, 2, 0, [0]),
            "Entry 1 of dC/db² is wrong; row 1 of dC/dW² is 0 either way, since the layer's inputs are all 0; the "
            "other rows stay right. The error goes no further down.",
        ),
    ],
    ids=str,
)
def test_update_sentence(choice, said):
    assert update_sentence(choice).startswith(said)


def test_counted_units_below_are_those_whose_gradient_is_wrong():
    choice = chosen({"hidden": "16-16-16-16"}, 3, 11, [10, 12])
    right, yours = step_of(choice.settings), knocked_out_step(choice)
    wrong = [abs(yours.gradients[b] - right.gradients[b]) > 1e-12 for b in ("b1", "b2")]
    assert sum(int(w.sum()) for w in wrong) == 19


@pytest.mark.parametrize(
    ("link", "dropped", "said"),
    [
        ({"lr": 10, "out": "identity", "act": "identity"}, [2], "η = 10 is too large to compare costs: even the right update takes the cost from {} to {}, this one to {}."),
        ({}, [0], "After one update the cost is {2}, against {1} with all paths."),
        ({}, [2], "One update may be lucky (cost {2}, against {1} with all paths): the slope is wrong all the same."),
    ],
)  # fmt: skip
def test_costs_after_one_update_are_compared_where_they_can_be(link, dropped, said):
    choice = chosen(link, dropped=dropped)
    if said.startswith("One"):  # whichever single path is lucky
        right = step_of(choice.settings).loss_after
        choice = next(
            c for k in range(3) for c in [chosen(link, 1, 3, [k])] if knocked_out_step(c).loss_after < right
        )
    if said.startswith("After"):
        right = step_of(choice.settings).loss_after
        choice = next(
            c for k in range(3) for c in [chosen(link, 1, 3, [k])] if knocked_out_step(c).loss_after > right
        )
    right, wrong = step_of(choice.settings), knocked_out_step(choice)
    costs = cost_texts(right.loss_before, right.loss_after, wrong.loss_after)
    assert update_sentence(choice).endswith(said.format(*costs))


def test_costs_are_told_apart_unless_they_differ_by_rounding():
    assert cost_texts(1.08135, 1.08135 * (1 + 1e-15), 0.8) == ("1.08", "1.08", "0.800")
    assert cost_texts(1.0813, 1.0814) == ("1.0813", "1.0814")
    assert cost_texts(1e-97, 2e-106) == ("1.00e−97", "2.00e−106")
    assert same_cost(0.0, 0.0)
    assert same_cost(1e6, 1e6 + 1e-7)
    assert not same_cost(1.0, 1.0 + 1e-11)


def test_table_of_costs():
    assert costs(chosen({}, dropped=[1]))[0] == [
        "one update with",
        "cost before",
        "cost after",
        "change",
    ]
    assert [row[0] for row in costs(chosen({}, dropped=[0, 1]))[1:]] == [
        "all paths",
        "yours, without ① and ②",
        "③ alone, for all 5 units",
    ]
    assert costs(chosen({}))[2][0] == "yours, all kept"
    still = costs(chosen({"lr": 0}, dropped=[1]))[1:]
    assert [row[1:] for row in still] == [["1.08", "1.08", "0"]] * 3
    step, yours = step_of(settings_of()), knocked_out_step(chosen({}, dropped=[1]))
    assert costs(chosen({}, dropped=[1]))[2][3] == signed(yours.loss_after - step.loss_before)


def test_gradient_table_of_two_layers():
    choice = chosen({"hidden": "5-4"}, 2, 0, [0])
    rows = gradients(choice)
    assert rows[0] == ["gradient", "largest entry", "largest error, your way"]
    step, yours = step_of(choice.settings), knocked_out_step(choice)
    assert rows[1:] == [
        [
            f"dC/d{symbol(name)}",
            short(abs(step.gradients[name]).max()),
            short(abs(yours.gradients[name] - step.gradients[name]).max()),
        ]
        for name in ("W2", "b2", "W1", "b1")
    ]


def test_gradients_that_differ_by_rounding_are_the_same():
    choice = chosen({"hidden": "16-16-16-16"}, 2, 3, [0, 1])
    right, yours = step_of(choice.settings), knocked_out_step(choice)
    noisy = 0
    for name in ("W2", "b2", "W1", "b1"):
        shown_right, shown_yours = gradient_pair(choice, name)
        np.testing.assert_array_equal(shown_right, right.gradients[name])
        off = abs(yours.gradients[name] - right.gradients[name])
        noisy += int(((off > 0) & (off < 1e-13)).sum())
        np.testing.assert_array_equal(shown_yours == shown_right, off < 1e-13)
        np.testing.assert_allclose(shown_yours, yours.gradients[name], atol=1e-13)
    assert noisy
