"""Heatmaps of the weight update: W, its step and the new W. No Streamlit."""

from collections.abc import Callable
from typing import Any

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.network import input_of
from ui.draw.heatmap import GAP, Block, Figure, heatmap_figure
from ui.names.numbers import short
from ui.names.symbols import entries, entry_symbol, symbol

PLOT_WIDTH, DIGIT_WIDTH = 960, 6.2
"""Room for the three matrices on the smallest desktop screen, and for one character of a number; where the
numbers of a layer do not fit, they show on hover and in the table."""

MOST_COLUMN_NAMES = 24

MOMENTS = ("{0} now", "step −η dC/d{0}", "new {0}")
"""What an entry is called in each of the three matrices."""


def layer_arrays(step: TrainingStep, layer: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """W, −η dC/dW and new W of a layer, each with the bias as its last column: (units, inputs + 1)."""
    W, b = (update for update in step.updates if update.name in (f"W{layer}", f"b{layer}"))
    before, change, after = (
        np.column_stack((getattr(W, part), getattr(b, part))) for part in ("before", "step", "after")
    )
    return before, change, after


def layer_scales(step: TrainingStep, layer: int) -> tuple[float, float]:
    """The value with the full colour: of W and new W, and of the step."""
    before, change, after = layer_arrays(step, layer)
    return float(max(np.abs(before).max(), np.abs(after).max())), float(np.abs(change).max())


def columns_of(step: TrainingStep, layer: int) -> list[str]:
    """What the columns of `layer_arrays` belong to: the inputs of the layer, then the bias."""
    below = input_of(layer)
    return [*entries(below, step.config.layer_sizes[layer - 1]), symbol(f"b{layer}")]


def block_titles(layer: int) -> tuple[str, str, str]:
    """What the three matrices are called."""
    W = symbol(f"W{layer}")
    return f"{W} now", f"step −η dC/d{W}", f"new {W}"


def numbers_fit(step: TrainingStep, layer: int) -> bool:
    """Whether the cells of a layer's three matrices are wide enough for their numbers."""
    arrays = layer_arrays(step, layer)
    columns = sum(values.shape[1] for values in arrays) + 2 * GAP
    digits = PLOT_WIDTH / (DIGIT_WIDTH * columns)
    return all(len(short(value)) <= digits for values in arrays for value in values.ravel().tolist())


def update_figure(step: TrainingStep, layer: int) -> Figure:
    """W, −η dC/dW and new W side by side; the first and the last share one scale, the step has its own."""
    arrays, columns = layer_arrays(step, layer), columns_of(step, layer)
    rows = entries(f"z{layer}", step.config.layer_sizes[layer])
    blocks = [
        Block(title, columns, values, _names(moment, layer, rows, columns))
        for title, moment, values in zip(block_titles(layer), MOMENTS, arrays, strict=True)
    ]
    written = numbers_fit(step, layer)
    figure = heatmap_figure("", rows, blocks, written)
    (everything,), layout = figure["data"], figure["layout"]
    weights_scale, step_scale = layer_scales(step, layer)
    if not written:
        everything = everything | {"xgap": 1, "ygap": 1}
    layout["xaxis"] |= _fewer_names(layout["xaxis"], len(columns))
    middle = slice(len(columns) + 1, 2 * len(columns) + 1)  # the columns of the step
    weights = _only(everything, weights_scale, lambda row, blank: _without(row, middle, blank))
    change = _only(everything, step_scale, lambda row, blank: _within(row, middle, blank))
    top = layout["margin"]["t"] - 38
    layout |= {
        "height": layout["height"] - 38,
        "margin": layout["margin"] | {"t": top},
        "annotations": layout["annotations"] + _signs(len(rows), len(columns)),
    }
    del layout["width"]
    return {"data": [weights, change], "layout": layout}


def _fewer_names(axis: dict[str, Any], columns: int) -> dict[str, Any]:
    """Only every second or third column named where there is no room for all; always the bias."""
    every = -(-3 * columns // MOST_COLUMN_NAMES)
    last = columns - 1
    named = [j for j in range(columns) if j == last or (j % every == 0 and last - j >= every)]
    kept = [block * columns + j for block in range(3) for j in named]
    return {key: [axis[key][number] for number in kept] for key in ("tickvals", "ticktext")}


def _names(moment: str, layer: int, rows: list[str], columns: list[str]) -> list[list[str]]:
    """Such as "new w²₁₃ (to z²₁ from a¹₃)", and of the biases in the last column "new b²₁"."""
    return [
        [
            *(
                f"{moment.format(entry_symbol(f'W{layer}', (i, j)))} (to {row} from {column})"
                for j, column in enumerate(columns[:-1])
            ),
            moment.format(entry_symbol(f"b{layer}", (i,))),
        ]
        for i, row in enumerate(rows)
    ]


def _only(trace: dict[str, Any], scale: float, kept: Callable[[list[Any], Any], list[Any]]) -> dict[str, Any]:
    """The heatmap with some columns only, on a scale of their own; `kept` blanks the others of a row."""
    blanks = {"z": None, "text": "", "hovertext": ""}
    parts = {key: [kept(row, blank) for row in trace[key]] for key, blank in blanks.items() if key in trace}
    return trace | parts | {"zmin": -(scale or 1.0), "zmax": scale or 1.0}


def _within(row: list[Any], columns: slice, blank: Any) -> list[Any]:
    return [blank] * columns.start + row[columns] + [blank] * (len(row) - columns.stop)


def _without(row: list[Any], columns: slice, blank: Any) -> list[Any]:
    return row[: columns.start] + [blank] * (columns.stop - columns.start) + row[columns.stop :]


def _signs(rows: int, columns: int) -> list[dict[str, Any]]:
    """+ and = in the gaps between the blocks."""
    gaps = ((columns - 0.3, "+"), (2 * columns + 0.1, "="))
    middle = (rows - 1) / 2
    return [
        {"x": x, "y": middle, "text": f"<b>{sign}</b>", "showarrow": False, "font": {"size": 20}}
        for x, sign in gaps
    ]
