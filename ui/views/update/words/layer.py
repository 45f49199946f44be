"""A layer's update: its matrices, and the outer product behind its step."""

from collections.abc import Sequence

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.network import input_of
from ui.names.numbers import apart, counted, every, short, signed
from ui.names.symbols import entries, symbol
from ui.names.timeline import parameter_names
from ui.state.data import observation_word
from ui.views.update.facts import columns_of, largest_entry, layer_arrays, sums_behind


def tables(layer: int) -> str:
    return f"All numbers of layer {layer} as tables"


def heatmaps_alt(layer: int) -> str:
    W = symbol(f"W{layer}")
    return f"Three heatmaps: {W} now, its step −η dC/d{W}, and new {W}. The tables below hold them."


def layer_title(step: TrainingStep, layer: int) -> str:
    title = f"Layer {layer}: {' and '.join(map(symbol, parameter_names(step.config, layer)))}"
    return f"{title}, which is fixed" if step.config.bias == "fixed" else title


def titles(layer: int) -> tuple[str, str, str]:
    """What the three matrices are called."""
    W = symbol(f"W{layer}")
    return f"{W} now", f"step −η dC/d{W}", f"new {W}"


def bias_last(title: str, columns: Sequence[str], inputs: int) -> str:
    """The title of a table, whose column after those of the inputs, if any, is the bias."""
    return ", ".join((title, *(f"{bias} last" for bias in columns[inputs:])))


def weight_between(weight: str, row: str, column: str) -> str:
    """Which weight it is: w²₁₃ (to z²₁ from a¹₃)."""
    return f"{weight} (to {row} from {column})"


LAST_COLUMN = {"learned": "Last column: the bias.", "fixed": "Last column: the bias, not moved.", "none": ""}


def colours(layer: int, bias: str, weights: float, change: float, is_rounding: bool, is_written: bool) -> str:
    """What the colours of a layer's three matrices mean.

    Args:
        layer: from 1.
        bias: whether there are biases, and whether they move: `MLPConfig.bias`.
        weights: the largest size in W and new W.
        change: the same of the step.
        is_rounding: whether that is nothing but rounding.
        is_written: whether the cells have room for their numbers.
    """
    W = symbol(f"W{layer}")
    shared = f"{W} and new {W} are 0."
    if weights:
        shared = f"{W} and new {W} share one scale: full colour is ±{short(weights)}."
    own = "The step is 0."
    if change and is_rounding:
        own = f"The step is 0 but for rounding: its full colour is ±{short(change)}."
    elif change:
        finer = f", {short(weights / change)} × finer" if weights / change >= 2 else ""
        own = f"The step has its own: full colour is ±{short(change)}{finer}."
    said = ["Blue is positive, orange negative.", shared, own, LAST_COLUMN[bias]]
    if not is_written:
        said += ["No room for numbers: point at a cell, or open the tables."]
    return " ".join(filter(None, said))


def column_title(layer: int) -> str:
    return f"column ∂C/∂{symbol(f'z{layer}')}"


def row_title(layer: int) -> str:
    return f"row {symbol(input_of(layer))}, under it dC/d{symbol(f'W{layer}')}"


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
        *_gradient_of_bias(step.config.bias, b),
        "Colours as above, a scale each for column, row and cells.",
    ]
    still = int((step.cotangent(f"z{layer}") == 0).sum())
    which = every(rows, "row").capitalize() if still == rows else counted(still, "row")
    if still == 1:
        said += [f"{which} is 0, so its unit does not learn from this {word}."]
    elif still:
        said += [f"{which} are 0, so their units do not learn from this {word}."]
    elif not step.tape[below].any():
        learn = f"and only the {'bias learns' if rows == 1 else 'biases learn'}"
        if step.config.bias != "learned":
            learn = f"and the layer does not learn from this {word}"
        said += [f"All of {symbol(below)} is 0, so the weights stay {learn}."]
    return " ".join(said)


def _gradient_of_bias(bias: str, b: str) -> list[str]:
    """Where dC/db stands, if there is one."""
    if bias == "none":
        return []
    return [f"The column alone is dC/d{b}{', but fixed biases do not move' if bias == 'fixed' else ''}."]


def largest_changes(
    step: TrainingStep, layer: int, rates: Sequence[float], is_rounding: Sequence[bool]
) -> list[str]:
    """The entry that moves most, in words; how many move as much; or why none does; for each η."""
    before, gradient = layer_arrays(step, layer)
    (i, j), others = largest_entry(step, layer)
    start, slope = float(before[i, j]), -float(gradient[i, j])
    row, columns = entries(f"z{layer}", step.config.layer_sizes[layer])[i], columns_of(step, layer)
    is_weight = j < step.config.layer_sizes[layer - 1]
    what = f"the weight to {row} from {columns[j]}" if is_weight else f"the bias of {row}"
    alike = f"; {counted(others, 'other')} {'moves' if others == 1 else 'move'} as much" if others else ""

    def said(rate: float, is_rounding: bool) -> str:
        change = rate * slope
        if not change:
            return "Nothing changes."
        if is_rounding:
            return "Nothing changes but for rounding."
        old, new = apart(start, start + change)
        if old == new:  # too little for as many digits as are ever shown
            return f"The largest change: {what}, {short(start)}, by {signed(change)}{alike}."
        return f"The largest change: {what}, from {old} to {new} ({signed(change)}){alike}."

    return list(map(said, rates, is_rounding))
