"""Heatmaps of the page "Derivative paths": path terms with their sums, gradient rows. No Streamlit."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.network import input_of
from backprop.noise import carried
from ui.draw.heatmap import MARK, Block, Figure, heatmap_figure
from ui.names.symbols import entries, symbol
from ui.state.data import FEATURES, named_entries
from ui.views.paths import words

LINE_HEIGHT = 18
LINE = "#8a93a6"


def path_terms_figure(step: TrainingStep, output: str, wrt: str, unit: int | None) -> Figure:
    """All path terms of one Jacobian, and under a line their column sums: the total derivatives.

    Args:
        step: the recorded step.
        output: of the Jacobian, such as z2, or a2.
        wrt: what it is towards, such as a1, or z2.
        unit: column to mark, 0-based, or None.
    """
    vjp_step = carried(step, output, wrt)
    count, columns = vjp_step.path_terms.shape
    values = np.vstack([vjp_step.path_terms, vjp_step.cotangent])
    outs, ins = entries(output, count), entries(wrt, columns)
    names = [[f"∂C/∂{out} · ∂{out}/∂{into}" for into in ins] for out in outs]
    names.append([words.column_sum(into) for into in ins])
    figure = heatmap_figure(
        f"Path terms ∂C/∂{symbol(output)}ₖ · ∂{symbol(output)}ₖ/∂{symbol(wrt)}ⱼ",
        [*named_entries(step.config, output), f"sum = ∂C/∂{symbol(wrt)}"],
        [Block("", named_entries(step.config, wrt), values, names)],
    )
    figure["layout"]["shapes"] = [_line(count - 0.5, columns)] + (
        [] if unit is None else [_box(unit, count + 1)]
    )
    return figure


def gradient_row_figure(
    layer: int, unit: int, right: FloatArray, yours: FloatArray, inputs: Sequence[str] = FEATURES
) -> Figure:
    """Row j of dC/dW^l: with all paths, the reader's way, and the difference; `inputs` are names of x."""
    below = input_of(layer)
    columns = entries(below, len(right))
    if layer == 1:
        columns = [f"{name} {feature}" for name, feature in zip(columns, inputs, strict=True)]
    values = np.vstack([right, yours, yours - right])
    names = [[words.weight_of(row, column) for column in columns] for row in words.ROWS]
    figure = heatmap_figure(words.row_title(layer, unit), words.ROWS, [Block("", columns, values, names)])
    figure["layout"]["shapes"] = [_line(1.5, len(columns))]
    return figure if layer > 1 else _on_two_lines(figure)


def _on_two_lines(figure: Figure) -> Figure:
    """The same with names of columns broken at their last space, so that they fit a phone."""
    layout = figure["layout"]
    layout["xaxis"]["ticktext"] = ["<br>".join(text.rsplit(" ", 1)) for text in layout["xaxis"]["ticktext"]]
    layout["margin"]["t"] += LINE_HEIGHT
    layout["height"] += LINE_HEIGHT
    return figure


def _line(y: float, columns: int) -> dict[str, Any]:
    ends = {"x0": -0.5, "x1": columns - 0.5, "y0": y, "y1": y}
    return {"type": "line", "line": {"color": LINE, "width": 3}} | ends


def _box(column: int, rows: int) -> dict[str, Any]:
    corners = {"x0": column - 0.49, "x1": column + 0.49, "y0": -0.49, "y1": rows - 0.51}
    return {"type": "rect", "line": {"color": MARK, "width": 3}} | corners
