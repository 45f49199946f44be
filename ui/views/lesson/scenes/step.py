"""Stops 6 and 8: a weight's derivative, a unit that is off, and the step."""

import numpy as np

from backprop import TrainingStep
from backprop.network import input_of
from backprop.study.sweep import costs_along
from ui.draw.scenes import Block, Line, Linear, Matrix, Number, Part, Plot, Row, Table
from ui.names.symbols import entries, entry_symbol, shape_text, symbol
from ui.questions.lesson.hidden import promise
from ui.questions.tasks import Exercise
from ui.views.lesson.scenes import words
from ui.views.lesson.scenes.network import network
from ui.views.lesson.scenes.parts import MOST_WRITTEN, column, question_of, result_of, side_by_side

BEYOND, POINTS = 3.0, 91
"""The cost is drawn up to so many times η, through so many points."""

HEADROOM, MOST = 1.12, 2.5
"""How high the chart is, in units of the highest cost on it: up to so many times the first."""


def gradient(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """What a weight's derivative is the product of; of a hidden layer from ∂C/∂a on."""
    asked = question_of(exercise)
    layer, (i, j) = asked.problem.quantity.layer, asked.problem.quantity.index
    z, a, below = f"z{layer}", f"a{layer}", input_of(layer)
    name = entry_symbol(f"W{layer}", (i, j))
    cells = [(symbol(below, j), float(step.tape[below][j]))]
    if layer < step.config.depth:
        slope = step.vjp(a, z).jacobian[i, i]
        label = f"∂{symbol(a, i)}/∂{symbol(z, i)}"
        cells = [
            (f"∂C/∂{symbol(a, i)}", float(step.cotangent(a)[i])),
            (label, float(slope)),
            *cells,
        ]
    else:
        cells = [(f"∂C/∂{symbol(z, i)}", float(step.cotangent(z)[i])), *cells]
    numbers_of = [Number(value, "cell", f"0:{place}") for place, (_, value) in enumerate(cells)]
    head = ("", *(label for label, _ in cells), f"dC/d{name}")
    table = Table(head, [Row(name, [*numbers_of, result_of(asked.problem.right, is_shown)])])
    if layer == step.config.depth:
        return [network(step, marked=(f"W{layer}:{i}:{j}", f"a{layer}:{i}")), table]
    return [outer_product(step, layer)] if is_shown else [table]


def outer_product(step: TrainingStep, layer: int) -> Matrix:
    """∂C/∂z as a column, the layer's input as a row, and each cell their product: dC/dW."""
    z, below = f"z{layer}", input_of(layer)
    delta, row, values = step.cotangent(z), step.tape[below], step.gradients[f"W{layer}"]
    rows, columns = entries(z, len(delta)), entries(below, len(row))
    product = f"∂C/∂{symbol(z)} ⊗ {symbol(below)} = dC/d{symbol(f'W{layer}')}"
    return Matrix(
        words.matrices([f"∂C/∂{symbol(z)}, {shape_text(delta.shape)}", product]),
        rows,
        (
            Block(f"∂C/∂{symbol(z)}", ("",), Linear(delta[:, np.newaxis]), f"cell=column{layer}", "z"),
            Block(product, columns, Linear(values), f"cell=outer{layer}", "W", sign="×"),
        ),
        above=Block(product, columns, Linear(row[np.newaxis]), f"cell=row{layer}", "a"),
        is_written=len(columns) <= MOST_WRITTEN,
    )


def new_weight(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """An old weight, its derivative and η."""
    asked = question_of(exercise)
    layer, index = asked.problem.quantity.layer, asked.problem.quantity.index
    (old,), (_, slope) = (term.factors for term in asked.problem.terms)
    name = entry_symbol(f"W{layer}", index)
    rate = Number(step.updates[0].learning_rate, form="typed")
    cells = [Number(old, "cell", "0:0"), rate, Number(slope, "cell", "0:2")]
    head = ("", name, "η", f"dC/d{name}", asked.wording.name.removeprefix("the "))
    return [Table(head, [Row(name, [*cells, result_of(asked.problem.right, is_shown)])])]


def off(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """The layer of a unit that is off: what comes back to it, and the mask, once it may be seen."""
    layer = exercise.picture[1][0]
    z, a = f"z{layer}", f"a{layer}"
    slopes = np.diagonal(step.vjp(a, z).jacobian)
    columns = [
        column(z, step.tape[z]),
        column(a, step.tape[a]),
        (f"∂C/∂{symbol(a)}", [""], step.cotangent(a)[:, np.newaxis], f"cell=back:{a}"),
    ]
    if is_shown:
        columns += [
            (f"× ∂{symbol(a)}/∂{symbol(z)}", [""], slopes[:, np.newaxis], "cell=mask"),
            (f"= ∂C/∂{symbol(z)}", [""], step.cotangent(z)[:, np.newaxis], f"cell=back:{z}"),
        ]
    return [side_by_side(entries(a, len(slopes)), columns, True)]


def promised(step: TrainingStep, _: Exercise, is_shown: bool) -> list[Part]:
    """The cost before the step and what is promised: the tangent; once it may be seen, the curve, too."""
    squared, change = promise(step)
    rate = step.updates[0].learning_rate
    cells: list[Number | str] = [
        Number(rate, form="typed"),
        Number(step.loss_before, form="short"),
        Number(squared, form="short"),
        Number(change, "cell", "promised"),
        Number(step.loss_after - step.loss_before, "total", "result"),
    ]
    table = [Table(words.PROMISE_HEAD, [Row("C", cells)])] if is_shown else []
    return [*table, cost_plot(step, squared, is_shown)]


def cost_plot(step: TrainingStep, squared: float, is_shown: bool) -> Plot:
    """The cost along η: its tangent, and where it may be seen, its curve."""
    rate, before = step.updates[0].learning_rate, step.loss_before
    rates = np.linspace(0.0, BEYOND * rate, POINTS)
    costs = costs_along(step, rates, step.tape["x"], step.tape["y"])
    tangent = before - rates * squared
    curve = Line("cost", words.COST_LINE, costs, Number(step.loss_after, "point", "cost"))
    promise_line = Line(
        "prediction", words.TANGENT_LINE, tangent, Number(before - rate * squared, "point", "prediction")
    )
    highest = float(np.max(costs, initial=0.0, where=np.isfinite(costs))) if is_shown else 0.0
    return Plot(
        words.cost_alt(before, before - rate * squared, step.loss_after if is_shown else None),
        (words.RATE_AXIS, words.COST_AXIS),
        float(rates[-1]),
        HEADROOM * max(before, min(highest, MOST * before)),
        (curve, promise_line) if is_shown else (promise_line,),
        at=rate,
    )
