"""Every sentence of the page "Batch". No Streamlit, no HTML."""

from ui.names.numbers import counted, every, short, signed
from ui.names.symbols import symbol

LEAD = "The same D in two matrix products: with A you add down the flowers, with W across the units. Only the second is the total derivative."

ONE_OBSERVATION = "The textbook example is a single observation, and the mean gradient of one is its own."
BATCH_OF_IRIS = "The batch of iris flowers →"

ONWARD = (
    ("Many such steps: Training →", "training"),
    ("What a missing path costs: Chain-rule lab →", "chain_rule_lab"),
    ("D and its neighbours: Notation →", "notation"),
)
"""Links at the end, each with its page."""

# --- the two products ----------------------------------------------------------------------------------

COLOURS = "Blue is positive, orange negative, stronger is larger, within one matrix. Frames: what you multiply down the flowers, or (purple) across the units."
TO_X = "Training stops here: x is never updated."
A_BIAS = "A bias is fed by the constant 1, so there is no ∂C/∂a to pass on: choose a column."
A_FLOWER = "Flower {0}, {1}: {2}"
"""A flower, its species, and what it says; filled in by the browser, like all braces here."""


INPUT_OF_BIAS = "the 1 that feeds the bias"


def unit(place: int, layer: int | None = None) -> str:
    """A unit, 0-based; of another layer if one is given."""
    return f"unit {place + 1}" + (f" of layer {layer}" if layer else "")


def matrices(W: str, below: str) -> str:
    return f"D and A of the flowers, dC/d{W}, {W}, and ∂C/∂{below} of the flowers. Any cell can be chosen."


def flowers_summed(count: int) -> str:
    return "n: only 1 flower" if count == 1 else f"n: {count} flowers summed"


def paths_summed(count: int) -> str:
    return "k: only 1 path" if count == 1 else f"k: {count} paths summed"


def of_flower(name: str) -> str:
    """Name of an entry, for one flower."""
    return f"{name} of flower {{1}}"


OTHERS = "and the other {0}: {1}"


def more_flowers(count: int) -> str:
    return f"… and {count} more: you see both ends of the bars below."


# --- a bar a flower ------------------------------------------------------------------------------------

MEAN_OF_BATCH = "mean of the batch"
A_BAR_OPENS = "A bar opens its flower in the walkthrough."


def who_pulls(cell: str) -> str:
    return f"Who pulls dC/d{cell} up, who down?"


def pulls(cell: str, terms: list[float], mean: float, rate: float) -> str:
    """What the flowers' derivatives of a weight or bias do to it together."""
    up, down = sum(value > 0 for value in terms), sum(value < 0 for value in terms)
    said = _counts(up, down, len(terms) - up - down)
    if mean == 0 and up:
        return f"{said} They cancel: the mean is 0, and the step leaves {cell} where it is."
    if mean == 0:
        return f"{said} So the mean is 0, and the step leaves {cell} where it is."
    if rate == 0:
        return f"{said} The mean is {signed(mean)}, but with η = 0 the step leaves {cell} where it is."
    step, what = -rate * mean, "bias" if cell.startswith("b") else "weight"
    raises = "raises" if step > 0 else "lowers"
    said += f" The mean is {signed(mean)}, so the step −η · mean = {signed(step)} {raises} {cell}: a positive derivative pushes the {what} down, a negative one up."
    size = sum(map(abs, terms)) / len(terms)
    if abs(mean) < size / 2:
        said += f" They disagree: without their signs the mean would be {short(size)}."
    return said


def _counts(up: int, down: int, none: int) -> str:
    """Such as "3 flowers pull up, 2 down, 1 leaves it alone (0)."."""
    parts: list[str] = []
    for count, way in ((up, "up"), (down, "down"), (none, "")):
        pull, leave = ("pulls", "leaves") if count == 1 else ("pull", "leave")
        verb = f"{pull} {way}" if way else f"{leave} it alone (0)"
        if count == up + down + none:
            return f"{every(count, 'flower').capitalize()} {verb}."
        if count:
            parts.append(f"{count} {way or verb}" if parts else f"{counted(count, 'flower')} {verb}")
    return f"{', '.join(parts)}."


def takes_part(flower: int, typed: str) -> str:
    """Where the reader has put numbers in for a flower of the batch."""
    return f"Flower {flower} takes part with {typed}."


def steps_taken(steps: int, flower: int) -> str:
    """Where the weights come after steps taken on a flower."""
    those = "that step" if steps == 1 else "those steps"
    return f"These weights come after {counted(steps, 'step')} taken on flower {flower}. Another flower opens with the weights from before {those}, so its numbers differ from those here."


# --- an outer product a flower -------------------------------------------------------------------------


ALONE = "Flower {0} alone, {1}"


def outer_products(flowers: int, W: str) -> str:
    if flowers == 1:
        return f"The outer product of the only flower is dC/d{W}"
    return f"One outer product a flower; their mean is dC/d{W}"


def column_times_row(z: str, below: str) -> str:
    return (
        f"The column ∂C/∂{z} of the chosen flower times its row {below}, with a 1 for the bias: no sum in it."
    )


ROUNDING = ", rounding of floating-point numbers."


def checked(flowers: int) -> str:
    if flowers == 1:
        return "Checked: the gradient of the only flower, against Dᵀ A / 1 as one matrix product (loss_and_gradients): largest difference "
    return f"Checked: the mean of the {flowers} single gradients, one by one, against Dᵀ A / {flowers} as one matrix product (loss_and_gradients): largest difference "


# --- all of D ------------------------------------------------------------------------------------------


def strip(shown: int, pick: int) -> str:
    """Above the picture of all rows of D, where the tables show some."""
    return f"One column a flower, one row a unit: all of Dᵀ, of which the tables above show {shown} columns. Flower {pick} is framed."


def strip_alt(layer: int, flowers: int) -> str:
    return f"Heatmap of ∂C/∂{symbol(f'z{layer}')}, one column for each of {flowers} flowers."
