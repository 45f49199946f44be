"""Jacobians, the way back, and the gradients of the parameters."""

from math import isclose

from ui.names.numbers import as_typed, counted, every, short
from ui.names.symbols import symbol
from ui.steps.words.forward import sums

# --- badges ------------------------------------------------------------------------------------------

PATH_OF_PARAMETER = "1 path to z: single-variable chain rule"
"""Of a parameter's gradient: all paths behind its z have been summed before, in ∂C/∂z."""


def summed(paths: int) -> str:
    """Of a step that sums over paths, or has one only."""
    return f"{paths} paths summed: total derivative" if paths > 1 else "1 path: single-variable chain rule"


def will_be_summed(paths: int) -> str:
    """Of a Jacobian: nothing is summed yet; its columns say what will be."""
    return f"dense: {paths} paths will be summed" if paths > 1 else "1 path each: nothing will be summed"


# --- Jacobians ---------------------------------------------------------------------------------------


def cost_jacobian_title(outputs: int) -> str:
    return f"The cost, towards the {'outputs' if outputs > 1 else 'output'}"


def cost_jacobian(layer: int, outputs: int) -> str:
    a = symbol(f"a{layer}")
    if outputs == 1:
        return f"The way back starts at C. The only {a} enters the cost directly: one path."
    return f"The way back starts at C. Each {a} enters the cost directly: one path each."


def kept_below_1(layer: int, short_of_1: float) -> str:
    a = symbol(f"a{layer}")
    return f"An {a} written 1.00 is kept {short(short_of_1)} below 1, so 1 − {a} is not 0."


def dense_jacobian_title(rule: str) -> str:
    return f"{rule.capitalize()}, towards its input"


DENSE_JACOBIAN = "No zero by structure: each z moves every probability. A rule that keeps the diagonal only loses the other paths."


def diagonal_title(layer: int) -> str:
    return f"The activation of layer {layer}, towards its input"


CONSTANT = "One number, and it is 0: the only probability is 1, whatever z is. Nothing comes back through it."
"""Of softmax with one output."""

ONE_UNIT = "One number: the layer has one unit, so there is one path."
DIAGONAL = "A diagonal: each a depends on its own z only, so there is one path for each unit."
MASK = "The mask is 1 for a unit that is on and 0 for one that is off."

# Between the names of two entries, and about one: these stand in a written-out entry.
INDEPENDENT = " does not depend on "
NOT_FED = " does not feed "
NOT_ABOVE_0 = "{zi} = {z} is not above 0"


def weights_jacobian_title(layer: int, units: int) -> str:
    return f"The weighted {sums(units)} of layer {layer}, towards the weights"


def blocks(below: str, shape: tuple[int, int], different: int, first: float) -> str:
    """Where the numbers of ∂z/∂W stand, and how many of them differ from each other; one of them is `first`."""
    m, n = shape
    entries, alike = counted(m * m * n, "entry", "entries"), ""
    if different == 1 < m * n:
        alike = f", all of {'those' if m > 1 else 'them'} {short(first)}"
    elif different < m * n:
        alike = f", only {different} different ones"
    if m == 1:
        return f"The layer has one sum, so there is one block: {below} itself. {entries}{alike}, known since the forward pass."
    return f"A weight feeds one sum only: block k has {below} in row k and zeros elsewhere. {entries}, {m * n} of them not structurally zero{alike}, known since the forward pass."


def input_jacobian_title(layer: int, units: int, paths: int) -> str:
    return f"The {sums(paths)} of layer {layer + 1}, towards the {'activations' if units > 1 else 'activation'} of layer {layer}"


def input_jacobian(layer: int, paths: int) -> str:
    return f"The Jacobian is {symbol(f'W{layer + 1}')} itself: column j has {counted(paths, 'entry', 'entries')}, so {counted(paths, 'path')} from {symbol(f'a{layer}')}ⱼ."


# --- the way back ------------------------------------------------------------------------------------


def through_activation_title(layer: int) -> str:
    return f"Through the activation of layer {layer}"


def through_dense(paths: int) -> str:
    if paths == 1:
        return NOTHING_BACK
    return f"Each z reaches the cost through {every(paths, 'output')}, so its derivative is a sum: a total derivative."


NOTHING_BACK = (
    "One path, and its derivative is 0: the only probability is 1, whatever z is. No weight learns anything."
)
"""Through softmax with one output."""

ONE_PATH_EACH = "One path each: the sum has one term, and the rule is the single-variable chain rule."
ONE_PATH = "One path: the sum has one term, and the rule is the single-variable chain rule."
ONLY_SUM = "Without a hidden layer it is the only sum over paths."
NO_SUM = "Without a hidden layer there is no other step that could add paths up: this network has no sum over paths."


def stopped(layer: int, off: int, units: int, word: str) -> str:
    """What does not come through ReLU units that are off."""
    z = symbol(f"z{layer}")
    if off < units:
        return f"A unit that is off has ∂C/∂{z} = 0, whatever its ∂C/∂{symbol(f'a{layer}')}."
    return f"{every(off, 'unit').capitalize()} {'is' if off == 1 else 'are'} off, so ∂C/∂{z} is 0 and nothing in this layer or below it learns from this {word}."


def comes_out(error: str) -> str:
    """`error` is such as a² − y."""
    return f"Here it comes out as {error}."


def error_of(layer: int, whole: float) -> str:
    """∂C/∂z of the last layer; `whole` is the sum of all targets, where softmax shares that out, else 1."""
    times = "" if isclose(whole, 1) else f"{as_typed(whole)} · "
    return f"{times}{symbol(f'a{layer}')} − y"


def through_affine_title(layer: int, units: int) -> str:
    return f"Every path into the {'activations' if units > 1 else 'activation'} of layer {layer}"


def through_affine(layer: int, paths: int) -> str:
    a, above = symbol(f"a{layer}"), symbol(f"z{layer + 1}")
    if paths == 1:
        return f"This is the total derivative, here with one term: {a}ⱼ feeds the only sum of the next layer. All paths behind that sum are already in ∂C/∂{above}."
    return f"This is the total derivative. {a}ⱼ reaches the cost through {every(paths, 'sum')} of the next layer: {counted(paths, 'path')}, {counted(paths, 'product')}, added up. Read a column from top to bottom."


# --- gradients of the parameters ---------------------------------------------------------------------


def gradient_title(name: str) -> str:
    return f"The gradient of {symbol(name)}"


def gradients_title(layer: int) -> str:
    return f"The gradients of {symbol(f'W{layer}')} and {symbol(f'b{layer}')}"


def weights_gradient(layer: int, below: str) -> str:
    z = symbol(f"z{layer}")
    return f"A weight has one path to its z; all paths behind that z are already in ∂C/∂{z}. So this is an outer product: ∂C/∂{z} (a column) times {below} (a row)."


def bias_gradient(layer: int) -> str:
    z, b = symbol(f"z{layer}"), symbol(f"b{layer}")
    return f"A bias is added to its own sum, so ∂{z}/∂{b} is the identity and the gradient is ∂C/∂{z} itself."


def kept_fixed(layer: int) -> str:
    return f"The update will not use it: {symbol(f'b{layer}')} is fixed."


def and_of_the_bias(layer: int) -> str:
    return f"The gradient of {symbol(f'b{layer}')} is ∂C/∂{symbol(f'z{layer}')} itself."
