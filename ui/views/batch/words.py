"""Every sentence of the page "Batch". No HTML."""

from backprop import MLPConfig
from ui.names.numbers import counted, every, short, signed
from ui.names.symbols import symbol
from ui.state.data import word_of_many

BATCH_OF_IRIS = "The batch of iris flowers →"

ONWARD = (
    ("Many such steps: Training →", "training"),
    ("What a missing path costs: Chain-rule lab →", "chain_rule_lab"),
    ("D and its neighbours: Notation →", "notation"),
)
"""Links at the end, each with its page."""

# --- the two products ----------------------------------------------------------------------------------

TO_X = "Training stops here: x is never updated."
A_BIAS = "A bias is fed by the constant 1, so there is no ∂C/∂a to pass on: choose a column."
A_FLOWER, AN_OBSERVATION = "Flower {0}, {1}: {2}", "Observation {0}: {2}"
"""Which it is, of which species, and what it says; filled in by the browser, like all braces here."""

FIRST = "The first of your observations, in the order in which you gave them."


def lead(noun: str) -> str:
    """In all of these, `noun` is what one of the batch is called: a flower, or an observation."""
    return f"The same D in two matrix products: with A you add down the {noun}s, with W across the units. Only the second is the total derivative."


def single_observation(is_of_a_book: bool) -> str:
    """Instead of the page, where there is no batch."""
    example = "The textbook example" if is_of_a_book else "Your example"
    return f"{example} is a single observation, and the mean gradient of one is its own."


def colours(noun: str) -> str:
    return f"Blue is positive, orange negative, stronger is larger, within one matrix. Frames: what you multiply down the {noun}s, or (purple) across the units."


INPUT_OF_BIAS = "the 1 that feeds the bias"


def unit(place: int, layer: int | None = None) -> str:
    """A unit, 0-based; of another layer if one is given."""
    return f"unit {place + 1}" + (f" of layer {layer}" if layer else "")


def matrices(W: str, below: str, noun: str) -> str:
    return f"D and A of the {noun}s, dC/d{W}, {W}, and ∂C/∂{below} of the {noun}s. Any cell can be chosen."


def members_summed(count: int, noun: str) -> str:
    return f"n: only 1 {noun}" if count == 1 else f"n: {count} {noun}s summed"


def paths_summed(count: int) -> str:
    return "k: only 1 path" if count == 1 else f"k: {count} paths summed"


def of_one(name: str, noun: str) -> str:
    """Name of an entry, for one of the batch."""
    return f"{name} of {noun} {{1}}"


OTHERS = "and the other {0}: {1}"


def more(count: int) -> str:
    return f"… and {count} more: you see both ends of the bars below."


# --- a bar each ----------------------------------------------------------------------------------------

MEAN_OF_BATCH = "mean of the batch"


def a_bar_opens(noun: str) -> str:
    return f"A bar opens its {noun} in the walkthrough."


def who_pulls(cell: str) -> str:
    return f"Who pulls dC/d{cell} up, who down?"


def pulls(cell: str, terms: list[float], mean: float, rate: float, config: MLPConfig) -> str:
    """What the derivatives of a weight or bias do to it together."""
    up, down = sum(value > 0 for value in terms), sum(value < 0 for value in terms)
    said = _counts(up, down, len(terms) - up - down, word_of_many(config))
    if config.bias == "fixed" and cell.startswith("b"):
        return f"{said} The mean is {signed(mean)}, but the biases are fixed: no step moves {cell}."
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


def _counts(up: int, down: int, none: int, noun: str) -> str:
    """Such as "3 flowers pull up, 2 down, 1 leaves it alone (0)."."""
    parts: list[str] = []
    for count, way in ((up, "up"), (down, "down"), (none, "")):
        pull, leave = ("pulls", "leaves") if count == 1 else ("pull", "leave")
        verb = f"{pull} {way}" if way else f"{leave} it alone (0)"
        if count == up + down + none:
            return f"{every(count, noun).capitalize()} {verb}."
        if count:
            parts.append(f"{count} {way or verb}" if parts else f"{counted(count, noun)} {verb}")
    return f"{', '.join(parts)}."


def takes_part(named: str, typed: str) -> str:
    """Where the reader has put numbers in for one of the batch, such as flower 54."""
    return f"{named.capitalize()} takes part with {typed}."


def steps_taken(steps: int, named: str) -> str:
    """Where the weights come after steps taken on one of the batch, such as flower 54."""
    those, noun = "that step" if steps == 1 else "those steps", named.split()[0]
    return f"These weights come after {counted(steps, 'step')} taken on {named}. Another {noun} opens with the weights from before {those}, so its numbers differ from those here."


# --- an outer product each -----------------------------------------------------------------------------


ALONE = {"flower": "Flower {0} alone, {1}", "observation": "Observation {0} alone"}


def outer_products(count: int, W: str, noun: str) -> str:
    if count == 1:
        return f"The outer product of the only {noun} is dC/d{W}"
    return f"One outer product {a(noun)}; their mean is dC/d{W}"


def a(noun: str) -> str:
    """With its article."""
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"


def inputs_of_layer(below: str, has_biases: bool) -> str:
    """The title of A."""
    return f"A: {below}, and 1" if has_biases else f"A: {below}"


def column_times_row(z: str, below: str, has_biases: bool, noun: str) -> str:
    row = f"{below}, with a 1 for the bias" if has_biases else below
    return f"The column ∂C/∂{z} of the chosen {noun} times its row {row}: no sum in it."


ROUNDING = ", rounding of floating-point numbers."


def checked(count: int, noun: str) -> str:
    if count == 1:
        return f"Checked: the gradient of the only {noun}, against Dᵀ A / 1 as one matrix product (loss_and_gradients): largest difference "
    return f"Checked: the mean of the {count} single gradients, one by one, against Dᵀ A / {count} as one matrix product (loss_and_gradients): largest difference "


# --- all of D ------------------------------------------------------------------------------------------


def strip(shown: int, pick: str) -> str:
    """Above the picture of all rows of D, where the tables show some; `pick` is one such as flower 54."""
    noun = pick.split()[0]
    return f"One column {a(noun)}, one row a unit: all of Dᵀ, of which the tables above show {shown} columns. {pick.capitalize()} is framed."


def strip_alt(layer: int, count: int, noun: str) -> str:
    return f"Heatmap of ∂C/∂{symbol(f'z{layer}')}, one column for each of {count} {noun}s."
