"""Each layer in the scene of the page: W, its step and the new W, and what the step is made of."""

from collections.abc import Sequence

import numpy as np

from backprop.network import input_of
from ui.draw.scenes import (
    Block,
    Group,
    Linear,
    Link,
    Matrix,
    Number,
    Part,
    Tables,
    Words,
    following,
    formula,
    slot,
)
from ui.names.equations import symbol as latex
from ui.names.symbols import entries, entry_symbol
from ui.views.update.facts import Along, columns_of, layer_arrays
from ui.views.update.words import layer as words
from ui.views.update.words.page import IN_THE_WALKTHROUGH

MOST_WRITTEN = 7
"""Columns of a layer whose matrices have room for their numbers, on the smallest desktop screen."""


def layer_parts(moves: Along, layer: int, word: str, href: str) -> list[Part]:
    """W, its step and the new W; the outer product behind the step; and all numbers as tables."""
    step, rates = moves.step, moves.rates.tolist()
    of_layer = moves.moves(layer)
    sizes = (array.tolist() for array in (of_layer.weights, of_layer.changes, of_layer.is_rounding))
    is_written = len(columns_of(step, layer)) <= MOST_WRITTEN
    colours = [
        words.colours(layer, step.config.bias, weights, change, is_rounding, is_written)
        for weights, change, is_rounding in zip(*sizes, strict=True)
    ]
    product = words.outer_product(step, layer, word)
    largest = words.largest_changes(step, layer, rates, of_layer.is_rounding.tolist())
    explained = following([f"{product} {change}" for change in largest])
    return [
        Group(
            "line",
            (
                Words(words.layer_title(step, layer), "title"),
                update_formula(layer, rates, step.config.bias == "learned"),
                Link(IN_THE_WALKTHROUGH, href),
            ),
        ),
        update_matrix(moves, layer, is_written),
        Words(following(colours)),
        Group("pair", (outer_matrix(moves, layer), Words(explained, "beside"))),
        Tables(words.tables(layer), _rows(moves, layer), update_blocks(moves, layer, of_tables=True)),
    ]


def update_formula(layer: int, rates: Sequence[float], has_step_of_bias: bool) -> Part:
    """The update of a layer, with η."""
    W, b, z = (latex(f"{letter}{layer}") for letter in "Wbz")
    below = latex(input_of(layer))
    number = Number(following(list(rates)), form="typed")
    gradient = rf"\frac{{\partial C}}{{\partial {z}}}"
    of_weights = rf"{W} \leftarrow {W} - {slot(0)} \cdot {gradient} \otimes {below}"
    if not has_step_of_bias:
        return formula(of_weights, number)
    of_bias = rf"{b} \leftarrow {b} - {slot(1)} \cdot {gradient}"
    return formula(rf"{of_weights} \qquad {of_bias}", number, number)


def update_matrix(moves: Along, layer: int, is_written: bool) -> Matrix:
    """W + its step = new W, the first and the last on one scale."""
    rows, inputs = _rows(moves, layer), entries(input_of(layer), moves.step.config.layer_sizes[layer - 1])
    has_biases = moves.step.config.has_biases
    names = [
        [
            *(
                words.weight_between(entry_symbol(f"W{layer}", (i, j)), row, column)
                for j, column in enumerate(inputs)
            ),
            *([entry_symbol(f"b{layer}", (i,))] if has_biases else []),
        ]
        for i, row in enumerate(rows)
    ]
    blocks = update_blocks(moves, layer)
    return Matrix(words.heatmaps_alt(layer), rows, blocks, names, is_written=is_written)


def update_blocks(moves: Along, layer: int, of_tables: bool = False) -> list[Block]:
    """W, its step and the new W, each with the bias, if any, as its last column."""
    columns, inputs = columns_of(moves.step, layer), moves.step.config.layer_sizes[layer - 1]
    before, gradient = layer_arrays(moves.step, layer)
    kinds = (
        ("before", Linear(before), "weights", "{0} now", ""),
        ("step", Linear(slope=-gradient), "step", "step −η dC/d{0}", "+"),
        ("after", Linear(before, -gradient), "weights", "new {0}", "="),
    )
    return [
        Block(
            words.bias_last(title, columns, inputs) if of_tables else title,
            columns,
            values,
            f"update={name}{layer}" if of_tables else "",
            "" if of_tables else scale,
            "" if of_tables else entry,
            "" if of_tables else sign,
        )
        for title, (name, values, scale, entry, sign) in zip(words.titles(layer), kinds, strict=True)
    ]


def outer_matrix(moves: Along, layer: int) -> Matrix:
    """∂C/∂z as a column, the layer's input as a row, and each cell their product: dC/dW."""
    step, z, below = moves.step, f"z{layer}", input_of(layer)
    column, row = step.cotangent(z), step.tape[below]
    columns = entries(below, len(row))
    rows = [f"∂C/∂{name}" for name in _rows(moves, layer)]
    title = words.row_title(layer)
    return Matrix(
        words.outer_alt(layer, below, column, row),
        rows,
        (
            Block(
                words.column_title(layer), ("",), Linear(column[:, np.newaxis]), f"cell=column{layer}", "z"
            ),
            Block(title, columns, Linear(step.gradients[f"W{layer}"]), f"cell=outer{layer}", "W", sign="×"),
        ),
        above=Block(title, columns, Linear(row[np.newaxis]), f"cell=row{layer}", "a"),
    )


def _rows(moves: Along, layer: int) -> list[str]:
    return entries(f"z{layer}", moves.step.config.layer_sizes[layer])
