"""The arrays from which a reader can find the terms alone, where the working is left blank. No Streamlit."""

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.network import input_of
from ui.draw.prose import row_head
from ui.draw.prose import table as table_of
from ui.draw.svg import scripts, sign_class, tag
from ui.names.numbers import as_typed, exact, short
from ui.names.symbols import entries, symbol
from ui.questions.questions import Question
from ui.state.data import word_of_many

CORNER = "\u00a0"
"""Who copies the table would lose an empty one, and with it the place of the first column."""

Given = tuple[str, FloatArray, list[str], list[str]]
"""Title, values, names of rows, names of columns."""


def given_tables(question: Question, step: TrainingStep) -> str:
    """Everything that was known before the number asked for."""
    tables = [_table(*each) for each in given_of(question, step)]
    rate = step.updates[0].learning_rate
    if question.problem.quantity.kind == "new_weight":
        tables.append(tag("p", f"η = {as_typed(rate)}", class_="bp-note"))
    return tag("div", *tables, class_="bp-given")


def given_of(question: Question, step: TrainingStep) -> list[Given]:
    """The arrays, by kind of question."""
    quantity, config = question.problem.quantity, step.config
    layer, kind = quantity.layer, quantity.kind
    W, b, z, a, below = f"W{layer}", f"b{layer}", f"z{layer}", f"a{layer}", input_of(layer)
    if kind == "pre_activation":
        biases = [_row(step, b)] if config.has_biases else []
        return [_matrix(step, W), _row(step, below), *biases, *_before_activation(step, layer)]
    if kind == "activation":
        return [_row(step, z)]
    if kind in ("path_sum", "path_term") and config.is_dense(layer):
        return [_row(step, a), _row(step, "y"), _derivative(step, a)]
    if kind in ("path_sum", "path_term"):
        return [_derivative(step, f"z{layer + 1}"), _matrix(step, f"W{layer + 1}")]
    if kind == "through_activation":
        return [_derivative(step, a), _row(step, z), _row(step, a)]
    if kind == "weight_gradient":
        return [_derivative(step, z), _row(step, below), *_before_activation(step, layer)]
    if kind == "new_weight":
        return [_matrix(step, W), _matrix(step, W, gradient=True)]
    return [_of_batch(question, word_of_many(config))]


def _of_batch(question: Question, word: str) -> Given:
    """∂C/∂z_i and a_j of each observation; the columns beside them could be taken by mistake."""
    quantity = question.problem.quantity
    i, j = quantity.index
    values = np.array([term.factors for term in question.problem.terms])
    names = [f"∂C/∂{symbol(f'z{quantity.layer}', i)}", symbol(input_of(quantity.layer), j)]
    return f"each {word}", values, list(question.observations), names


def _before_activation(step: TrainingStep, layer: int) -> list[Given]:
    """z of the layer below, which could be taken for its a."""
    return [_row(step, f"z{layer - 1}")] if layer > 1 else []


def _row(step: TrainingStep, name: str) -> Given:
    values = step.tape[name].reshape(1, -1)
    return symbol(name), values, [""], entries(name, values.size)


def _derivative(step: TrainingStep, name: str) -> Given:
    values = step.cotangent(name).reshape(1, -1)
    return f"∂C/∂{symbol(name)}", values, [""], entries(name, values.size)


def _matrix(step: TrainingStep, name: str, gradient: bool = False) -> Given:
    values = step.gradients[name] if gradient else step.params[name]
    layer = int(name[1:])
    title = f"dC/d{symbol(name)}" if gradient else symbol(name)
    rows, columns = values.shape
    return title, values, entries(f"z{layer}", rows), entries(input_of(layer), columns)


def _table(title: str, values: FloatArray, rows: list[str], columns: list[str]) -> str:
    """A matrix with the names of its rows, if they have any, each number in the colour of its size."""
    scale, is_named = float(np.abs(values).max()) or 1.0, any(rows)
    body = [
        [*([row_head(name)] if is_named else []), *(_cell(x, scale) for x in line)]
        for name, line in zip(rows, values.tolist(), strict=True)
    ]
    head = [*([CORNER] if is_named else []), *columns]
    return tag("div", tag("p", tag("strong", scripts(title))), table_of(head, body))


def _cell(value: float, scale: float) -> str:
    shade = f"--share:{abs(value) / scale:.3f}"
    return tag("td", short(value), class_=sign_class(value), style=shade, data_value=exact(value))
