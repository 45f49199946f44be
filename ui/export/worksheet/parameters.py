"""Blanks for what has the shapes of the parameters: gradients, and new weights and biases."""

from backprop import TrainingStep
from backprop.network import input_of
from ui.export.worksheet import words
from ui.export.worksheet.parts import Pen, table
from ui.export.worksheet.plan import Plan
from ui.names.symbols import symbol
from ui.names.timeline import parameter_names
from ui.steps.update import moved_names

_HEADS = {"gradient": "dC/d", "after": "new "}


def parameter_table(
    step: TrainingStep, plan: Plan, pen: Pen, layer: int, units: tuple[int, ...], kind: str
) -> str:
    """Rows of W with the entry of b as the last column, where there is one, and it moves.

    Args:
        step: the recorded step.
        plan: which columns are asked.
        pen: writes the blanks.
        layer: the layer.
        units: the rows that are asked.
        kind: gradient or after.
    """
    numbers = step.gradients if kind == "gradient" else step.params_after
    names = parameter_names(step.config, layer) if kind == "gradient" else moved_names(step, layer)
    (W, *b), below = names, input_of(layer)
    asked = plan.columns[layer - 1]

    def cell(row: int, column: int) -> str:
        unit = units[row]
        if column == len(asked):
            return pen.blank(f"{b[0]}:{kind}", numbers[b[0]], unit)
        return pen.blank(f"{W}:{kind}", numbers[W], unit, asked[column])

    rows = [words.to(layer, unit) for unit in units]
    columns = [*(f"from {symbol(below, j)}" for j in asked), *(f"{_HEADS[kind]}{symbol(name)}" for name in b)]
    return table(rows, columns, cell, f"{_HEADS[kind]}{symbol(W)}")
