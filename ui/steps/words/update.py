"""The update, and whether it helped."""

from ui.names.numbers import apart, as_typed, short
from ui.names.symbols import symbol

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
