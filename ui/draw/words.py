"""What the pictures of all pages say, also to people who cannot see them, one sentence to a line. No HTML."""

from collections.abc import Iterable

from backprop.arrays import FloatArray
from ui.names.numbers import as_typed, every, short, signed
from ui.names.symbols import symbol

# --- a heatmap ---------------------------------------------------------------------------------------


def heatmap_alt(title: str, values: FloatArray) -> str:
    shape, low, high = " by ".join(map(str, values.shape)), short(values.min()), short(values.max())
    if values.size == 1:
        return f"Heatmap of {title}, {shape}, its only value {low}."
    if values.min() == values.max():
        return f"Heatmap of {title}, {shape}, {every(values.size, 'value')} {low}."
    return f"Heatmap of {title}, {shape}, values from {low} to {high}."


COLOURS = "Blue is positive, orange negative; stronger is larger, within one matrix."


def all_digits(digits: str) -> str:
    return f"all digits: {digits}"


# --- the network -------------------------------------------------------------------------------------

INPUT, COST, TARGET = "input x", "cost C", "target, y = 1"
OFF = "0, off"
AS_GIVEN, STANDARDISED, TYPED, SOME_TYPED = "as given", "standardised", "as typed", "standardised or typed"


def layer_title(layer: int, depth: int) -> str:
    """Of a layer of units; the only hidden one has no number."""
    what = "output" if layer == depth else "hidden" if depth == 2 else f"hidden {layer}"
    return f"{what} {symbol(f'a{layer}')}"


def target(value: float) -> str:
    return TARGET if value == 1 else f"y = {as_typed(value)}"


def weight(name: str, unit: int, below: int, value: float) -> str:
    """Both units 0-based."""
    return f"{symbol(name)}, to unit {unit + 1} from {below + 1}: {signed(value)}"


def given_input(unit: int, name: str, value: float) -> str:
    return f"{symbol('x', unit)}, {name}: {as_typed(value)}"


def measured_input(unit: int, name: str, value: float) -> str:
    return f"{symbol('x', unit)}, {name}: {signed(value)} standard deviations"


def unit_values(layer: int, unit: int, z: float, a: float) -> str:
    return f"{symbol(f'z{layer}', unit)} = {signed(z)}, {symbol(f'a{layer}', unit)} = {short(a)}"


def network_alt(
    word: str, inputs: Iterable[str], hidden: Iterable[int], outputs: Iterable[str], target: str, cost: float
) -> str:
    """`word` is what the observation is called; inputs and outputs have their names and numbers."""
    return f"The network on this {word}. Inputs: {', '.join(inputs)}. Hidden units: {', '.join(map(str, hidden))}. Outputs: {', '.join(outputs)}. Target: {target}. Cost: {short(cost)}."
