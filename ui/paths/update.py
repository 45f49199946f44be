"""What a missing path does to the update: gradients, and the cost after it. Markup, no Streamlit."""

import numpy as np

from backprop.arrays import FloatArray
from ui.numbers import short
from ui.paths.choice import PathChoice
from ui.paths.knock_out import knocked_out_step, single_path_step
from ui.paths.marks import (
    circled,
    circles,
    fine_cost,
    number_cell,
    row_head,
    table,
)
from ui.paths.rules import activation_slopes
from ui.recording import recorded_step
from ui.stage.names import symbol

SAME_COST = 1e-12


def update_costs(choice: PathChoice) -> str:
    """The cost after one update: all paths, the reader's, single path for every unit."""
    right = recorded_step(choice.settings)
    yours = knocked_out_step(choice)
    single = single_path_step(choice.settings, choice.layer)
    head = ["one update with", "cost before", "cost after", "change"]
    every = f"{circled(0)} alone, every unit"
    named = (
        ("all paths", "right", right),
        (f"yours, {_without(choice)}", "yours", yours),
        (every, "single", single),
    )
    rows = [
        [
            row_head(name),
            number_cell(step.loss_before, f"before:{key}", text=fine_cost(step.loss_before)),
            number_cell(step.loss_after, f"after:{key}", text=fine_cost(step.loss_after)),
            number_cell(step.loss_after - step.loss_before, f"change:{key}"),
        ]
        for name, key, step in named
    ]
    return table(head, rows)


def _without(choice: PathChoice) -> str:
    return f"without {circles(choice.dropped)}" if choice.dropped else "all kept"


def update_sentence(choice: PathChoice) -> str:
    """What the knock-out does to the gradients and the cost."""
    right, yours = recorded_step(choice.settings), knocked_out_step(choice)
    W = symbol(f"W{choice.layer}")
    if not choice.dropped:
        return (
            f"Row {choice.unit + 1} of dC/d{W} is ∂C/∂{symbol(f'z{choice.layer}', choice.unit)} times the "
            f"layer's inputs, so a wrong ∂C/∂{choice.name} spoils the whole row. "
            "Knock out a path above and compare."
        )
    if activation_slopes(right, choice.layer)[choice.unit] == 0:
        return (
            f"{choice.name} is off: its slope is 0, so row {choice.unit + 1} of dC/d{W} is 0 with or without "
            "the path, and the update is the same. Choose a unit that is on."
        )
    off = yours.loss_after - right.loss_after
    if abs(off) <= SAME_COST * max(1.0, abs(right.loss_after)):
        compared = "the cost after one update is the same"
    else:
        compared = f"the cost after one update is {'higher' if off > 0 else 'lower'} by {short(abs(off))}"
    said = f"Row {choice.unit + 1} of dC/d{W} is wrong, the other rows stay right, and {compared}."
    if choice.layer > 1:
        said += " The layers below inherit the error in every row."
    if off < -SAME_COST:
        said += " One update may be lucky; the slope is wrong all the same."
    return said


def row_comparison(choice: PathChoice) -> tuple[FloatArray, FloatArray]:
    """Row j of dC/dW^l with all paths and without the knocked-out ones, each of shape (inputs,)."""
    name = f"W{choice.layer}"
    right, yours = recorded_step(choice.settings), knocked_out_step(choice)
    return right.gradients[name][choice.unit], yours.gradients[name][choice.unit]


def gradient_changes(choice: PathChoice) -> str:
    """For each layer from this one down: the largest entry of dC/dW and the largest error in it."""
    right, yours = recorded_step(choice.settings), knocked_out_step(choice)
    rows = []
    for layer in range(choice.layer, 0, -1):
        for letter in "Wb":
            name = f"{letter}{layer}"
            gradient = right.gradients[name]
            off = float(np.abs(yours.gradients[name] - gradient).max())
            rows.append(
                [
                    row_head(f"dC/d{symbol(name)}"),
                    number_cell(
                        float(np.abs(gradient).max()), f"largest:{name}", text=short(np.abs(gradient).max())
                    ),
                    number_cell(off, f"off:{name}", text=short(off)),
                ]
            )
    return table(["gradient", "largest entry", "largest error, your way"], rows)
