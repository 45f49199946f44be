"""The choice, the ledger, the rules side by side, and every unit of the layer."""

from collections.abc import Sequence

from ui.names.numbers import counted, every, signed
from ui.names.symbols import circled

DASHED = "Dashed: the slope by differences, where it can be judged."
TO_SOFTMAX, TO_STEP = "With softmax outputs →", "The one path in the walkthrough →"
DIAGONAL_MISSES = "auto takes the one of which the path on the diagonal alone tells least."


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


def to_hidden(sizes: Sequence[int]) -> str:
    """A link to the same with one or two hidden layers."""
    layers = "a hidden layer" if len(sizes) == 1 else "hidden layers"
    return f"With {layers} of {' and '.join(map(str, sizes))} →"


def lead(has_hidden: bool, has_sum: bool) -> str:
    """Of networks with hidden units; with none, but an output that reads every z; with neither."""
    if has_hidden:
        return f"Each row is a path from a hidden unit to the cost, and their sum is its derivative. {DASHED}"
    if has_sum:
        return f"Each row is a path from one z through an output to the cost, and their sum is its derivative. {DASHED}"
    return "Each path from a value to the cost gives one product, and their sum is its derivative."


def no_sum(outputs: int) -> str:
    """Where each output reads its own z, and there is no hidden layer."""
    read, need = ("each output reads its own z and no other", ", or softmax outputs")
    if outputs == 1:
        read, need = ("there is one output", " and several outputs, or two hidden layers")
    return f"There is no hidden layer, and {read}, so every derivative here has one path, and the single-variable chain rule is the whole truth. A sum over paths needs a hidden layer{need}."


# --- the choice --------------------------------------------------------------------------------------

ONE_LAYER_ONLY = "1, since there is only one"


def unit_label(layer: int, is_output: bool) -> str:
    return "Unit j of the output" if is_output else f"Unit j of hidden layer {layer}"


# --- the ledger --------------------------------------------------------------------------------------

TO_LAB = "Train with one path only →"
TO_LAB_WITH_DIAGONAL = "Train with the diagonal only →"


def to_jacobian(z: str, a: str) -> str:
    return f"The Jacobian ∂{z}/∂{a} →"


def at_the_output(a: str, z: str) -> str:
    return f"The same at the output: ∂{a}/∂{z} →"


# --- the rules side by side --------------------------------------------------------------------------


def all_paths_card(count: int) -> str:
    return "The only path" if count == 1 else f"{every(count, 'path')} summed".capitalize()


YOURS, YOURS_WITHOUT = "Yours: nothing knocked out", "Yours: without {out}"
NUMERIC_CARD, ALL_ARE_0 = "Numeric slope", "all 0"
ERROR, NOT_JUDGED = "{mark} error {error}", "not judged"


def single_card(path: int) -> str:
    return f"Single path: {circled(path)} alone"


def diagonal_card(path: int) -> str:
    return f"The diagonal only: {circled(path)}"


def moved_by(name: str, step: str) -> str:
    return f"{name} moved by ±{step}"


MORE_UNITS = "Give the next layer more units."
LAST_OF_ONE = "There is one output: several paths begin at a hidden layer with a hidden layer of several units above it."
DIAGONAL = "the diagonal"


def only_path(name: str, above: str) -> str:
    return f"Only {above} reads {name}, so there is one path and one product: here the single-variable chain rule is the whole truth."


def several_paths(layer: int, paths: int, units: int) -> str:
    """Of a layer whose units have several."""
    unit = "The unit" if units == 1 else "Each unit"
    return f"{unit} of hidden layer {layer} has {paths} paths."


def diagonal_is_enough(path: int, total: float, live: int) -> str:
    """Where the other paths carry nothing, or what they carry cancels."""
    why = "no other path carries anything here" if live <= 1 else "the other paths cancel here"
    return f"{circled(path)} alone, the diagonal, says the same as the sum, {signed(total)}, since {why}. For the z of another output it does not."


ALL_0 = "Every path carries 0 here, so one alone says the same as the sum."


def learned(observation: str) -> str:
    return f"This {observation} is learned to the last digit: what the paths carry is nothing but rounding, so one alone says the same as the sum, 0."


def outputs_off(z: str) -> str:
    return f"∂C/∂{z} is 0, since each output is off or meets its target, so every path carries 0, and one alone says the same as the sum."


def saturated(z: str) -> str:
    return f"The outputs are saturated: ∂C/∂{z} is nothing but rounding, and so is what the paths carry, so one alone says the same as the sum, 0."


def one_alone(path: int, why: str, product: float, total: float) -> str:
    return f"{circled(path)} alone, {why}, would say {signed(product)} where the truth is {signed(total)}."


def try_a_knock_out(all_carry: bool, has_line: bool) -> str:
    do = "Knock a path out" if all_carry else "Knock out a path that carries something"
    see = "leave the dashed line" if has_line else "change"
    return f"{do} and watch the sum {see}."


# --- every unit of the layer -------------------------------------------------------------------------


def units_of(units: int, layer: int, is_output: bool) -> str:
    return f"{every(units, 'unit')} of {'the output' if is_output else f'hidden layer {layer}'}"


def units_opening(is_output: bool, units: int) -> str:
    what = "the z of one unit" if is_output else "one unit"
    if units == 1:
        return "The column holds the paths of the unit; add it up and you have its total derivative, in the last row."
    return f"Each column holds the paths of {what}; add it up and you have its total derivative, in the last row. Your unit is marked: choose another by its column."


ALL_TERMS = "The path terms of every unit"


TERMS_ALT = "path terms with their column sums in the last row"
UNIT_BY_UNIT = "All paths, one alone, and the numeric slope, unit by unit"
UNITS_TAIL = ("error", "numeric slope", "largest path", "note")


def terms_title(z: str, a: str) -> str:
    return f"Path terms ∂C/∂{z}ₖ · ∂{z}ₖ/∂{a}ⱼ"


def alone(path: int) -> str:
    return f"{circled(path)} alone"


def units_head(is_output: bool, rule: str) -> tuple[str, ...]:
    return ("z" if is_output else "unit", "all paths", "error", rule, *UNITS_TAIL)


def units_judged(rule: str, wrong: int, judged: int, units: int) -> str:
    """For how many of those units whose numeric slope is judged one path alone is wrong."""
    if judged == 0:
        return "No numeric slope of this layer can be judged."
    names = ("unit", "units") if judged == units else ("unit that can be judged", "units that can be judged")
    rule = capital(rule)
    if wrong == 0:
        said = f"{rule} is right for {every(judged, *names)}."
    elif wrong == judged:
        said = f"{rule} is wrong for {every(judged, *names)}."
    else:
        said = f"{rule} is wrong for {wrong} of the {counted(judged, *names)}."
    said += " The error is the distance to the numeric slope."
    return said + " Choose a unit by its row." if units > 1 else said
