"""Every sentence of the page "Batch". No Streamlit, no HTML."""

from ui.names.numbers import counted, every, short, signed
from ui.names.symbols import symbol

LEAD = "The same D in two matrix products: left you add down the flowers, right across the units. Only the right sum is the total derivative. Choose a cell."

ONE_OBSERVATION = "The textbook example is a single observation, and the mean gradient of one is its own."
BATCH_OF_IRIS = "The batch of iris flowers →"

ONWARD = (
    ("Many such steps: Training →", "training"),
    ("What a missing path costs: Chain-rule lab →", "chain_rule_lab"),
    ("D and its neighbours: Notation →", "notation"),
)
"""Links at the end, each with its page."""

# --- the two products ----------------------------------------------------------------------------------

COLOURS = "Colours: a cell is blue where it is positive, orange where negative, stronger where larger, within one matrix. A flower's number and bar have the colour of its species, a frame that of the sum it belongs to."
DOWN_THE_FLOWERS = "Down the flowers: marked D times marked A, then add."
ACROSS_THE_UNITS = "Across the units: marked D times marked W, then add."
ACROSS_TO_X = f"{ACROSS_THE_UNITS} (Training stops here: x is never updated.)"
A_BIAS = "You chose a bias. It is fed by the constant 1, so there is no ∂C/∂a to pass on: choose a column."
INPUT_OF_BIAS = "the 1 that feeds the bias"


def over_flowers(W: str) -> str:
    return f"D and A of the flowers, and dC/d{W}, whose cells you can choose"


def over_paths(below: str) -> str:
    return f"D, W and ∂C/∂{below} of the flowers"


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


def open_any(count: int) -> str:
    return f"Open any of the {count} in the walkthrough" if count > 1 else "Open it"


def takes_part(flower: int, typed: str) -> str:
    """Where the reader has put numbers in for a flower of the batch."""
    return f"Flower {flower} takes part with {typed}."


def steps_taken(steps: int, flower: int) -> str:
    """Where the weights come after steps taken on a flower."""
    those = "that step" if steps == 1 else "those steps"
    return f"These weights come after {counted(steps, 'step')} taken on flower {flower}. Another flower opens with the weights from before {those}, so its numbers differ from those here."


# --- an outer product a flower -------------------------------------------------------------------------

OPEN_IT = "Open it in the walkthrough"


def outer_products(flowers: int, W: str) -> str:
    if flowers == 1:
        return f"The outer product of the only flower is dC/d{W}"
    return f"One outer product a flower; their mean is dC/d{W}"


def column_times_row(z: str, below: str, cell: str, batch: str, shown: int | None) -> str:
    """What an outer product is, and how many are `shown` of the `batch` if not all."""
    some = f" Of {batch} you see {shown}, from both ends of the bars." if shown else ""
    return f"A column ∂C/∂{z} times a row {below}, with a 1 for the bias: no sum in it.{some} The frame marks {cell}."


def mean_card(flowers: int) -> str:
    return f"mean of {every(flowers, 'flower')}" if flowers > 1 else "the only flower"


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
