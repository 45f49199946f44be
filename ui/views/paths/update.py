"""What a missing path does to the update: gradients, and the cost after it."""

import numpy as np

from backprop.arrays import BoolArray, FloatArray
from backprop.network import input_of
from backprop.noise import activation_slopes, beyond, derivative_noise
from ui.draw.packing import written
from ui.draw.scenes import Block, Fold, Group, Linear, Matrix, Number, Row, Scene, Table, Words
from ui.names.symbols import symbol
from ui.names.timeline import parameter_names
from ui.state.cache import kept
from ui.state.data import named_entries
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
from ui.views.paths.words import update as words


def update_scene(choice: PathChoice) -> str:
    """The scene as JSON: a row of dC/dW in two ways, the costs after one update, and all gradients."""
    return written(
        Scene(
            None,
            (
                Words(words.UPDATE_HEADING, "title"),
                Words(update_sentence(choice), test_id="update"),
                Group("pair", (gradient_row(choice), update_costs(choice))),
                Fold(words.UPDATE_LAYERS, (gradient_changes(choice),)),
            ),
        )
    )


def gradient_row(choice: PathChoice) -> Matrix:
    """Row j of dC/dW^l: with all paths, the reader's way, and the difference."""
    layer, unit = choice.layer, choice.unit
    right, yours = row_comparison(choice)
    values = np.vstack([right, yours, yours - right])
    columns = named_entries(choice.settings.config, input_of(layer))
    alt = words.row_alt(layer, unit, right.tolist(), yours.tolist())
    title = words.row_title(layer, unit)
    return Matrix(alt, words.ROWS, (Block(title, columns, Linear(values), "cell=row"),))


def update_costs(choice: PathChoice) -> Table:
    """The cost after one update: all paths, the reader's, single path for every unit."""
    units = choice.settings.config.layer_sizes[choice.layer]
    single = words.single_row(single_path(choice), units)
    if choice.is_output:
        single = words.diagonal_row(units)
    steps = (
        ("all paths", "right", recorded_step(choice.settings)),
        (words.yours_row(choice.dropped), "yours", kept(knocked_out_step, choice)),
        (single, "single", single_path_step(choice)),
    )
    before = steps[0][2].loss_before
    before_text, *texts = cost_texts(before, *(step.loss_after for *_, step in steps))
    rows = []
    for (name, key, step), text in zip(steps, texts, strict=True):
        change = 0.0 if text == before_text else step.loss_after - before
        cells = (
            Number(before, "cell", f"before:{key}", text=before_text),
            Number(step.loss_after, "cell", f"after:{key}", text=text),
            Number(change, "cell", f"change:{key}"),
        )
        rows.append(Row(name, cells))
    return Table(words.COSTS_HEAD, rows)


def update_sentence(choice: PathChoice) -> str:
    """What the knock-out does to the gradients and the cost: of W, of b, and of the layers below."""
    right, yours = recorded_step(choice.settings), kept(knocked_out_step, choice)
    layer, unit, has_biases = choice.layer, choice.unit, right.config.has_biases
    if not choice.dropped:
        return words.nothing_missing(choice.name, layer, unit, has_biases)
    slopes = activation_slopes(right, layer)
    if slopes[unit] == 0 and not choice.is_output:
        said = words.unit_is_off(choice.name, off_word(right, layer), layer, unit, choice.dropped)
        return f"{said} {words.choose_a_unit(on_word(right, layer))}" if slopes.any() else said
    if missing(choice) == 0:
        return words.nothing_lost(layer, unit)
    is_0, others = not _wrong_rows(choice, f"W{layer}").any(), len(right.tape[f"z{layer}"]) - 1
    said = words.wrong(layer, unit, has_biases, is_0, others)
    return " ".join((said, *_below(choice), cost_sentence(right, yours)))


def _below(choice: PathChoice) -> tuple[str, ...]:
    """What the layers below inherit."""
    if choice.layer == 1:
        return ()
    spoilt = np.concatenate([_wrong_rows(choice, f"z{layer}") for layer in range(choice.layer - 1, 0, -1)])
    if not spoilt.any():
        return (words.NO_FURTHER,)
    return (words.inherited(choice.layer - 1, int(spoilt.sum()), len(spoilt)),)


def _wrong_rows(choice: PathChoice, name: str) -> BoolArray:
    """Which rows of dC/dname, or entries of ∂C/∂name, differ by more than rounding, shape (n,)."""
    right, yours = gradient_pair(choice, name)
    return np.asarray((yours != right).reshape(len(right), -1).any(axis=1))


def gradient_pair(choice: PathChoice, name: str) -> tuple[FloatArray, FloatArray]:
    """dC/dname or ∂C/∂name with all paths and the reader's way: alike where they differ by rounding only."""
    step = recorded_step(choice.settings)
    noise = derivative_noise(step)[name]
    right, yours = step.cotangent(name), kept(knocked_out_step, choice).cotangent(name)
    apart = np.where(np.abs(yours - right) > noise, yours, right)
    return beyond(right, noise), beyond(apart, noise)


def row_comparison(choice: PathChoice) -> tuple[FloatArray, FloatArray]:
    """Row j of dC/dW^l with all paths and without the knocked-out ones, each of shape (inputs,)."""
    right, yours = gradient_pair(choice, f"W{choice.layer}")
    return right[choice.unit], yours[choice.unit]


def gradient_changes(choice: PathChoice) -> Table:
    """For each layer from this one down: the largest entry of dC/dW and the largest error in it."""
    rows = []
    for layer in range(choice.layer, 0, -1):
        for name in parameter_names(choice.settings.config, layer):
            right, yours = gradient_pair(choice, name)
            largest, off = float(np.abs(right).max()), float(np.abs(yours - right).max())
            cells = (
                Number(largest, "cell", f"largest:{name}", "short"),
                Number(off, "cell", f"off:{name}", "short"),
            )
            rows.append(Row(f"dC/d{symbol(name)}", cells))
    return Table(words.ERRORS_HEAD, rows)
