"""What the pictures of all pages say, also to people who cannot see them, one sentence to a line. No HTML."""

from backprop.arrays import FloatArray
from ui.names.numbers import as_typed, counted, every, short, signed

# --- a heatmap ---------------------------------------------------------------------------------------


def heatmap_alt(title: str, values: FloatArray) -> str:
    shape, low, high = " by ".join(map(str, values.shape)), short(values.min()), short(values.max())
    if values.size == 1:
        return f"Heatmap of {title}, {shape}, its only value {low}."
    if values.min() == values.max():
        return f"Heatmap of {title}, {shape}, {every(values.size, 'value')} {low}."
    return f"Heatmap of {title}, {shape}, values from {low} to {high}."


COLOURS = "Blue is positive, orange negative; stronger is larger, within one matrix."


def all_digits(digits: str) -> str:
    return f"all digits: {digits}"


# --- a ledger, and a nudge ------------------------------------------------------------------------------

PRODUCT, SO_FAR, ADDED = "product", "total so far", "each path added to the total"
NUMERIC = "numeric slope "


def factor(z: str, name: str, is_output: bool) -> str:
    """The head of the second factor of each path: w²ₖ₅, or ∂a¹ₖ/∂z¹₂."""
    return f"∂{z}ₖ/∂{name}" if is_output else f"w{z[1:]}ₖ{name[2:]}"


def legend(is_output: bool) -> tuple[str, str]:
    return "positive", f"negative: {'derivative' if is_output else 'w'} of a line, product of a bar"


def ledger_sum(name: str, count: int) -> tuple[str, str, str]:
    """What the last row is, with all paths, some, and none: of one path it is no sum."""
    paths, total = counted(count, "path"), f"∂C/∂{name}"
    whole = f"The only path: {total}" if count == 1 else f"Sum of {paths}: {total}"
    return whole, f"Sum of {{kept}} of {paths}: {total}, your way", f"No path left: {total}, your way"


EACH_PATH = "path {number}, {upstream} times {weight} = {product}"
EACH_OUT = f"{EACH_PATH}, knocked out"
OUT = "out"


def ledger_alt(name: str, numeric: float | None) -> str:
    """What the picture shows, for people who cannot see it."""
    said = f"The paths of {name} to the cost: {{terms}}. Sum {{sum}}."
    return said if numeric is None else f"{said} The numeric slope is {signed(numeric)}."


# Of the knocked-out paths: they cancel, the one carries 0, all carry 0.
CANCEL = "Paths {out} cancel here, so the sum is the same: luck, not a rule."
IDLE = "Path {out} carries nothing here, so the sum is the same: luck, not a rule."
IDLES = "Paths {out} carry nothing here, so the sum is the same: luck, not a rule."
WITHOUT = "Without {out} you are off by {off}"


def without(has_total: bool) -> str:
    return f"{WITHOUT}, {{share}} of the true value." if has_total else f"{WITHOUT} where the truth is 0."


def wrong_sign(is_on: bool) -> str:
    """Where the unit's slope is 0 its weights do not move."""
    said = f"{WITHOUT}, and the sign is wrong"
    return f"{said}: the unit's weights would move the wrong way." if is_on else f"{said}."


def nudged(name: str, epsilon: float, predicted: float, total: float) -> str:
    return f"You move {name} by {as_typed(epsilon)}. The ledger predicts ΔC = ε · ∂C/∂{name} = {signed(predicted)}; the cost really moves by {signed(total)}."
