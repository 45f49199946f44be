"""Every sentence of the worksheet, in the order of the page, one to a line. No HTML.

`layer` counts from 1, `unit` from 0.
"""

from collections.abc import Mapping, Sequence

from ui.export.worksheet.parts import DIGITS, number
from ui.names.numbers import apart, as_typed, count_word, counted, listed, percent, signed
from ui.names.symbols import symbol

TITLE, KEY_TITLE = "Backpropagation by hand", "Backpropagation by hand: key"
CHECK_YOURSELF = "Check yourself:"
GIVEN, FORWARD, BACKWARD, UPDATE = "Given", "Forward pass", "Backward pass", "Update"


def instructions(tolerance: str) -> str:
    return f"Fill in the boxes from top to bottom, with a pocket calculator. Given numbers are rounded to {count_word(DIGITS)} significant digits; calculate with all digits you have, write at least {count_word(DIGITS - 1)}. {tolerance}"


def tolerance(relative: float, absolute: float) -> str:
    return f"An answer is right if it is within {percent(relative)} of the key, or within {as_typed(absolute)} where that is more. The key is computed from unrounded numbers."


def picture(sizes: Sequence[int]) -> str:
    """What the picture shows, for people who cannot see it."""
    units = "unit" if tuple(sizes[1:-1]) == (1,) else "units"
    hidden = f"{listed(map(str, sizes[1:-1]))} hidden {units}, " if len(sizes) > 2 else ""
    inputs, outputs = counted(sizes[0], "input"), counted(sizes[-1], "output")
    return f"The network: {inputs}, {hidden}{outputs}, then the cost."


# --- what is left out --------------------------------------------------------------------------------


def beyond_calculators(layer: int, error: str) -> str:
    """`error` is ∂C/∂z of the outputs, such as a² − y."""
    a, z = symbol(f"a{layer}"), symbol(f"z{layer}")
    return f"At least one output is nearer to 0 or 1 than a pocket calculator can show: without ∂C/∂{a} and ∂{a}/∂{z}, ∂C/∂{z} is {error}."


def one_unit(layer: int, units: int, unit: int) -> str:
    return f"Layer {layer} has {units} units: you work on unit {unit + 1} (no ∂C/∂{symbol(f'z{layer}')} is larger in size); what you need of the others is given."


def one_row(rows: Mapping[int, int]) -> str:
    """`rows` has the row that is asked for of each layer's weights."""
    only = ", ".join(f"of dC/d{symbol(f'W{layer}')} only row {unit + 1}" for layer, unit in rows.items())
    return f"You compute {only}: the other rows are made in the same way."


def few_columns(wide: int, few: int) -> str:
    return f"Of a row with more than {wide} weights, only {few} gradients are asked, the largest in size or the first among equals."


def one_update(layers: Sequence[int]) -> str:
    shown = listed(map(str, layers))
    if len(layers) > 1:
        return f"Of the update of layers {shown} you compute one unit of each."
    return f"Of the update of layer {shown} you compute one unit."


# --- what is given, and the forward pass -------------------------------------------------------------

INPUT_AND_TARGET = "Input x and target y"


def input_name(name: str, is_typed: bool, is_other: bool) -> str:
    """`is_other`: what was typed is not what the name says, as with a measurement of a flower."""
    if not is_typed:
        return name
    return "as typed" if is_other else f"{name}, as typed"


def unit_name(unit: int) -> str:
    return f"unit {unit + 1}"


def to(layer: int, unit: int) -> str:
    return f"to {symbol(f'z{layer}', unit)}"


def parameters(layer: int, has_bias: bool) -> str:
    bias = f" and {symbol(f'b{layer}')}" if has_bias else ""
    return f"Layer {layer}: {symbol(f'W{layer}')}{bias}"


def sums_and_activations(layer: int, units: int, kind: str) -> str:
    z, a = symbol(f"z{layer}"), symbol(f"a{layer}")
    if units == 1:
        return f"Layer {layer}: weighted sum {z} and activation {a} ({kind})"
    return f"Layer {layer}: weighted sums {z} and activations {a} ({kind})"


def begins_like_this(
    unit: int, weights: Sequence[float], inputs: Sequence[float], bias: Sequence[float]
) -> str:
    """The first weighted sum with its numbers put in, up to the result; `bias` is one number, or none."""
    terms = [f"{_bracketed(w)} · {_bracketed(x)}" for w, x in zip(weights, inputs, strict=True)]
    return f"It begins like this: {symbol('z1', unit)} = {' + '.join([*terms, *map(_bracketed, bias)])} = …"


def _bracketed(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def others_given(layer: int) -> str:
    return f"Given, to go on from layer {layer}:"


# --- the backward pass -------------------------------------------------------------------------------


def softmax(layer: int) -> str:
    return f"Softmax, towards {symbol(f'z{layer}')}: the Jacobian"


def every_path(layer: int) -> str:
    """Into the sums of the last layer."""
    return f"Every path into {symbol(f'z{layer}')}"


def every_hidden_path(layer: int) -> str:
    return f"Layer {layer}: every path into {symbol(f'a{layer}')}"


def how_many_paths(wrt: str, end: str) -> str:
    return f"How many paths lead from one {symbol(wrt)} to {end}? "


THE_COST = "the cost"


def behind(output: str) -> str:
    """Why paths are counted up to a sum, and not to the cost."""
    return f" (Behind {symbol(output)}, every path to the cost is summed already, in ∂C/∂{symbol(output)}.)"


def total(paths: int, wrt: str) -> str:
    """Name of the row below the paths."""
    return f"sum: ∂C/∂{wrt}" if paths > 1 else f"nothing to sum: ∂C/∂{wrt}"


def other_sums(others: int) -> str:
    if others == 1:
        return "The sum of the other unit is given; it is made in the same way:"
    return "The sums of the other units are given; they are made in the same way:"


def through_activation(layer: int, outputs: int) -> str:
    """`outputs` is how many there are, 0 in a hidden layer."""
    whose = f"the {'outputs' if outputs > 1 else 'output'}" if outputs else f"layer {layer}"
    return f"Through the activation of {whose}"


def derivative(layer: int, is_mask: bool) -> str:
    return f"∂{symbol(f'a{layer}')}/∂{symbol(f'z{layer}')}{', the mask' if is_mask else ''}"


def gradients(names: Sequence[str]) -> str:
    """`names` are the parameters of a layer, such as W2 and b2."""
    what = listed(f"dC/d{symbol(name)}" for name in names)
    return f"Layer {names[0][1:]}: the {'gradients' if len(names) > 1 else 'gradient'} {what}"


# --- the update --------------------------------------------------------------------------------------


def new_parameters(layer: int, rate: float, bias: str) -> str:
    """`bias`: whether biases are learned, fixed or none."""
    what = "weights and biases" if bias == "learned" else "weights"
    fixed = f" ({symbol(f'b{layer}')} is fixed: it stays as it is)" if bias == "fixed" else ""
    return f"Layer {layer}: the new {what}, with η = {as_typed(rate)}{fixed}"


def all_moved(bias: str) -> str:
    """`bias` as above."""
    return "With all weights updated" if bias == "fixed" else "With all parameters updated"


def nothing_moves(rate: float, cost: float, bias: str) -> str:
    if rate == 0:
        return f"With η = 0 nothing moves: the cost stays {number(cost)}."
    return f"Every gradient{' of a weight' if bias == 'fixed' else ''} is 0, so nothing moves: the cost stays {number(cost)}."


def all_rounding(cost: float, bias: str) -> str:
    return f"{all_moved(bias)}, the cost stays {number(cost)} but for rounding; every gradient is 0 but for rounding, too."


def cost_stays(cost: float, predicted: float, bias: str) -> str:
    return f"{all_moved(bias)}, the cost stays {number(cost)} but for rounding; its first-order prediction is {signed(predicted)}."


def cost_goes(before: float, after: float, predicted: float, bias: str) -> str:
    start, end = number(before), number(after)
    if start == end:
        start, end = apart(before, after)
    return f"{all_moved(bias)}, the cost goes from {start} to {end}, a change of {signed(after - before)}; its first-order prediction is {signed(predicted)}."
