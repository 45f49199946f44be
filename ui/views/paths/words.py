"""Every sentence of the page "Derivative paths", in the order of the page, one to a line. No Streamlit, no HTML.

In all of them `name` is the chosen unit's activation, such as a¹₅; a path is given by its place, 0-based. What
stands in braces is filled in by the browser: ui.draw.scenes.Cases.
"""

from collections.abc import Collection, Sequence

from ui.names.numbers import as_typed, counted, every, percent, short, signed
from ui.names.symbols import circled, circles, symbol

DASHED = "Dashed: the slope by differences, where it can be judged."
TO_SOFTMAX, TO_STEP = "With softmax outputs →", "The one path in the walkthrough →"
DIAGONAL_MISSES = "auto takes the one of which the path on the diagonal alone tells least."


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


# --- the update --------------------------------------------------------------------------------------

UPDATE_HEADING = "What a missing path does to the update"
UPDATE_KNOCK_OUT = "Knock out a path above and compare."
UPDATE_LAYERS = "The error in every gradient"
ROWS = ("all paths", "your way", "error")
ERRORS_HEAD = ("gradient", "largest entry", "largest error, your way")


def _row(layer: int, unit: int) -> str:
    return f"row {unit + 1} of dC/d{symbol(f'W{layer}')}"


def _entry(layer: int, unit: int) -> str:
    return f"entry {unit + 1} of dC/d{symbol(f'b{layer}')}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def row_title(layer: int, unit: int) -> str:
    return _capital(_row(layer, unit))


def row_alt(layer: int, unit: int, right: Sequence[float], yours: Sequence[float]) -> str:
    """The picture of the row, for people who cannot see it."""
    all_paths, your_way = (", ".join(map(signed, row)) for row in (right, yours))
    return f"Heatmap of {_row(layer, unit)}. With all paths: {all_paths}. Your way: {your_way}."


def nothing_missing(name: str, layer: int, unit: int, has_biases: bool) -> str:
    z = symbol(f"z{layer}", unit)
    said = f"{_capital(_row(layer, unit))} is ∂C/∂{z} times the layer's inputs"
    if not has_biases:
        return f"{said}, so a wrong ∂C/∂{name} spoils it. {UPDATE_KNOCK_OUT}"
    return f"{said}, and {_entry(layer, unit)} is ∂C/∂{z} itself, so a wrong ∂C/∂{name} spoils both. {UPDATE_KNOCK_OUT}"


def unit_is_off(name: str, off: str, layer: int, unit: int, dropped: Collection[int]) -> str:
    return f"{name} is {off}: its slope is 0, so {_row(layer, unit)} is 0 with or without {circles(dropped)}, and the update is the same."


def choose_a_unit(on: str) -> str:
    return f"Choose a unit that is {on}."


def nothing_lost(layer: int, unit: int) -> str:
    return f"What you knocked out adds up to 0, so {_row(layer, unit)} is exactly right, and so is all of the update."


def wrong(layer: int, unit: int, has_biases: bool, is_0: bool, others: int) -> str:
    """What is wrong, and that the other rows of the layer are right; `is_0` where its inputs are all 0."""
    rest = {0: "", 1: "; the other row stays right"}.get(others, "; the other rows stay right")
    row, entry = _row(layer, unit), _entry(layer, unit)
    if is_0 and not has_biases:
        return f"{_capital(row)} is 0 either way, since the layer's inputs are all 0."
    if is_0:
        return f"{_capital(entry)} is wrong; {row} is 0 either way, since the layer's inputs are all 0{rest}."
    return f"{_capital(row)} is wrong{f', and so is {entry}' if has_biases else ''}{rest}."


NO_FURTHER = "The error goes no further down."


def inherited(layers: int, reached: int, units: int) -> str:
    """What so many layers below get of the error: it reaches some of their units."""
    which = every(units, "unit") if reached == units else f"{reached} of the {units} units"
    if layers == 1:
        return f"The layer below inherits the error: it reaches {which} there."
    return f"The layers below inherit the error: it reaches {which} there."


NO_UPDATE = "With η = 0 there is no update, so there are no costs to compare."
NO_COSTS = "After one update both costs are as good as 0: nothing to compare."
SAME_COSTS = "The cost after one update is the same."


def eta_too_large(eta: float, before: str, right: str, wrong: str) -> str:
    return f"η = {as_typed(eta)} is too large to compare costs: even the right update takes the cost from {before} to {right}, this one to {wrong}."


def worse(right: str, wrong: str) -> str:
    return f"After one update the cost is {wrong}, against {right} with all paths."


def lucky(right: str, wrong: str) -> str:
    return f"One update may be lucky (cost {wrong}, against {right} with all paths): the slope is wrong all the same."


COSTS_HEAD = ("one update with", "cost before", "cost after", "change")


def yours_row(dropped: Collection[int]) -> str:
    return f"yours, without {circles(dropped)}" if dropped else "yours, all kept"


def single_row(path: int, units: int) -> str:
    return f"{circled(path)} alone, for {every(units, 'unit')}"


def diagonal_row(units: int) -> str:
    return f"the diagonal only, for {every(units, 'z', 'z')}"


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
    rule = _capital(rule)
    if wrong == 0:
        said = f"{rule} is right for {every(judged, *names)}."
    elif wrong == judged:
        said = f"{rule} is wrong for {every(judged, *names)}."
    else:
        said = f"{rule} is wrong for {wrong} of the {counted(judged, *names)}."
    said += " The error is the distance to the numeric slope."
    return said + " Choose a unit by its row." if units > 1 else said


# --- the nudge ---------------------------------------------------------------------------------------


def nudge_heading(name: str) -> str:
    return f"Nudge {name} and measure"


NUDGE_OPENING = "A derivative is a promise about small moves. Move the activation by ε, compute everything after it again, and see what each path really delivers."
NO_NUDGE = "With ε = 0 nothing moves. Drag the slider."
NO_REMAINDER = "Nothing remains beyond rounding."
STRAIGHT = (
    "Nothing remains beyond rounding: as far as its digits tell, the cost is straight in this direction."
)
EACH_SHARE = "What each path delivers"
SUM_OVER_PATHS, TOGETHER = "sum over paths", "paths moving together"
RECOMPUTED = "ΔC, everything computed again"


def nudge_head(z: str) -> list[str]:
    return ["path", f"Δ{z}ₖ = ε · w", "predicted share of ΔC", "measured, this path alone", "remainder"]


def kink(remainder: float) -> str:
    return f"The remainder, {signed(remainder)}, is curvature and a kink: a ReLU after it goes on or off on the way, which no slope can predict."


def faint_curvature(remainder: float) -> str:
    return f"The remainder, {signed(remainder)}, is curvature, hardly more than rounding."


def curvature(remainder: float, half: float, share: float) -> str:
    """`half` remains of half the move, a `share` of what remains of the whole."""
    return f"The remainder, {signed(remainder)}, is curvature: at ε/2 it is {signed(half)}, {percent(share)} of that; ε² alone would leave {percent(0.25)}."


# --- units that are off, paths that cancel -----------------------------------------------------------

CANCEL_HEADING = "Paths that cancel"
NOTHING_TO_CANCEL = "With one path there is nothing to cancel."
OFF_HEADING = "A dead unit: live paths, no gradient"
FIND = {"dead": "Find a dead unit", "cancel": "Find paths that cancel"}
NOT_FOUND = {
    "dead": "No other flower has a unit in this layer that is off while its paths carry something.",
    "cancel": "In this layer no other flower has paths that cancel by nine tenths. Try another seed.",
}


def find(what: str, flower: int, name: str, taken: int) -> str:
    """`name` is the unit of that flower; `taken` steps are undone on the way to it."""
    there = f"{FIND[what]}: flower {flower}, {name}"
    return f"{there}, before the steps you took" if taken else there


def all_carry_0(name: str) -> str:
    return f"All paths of {name} carry 0 here: there is nothing to cancel."


def same_way(name: str, total: float) -> str:
    return f"All paths of {name} pull the same way, to {signed(total)}: nothing cancels."


def mostly_cancel(size: float, total: float, share: float) -> str:
    return f"These paths cancel: without their signs they add up to {short(size)}, with them only to {signed(total)}. {percent(share)} is lost in the sum."


def partly_cancel(name: str, size: float, total: float, share: float) -> str:
    return f"Without their signs the paths of {name} add up to {short(size)}, with them to {signed(total)}: {percent(share)} cancels."


def through(a: str, z: str) -> tuple[str, str]:
    """Before and after the numbers: what a unit's weights get."""
    return f"∂C/∂{a} · ∂{a}/∂{z} = ", f" = ∂C/∂{z}"


def relu_off_and_0(name: str, z: str) -> str:
    return f"{z} is not above 0, so ReLU is flat and the unit is off. Here ∂C/∂{name} is 0 as well."


def relu_off(name: str, z: str, total: float, live: int, observation: str) -> str:
    """Of the unit's paths `live` carry something."""
    over = "carried by its one live path" if live == 1 else f"the sum of {live} live paths"
    return f"{z} is not above 0, so ReLU is flat and the unit is off. The cost still depends on {name}: ∂C/∂{name} is {signed(total)}, {over}. But nothing gets through to {z}, so the unit's weights learn nothing from this {observation}."


def relu_on(name: str, z: str) -> str:
    return f"{z} is above 0, so ReLU has slope 1 and all of ∂C/∂{name} passes through: one path, one factor."


def identity(name: str) -> str:
    return f"The identity has slope 1 everywhere: all of ∂C/∂{name} passes through, and no unit can be off."


def flat(z: str, value: float, activation: str) -> str:
    return f"At {z} = {signed(value)} {activation} is so flat that its slope is 0 in the computer's numbers: nothing gets through to {z}, as if the unit were off."


def scaled(name: str, slope: float, activation: str) -> str:
    return f"{activation} has no slope of exactly 0, as ReLU has where it is off: ∂C/∂{name} is scaled by {short(slope)}, one path, one factor."


# --- every full path ---------------------------------------------------------------------------------

COUNTS_HEAD = ("from one unit of", "full paths", "multiplications, path by path", "backpropagation", "ratio")
COUNTS_NOTE = "Each layer more multiplies the paths by its number of units, while backpropagation only adds one more matrix: sum first, then pass on. Both counts start from a known ∂C/∂z of the last layer."
DEEPER = "Try a deeper network: 5-4-3"
TERM_HEADING = "One term of the ledger is many full paths"
TERM_HEAD = ("starts through", "full paths", "their sum", "term of the ledger", "difference")


def full_heading(name: str) -> str:
    return f"Every full path from {name} to the cost"


def full_opening(name: str, z: str, widths: Sequence[int], paths: int) -> str:
    """`z` is the last layer's, `widths` those of the layers after the unit's."""
    return f"{name} has {' · '.join(map(str, widths))} = {counted(paths, 'path')} to {z}, and ∂C/∂{z} carries each on to the cost. Backpropagation never lists them: it sums at each unit, once, and uses that sum for all paths below."


def list_title(count: int, alive: int, listed: int) -> str:
    """What is listed of `count` paths, of which `alive` are not 0."""
    if alive > listed:
        return f"The {listed} largest of {counted(count, 'path')}"
    if alive == 0:
        return f"None of {counted(count, 'path')} carries anything"
    if alive == count:
        return f"{every(count, 'path').capitalize()}, the largest first"
    if alive == 1:
        return f"The only one of {counted(count, 'path')} that carries something"
    return f"The {alive} of {counted(count, 'path')} that carry something, the largest first"


def not_listed(rest: int, listed: int, are_0: bool) -> str:
    """What the paths are called that are not listed."""
    said = counted(rest, "path") if listed == 0 else f"the other {counted(rest, 'path')}"
    if rest == 1:
        return "the other path, 0" if are_0 else "the other path"
    return f"{said}, all 0" if are_0 else said
