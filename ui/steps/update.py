"""The update, and the same flower through the new weights."""

import numpy as np

from backprop import TrainingStep, forward_pass
from backprop.noise import carries_nothing, cost_noise, is_rounding
from backprop.sgd import predicted_change
from ui.names.equations import gradient_of
from ui.names.equations import symbol as latex
from ui.names.numbers import as_typed
from ui.state.data import observation_word
from ui.steps.forward import is_told, terms_of_cost
from ui.steps.parts import Content, cell, row, since
from ui.steps.words import update as words

FAR_OFF = 2.0
"""The tangent no longer tells the change where prediction and change differ by more than this factor."""


def update(step: TrainingStep, layer: int) -> Content:
    """W and b of one layer, or W alone where there is no b or it is fixed, a step against their gradients."""
    W, b = f"W{layer}", f"b{layer}"
    rate, moved = step.updates[0].learning_rate, moved_names(step, layer)
    minus_rate, has_b = f" − {as_typed(rate)} · ", b in moved
    rows = [row(f"{W}:value − {as_typed(rate)} · {W}:gradient = {W}:after")]
    results = {f"{W}:after": [cell(f"{W}:value", "i", "j"), minus_rate, cell(f"{W}:gradient", "i", "j")]}
    if has_b:
        rows.append(row(f"{b}:valueᵀ − {as_typed(rate)} · {b}:gradient = {b}:afterᵀ"))
        results[f"{b}:after"] = [cell(f"{b}:value", "i", 0), minus_rate, cell(f"{b}:gradient", 0, "i")]
    elif has_fixed(step):
        rows.append(row(f"{b}:valueᵀ {words.NOT_MOVED}"))
    said = _how_it_moves(step, layer), words.OLD_WEIGHTS, words.not_moved(layer) if has_fixed(step) else ""
    return Content(
        title=words.update_title(layer),
        say=" ".join(filter(None, said)),
        formula=r" \qquad ".join(
            rf"{latex(name)} \leftarrow {latex(name)} - \eta {gradient_of(latex(name))}" for name in moved
        ),
        rows=rows,
        results=results,
        numpy="\n".join(f"{name}_new = {name} - {_in_code(rate)} * dC_d{name}" for name in moved),
        opens=_largest_change(step, moved),
    )


def moved_names(step: TrainingStep, layer: int) -> list[str]:
    """The parameters of a layer that the update moves: W2 and b2, or W2 alone."""
    return [update.name for update in step.updates if update.name[1:] == str(layer)]


def has_fixed(step: TrainingStep) -> bool:
    """Whether there are biases that the update leaves as they are."""
    return step.config.bias == "fixed"


def _in_code(rate: float) -> str:
    return repr(rate).removesuffix(".0")


def _how_it_moves(step: TrainingStep, layer: int) -> str:
    rate = step.updates[0].learning_rate
    if rate == 0:
        return words.NO_RATE
    moved = moved_names(step, layer)
    if not any(step.gradients[name].any() for name in moved):
        return words.NO_GRADIENT_OF_WEIGHTS if has_fixed(step) else words.NO_GRADIENT
    if is_rounding(step, layer):
        return words.ALL_ROUNDING
    return words.moves(rate, f"b{layer}" in moved)


def _largest_change(step: TrainingStep, moved: list[str]) -> tuple[str, int, int]:
    """Table, row and column of the parameter with the largest gradient, which moves most: weights first."""
    sizes = {name: np.abs(step.gradients[name]) for name in moved}
    name = max(moved, key=lambda each: sizes[each].max())
    row, *column = np.unravel_index(sizes[name].argmax(), sizes[name].shape)
    return f"{name}:after", int(row), int(column[0]) if column else 0


def after(step: TrainingStep, layer: int) -> Content:
    """The cost again, with the new parameters."""
    a = f"a{layer}"
    new = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
    written = terms_of_cost(step, f"{a}:after")
    if not is_told(step.config, new):
        written = [since(words.from_new_z(layer))]
    names = [name for n in range(layer, 0, -1) for name in moved_names(step, n)]
    gradient = r"\nabla_{W} C" if has_fixed(step) else r"\nabla C"
    norms = " + ".join(f"(dC_d{name} ** 2).sum()" for name in names)
    return Content(
        title=words.AFTER_TITLE,
        say=_did_it_help(step),
        formula=rf"\Delta C \approx -\eta \, {{\lVert {gradient} \rVert}}^2",
        rows=[row(f"{a}:value → {a}:after target y:value"), row("C:value → C:after")],
        results={"C:after": written, f"{a}:after": [cell(f"{a}:after", "i", 0)]},
        numpy=f"predicted_change = -{_in_code(step.updates[0].learning_rate)} * ({norms})",
    )


def _did_it_help(step: TrainingStep) -> str:
    """The cost before and after in words that fit η and the change."""
    before, after, word = step.loss_before, step.loss_after, observation_word(step.config)
    if not any(update.step.any() for update in step.updates):
        return words.nothing_moved(step.updates[0].learning_rate, before, has_fixed(step))
    predicted = predicted_change(step)
    prediction = words.ROUNDING_TOO if carries_nothing(step) else words.predicted(predicted)
    if has_fixed(step) and not carries_nothing(step):
        prediction += f" {words.WEIGHTS_ALONE}"
    if abs(after - before) <= cost_noise(step):
        return f"{words.unchanged(word, before)} {prediction}"
    said = f"{words.changed(word, before, after)} {prediction}"
    if after > before:
        return f"{said} {words.TOO_LONG}"
    if not 1 / FAR_OFF < (after - before) / predicted < FAR_OFF:
        return f"{said} {words.BENT}"
    return said
