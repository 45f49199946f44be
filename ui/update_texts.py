"""What the weight update says in words, tables and formulas. No Streamlit."""

import numpy as np

from backprop import TrainingStep
from backprop.sgd import predicted_change
from backprop.sweep import Sweep
from ui.data import is_iris, observation_word
from ui.equations import symbol as latex
from ui.figures.update import block_titles, columns_of, layer_arrays, layer_scales, numbers_fit
from ui.numbers import exact, short, signed
from ui.stage.names import entries, symbol
from ui.svg import scripts, tag


def verdict(step: TrainingStep) -> str:
    """HTML: the cost before and after, and the change predicted and actual."""
    change, predicted = step.loss_after - step.loss_before, predicted_change(step)
    moved = f"{'down' if change < 0 else 'up'} {short(abs(change))}" if change else "unchanged"
    costs = (
        f"Cost {_value(step.loss_before, 'before')} → {_value(step.loss_after, 'after')}, "
        f"{tag('span', moved, data_cost='change', data_value=exact(change))}"
    )
    said = (
        f"Predicted −η‖∇‖² = {_value(predicted, 'predicted', plus=True)}, "
        f"actual {_value(change, 'actual', plus=True)}{_comparison(change, predicted)}"
    )
    return tag("p", costs, class_="bp-verdict") + tag("p", said, class_="bp-note")


def _comparison(change: float, predicted: float) -> str:
    if predicted == 0:
        return ". There is no slope, or no step: nothing moves."
    share = change / predicted
    if change > 0:
        return ". The step was too long: the cost went up."
    if change == 0:
        return ". The change is too small for the digits of the cost."
    if abs(share - 1) < 0.005:
        return ". So short a step follows the tangent."
    way = "above" if share < 1 else "below"
    return f", {100 * share:.0f} % of it: the cost bends {way} its tangent."


def sweep_sentence(step: TrainingStep, sweep: Sweep) -> str:
    """What the curves say about longer steps."""
    longest = short(float(sweep.learning_rates[-1]))
    rate = step.updates[0].learning_rate
    if sweep.slope == 0:
        return "The gradient is 0 in every entry, so no step changes anything."
    word = observation_word(step.config)
    if sweep.best is None:
        first = f"For this {word} alone a longer step keeps helping as far as the chart goes, η = {longest}"
    else:
        first = f"For this {word} a longer step stops helping at η = {short(sweep.best)}"
        if sweep.break_even is not None:
            first += f", and from η = {short(sweep.break_even)} it does harm"
    if np.isfinite(sweep.reaches_zero):
        first += f"; its tangent would reach cost 0 at η = {short(sweep.reaches_zero)}"
    if not is_iris(step.config):
        return f"{first}."
    if sweep.mean_is_flat:
        return f"{first}. The mean of all 150 flowers does not move."
    if sweep.mean_best is None:
        return f"{first}. For the mean of all 150 flowers it keeps helping as far as the chart goes."
    if sweep.mean_best == 0:
        return f"{first}. The mean of all 150 flowers only gets worse: the other flowers pay."
    beyond = " You are beyond that." if rate > sweep.mean_best else ""
    return (
        f"{first}. For the mean of all 150 flowers it stops helping at η = {short(sweep.mean_best)}.{beyond}"
    )


def update_formula(step: TrainingStep, layer: int) -> str:
    """LaTeX of the update of a layer."""
    rate = f"{step.updates[0].learning_rate:g}"
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
    finer = f", {weights / change:.0f} times finer" if change and weights / change >= 2 else ""
    own = f"The step has its own: full colour is ±{short(change)}{finer}." if change else "The step is 0."
    blank = "" if numbers_fit(step, layer) else " No room for numbers: point at a cell, or open the tables."
    return (
        f"Blue is positive, orange negative. {W} and new {W} share one scale: full colour is "
        f"±{short(weights)}. {own} Last column: the bias.{blank}"
    )


def outer_sentence(step: TrainingStep, layer: int) -> str:
    """How the gradient came about, and the largest change."""
    z, W, b = (symbol(f"{letter}{layer}") for letter in "zWb")
    below = symbol(f"a{layer - 1}") if layer > 1 else "x"
    rows, columns = step.gradients[f"W{layer}"].shape
    said = (
        f"dC/d{W} = ∂C/∂{z} ⊗ {below}: {rows} × {columns} cells, one product each, no sum. "
        f"The column alone is dC/d{b}."
    )
    still = int((~step.gradients[f"W{layer}"].any(axis=1)).sum())
    if still:
        what = "row is 0, so its unit does" if still == 1 else "rows are 0, so their units do"
        said += f" {still} {what} not learn from this {observation_word(step.config)}."
    return f"{said} {largest_change(step, layer)}"


def largest_change(step: TrainingStep, layer: int) -> str:
    """The entry that moves most, in words."""
    before, change, after = layer_arrays(step, layer)
    i, j = np.unravel_index(int(np.abs(change).argmax()), change.shape)
    if change[i, j] == 0:
        return "Nothing changes."
    row, column = entries(f"z{layer}", len(before))[int(i)], columns_of(step, layer)[int(j)]
    weight = f"the weight to {row} from {column}" if j < before.shape[1] - 1 else f"the bias of {row}"
    return (
        f"The largest change: {weight}, from {short(before[i, j])} "
        f"to {short(after[i, j])} ({signed(change[i, j])})."
    )


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


def _value(value: float, name: str, plus: bool = False) -> str:
    return tag("span", short(value, plus), data_cost=name, data_value=exact(value))
