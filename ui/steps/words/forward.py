"""The input and the forward pass."""

from ui.names.numbers import as_typed, count_word, counted, every, short
from ui.names.symbols import symbol

# --- the input ---------------------------------------------------------------------------------------

FIRST_STEP = "Press → to take the first step."


def input_title(word: str) -> str:
    return f"The {word} goes in"


def over_the_training(flowers: int) -> str:
    """Whose mean and deviation scale a measurement."""
    return f"the {flowers} flowers of the training"


def over_all(flowers: int) -> str:
    return f"all {flowers} flowers"


def measured(count: int, typed: str, scale: str) -> str:
    """Inputs of which some are measured, and `typed` says which are not."""
    what = f"{count_word(count).capitalize()} measurements of one iris, standardised"
    if typed:
        what = f"Measurements of one iris, standardised, but {typed}"
    return f"{what}: 0 is the mean of {scale}, 1 is one standard deviation above it."


OF_THE_TEXTBOOK = "a well-known textbook example"


def of_an_example(observation: int, count: int, is_from_book: bool) -> str:
    """Which observation of an example, counted from 1; the example is the reader's own, if not from a book."""
    example = "this example from a book" if is_from_book else "your example"
    return f"observation {observation} of the {count_word(count)} in {example}" if count > 1 else example


def not_measured(count: int, whose: str, typed: str) -> str:
    if typed.startswith("all "):
        return f"{typed.capitalize()}."
    if typed:
        return f"The inputs of {whose}, but {typed}."
    if count == 1:
        return f"The input of {whose}, as it is."
    return f"The {count_word(count)} inputs of {whose}, as they are."


def typed_input(value: float) -> str:
    """Why an edited input is what it is, with all its digits where the stage rounds it."""
    exactly = as_typed(value)
    return "you typed it" if exactly == short(value) else f"you typed {exactly}"


def targets(count: int, typed: str = "") -> str:
    return f"The target y says what the {'outputs' if count > 1 else 'output'} should be{f', {typed}' if typed else ''}."


def species(is_measured: bool) -> str:
    return f"The target y marks {'its' if is_measured else 'the flower’s'} species."


# --- the forward pass --------------------------------------------------------------------------------


def affine_title(layer: int, units: int) -> str:
    return f"Weighted {sums(units)} of layer {layer}"


def sums(units: int) -> str:
    return "sums" if units > 1 else "sum"


def affine(layer: int, units: int, inputs: int, has_bias: bool) -> str:
    does = (
        f"{'Each' if units > 1 else 'The'} unit multiplies what comes in by its row of {symbol(f'W{layer}')}"
    )
    if has_bias:
        return f"{does} and adds its bias."
    return f"{does} and adds up. There is no bias." if inputs > 1 else f"{does}. There is no bias."


def activation_title(layer: int, units: int) -> str:
    return f"{'Activations' if units > 1 else 'Activation'} of layer {layer}"


def activation(rule: str) -> str:
    return f"The activation {rule} takes each z by itself: one z in, one a out."


def units_off(off: int, units: int, word: str) -> str:
    """ReLU units that are off, and what follows where all are."""
    are = "is" if off == 1 else "are"
    if off < units:
        return f"{counted(off, 'unit')} {are} off for this {word}: z is not above 0, so a is 0."
    why = "z is not above 0, so a is 0" if off == 1 else "no z is above 0, so every a is 0"
    return f"{every(off, 'unit').capitalize()} {are} off: {why}, and nothing in this layer or below it learns from this {word}."


def dense_title(rule: str, units: int) -> str:
    what = "sums into probabilities" if units > 1 else "a sum into a probability"
    return f"{rule.capitalize()} turns {what}"


ALWAYS_1 = "One exponential is divided by itself, so the only probability is 1, whatever z is. Nothing can be learned from that."
"""Of softmax with one output."""

DENSE = "Every probability depends on every z, through the sum below the line. Remember this: it makes the way back a sum over paths too."
TOO_SMALL = " is smaller than a float can hold"
"""What a written-out entry says of its number."""

COST_TITLE = "The cost"
COST = "One number says how wrong the answer is. The backward pass asks how each number before it moves C."

# Remarks at lines of NumPy.
FROM_Z = "exact for any z"
NO_OVERFLOW = "that cannot overflow"
NEVER_EXACT = "never exactly 0 or 1"
FINITE = "so that y / a stays finite"


def from_z(layer: int) -> str:
    """Why the numbers shown of a do not give C."""
    return f"Some {symbol(f'a{layer}')} is too near 0 or 1 for a float, so C is computed from {symbol(f'z{layer}')}."
