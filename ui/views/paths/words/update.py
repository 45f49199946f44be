"""What a missing path does to the update."""

from collections.abc import Collection, Sequence

from ui.names.numbers import as_typed, every, signed
from ui.names.symbols import circled, circles, symbol
from ui.views.paths.words.page import capital

UPDATE_HEADING = "What a missing path does to the update"
UPDATE_KNOCK_OUT = "Knock out a path above and compare."
UPDATE_LAYERS = "The error in every gradient"
ROWS = ("all paths", "your way", "error")
ERRORS_HEAD = ("gradient", "largest entry", "largest error, your way")


def _row(layer: int, unit: int) -> str:
    return f"row {unit + 1} of dC/d{symbol(f'W{layer}')}"


def _entry(layer: int, unit: int) -> str:
    return f"entry {unit + 1} of dC/d{symbol(f'b{layer}')}"


def row_title(layer: int, unit: int) -> str:
    return capital(_row(layer, unit))


def row_alt(layer: int, unit: int, right: Sequence[float], yours: Sequence[float]) -> str:
    """The picture of the row, for people who cannot see it."""
    all_paths, your_way = (", ".join(map(signed, row)) for row in (right, yours))
    return f"Heatmap of {_row(layer, unit)}. With all paths: {all_paths}. Your way: {your_way}."


def nothing_missing(name: str, layer: int, unit: int, has_biases: bool) -> str:
    z = symbol(f"z{layer}", unit)
    said = f"{capital(_row(layer, unit))} is ∂C/∂{z} times the layer's inputs"
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
        return f"{capital(row)} is 0 either way, since the layer's inputs are all 0."
    if is_0:
        return f"{capital(entry)} is wrong; {row} is 0 either way, since the layer's inputs are all 0{rest}."
    return f"{capital(row)} is wrong{f', and so is {entry}' if has_biases else ''}{rest}."


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
