"""The update, and the same flower through the new weights."""

import numpy as np

from backprop import TrainingStep, forward_pass
from backprop.noise import carries_nothing, cost_noise, is_rounding
from backprop.sgd import predicted_change
from ui.names.equations import gradient_of
from ui.names.equations import symbol as latex
from ui.names.numbers import as_typed
from ui.state.data import observation_word
from ui.steps import words
from ui.steps.forward import is_told, terms_of_cost
from ui.steps.parts import Content, cell, row, since

FAR_OFF = 2.0
"""The tangent no longer tells the change where prediction and change differ by more than this factor."""


def update(step: TrainingStep, layer: int) -> Content:
    """W and b of one layer, a step against their gradients."""
    W, b = f"W{layer}", f"b{layer}"
    rate = step.updates[0].learning_rate
    minus_rate = f" − {as_typed(rate)} · "
    return Content(
        title=words.update_title(layer),
        say=f"{_how_it_moves(step, layer)} {words.OLD_WEIGHTS}",
        formula=rf"{latex(W)} \leftarrow {latex(W)} - \eta {gradient_of(latex(W))}"
        rf" \qquad {latex(b)} \leftarrow {latex(b)} - \eta {gradient_of(latex(b))}",
        rows=[
            row(f"{W}:value − {as_typed(rate)} · {W}:gradient = {W}:after"),
            row(f"{b}:valueᵀ − {as_typed(rate)} · {b}:gradient = {b}:afterᵀ"),
        ],
        results={
            f"{W}:after": [cell(f"{W}:value", "i", "j"), minus_rate, cell(f"{W}:gradient", "i", "j")],
            f"{b}:after": [cell(f"{b}:value", "i", 0), minus_rate, cell(f"{b}:gradient", 0, "i")],
        },
        numpy=f"{W}_new = {W} - {_in_code(rate)} * dC_d{W}\n{b}_new = {b} - {_in_code(rate)} * dC_d{b}",
        opens=_largest_change(step, layer),
    )


def _in_code(rate: float) -> str:
    return repr(rate).removesuffix(".0")


def _how_it_moves(step: TrainingStep, layer: int) -> str:
    rate = step.updates[0].learning_rate
    if rate == 0:
        return words.NO_RATE
    if not any(step.gradients[f"{letter}{layer}"].any() for letter in "Wb"):
        return words.NO_GRADIENT
    if is_rounding(step, layer):
        return words.ALL_ROUNDING
    return words.moves(rate)


def _largest_change(step: TrainingStep, layer: int) -> tuple[str, int, int]:
    """Table, row and column of the parameter with the largest gradient, which moves most: weights first."""
    W, b = (np.abs(step.gradients[f"{letter}{layer}"]) for letter in "Wb")
    if b.max() > W.max():
        return f"b{layer}:after", int(b.argmax()), 0
    row, column = np.unravel_index(W.argmax(), W.shape)
    return f"W{layer}:after", int(row), int(column)


def after(step: TrainingStep, layer: int) -> Content:
    """The cost again, with the new parameters."""
    a = f"a{layer}"
    new = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
    written = terms_of_cost(step, f"{a}:after")
    if not is_told(step.config, new):
        written = [since(words.from_new_z(layer))]
    names = [f"{letter}{n}" for n in range(layer, 0, -1) for letter in "Wb"]
    norms = " + ".join(f"(dC_d{name} ** 2).sum()" for name in names)
    return Content(
        title=words.AFTER_TITLE,
        say=_did_it_help(step),
        formula=r"\Delta C \approx -\eta \, {\lVert \nabla C \rVert}^2",
        rows=[row(f"{a}:value → {a}:after target y:value"), row("C:value → C:after")],
        results={"C:after": written, f"{a}:after": [cell(f"{a}:after", "i", 0)]},
        numpy=f"predicted_change = -{_in_code(step.updates[0].learning_rate)} * ({norms})",
    )


def _did_it_help(step: TrainingStep) -> str:
    """The cost before and after in words that fit η and the change."""
    before, after, word = step.loss_before, step.loss_after, observation_word(step.config)
    if not any(update.step.any() for update in step.updates):
        return words.nothing_moved(step.updates[0].learning_rate, before)
    predicted = predicted_change(step)
    prediction = words.ROUNDING_TOO if carries_nothing(step) else words.predicted(predicted)
    if abs(after - before) <= cost_noise(step):
        return f"{words.unchanged(word, before)} {prediction}"
    said = f"{words.changed(word, before, after)} {prediction}"
    if after > before:
        return f"{said} {words.TOO_LONG}"
    if not 1 / FAR_OFF < (after - before) / predicted < FAR_OFF:
        return f"{said} {words.BENT}"
    return said
