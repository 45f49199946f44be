"""Numeric slopes, and one path against the sum of all."""

from collections.abc import Sequence

from ui.names.numbers import count_word, every, short, signed
from ui.names.symbols import circled, symbol


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


def only_path_0(name: str, widens: bool) -> str:
    """`widens`: whether several paths follow that one."""
    return f"{name} has one path to {'the next layer' if widens else 'the cost'}, and that carries 0 here."


def one_way_on(name: str, z: str, slope: float, verdict: str) -> str:
    """Where several paths follow the only one, through z; `verdict` is as in `path_and_sum`."""
    return f"{name} has one path to the next layer, so nothing is added up here: the sum is in ∂C/∂{z}. ∂C/∂{name} = {signed(slope)}{verdict}"


def one_product(name: str, outputs: int, has_hidden: bool, slope: float, verdict: str) -> str:
    """Where there is no sum; `verdict` is as in `path_and_sum`."""
    alone = "each output takes its own z alone" if outputs > 1 else "there is one output"
    start = "" if has_hidden else f"There is no hidden layer, and {alone}: "
    return f"{start}{name} has one path to the cost, so nothing is added up. ∂C/∂{name} = {signed(slope)}{verdict}"


SATURATED, OFF, OFF_OR_MET = "saturated", "off", "off or meet their targets"


def saturated(z: str, outputs: int, dead: str, paths: int) -> str:
    """Of outputs that pass nothing on; `dead` says what they are, `paths` how many there are of the hidden unit, if it is one."""
    rounding = "" if dead == OFF else " but for rounding"
    said = (
        f"The {f'outputs are {dead}' if outputs > 1 else f'output is {dead}'}: ∂C/∂{symbol(z)} is 0{rounding}"
    )
    if not paths:
        return f"{said}."
    return (
        f"{said}, so every path carries 0, and so does their sum."
        if paths > 1
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
