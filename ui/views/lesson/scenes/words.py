"""What the pictures beside the exercises say."""

from collections.abc import Sequence

from ui.names.numbers import count_word, listed, short, signed
from ui.names.symbols import symbol

# --- a function of t ---------------------------------------------------------------------------------

FREEZE_LABEL = "Freeze"
FROZEN = "Dotted: f with {out} standing still. A slope that forgets a path is the slope of such a curve."
FROZEN_SHOWN = "Dotted: f with {out} standing still. The sum that is left is its slope: one path is right where one variable moves."
FROZEN_IDLE = "Here {out} carries nothing: frozen or not, the slope is the same."
ALL_FROZEN = "With both frozen nothing moves, and f stays as it is."
TANGENT_OF_FROZEN = "without {out} "
CURVE_ALT = "Curve of f over t, with the point where t is."


def at_t(names: Sequence[str], u: Sequence[float], f: float, slope: float | None) -> str:
    """What the slider says, with the slope once it may be told."""
    values = ", ".join(f"{name} = {short(value)}" for name, value in zip(names, u, strict=True))
    said = f"Here {values} and f = {short(f)}"
    return f"{said}." if slope is None else f"{said}; df/dt = {signed(slope)}."


# --- the network -------------------------------------------------------------------------------------

INPUTS, COST_HEAD = "input x", "cost C"
FORWARD_PASS = "forward pass"


def layer_of(layer: int, depth: int) -> str:
    a = symbol(f"a{layer}")
    if layer == depth:
        return f"output {a}"
    return f"hidden {a}" if depth == 2 else a  # of several there is no room for more


def network_alt(sizes: Sequence[int]) -> str:
    return f"The network, {' → '.join(map(str, sizes))} units, with the activations of this observation."


def weighted_sum(z: str, factors: Sequence[tuple[float, float]], bias: float | None) -> str:
    """Such as z¹₂ = 0.775 · (−1.14) + 0.5 · 2 + 0.1; the bias last, if there is one."""
    terms = [f"{in_brackets(w, not at)} · {in_brackets(a)}" for at, (w, a) in enumerate(factors)]
    if bias is not None:
        terms.append(in_brackets(bias))
    return f"{z} = {' + '.join(terms)}"


def in_brackets(value: float, is_first: bool = False) -> str:
    return f"({short(value)})" if value < 0 and not is_first else short(value)


def sum_to_come(terms: str) -> str:
    return f"{terms} = ?"


def sum_and_activation(terms: str, z: float, activation: str, a: str, value: float) -> str:
    return f"{terms} = {short(z)}, and {a} = {activation}({short(z)}) = {short(value)}"


def sum_and_dense(terms: str, z: float, activation: str, all_z: str, a: str, value: float) -> str:
    return f"{terms} = {short(z)}, and {activation} of all {all_z} gives {a} = {short(value)}"


def cost_of(a: str, label: str, value: float) -> str:
    return f"C, the {label} of {a} and the target, is {short(value)}"


# --- paths and their sum -----------------------------------------------------------------------------

PRODUCT, HIDDEN, MEASURED, NOT_JUDGED = "product", "?", "numeric slope", "not judged"
PRODUCTS = "Its products, added up one after another"
KNOCK_OUT_LABEL = "Knock out"
KNOCK_OUT_ONE = (
    "Knock a path out, and the sum leaves the dashed line. Move ε, and see what each sum promises."
)
PREDICTED, PREDICTED_WITHOUT = "Predicted change of C", "Predicted without {out}"
MEASURED_CHANGE = "Measured change of C"
YOURS = "yours, "


def predicted_as(a: str) -> str:
    return f"ε · ∂C/∂{a}"


def recomputed(crosses: bool) -> str:
    return "C computed again; a unit after it switches on the way" if crosses else "C computed again"


def paths_title(count: int, unit: str) -> str:
    return f"{count_word(count).capitalize()} {'path' if count == 1 else 'paths'} from {unit} to the cost"


def bars_alt(products: Sequence[float], total: float) -> str:
    return f"Products: {', '.join(map(signed, products))}. Their sum: {signed(total)}."


# --- the step ----------------------------------------------------------------------------------------

PROMISE_HEAD = ("", "η", "before", "sum of squares", "promised", "what came")
COST_LINE, TANGENT_LINE = "the cost after the step", "what the gradient promises"
RATE_AXIS, COST_AXIS = "learning rate η", "cost"


def cost_alt(before: float, promised: float, after: float | None) -> str:
    said = f"The cost along η: {short(before)} at 0, and a straight line down to {short(promised)} at this η"
    return f"{said}." if after is None else f"{said}; the cost's own curve is at {short(after)} there."


def matrices(blocks: Sequence[str]) -> str:
    return f"Matrices beside each other: {listed(blocks)}."
