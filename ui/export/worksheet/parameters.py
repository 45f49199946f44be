"""Blanks for what has the shapes of the parameters: gradients, and new weights and biases."""

from backprop import Params
from backprop.network import input_of
from ui.export.worksheet import words
from ui.export.worksheet.parts import Pen, table
from ui.export.worksheet.plan import Plan
from ui.names.symbols import symbol

_HEADS = {"gradient": "dC/d", "after": "new "}


def parameter_table(
    plan: Plan, pen: Pen, layer: int, units: tuple[int, ...], numbers: Params, kind: str
) -> str:
    """Rows of W with the entry of b as the last column.

    Args:
        plan: which columns are asked.
        pen: writes the blanks.
        layer: the layer.
        units: the rows that are asked.
        numbers: the gradients, or the new parameters.
        kind: gradient or after.
    """
    W, b, below = f"W{layer}", f"b{layer}", input_of(layer)
    asked = plan.columns[layer - 1]

    def cell(row: int, column: int) -> str:
        unit = units[row]
        if column == len(asked):
            return pen.blank(f"{b}:{kind}", numbers[b], unit)
        return pen.blank(f"{W}:{kind}", numbers[W], unit, asked[column])

    rows = [words.to(layer, unit) for unit in units]
    columns = [*(f"from {symbol(below, j)}" for j in asked), f"{_HEADS[kind]}{symbol(b)}"]
    return table(rows, columns, cell, f"{_HEADS[kind]}{symbol(W)}")
