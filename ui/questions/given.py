"""The arrays from which a reader can find the terms alone, where the working is left blank."""

import numpy as np

from backprop import MLPConfig, TrainingStep
from backprop.arrays import FloatArray
from backprop.network import input_of
from backprop.practice import UPDATES
from ui.names.numbers import as_typed
from ui.names.symbols import entries, symbol
from ui.questions.questions import Question
from ui.state.data import word_of_many

Given = tuple[str, FloatArray, list[str], list[str]]
"""Title, values, names of rows, names of columns."""

THROUGH_ACTIVATION = ("activation", "slope", "jacobian", "path_sum", "path_term", "through_activation")
"""Kinds of numbers that a softmax makes of its whole layer."""


def rate_note(question: Question, step: TrainingStep) -> str:
    """η, where the arrays are not all that is needed; else empty."""
    is_update = question.problem.quantity.kind in UPDATES
    return f"η = {as_typed(step.updates[0].learning_rate)}" if is_update else ""


def units_asked(question: Question, config: MLPConfig) -> frozenset[str]:
    """The names in these arrays of the units that a question is about; none where it needs whole layers."""
    quantity = question.problem.quantity
    layer, kind = quantity.layer, quantity.kind
    if kind == "mean_gradient" or (kind in THROUGH_ACTIVATION and config.is_dense(layer)):
        return frozenset()
    layers = (layer + 1, layer) if kind in ("path_term", "jacobian") else (layer, layer - 1)
    found: set[str] = set()
    for at, place in zip(layers, quantity.index, strict=False):
        outer = "x" if at == 0 else "y" if at == config.depth else ""
        found |= {symbol(name, place) for name in (f"z{at}", f"a{at}", f"b{at}", outer) if name}
    return frozenset(found)


def given_of(question: Question, step: TrainingStep) -> list[Given]:
    """The arrays, by kind of question; none for a function of t, whose question says what is known."""
    quantity, config = question.problem.quantity, step.config
    layer, kind = quantity.layer, quantity.kind
    W, b, z, a, below = f"W{layer}", f"b{layer}", f"z{layer}", f"a{layer}", input_of(layer)
    if kind == "pre_activation":
        biases = [_row(step, b)] if config.has_biases else []
        return [_matrix(step, W), _row(step, below), *biases, *_before_activation(step, layer)]
    if kind == "activation":
        return [_row(step, z)]
    if kind in ("cost", "cost_slope"):
        return [_row(step, a), _row(step, "y")]
    if kind in ("slope", "jacobian") and (layer == config.depth or kind == "slope"):
        return [_row(step, z), _row(step, a)]
    if kind == "jacobian":
        return [_matrix(step, f"W{layer + 1}")]
    if kind == "bias_gradient":
        return [_derivative(step, z)]
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
    if kind == "new_bias":
        return [_row_of(symbol(b), step.params[b], b), _row_of(f"dC/d{symbol(b)}", step.gradients[b], b)]
    return [_of_batch(question, word_of_many(config))] if kind == "mean_gradient" else []


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
    return _row_of(symbol(name), step.tape[name], name)


def _derivative(step: TrainingStep, name: str) -> Given:
    return _row_of(f"∂C/∂{symbol(name)}", step.cotangent(name), name)


def _row_of(title: str, values: FloatArray, name: str) -> Given:
    return title, values.reshape(1, -1), [""], entries(name, values.size)


def _matrix(step: TrainingStep, name: str, gradient: bool = False) -> Given:
    values = step.gradients[name] if gradient else step.params[name]
    layer = int(name[1:])
    title = f"dC/d{symbol(name)}" if gradient else symbol(name)
    rows, columns = values.shape
    return title, values, entries(f"z{layer}", rows), entries(input_of(layer), columns)
