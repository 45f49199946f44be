"""Every sentence of the page "Weight update". No Streamlit, no HTML."""

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.network import input_of
from backprop.noise import ROUNDING, is_rounding
from backprop.study.sweep import Sweep
from ui.names.numbers import apart, as_typed, counted, every, percent, short, signed
from ui.names.symbols import entries, symbol
from ui.state.data import describe_target, is_iris, observation_word, output_names
from ui.views.update.facts import largest_entry, level_from, nothing_gained, shown_cost, sums_behind
from ui.views.update.figures import columns_of, layer_scales, numbers_fit

LEAD = "One step against the gradient. Compare the cost curve with its tangent: the gradient promises no more than the tangent, and the two part as η grows."

PLAIN = 100.0
"""A prediction of so many times the cost's noise would show, if the cost followed it."""

MEAN_COST = "mean cost of all 150"
COST_AFTER = "cost after the step"


def taken(steps: int, most: int) -> str:
    """Under the buttons that take the step."""
    if not steps:
        return "The new weights become the current ones on every page and in the link."
    return f"{counted(steps, 'step')} taken, of up to {most}. Every page and the link use these weights."


def layer_to_see(weights: int) -> str:
    return f"Layer to see: one at a time, since this network has {counted(weights, 'weight')}"


# --- did the step help ---------------------------------------------------------------------------------


def costs(before: str, after: str, change: str) -> str:
    return f"Cost {before} → {after}, {change}"


def moved(change: float) -> str:
    return f"{'down' if change < 0 else 'up'} {short(abs(change))}" if change else "unchanged"


def prediction(predicted: str, actual: str) -> str:
    """The verdict's second line, as far as its numbers; `comparison` goes on."""
    return f"Predicted −η‖∇‖² = {predicted}, actual {actual}"


def standstill(step: TrainingStep) -> str:
    """Why no parameter moves, or none by more than rounding; "" where the update is one."""
    if step.updates[0].learning_rate == 0:
        return "With η = 0 nothing moves."
    if not any(update.gradient.any() for update in step.updates):
        return "Every gradient is 0, so nothing moves."
    if all(is_rounding(step, layer) for layer in range(1, step.config.depth + 1)):
        return "Every step is 0 but for rounding, so nothing moves."
    return ""


def comparison(step: TrainingStep, change: float, predicted: float, noise: float) -> str:
    """What comes after the change predicted and the actual one; both are 0 where they are rounding noise."""
    rate = step.updates[0].learning_rate
    if still := standstill(step):
        return f". {still}"
    if change > 0:
        return ". The step was too long: the cost went up."
    if change == 0 and abs(predicted) <= PLAIN * noise:
        return ". The change is too small for the digits of the cost."
    if change == 0:
        return ". The step was too long: it ends where the cost is as high as before."
    share = change / predicted if predicted else np.inf
    if abs(share - 1) >= 0.005:
        return f", {percent(share)} of it: the cost bends {'above' if share < 1 else 'below'} its tangent."
    if rate < 1:
        return ". So short a step follows the tangent."
    return f". Even with η = {as_typed(rate)} the cost follows the tangent."


# --- the cost over the learning rate -------------------------------------------------------------------


def own_cost(word: str) -> str:
    return f"cost of this {word}"


def lowest(sweep: Sweep) -> str:
    """Name of the first minimum: costs may fall again after it, and further."""
    is_lowest = sweep.best_cost is not None and sweep.best_cost <= sweep.costs.min() * (1 + ROUNDING)
    return "lowest" if is_lowest else "lowest so far"


def curve_alt(step: TrainingStep, sweep: Sweep, word: str = "") -> str:
    word, rate = word or observation_word(step.config), step.updates[0].learning_rate
    longest = short(float(sweep.learning_rates[-1]))
    first, last = (short(shown_cost(step, float(sweep.costs[number]))) for number in (0, -1))
    best = "" if sweep.best is None else f", {lowest(sweep)} at η = {short(sweep.best)}"
    said = [
        f"Curve of the cost of this {word} after one update, for learning rates from 0 to {longest}: it begins at {first} and ends at {last}{best}.",
        f"With η = {as_typed(rate)} it is {short(shown_cost(step, step.loss_after))}.",
    ]
    if np.isfinite(sweep.reaches_zero):
        said += [f"The tangent reaches 0 at η = {short(sweep.reaches_zero)}."]
    if is_iris(step.config):
        mean_best = "" if sweep.mean_best is None else f", lowest at η = {short(sweep.mean_best)}"
        said += [f"Beside it the mean cost of all 150 flowers{mean_best}."]
    return " ".join(said)


def longer_steps(step: TrainingStep, sweep: Sweep, word: str = "") -> str:
    """What the curves say about longer steps.

    Args:
        step: the recorded step.
        sweep: along its update.
        word: what the observation is called, where it is not what the network takes.
    """
    word = word or observation_word(step.config)
    if sweep.slope == 0:
        return "The gradient is 0 in every entry, so no step changes anything."
    if sweep.is_flat:
        return "The gradient is 0 but for rounding, so no step brings anything."
    own = _own_curve(step, sweep, word)
    return f"{own} {_mean_curve(step, sweep, word)}" if is_iris(step.config) else own


def _own_curve(step: TrainingStep, sweep: Sweep, word: str) -> str:
    """Where a longer step stops helping this observation, and where it does harm."""
    zero = sweep.reaches_zero
    tangent = f"; its tangent would reach cost 0 at η = {short(zero)}" if np.isfinite(zero) else ""
    harm = "" if sweep.break_even is None else f", and from η = {short(sweep.break_even)} it does harm"
    if sweep.best is not None:
        return f"For this {word} a longer step stops helping at η = {short(sweep.best)}{harm}{tangent}."
    if harm or nothing_gained(step, sweep):
        return f"For this {word} no step helps by more than rounding{harm}{tangent}."
    alone = f"{word} alone" if is_iris(step.config) else word
    longest, level = float(sweep.learning_rates[-1]), level_from(step, sweep)
    if level < longest:
        return f"For this {alone} a longer step helps up to about η = {short(level)} and brings no more beyond{tangent}."
    return f"For this {alone} a longer step keeps helping as far as the chart goes, η = {short(longest)}{tangent}."


def _mean_curve(step: TrainingStep, sweep: Sweep, word: str) -> str:
    if sweep.mean_is_flat:
        return "The mean of all 150 flowers does not change."
    if sweep.mean_best is None:
        return "For the mean of all 150 flowers it keeps helping as far as the chart goes."
    if sweep.mean_best == 0 and word == "flower":
        return "The mean of all 150 flowers only gets worse: the other flowers pay."
    if sweep.mean_best == 0:
        return "The mean of all 150 flowers only gets worse: the flowers pay."
    beyond = " You are beyond that." if step.updates[0].learning_rate > sweep.mean_best else ""
    return f"For the mean of all 150 flowers it stops helping at η = {short(sweep.mean_best)}.{beyond}"


def outputs_alt(step: TrainingStep, what: str, before: FloatArray, after: FloatArray) -> str:
    changes = zip(output_names(step.config), before, after, strict=True)
    terms = "; ".join(f"{name} {short(old)} → {short(new)}" for name, old, new in changes)
    target = describe_target(step.config, step.tape["y"])
    return f"{what} before and after the step: {terms}. Target: {target}."


# --- a layer -------------------------------------------------------------------------------------------


def tables(layer: int) -> str:
    return f"All numbers of layer {layer} as tables"


def heatmaps_alt(layer: int) -> str:
    W = symbol(f"W{layer}")
    return f"Three heatmaps: {W} now, its step −η dC/d{W}, and new {W}. The tables below hold them."


def colours(step: TrainingStep, layer: int) -> str:
    weights, change = layer_scales(step, layer)
    W = symbol(f"W{layer}")
    shared = f"{W} and new {W} are 0."
    if weights:
        shared = f"{W} and new {W} share one scale: full colour is ±{short(weights)}."
    own = "The step is 0."
    if change and is_rounding(step, layer):
        own = f"The step is 0 but for rounding: its full colour is ±{short(change)}."
    elif change:
        finer = f", {short(weights / change)} × finer" if weights / change >= 2 else ""
        own = f"The step has its own: full colour is ±{short(change)}{finer}."
    said = ["Blue is positive, orange negative.", shared, own, "Last column: the bias."]
    if not numbers_fit(step, layer):
        said += ["No room for numbers: point at a cell, or open the tables."]
    return " ".join(said)


def outer_alt(layer: int, below: str, column: FloatArray, row: FloatArray) -> str:
    z, a, W = symbol(f"z{layer}"), symbol(below), symbol(f"W{layer}")
    return f"Outer product: the column ∂C/∂{z}, {_listed(column)}, times the row {a}, {_listed(row)}, gives dC/d{W}, {len(column)} by {len(row)}."


def _listed(values: FloatArray) -> str:
    shown = ", ".join(signed(value) for value in values[:8].tolist())
    return f"{shown}, and so on" if len(values) > 8 else shown


def outer_product(step: TrainingStep, layer: int, word: str = "") -> str:
    """How the gradient came about, what does not learn, and the largest change.

    Args:
        step: the recorded step.
        layer: from 1.
        word: what the observation is called, where it is not what the network takes.
    """
    z, W, b = (symbol(f"{letter}{layer}") for letter in "zWb")
    below, word = input_of(layer), word or observation_word(step.config)
    rows, columns = step.gradients[f"W{layer}"].shape
    sums = f"; the sums over paths are in ∂C/∂{z} already" if sums_behind(step, layer) else ""
    said = [
        f"dC/d{W} = ∂C/∂{z} ⊗ {symbol(below)}: {rows} × {columns}, one product a cell, no sum{sums}.",
        f"The column alone is dC/d{b}. Colours as above, a scale each for column, row and cells.",
    ]
    still = int((step.cotangent(f"z{layer}") == 0).sum())
    which = every(rows, "row").capitalize() if still == rows else counted(still, "row")
    if still == 1:
        said += [f"{which} is 0, so its unit does not learn from this {word}."]
    elif still:
        said += [f"{which} are 0, so their units do not learn from this {word}."]
    elif not step.tape[below].any():
        learn = "bias learns" if rows == 1 else "biases learn"
        said += [f"All of {symbol(below)} is 0, so the weights stay and only the {learn}."]
    return " ".join([*said, largest_change(step, layer)])


def largest_change(step: TrainingStep, layer: int) -> str:
    """The entry that moves most, in words; how many move as much; or why none does."""
    if not layer_scales(step, layer)[1]:
        return "Nothing changes."
    if is_rounding(step, layer):
        return "Nothing changes but for rounding."
    (i, j), (before, change, after), others = largest_entry(step, layer)
    row, columns = entries(f"z{layer}", step.config.layer_sizes[layer])[i], columns_of(step, layer)
    what = f"the weight to {row} from {columns[j]}" if j < len(columns) - 1 else f"the bias of {row}"
    alike = f"; {counted(others, 'other')} {'moves' if others == 1 else 'move'} as much" if others else ""
    old, new = apart(before, after)
    if old == new:  # too little for as many digits as are ever shown
        return f"The largest change: {what}, {short(before)}, by {signed(change)}{alike}."
    return f"The largest change: {what}, from {old} to {new} ({signed(change)}){alike}."
