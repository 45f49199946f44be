"""The scene of the page: η, the cost after the step, the outputs, and every layer's update."""

from collections.abc import Iterable, Sequence

import numpy as np

from backprop.arrays import FloatArray
from backprop.network import input_of
from backprop.noise import ROUNDING
from backprop.study.sweep import Sweep, costs_along, sweep_learning_rates
from ui.draw.packing import written
from ui.draw.scenes import (
    Block,
    Following,
    Group,
    Line,
    Linear,
    Link,
    Mark,
    Matrix,
    Number,
    Pair,
    Pairs,
    Part,
    Plot,
    Scene,
    Slider,
    Tables,
    Words,
    following,
    formula,
    slot,
)
from ui.names.equations import symbol as latex
from ui.names.numbers import apart, as_typed, short, signed
from ui.names.symbols import entries, entry_symbol
from ui.state.captions import edited_names, file_name, word_for
from ui.state.data import is_one_hot, output_names, word_of_many
from ui.state.recording import all_observations, recorded_step
from ui.state.settings import Settings
from ui.steps.words.forward import from_z
from ui.views.update import words
from ui.views.update.facts import Along, along, columns_of, layer_arrays, lowest_cost

MOST, MOST_OF_MEAN = 4.0, 2.5
"""Costs up to so many times the first are on the chart."""

HEADROOM = 1.12
"""How high the chart is, in units of the highest of them, or of the first."""

MOST_WRITTEN = 7
"""Columns of a layer whose matrices have room for their numbers, on the smallest desktop screen."""


def update_scene(settings: Settings, layers: Sequence[int]) -> str:
    """The scene as JSON, with the updates of these layers."""
    step, data, word = recorded_step(settings), all_observations(settings), one_of_many(settings)
    sweep = sweep_learning_rates(step, *data)
    moves = along(step, sweep, *data)
    rates, observations = moves.rates.tolist(), words.all_of(step, len(data[0]))
    pictures = [cost_plot(moves, sweep, observations, word)]
    if observations:
        pictures.append(mean_plot(moves, sweep, data))
    said = [words.longer_steps(step, sweep, is_beyond, observations, word) for is_beyond in (False, True)]
    longer = following([said[rate > (sweep.mean_best or 0.0)] for rate in rates])
    parts: list[Part] = [
        *verdict(moves),
        Group("pictures", (*pictures, outputs(moves))),
        Group("line", (Words(longer), Link(words.MANY_STEPS, settings.link("training")))),
    ]
    for layer in layers:
        parts += layer_parts(moves, layer, word, settings.step_link(f"update.{layer}"))
    slider = Slider("lr", "η", rates, 0, list(map(as_typed, rates)), words.RATE_SLIDER)
    file = file_name(settings, "weight-update-{picture}", "png", rate="{lr}")
    return written(Scene(slider, parts, file=file))


def one_of_many(settings: Settings) -> str:
    """What the observation is called beside others: an example of one's own is one observation of several."""
    is_of_several = settings.given is not None and len(settings.given.X) > 1
    is_given = is_of_several and "x" not in edited_names(settings)
    return word_of_many(settings.config) if is_given else word_for(settings)


# --- did the step help ---------------------------------------------------------------------------------


def verdict(moves: Along) -> tuple[Words, Words]:
    """The cost before and after, and the change predicted and actual."""
    step = moves.step
    before, after = step.loss_before, moves.costs.tolist()
    moved, hoped = (_without_noise(values, moves.noise) for values in (moves.changes, moves.predicted))
    shown = [apart(*_shown(moves, (before, cost))) for cost in after]
    (unchanged,) = map(short, _shown(moves, (before,)))
    texts = [pair if change else (unchanged,) * 2 for pair, change in zip(shown, moved, strict=True)]
    costs = (
        Number(before, "cost", "before", text=following([old for old, _ in texts])),
        Number(_of(moves.costs), "cost", "after", text=following([new for _, new in texts])),
        Number(_of(moves.changes), "cost", "change", text=following(list(map(words.moved, moved)))),
    )
    changes = (
        Number(_of(moves.predicted), "cost", "predicted", shown=following(hoped)),
        Number(_of(moves.changes), "cost", "actual", shown=following(moved)),
    )
    said = words.prediction(step, "{0}", "{1}")
    facts = zip(moves.rates.tolist(), moved, hoped, _still(moves), moves.is_told, strict=True)
    compared = [
        said
        + words.comparison(rate, change, predicted, moves.noise, still)
        + ("" if is_told else f" {from_z(step.config.depth)}")
        for rate, change, predicted, still, is_told in facts
    ]
    return (
        Words(words.costs("{0}", "{1}", "{2}"), "verdict", "verdict", is_spoken=True, numbers=costs),
        Words(following(compared), test_id="compared", numbers=changes),
    )


def _still(moves: Along) -> list[str]:
    """Why nothing moves, for each η."""
    layers = [moves.moves(layer).is_rounding for layer in range(1, moves.step.config.depth + 1)]
    is_rounding = np.all(layers, axis=0).tolist()
    return [
        words.standstill(moves.step, rate, is_still)
        for rate, is_still in zip(moves.rates.tolist(), is_rounding, strict=True)
    ]


def _without_noise(values: FloatArray, noise: float) -> list[float]:
    shown: list[float] = np.where(np.abs(values) > noise, values, 0.0).tolist()
    return shown


def _shown(moves: Along, costs: Iterable[float]) -> list[float]:
    """The costs, or 0 for what is nothing but rounding; see `shown_cost`."""
    lowest = -np.inf if moves.step.config.cost.is_bounded else lowest_cost(moves.step)
    return [cost if cost > lowest else 0.0 for cost in costs]


# --- the cost over the learning rate -------------------------------------------------------------------


def cost_plot(moves: Along, sweep: Sweep, observations: str, word: str) -> Plot:
    """The cost of this observation after one update, and its tangent."""
    texts = list(map(short, _shown(moves, moves.costs.tolist())))
    rates, tops = moves.rates.tolist(), _top(moves.step.loss_before, moves.costs, MOST)
    marks: tuple[Mark, ...] = ()
    if sweep.best is not None and sweep.best_cost is not None:
        marks = (Mark(sweep.best, sweep.best_cost, words.minimum(words.lowest(sweep), sweep.best)),)
    alts = [
        words.curve_alt(moves.step, sweep, *at, observations, word) for at in zip(rates, texts, strict=True)
    ]
    return Plot(
        alt=following(alts),
        axes=(words.RATE, words.COST_AFTER),
        end=float(sweep.learning_rates[-1]),
        top=_of(tops),
        lines=(
            Line("cost", words.own_cost(word), sweep.costs, Number(_of(moves.costs), "point", "cost")),
            Line(
                "prediction",
                words.PREDICTION,
                sweep.predicted,
                Number(_of(moves.step.loss_before + moves.predicted), "point", "prediction"),
            ),
        ),
        point=following(list(map(words.point, rates, texts, (moves.costs > tops).tolist()))),
        marks=marks,
    )


def _top(first: float, highest: FloatArray | float, most: float) -> FloatArray:
    """How high a chart is that begins at one cost and should show another."""
    top = HEADROOM * np.maximum(first, np.minimum(highest, most * first))
    return np.where(top > 0, top, 1.0)


def mean_plot(moves: Along, sweep: Sweep, data: tuple[FloatArray, FloatArray]) -> Plot:
    """The mean cost of all observations after the same update."""
    count = len(data[0])
    observations = words.all_of(moves.step, count)
    marks: tuple[Mark, ...] = ()
    if sweep.mean_best is not None:
        lowest = float(costs_along(moves.step, np.array([sweep.mean_best]), *data)[0])
        marks = (Mark(sweep.mean_best, lowest, words.minimum(words.LOWEST, sweep.mean_best)),)
    means = zip(moves.rates.tolist(), map(short, moves.mean_costs.tolist()), strict=True)
    return Plot(
        alt=following([words.mean_alt(sweep, rate, cost, observations) for rate, cost in means]),
        axes=(words.RATE, ""),
        end=float(sweep.learning_rates[-1]),
        top=float(
            _top(moves.mean_costs[0], max(sweep.mean_costs.max(), moves.mean_costs.max()), MOST_OF_MEAN)
        ),
        lines=(
            Line(
                "mean",
                words.mean_cost(count),
                sweep.mean_costs,
                Number(_of(moves.mean_costs), "point", "mean"),
            ),
        ),
        marks=marks,
    )


# --- outputs before and after --------------------------------------------------------------------------


def outputs(moves: Along) -> Pairs:
    """Every output before and after the update."""
    step = moves.step
    before, target = step.tape[f"a{step.config.depth}"], step.tape["y"]
    named, is_class = zip(output_names(step.config), target.tolist(), strict=True), is_one_hot(target)
    pairs = []
    for k, (name, y) in enumerate(named):
        old, new = float(before[k]), moves.outputs[:, k]
        is_seen = np.abs(new - old) > ROUNDING * np.maximum(np.abs(new), abs(old))
        texts = list(map(signed, np.where(is_seen, new - old, 0.0).tolist()))
        pairs.append(
            Pair(
                words.output_title(name, y, is_class),
                is_class and y == 1,
                Number(old, "output", f"before:{k}", "short"),
                Number(_of(new), "output", f"after:{k}", "short"),
                Number(_of(new - old), "change", str(k), text=following(texts)),
            )
        )
    alt = following(words.outputs_alts(step, moves.outputs))
    return Pairs(words.outputs_title(step), alt, pairs)


# --- a layer -------------------------------------------------------------------------------------------


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
                Link(words.IN_THE_WALKTHROUGH, href),
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


def _of(values: FloatArray) -> Following[float]:
    return following(values.tolist())
