"""What the weight update says in words, tables and formulas. No Streamlit."""

from itertools import takewhile

import numpy as np

from backprop import TrainingStep, forward_pass
from backprop.noise import is_rounding
from backprop.sgd import predicted_change
from backprop.study.sweep import Sweep
from ui.draw.svg import scripts, tag
from ui.names.equations import number
from ui.names.equations import symbol as latex
from ui.names.numbers import apart, as_typed, counted, every, exact, percent, short, signed
from ui.names.symbols import entries, symbol
from ui.state.data import is_iris, observation_word
from ui.steps.forward import why_from_z
from ui.views.update.figures import block_titles, columns_of, layer_arrays, layer_scales, numbers_fit
from ui.views.update.sweep import change_noise, level_from, nothing_gained, shown_cost

TIE = 1e-12
"""Changes that differ by a smaller share are equally large."""

PLAIN = 100.0
"""A prediction of so many times the cost's noise would show, if the cost followed it."""


def verdict(step: TrainingStep) -> str:
    """HTML: the cost before and after, and the change predicted and actual."""
    noise = change_noise(step)
    change, predicted = step.loss_after - step.loss_before, predicted_change(step)
    before, after = shown_cost(step, step.loss_before), shown_cost(step, step.loss_after)
    moved, hoped = (0.0 if abs(value) <= noise else value for value in (change, predicted))
    texts = apart(before, after) if moved else (short(before), short(before))
    said = f"{'down' if moved < 0 else 'up'} {short(abs(moved))}" if moved else "unchanged"
    costs = (
        f"Cost {_value(step.loss_before, 'before', texts[0])} → "
        f"{_value(step.loss_after, 'after', texts[1])}, {_value(change, 'change', said)}"
    )
    said = (
        f"Predicted −η‖∇‖² = {_value(predicted, 'predicted', signed(hoped))}, "
        f"actual {_value(change, 'actual', signed(moved))}{_comparison(step, moved, hoped, noise)}"
    )
    new = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
    from_z = why_from_z(step.config, step.tape, new)
    said += scripts(f" {from_z}") if from_z else ""
    return tag("p", costs, class_="bp-verdict") + tag("p", said, class_="bp-note")


def standstill(step: TrainingStep) -> str:
    """Why no parameter moves, or none by more than rounding; "" where the update is one."""
    if step.updates[0].learning_rate == 0:
        return "With η = 0 nothing moves"
    if not any(update.gradient.any() for update in step.updates):
        return "Every gradient is 0, so nothing moves"
    if all(is_rounding(step, layer) for layer in range(1, step.config.depth + 1)):
        return "Every step is 0 but for rounding, so nothing moves"
    return ""


def _comparison(step: TrainingStep, change: float, predicted: float, noise: float) -> str:
    """What comes after the numbers; both are 0 where they are rounding noise."""
    rate = step.updates[0].learning_rate
    still = standstill(step)
    if still:
        return f". {still}."
    if change > 0:
        return ". The step was too long: the cost went up."
    if change == 0 and abs(predicted) <= PLAIN * noise:
        return ". The change is too small for the digits of the cost."
    if change == 0:
        return ". The step was too long: it ends where the cost is as high as before."
    share = change / predicted if predicted else np.inf
    if abs(share - 1) < 0.005:
        short_or_not = "So short a step" if rate < 1 else f"Even with η = {as_typed(rate)} the cost"
        return f". {short_or_not} follows the tangent."
    way = "above" if share < 1 else "below"
    return f", {percent(share)} of it: the cost bends {way} its tangent."


def sweep_sentence(step: TrainingStep, sweep: Sweep, word: str = "") -> str:
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
    first = f"{_own_curve(step, sweep, word)}{_its_tangent(sweep)}."
    return f"{first} {_mean_curve(step, sweep, word)}" if is_iris(step.config) else first


def _own_curve(step: TrainingStep, sweep: Sweep, word: str) -> str:
    """Where a longer step stops helping this observation, and where it does harm."""
    harm = "" if sweep.break_even is None else f", and from η = {short(sweep.break_even)} it does harm"
    if sweep.best is not None:
        return f"For this {word} a longer step stops helping at η = {short(sweep.best)}{harm}"
    if harm or nothing_gained(step, sweep):
        return f"For this {word} no step helps by more than rounding{harm}"
    alone = f"For this {word} alone" if is_iris(step.config) else f"For this {word}"
    longest, level = float(sweep.learning_rates[-1]), level_from(step, sweep)
    if level < longest:
        return f"{alone} a longer step helps up to about η = {short(level)} and brings no more beyond"
    return f"{alone} a longer step keeps helping as far as the chart goes, η = {short(longest)}"


def _its_tangent(sweep: Sweep) -> str:
    if not np.isfinite(sweep.reaches_zero):
        return ""
    return f"; its tangent would reach cost 0 at η = {short(sweep.reaches_zero)}"


def _mean_curve(step: TrainingStep, sweep: Sweep, word: str) -> str:
    if sweep.mean_is_flat:
        return "The mean of all 150 flowers does not change."
    if sweep.mean_best is None:
        return "For the mean of all 150 flowers it keeps helping as far as the chart goes."
    if sweep.mean_best == 0:
        others = "the other flowers" if word == "flower" else "the flowers"
        return f"The mean of all 150 flowers only gets worse: {others} pay."
    beyond = " You are beyond that." if step.updates[0].learning_rate > sweep.mean_best else ""
    return f"For the mean of all 150 flowers it stops helping at η = {short(sweep.mean_best)}.{beyond}"


def update_formula(step: TrainingStep, layer: int) -> str:
    """LaTeX of the update of a layer."""
    rate = number(as_typed(step.updates[0].learning_rate))
    W, b, z = (latex(f"{letter}{layer}") for letter in "Wbz")
    below = latex(f"a{layer - 1}") if layer > 1 else latex("x")
    return (
        rf"{W} \leftarrow {W} - {rate} \cdot \frac{{\partial C}}{{\partial {z}}} \otimes {below} \qquad "
        rf"{b} \leftarrow {b} - {rate} \cdot \frac{{\partial C}}{{\partial {z}}}"
    )


def scale_sentence(step: TrainingStep, layer: int) -> str:
    """What the colours of a layer's heatmaps mean."""
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
    blank = "" if numbers_fit(step, layer) else " No room for numbers: point at a cell, or open the tables."
    return f"Blue is positive, orange negative. {shared} {own} Last column: the bias.{blank}"


def outer_sentence(step: TrainingStep, layer: int, word: str = "") -> str:
    """How the gradient came about, what does not learn, and the largest change.

    Args:
        step: the recorded step.
        layer: from 1.
        word: what the observation is called, where it is not what the network takes.
    """
    z, W, b = (symbol(f"{letter}{layer}") for letter in "zWb")
    below = f"a{layer - 1}" if layer > 1 else "x"
    rows, columns = step.gradients[f"W{layer}"].shape
    said = f"dC/d{W} = ∂C/∂{z} ⊗ {symbol(below)}: {rows} × {columns}, one product a cell, no sum"
    if sums_behind(step, layer):
        said += f"; the sums over paths are in ∂C/∂{z} already"
    said += f". The column alone is dC/d{b}. Colours as above, a scale each for column, row and cells."
    still = int((step.cotangent(f"z{layer}") == 0).sum())
    if still:
        which = every(rows, "row").capitalize() if still == rows else counted(still, "row")
        what = "is 0, so its unit does" if still == 1 else "are 0, so their units do"
        said += f" {which} {what} not learn from this {word or observation_word(step.config)}."
    elif not step.tape[below].any():
        said += f" All of {symbol(below)} is 0, so the weights stay and only the {_biases(rows)}."
    return f"{said} {largest_change(step, layer)}"


def _biases(count: int) -> str:
    return "bias learns" if count == 1 else "biases learn"


def sums_behind(step: TrainingStep, layer: int) -> bool:
    """Whether ∂C/∂z of a layer is a sum over paths, or was made from one."""
    before = takewhile(lambda vjp_step: vjp_step.output != f"z{layer}", step.vjp_steps)
    return any(vjp_step.paths > 1 for vjp_step in before)


def largest_change(step: TrainingStep, layer: int) -> str:
    """The entry that moves most, in words; how many move as much; or why none does."""
    before, change, after = layer_arrays(step, layer)
    sizes = np.abs(change)
    if not change.any():
        return "Nothing changes."
    if is_rounding(step, layer):
        return "Nothing changes but for rounding."
    i, j = (int(place) for place in np.unravel_index(int(sizes.argmax()), change.shape))
    row, column = entries(f"z{layer}", len(before))[i], columns_of(step, layer)[j]
    weight = f"the weight to {row} from {column}" if j < before.shape[1] - 1 else f"the bias of {row}"
    others = int((sizes >= sizes.max() * (1 - TIE)).sum()) - 1
    alike = f"; {counted(others, 'other')} {'moves' if others == 1 else 'move'} as much" if others else ""
    old, new = apart(before[i, j], after[i, j])
    if old == new:  # too little for as many digits as are ever shown
        return f"The largest change: {weight}, {short(before[i, j])}, by {signed(change[i, j])}{alike}."
    return f"The largest change: {weight}, from {old} to {new} ({signed(change[i, j])}){alike}."


def layer_of_largest_change(step: TrainingStep) -> int:
    """The layer with the parameter that moves most; of equals the last one."""
    sizes = [layer_scales(step, layer)[1] for layer in range(step.config.depth, 0, -1)]
    return step.config.depth - sizes.index(max(sizes))


def update_table(step: TrainingStep, layer: int) -> str:
    """All numbers of a layer's update as tables, folded away."""
    columns, rows = columns_of(step, layer), entries(f"z{layer}", step.config.layer_sizes[layer])
    tables = [
        _table(f"{title}, {symbol(f'b{layer}')} last", columns, rows, values, f"{kind}{layer}")
        for title, values, kind in zip(
            block_titles(layer), layer_arrays(step, layer), ("before", "step", "after"), strict=True
        )
    ]
    return tag(
        "details", tag("summary", f"All numbers of layer {layer} as tables"), *tables, class_="bp-more"
    )


def _table(title: str, columns: list[str], rows: list[str], values: np.ndarray, name: str) -> str:
    head = tag("tr", *(tag("th", scripts(text), scope="col") for text in (title, *columns)))
    body = [
        tag(
            "tr",
            tag("th", scripts(row), scope="row"),
            *(
                # Written out, since there are hundreds, of numbers alone: `tag` takes three times as long.
                f'<td data-update="{name}:{i}:{j}" data-value="{value!r}">{short(value)}</td>'
                for j, value in enumerate(numbers)
            ),
        )
        for i, (row, numbers) in enumerate(zip(rows, values.tolist(), strict=True))
    ]
    table = tag("table", tag("thead", head), tag("tbody", *body), class_="bp-table")
    return tag("div", table, class_="bp-scroll")


def _value(value: float, name: str, text: str) -> str:
    return tag("span", text, data_cost=name, data_value=exact(value))
