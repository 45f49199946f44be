"""Every sentence of the walkthrough's steps, in the order of the timeline, one to a line. No HTML.

`word` is what the observation is called, such as flower; `layer` counts from 1.
"""

from collections.abc import Sequence
from math import isclose

from ui.names.numbers import apart, as_typed, count_word, counted, every, short, signed
from ui.names.symbols import circled, symbol

# --- badges ------------------------------------------------------------------------------------------

PATH_OF_PARAMETER = "1 path to z: single-variable chain rule"
"""Of a parameter's gradient: all paths behind its z have been summed before, in ∂C/∂z."""


def summed(paths: int) -> str:
    """Of a step that sums over paths, or has one only."""
    return f"{paths} paths summed: total derivative" if paths > 1 else "1 path: single-variable chain rule"


def will_be_summed(paths: int) -> str:
    """Of a Jacobian: nothing is summed yet; its columns say what will be."""
    return f"dense: {paths} paths will be summed" if paths > 1 else "1 path each: nothing will be summed"


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
    return f"Weighted {_sums(units)} of layer {layer}"


def _sums(units: int) -> str:
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
    return f"The weighted {_sums(units)} of layer {layer}, towards the weights"


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
    return f"The {_sums(paths)} of layer {layer + 1}, towards the {'activations' if units > 1 else 'activation'} of layer {layer}"


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


# --- the update --------------------------------------------------------------------------------------

OLD_WEIGHTS = "All gradients were computed with the old weights."
NO_RATE = "With η = 0 nothing moves."
NO_GRADIENT = "Every gradient of this layer is 0, so nothing here moves."
NO_GRADIENT_OF_WEIGHTS = "Every gradient of these weights is 0, so nothing here moves."
ALL_ROUNDING = "Every step of this layer is 0 but for rounding, so nothing here moves."


def update_title(layer: int) -> str:
    return f"The update of layer {layer}"


NOT_MOVED = "not moved"


def not_moved(layer: int) -> str:
    return f"{symbol(f'b{layer}')} is fixed: it is not moved."


def moves(rate: float, has_bias: bool) -> str:
    """`has_bias`: biases move, too."""
    return f"Each {'number' if has_bias else 'weight'} moves by η = {as_typed(rate)} times its derivative, against its sign."


AFTER_TITLE = "Did it help?"
ROUNDING_TOO = "Every gradient is 0 but for rounding, too."
TOO_LONG = "The step was too long: a smaller learning rate would help."
BENT = "It is far off: over a step this long the cost bends away from its tangent."


def from_new_z(layer: int) -> str:
    return f"it is computed from the new {symbol(f'z{layer}')}"


def nothing_moved(rate: float, cost: float, has_fixed: bool) -> str:
    gradients = "Every gradient of a weight" if has_fixed else "Every gradient"
    return f"{f'{gradients} is 0' if rate else 'η = 0'}, so nothing moved: the cost stays {short(cost)}."


def predicted(change: float) -> str:
    return f"The first-order prediction −η‖∇‖² was {short(change)}."


WEIGHTS_ALONE = "It counts the weights alone, since the biases are fixed."


def unchanged(word: str, cost: float) -> str:
    return f"The same {word} through the new weights: cost {short(cost)}, unchanged but for rounding."


def changed(word: str, before: float, after: float) -> str:
    """Both costs and their difference; only the difference where they are closer than digits can show."""
    way, size, (old, new) = (
        "down" if after < before else "up",
        short(abs(after - before)),
        apart(before, after),
    )
    if old == new:
        return f"The same {word} through the new weights: cost {short(before)}, {way} by {size}."
    return f"The same {word} through the new weights: cost {old} → {new}, {way} {size}."


# --- numeric slopes, and the thesis ------------------------------------------------------------------


def not_judged(reason: str) -> str:
    return f"not judged: {reason}"


def only_unit(name: str) -> str:
    return f"{name} is the only unit of its layer."


def only_output(name: str) -> str:
    return f"{name} is that of the only output."


def one_path_like_all(name: str) -> str:
    """Of the z of an output that takes no other."""
    return f"{name} stands for all of them: each has one path."


def least_told(name: str) -> str:
    """Of the z of a softmax: on the diagonal is the path through its own output."""
    return f"{name} is shown: for no other is the path through its own output farther from the sum."


def stands_for_all(name: str) -> str:
    return f"{name} stands for its layer, where all paths carry 0."


def chosen_unit(name: str, rivals: int, on: str, is_mixed: bool, off: str) -> str:
    """Why it is this unit: among its rivals, itself one of them, it has the largest paths.

    `on` says what the rivals are and others are not, `off` what every unit is; one at least is "".
    """
    wishes = [f"that {'is' if rivals == 1 else 'are'} {on}"] if on else []
    wishes += ["whose paths pull both ways"] if is_mixed else []
    kind = " and ".join(wishes) or "of its layer"
    start = f"Every unit is {off}; {name}" if off else name
    if rivals == 1:
        return f"{start} is the only unit {kind}."
    return f"{start} is shown: of the {count_word(rivals)} units {kind}, none has larger paths."


def picked_unit(name: str, off: str) -> str:
    """Of a unit that the reader has chosen; `off` says what it is, if it passes nothing on."""
    return (
        f"You chose {name}, which is {off}: this sum goes no further back." if off else f"You chose {name}."
    )


LIKE_ANY = "like any other"
ON_DIAGONAL = "the one on the diagonal"


def misleads_most(alike: int) -> str:
    """Of a path, after its mark: so many mislead as much as it does."""
    return "the one that misleads most" if alike == 1 else f"one of the {count_word(alike)} that mislead most"


LEARNED = "Learned to the last digit: every path carries 0 but for rounding, and so does their sum."
LEARNED_ON_ONE_PATH = "Learned to the last digit: the only path carries 0 but for rounding."
LEARNED_OUTPUTS = "Learned to the last digit: what the paths carry adds up to 0 but for rounding."
NOTHING_TO_LEARN = (
    "Softmax with one output is 1, whatever comes in: every derivative is 0, and nothing can be learned."
)
ALL_0 = "Every path carries 0 here, so one alone says the same as the sum."


def only_path_0(name: str) -> str:
    return f"{name} has one path to the cost, and that carries 0 here."


def one_product(name: str, outputs: int, has_hidden: bool, slope: float, verdict: str) -> str:
    """Where there is no sum; `verdict` is as in `path_and_sum`."""
    alone = "each output takes its own z alone" if outputs > 1 else "there is one output"
    start = "" if has_hidden else f"There is no hidden layer, and {alone}: "
    return f"{start}{name} has one path to the cost, so nothing is added up. ∂C/∂{name} = {signed(slope)}{verdict}"


SATURATED, OFF, OFF_OR_MET = "saturated", "off", "off or meet their targets"


def saturated(z: str, outputs: int, dead: str, has_hidden: bool) -> str:
    """Of outputs that pass nothing on; `dead` says what they are. Without a hidden layer paths lead into their z."""
    rounding = "" if dead == OFF else " but for rounding"
    said = (
        f"The {f'outputs are {dead}' if outputs > 1 else f'output is {dead}'}: ∂C/∂{symbol(z)} is 0{rounding}"
    )
    if not has_hidden:
        return f"{said}."
    return (
        f"{said}, so every path carries 0, and so does their sum."
        if outputs > 1
        else f"{said}, and so is all behind it."
    )


def path_and_sum(path: int, why: str, products: Sequence[float], total: float, verdict: str) -> str:
    """`verdict` is one of the next three."""
    return f"Path {circled(path)}, {why}, says {signed(products[path])}. The sum of {every(len(products), 'path')} is {signed(total)}{verdict}"


AGREES = ", and the numeric slope agrees."


def disagrees(numeric: float) -> str:
    return f", and the numeric slope disagrees: {signed(numeric)}."


def slope_not_judged(reason: str) -> str:
    return f". Numeric slope not judged: {reason}."


def in_two_places(upstream: float, layer: int, unit: int, output: str) -> str:
    """Why an output and its ∂C/∂z are the same number."""
    a, z = f"a{layer}", f"z{layer}"
    return f"{short(upstream)} is both {symbol(a, unit)} and ∂C/∂{symbol(z, unit)}: here ∂C/∂{symbol(z)} = {symbol(a)} − y, and y = 0 for {output}."
