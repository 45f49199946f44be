"""Stops 6 and 8: a weight's derivative, a unit that is off, and the step. No Streamlit."""

from backprop import TrainingStep
from backprop.network import input_of
from ui.draw.scenes import (
    Number,
    Part,
    Row,
    Table,
)
from ui.names.symbols import entry_symbol, symbol
from ui.questions.lesson.hidden import promise
from ui.questions.tasks import Exercise
from ui.questions.words import lesson as words
from ui.views.lesson.scenes.parts import question_of, result_of


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
    return [Table(head, [Row(name, [*numbers_of, result_of(asked.problem.right, is_shown)])])]


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
    """A unit that is off, with what comes back to it."""
    layer, j = exercise.picture[1]
    a, z = symbol(f"a{layer}", j), symbol(f"z{layer}", j)
    numbers_of = [
        Number(float(step.tape[f"z{layer}"][j]), "cell", "0:0"),
        Number(float(step.tape[f"a{layer}"][j]), "cell", "0:1"),
        Number(float(step.cotangent(f"a{layer}")[j]), "cell", "0:2"),
    ]
    result = result_of(float(step.cotangent(f"z{layer}")[j]), is_shown)
    head = ("", z, a, f"∂C/∂{a}", f"∂C/∂{z}")
    return [Table(head, [Row(a, [*numbers_of, result])])]


def promised(step: TrainingStep, _: Exercise, is_shown: bool) -> list[Part]:
    """The cost before the step, what is promised, and what came of it."""
    squared, change = promise(step)
    rate = Number(step.updates[0].learning_rate, form="typed")
    cells: list[Number | str] = [rate, Number(squared, form="short"), Number(change, "cell", "promised")]
    cells += [result_of(step.loss_after - step.loss_before, is_shown)]
    return [Table(words.PROMISE_HEAD, [Row("C", cells)])]
