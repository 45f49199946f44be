"""Stops 4 to 6: a weighted sum, the output, a weight of the last layer."""

from backprop import TrainingStep
from backprop.network import input_of
from ui.draw.scenes import (
    Group,
    Number,
    Part,
    Row,
    Table,
)
from ui.names.symbols import circled, entries, symbol
from ui.questions.tasks import Exercise
from ui.views.lesson.scenes import words
from ui.views.lesson.scenes.network import network, sums
from ui.views.lesson.scenes.parts import bars_of, question_of, result_of, square


def forward(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """The network with the sum behind each of its numbers; the asked one is told once it may be."""
    asked = question_of(exercise)
    layer, j = asked.problem.quantity.layer, asked.problem.quantity.index[0]
    name = f"a{layer}:{j}"
    hidden = () if is_shown else (name,)
    parts: list[Part] = [network(step, hidden, (name,)), sums(step, name, hidden)]
    if is_shown:
        terms, below = asked.problem.terms, input_of(layer)
        is_bias = [len(term.factors) == 1 for term in terms]
        labels = [symbol(f"b{layer}", j) if each else symbol(below, at) for at, each in enumerate(is_bias)]
        cells = [Number(term.product, "cell", f"0:{at}") for at, term in enumerate(terms)]
        total = Number(asked.problem.right, "total", "sum")
        parts.append(
            Table(("", *labels, symbol(f"z{layer}", j)), [Row(words.PRODUCT, [*cells, total], "result")])
        )
    return parts


def jacobian(step: TrainingStep, _: Exercise, is_shown: bool) -> list[Part]:
    """∂a/∂z of the last layer, empty before it may be seen."""
    last = step.config.depth
    count = step.config.layer_sizes[-1]
    a, z = f"a{last}", f"z{last}"
    if not is_shown:
        rows = [Row(name, [words.HIDDEN] * count) for name in entries(a, count)]
        return [Table(("", *entries(z, count)), rows)]
    title = f"∂{symbol(a)}/∂{symbol(z)}"
    return [square(title, a, [(title, entries(z, count), step.vjp(a, z).jacobian, f"cell={a}-{z}")])]


def delta(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """Outputs and targets; then what the cost does through each output."""
    asked = question_of(exercise)
    last, count = step.config.depth, step.config.layer_sizes[-1]
    a, z, k = symbol(f"a{last}"), symbol(f"z{last}"), asked.problem.quantity.index[0]
    head = ["", a, "y"]
    values = [step.tape[f"a{last}"], step.tape["y"]]
    if not step.config.is_dense(last):
        head, values = ["", f"∂C/∂{a}", z, a], [step.cotangent(f"a{last}"), step.tape[f"z{last}"], values[0]]
    rows = [
        Row(
            str(place + 1),
            [
                *(Number(float(v[place]), "cell", f"{place}:{c}") for c, v in enumerate(values)),
                result_of(asked.problem.right, is_shown) if place == k else "",
            ],
        )
        for place in range(count)
    ]
    table = Table((*head, f"∂C/∂{z}"), rows)
    if not is_shown or len(asked.problem.terms) < 2:
        return [table]
    labels = [f"{circled(each)} via {symbol(f'a{last}', each)}" for each in range(count)]
    return [Group("columns", (table, bars_of(exercise, labels)))]
