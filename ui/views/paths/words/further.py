"""What stands below: the nudge, units that are off, paths that cancel, and every full path."""

from collections.abc import Sequence

from ui.names.numbers import counted, every, percent, short, signed

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
    return f"These paths cancel: without their signs they add up to {short(size)}, with them only to {signed(total)}. In the sum, {percent(share)} is lost."


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
