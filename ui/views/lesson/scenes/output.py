"""Stops 4 to 6: a weighted sum, the output, a weight of the last layer. No Streamlit."""

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
from ui.questions.words import lesson as words
from ui.views.lesson.scenes.parts import bars_of, question_of, result_of, square, terms_table


def forward(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """A weighted sum."""
    asked = question_of(exercise)
    layer, j = asked.problem.quantity.layer, asked.problem.quantity.index[0]
    below = input_of(layer)
    rows = []
    for at, term in enumerate(asked.problem.terms):
        is_bias = len(term.factors) == 1
        rows.append((symbol(f"b{layer}", j) if is_bias else symbol(below, at), term.factors))
    head = ("", "w", symbol(below), words.PRODUCT)
    table = terms_table(head, rows, exercise, is_shown)
    if not is_shown:
        return [table]
    return [Group("columns", (table, bars_of(exercise, [name for name, _ in rows])))]


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
