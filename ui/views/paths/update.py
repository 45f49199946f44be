"""What a missing path does to the update: gradients, and the cost after it. Markup, no Streamlit."""

import numpy as np

from backprop.arrays import BoolArray, FloatArray
from backprop.carried import activation_slopes, beyond, noise_of
from ui.draw.prose import number_cell, row_head, table
from ui.names.numbers import every, short
from ui.names.symbols import circled, circles, symbol
from ui.state.recording import recorded_step
from ui.steps.thesis import off_word, on_word
from ui.views.paths.choice import PathChoice
from ui.views.paths.knock_out import (
    cost_sentence,
    cost_texts,
    knocked_out_step,
    missing,
    single_path,
    single_path_step,
)


def update_costs(choice: PathChoice) -> str:
    """The cost after one update: all paths, the reader's, single path for every unit."""
    steps = (
        ("all paths", "right", recorded_step(choice.settings)),
        (f"yours, {_without(choice)}", "yours", knocked_out_step(choice)),
        (_single_title(choice), "single", single_path_step(choice)),
    )
    before = steps[0][2].loss_before
    before_text, *texts = cost_texts(before, *(step.loss_after for *_, step in steps))
    rows = []
    for (name, key, step), text in zip(steps, texts, strict=True):
        change = 0.0 if text == before_text else step.loss_after - before
        rows.append(
            [
                row_head(name),
                number_cell(before, f"before:{key}", text=before_text),
                number_cell(step.loss_after, f"after:{key}", text=text),
                number_cell(change, f"change:{key}"),
            ]
        )
    return table(["one update with", "cost before", "cost after", "change"], rows)


def _without(choice: PathChoice) -> str:
    return f"without {circles(choice.dropped)}" if choice.dropped else "all kept"


def _single_title(choice: PathChoice) -> str:
    units = choice.settings.config.layer_sizes[choice.layer]
    return f"{circled(single_path(choice))} alone, for {every(units, 'unit')}"


def update_sentence(choice: PathChoice) -> str:
    """What the knock-out does to the gradients and the cost: of W, of b, and of the layers below."""
    right, yours = recorded_step(choice.settings), knocked_out_step(choice)
    layer, unit = choice.layer, choice.unit
    W, b = f"W{layer}", f"b{layer}"
    row, entry = f"row {unit + 1} of dC/d{symbol(W)}", f"entry {unit + 1} of dC/d{symbol(b)}"
    if not choice.dropped:
        return (
            f"{_capital(row)} is ∂C/∂{symbol(f'z{layer}', unit)} times the layer's inputs, and {entry} is "
            f"∂C/∂{symbol(f'z{layer}', unit)} itself, so a wrong ∂C/∂{choice.name} spoils both. "
            "Knock out a path above and compare."
        )
    slopes = activation_slopes(right, layer)
    if slopes[unit] == 0:
        other = f" Choose a unit that is {on_word(right)}." if slopes.any() else ""
        return (
            f"{choice.name} is {off_word(right)}: its slope is 0, so {row} is 0 with or without "
            f"{circles(choice.dropped)}, and the update is the same.{other}"
        )
    wrong = {name: _wrong_rows(choice, name) for name in (W, b)}
    if missing(choice) == 0:
        return f"What you knocked out adds up to 0, so {row} is exactly right, and so is all of the update."
    if wrong[W].any():
        said = f"{_capital(row)} is wrong, and so is {entry}"
    else:
        said = f"{_capital(entry)} is wrong; {row} is 0 either way, since the layer's inputs are all 0"
    others = len(wrong[b]) - 1
    if others:
        said += f"; {'the other row stays' if others == 1 else 'the other rows stay'} right"
    return f"{said}.{_below(choice)} {cost_sentence(right, yours)}"


def _below(choice: PathChoice) -> str:
    """What the layers below inherit."""
    if choice.layer == 1:
        return ""
    spoilt = np.concatenate([_wrong_rows(choice, f"b{layer}") for layer in range(choice.layer - 1, 0, -1)])
    if not spoilt.any():
        return " The error goes no further down."
    below = "The layer below inherits" if choice.layer == 2 else "The layers below inherit"
    reached, units = int(spoilt.sum()), len(spoilt)
    which = every(units, "unit") if reached == units else f"{reached} of the {units} units"
    return f" {below} the error: it reaches {which} there."


def _wrong_rows(choice: PathChoice, name: str) -> BoolArray:
    """Which rows of dC/dname differ from the right ones by more than rounding, shape (n,)."""
    right, yours = gradient_pair(choice, name)
    return np.asarray((yours != right).reshape(len(right), -1).any(axis=1))


def gradient_pair(choice: PathChoice, name: str) -> tuple[FloatArray, FloatArray]:
    """dC/dname with all paths and the reader's way: alike where they differ by rounding only."""
    step = recorded_step(choice.settings)
    noise = noise_of(step)[name]
    right, yours = step.gradients[name], knocked_out_step(choice).gradients[name]
    apart = np.where(np.abs(yours - right) > noise, yours, right)
    return beyond(right, noise), beyond(apart, noise)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def row_comparison(choice: PathChoice) -> tuple[FloatArray, FloatArray]:
    """Row j of dC/dW^l with all paths and without the knocked-out ones, each of shape (inputs,)."""
    right, yours = gradient_pair(choice, f"W{choice.layer}")
    return right[choice.unit], yours[choice.unit]


def gradient_changes(choice: PathChoice) -> str:
    """For each layer from this one down: the largest entry of dC/dW and the largest error in it."""
    rows = []
    for layer in range(choice.layer, 0, -1):
        for name in (f"W{layer}", f"b{layer}"):
            right, yours = gradient_pair(choice, name)
            largest, off = float(np.abs(right).max()), float(np.abs(yours - right).max())
            rows.append(
                [
                    row_head(f"dC/d{symbol(name)}"),
                    number_cell(largest, f"largest:{name}", text=short(largest)),
                    number_cell(off, f"off:{name}", text=short(off)),
                ]
            )
    return table(["gradient", "largest entry", "largest error, your way"], rows)
