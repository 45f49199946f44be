"""What is given, and the forward pass with its blanks."""

import numpy as np

from backprop import TrainingStep
from backprop.network import input_of
from ui.draw.prose import paragraph
from ui.export.worksheet import words
from ui.export.worksheet.parts import Pen, block, given, table, yours
from ui.export.worksheet.plan import Plan
from ui.names.symbols import entries, symbol
from ui.names.timeline import find_step, parameter_names, timeline
from ui.state.data import input_names, is_iris, named_entries
from ui.steps import describe
from ui.steps.words.forward import COST_TITLE


def formula_of(step: TrainingStep, step_id: str) -> str:
    """LaTeX of the rule of one step of the timeline."""
    config = step.config
    return describe(step, timeline(config)[find_step(config, step_id)]).formula


def given_section(step: TrainingStep, plan: Plan, typed: tuple[int, ...]) -> str:
    """x, y and the parameters that are needed.

    Args:
        step: the recorded step.
        plan: which rows are needed.
        typed: places in x of what the reader has put in, which is no measurement.
    """
    x, y = step.tape["x"], step.tape["y"]
    inputs = [
        words.input_name(name, j in typed, is_iris(step.config) or not step.config.inputs)
        for j, name in enumerate(input_names(step.config))
    ]
    observation = table(
        [symbol("x")],
        [f"{symbol('x', j)} {name}" for j, name in enumerate(inputs)],
        lambda _, j: given(x[j]),
    ) + table([symbol("y")], named_entries(step.config, "y"), lambda _, k: given(y[k]))
    parameters = "".join(_parameters(step, plan, layer) for layer in range(1, step.config.depth + 1))
    return block(words.INPUT_AND_TARGET, observation) + parameters


def _parameters(step: TrainingStep, plan: Plan, layer: int) -> str:
    """The rows of W and b that are needed, and the columns that the way back needs of other rows."""
    arrays = [step.tape[name] for name in parameter_names(step.config, layer)]
    W, *b = arrays
    units = plan.units[layer - 1]
    rows = [words.to(layer, unit) for unit in units]
    columns = [*entries(input_of(layer), W.shape[1]), *(symbol(f"b{layer}") for _ in b)]

    def cell(row: int, column: int) -> str:
        return given(np.column_stack(arrays)[units[row], column])

    return block(words.parameters(layer, bool(b)), table(rows, columns, cell, "from"))


def forward_section(step: TrainingStep, plan: Plan, pen: Pen) -> str:
    """z and a of every layer, then the cost."""
    layers = "".join(_layer(step, plan, pen, layer) for layer in range(1, step.config.depth + 1))
    C = step.tape["C"].item()
    cost = block(COST_TITLE, f"<p>C = {pen.line('C', C)}</p>", formula=formula_of(step, "C"))
    return layers + cost


def _layer(step: TrainingStep, plan: Plan, pen: Pen, layer: int) -> str:
    z, a, units = f"z{layer}", f"a{layer}", plan.units[layer - 1]

    def cell(row: int, column: int) -> str:
        name = (z, a)[row]
        return pen.blank(name, step.tape[name], units[column])

    return block(
        words.sums_and_activations(layer, step.config.layer_sizes[layer], step.config.activation(layer)),
        _example(step, units[0]) if layer == 1 else _others_given(step, plan, layer - 1),
        table([symbol(z), symbol(a)], list(map(words.unit_name, units)), cell),
        formula=rf"{formula_of(step, z)} \qquad {formula_of(step, a)}",
    )


def _example(step: TrainingStep, unit: int) -> str:
    """The first weighted sum with its numbers put in, up to the result."""
    W, *b = (step.tape[name] for name in parameter_names(step.config, 1))
    x, biases = step.tape["x"], [each.item(unit) for each in b]
    return paragraph(words.begins_like_this(unit, W[unit].tolist(), x.tolist(), biases))


def _others_given(step: TrainingStep, plan: Plan, layer: int) -> str:
    """The activations of a wide layer's units that are not asked; nothing of a narrow one."""
    if not plan.is_wide(step, layer):
        return ""
    a, asked = f"a{layer}", plan.units[layer - 1]
    values = step.tape[a]
    columns = list(map(words.unit_name, range(len(values))))
    return paragraph(words.others_given(layer)) + table(
        [symbol(a)], columns, lambda _, unit: yours() if unit in asked else given(values[unit])
    )
