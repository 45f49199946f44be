"""Figures of the weight update: W, its step and the new W; the cost over η. No Streamlit."""

from typing import Any

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.sweep import Sweep
from ui.figures.heatmap import FONT, GAP, Block, Figure, heatmap_figure
from ui.numbers import short
from ui.stage.names import entries, symbol
from ui.svg import scripts

PLOT_WIDTH, DIGIT_WIDTH = 960, 6.2
"""Room for the three matrices on the smallest desktop screen, and for one character of a number; where the
numbers of a layer do not fit, they show on hover and in the table."""

MOST_COLUMN_NAMES = 24

COST, PREDICTION, MEAN = "#7069d6", "#c2559d", "#808080"
"""Colours with a contrast of 3 to 1 on the light page and on the dark one."""

SWEEP_HEIGHT = 290
HIGHEST = 4.0


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
    below = f"a{layer - 1}" if layer > 1 else "x"
    return [*entries(below, step.config.layer_sizes[layer - 1]), symbol(f"b{layer}")]


def block_titles(layer: int) -> tuple[str, str, str]:
    """What the three matrices are called."""
    W = symbol(f"W{layer}")
    return f"{W} now", f"step −η dC/d{W}", f"new {W}"


def numbers_fit(step: TrainingStep, layer: int) -> bool:
    """Whether the cells of a layer's three matrices are wide enough for their numbers."""
    arrays = layer_arrays(step, layer)
    longest = max(len(short(value)) for values in arrays for value in values.ravel().tolist())
    columns = sum(values.shape[1] for values in arrays) + 2 * GAP
    return bool(longest * DIGIT_WIDTH * columns <= PLOT_WIDTH)


def update_figure(step: TrainingStep, layer: int) -> Figure:
    """W, −η dC/dW and new W side by side; the first and the last share one scale, the step has its own."""
    arrays, columns = layer_arrays(step, layer), columns_of(step, layer)
    rows = entries(f"z{layer}", step.config.layer_sizes[layer])
    blocks = [
        Block(title, columns, values, _names(title, layer, rows, columns))
        for title, values in zip(block_titles(layer), arrays, strict=True)
    ]
    figure = heatmap_figure("", rows, blocks)
    (everything,), layout = figure["data"], figure["layout"]
    weights_scale, step_scale = layer_scales(step, layer)
    if not numbers_fit(step, layer):
        everything = everything | {"texttemplate": "", "xgap": 1, "ygap": 1}
    layout["xaxis"] |= _fewer_names(layout["xaxis"], len(columns))
    middle = range(len(columns) + 1, 2 * len(columns) + 1)  # the columns of the step
    weights = _only(everything, weights_scale, lambda column: column not in middle)
    change = _only(everything, step_scale, lambda column: column in middle)
    top = layout["margin"]["t"] - 38
    layout |= {
        "height": layout["height"] - 38,
        "margin": layout["margin"] | {"t": top},
        "annotations": layout["annotations"] + _signs(len(rows), len(columns)),
    }
    del layout["width"]
    return {"data": [weights, change], "layout": layout}


def sweep_figure(step: TrainingStep, sweep: Sweep) -> Figure:
    """Left: cost of this flower after one update and its tangent. Right: mean cost of all flowers."""
    rates = sweep.learning_rates.tolist()
    rate = step.updates[0].learning_rate
    cost = step.loss_before
    mean_after = sweep.mean_after
    top = 1.12 * max(cost, min(step.loss_after, HIGHEST * cost)) or 1.0
    mean_first = float(sweep.mean_costs[0])
    mean_top = 1.12 * max(mean_first, min(max(sweep.mean_costs.max(), mean_after), 2.5 * mean_first)) or 1.0
    return {
        "data": [
            _line(rates, sweep.predicted, PREDICTION, "prediction C − η‖∇‖²", "dash"),
            _line(rates, sweep.costs, COST, "cost of this flower"),
            _point(rate, sweep.predicted_after, PREDICTION, "circle-open"),
            _point(rate, step.loss_after, COST),
            _line(rates, sweep.mean_costs, MEAN, "mean cost of all 150") | _RIGHT,
            _point(rate, mean_after, MEAN) | _RIGHT,
        ],
        "layout": {
            "height": SWEEP_HEIGHT,
            "margin": {"l": 62, "r": 10, "t": 30, "b": 50},
            "font": FONT | {"size": 14},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "hovermode": "x",
            "annotations": [
                *_panel_titles(),
                *_current(rate, step.loss_after, top, rate > 0.6 * rates[-1]),
                *_turn(sweep),
            ],
            "shapes": [_level(cost, "x", "y"), _level(mean_first, "x2", "y2")]
            + [_upright(rate, axis) for axis in ("", "2")],
            "xaxis": _axis(rates[-1], [0, 0.58]),
            "xaxis2": _axis(rates[-1], [0.68, 1], anchor="y2"),
            "yaxis": _cost_axis(top, "x"),
            "yaxis2": _cost_axis(mean_top, "x2"),
        },
    }


_RIGHT = {"xaxis": "x2", "yaxis": "y2"}


def _fewer_names(axis: dict[str, Any], columns: int) -> dict[str, Any]:
    """Only every second or third column named where there is no room for all; always the bias."""
    every = -(-3 * columns // MOST_COLUMN_NAMES)
    last = columns - 1
    named = [j for j in range(columns) if j == last or (j % every == 0 and last - j >= every)]
    kept = [block * columns + j for block in range(3) for j in named]
    return {key: [axis[key][number] for number in kept] for key in ("tickvals", "ticktext")}


def _names(title: str, layer: int, rows: list[str], columns: list[str]) -> list[list[str]]:
    lead = title.replace(symbol(f"W{layer}"), "").strip()
    w = symbol(f"W{layer}").lower()
    return [
        [
            *(f"{lead}: {w} (to {row} from {column})" for column in columns[:-1]),
            f"{lead}: bias {columns[-1]} of {row}",
        ]
        for row in rows
    ]


def _only(trace: dict[str, Any], scale: float, wanted: Any) -> dict[str, Any]:
    """The heatmap with these columns only, on a scale of their own."""
    z = [[value if wanted(column) else None for column, value in enumerate(row)] for row in trace["z"]]
    text = [[value if wanted(column) else "" for column, value in enumerate(row)] for row in trace["text"]]
    return trace | {"z": z, "text": text, "zmin": -(scale or 1.0), "zmax": scale or 1.0}


def _signs(rows: int, columns: int) -> list[dict[str, Any]]:
    """+ and = in the gaps between the blocks."""
    gaps = ((columns - 0.3, "+"), (2 * columns + 0.1, "="))
    middle = (rows - 1) / 2
    return [
        {"x": x, "y": middle, "text": f"<b>{sign}</b>", "showarrow": False, "font": {"size": 20}}
        for x, sign in gaps
    ]


def _line(rates: list[float], costs: FloatArray, colour: str, name: str, dash: str = "solid") -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": rates,
        "y": [cost if np.isfinite(cost) else None for cost in costs.tolist()],
        "name": name,
        "line": {"color": colour, "width": 3, "dash": dash},
        "hovertemplate": "%{fullData.name}: %{y:.3g}<extra></extra>",
    }


def _point(rate: float, cost: float, colour: str, shape: str = "circle") -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [rate],
        "y": [cost],
        "marker": {"color": colour, "size": 12, "symbol": shape, "line": {"color": colour, "width": 3}},
        "hoverinfo": "skip",
    }


def _panel_titles() -> list[dict[str, Any]]:
    left = (
        f'<span style="color:{COST}">━</span> this flower '
        f'<span style="color:{PREDICTION}">╍</span> prediction'
    )
    right = f'<span style="color:{MEAN}">━</span> mean of all 150'
    return [
        {
            "text": text,
            "x": x,
            "y": 1,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": 6,
            "showarrow": False,
        }
        for text, x in ((left, 0), (right, 0.66))
    ]


def _current(rate: float, cost: float, top: float, late: bool) -> list[dict[str, Any]]:
    """The current η, named."""
    text = f"η = {rate:g}: {short(cost)}"
    if cost > top:
        text += ", off the chart"
    return [
        {
            "x": rate,
            "y": min(cost, top),
            "text": text,
            "showarrow": False,
            "xanchor": "right" if late else "left",
            "xshift": -12 if late else 12,
            "yshift": 12,
        }
    ]


def _turn(sweep: Sweep) -> list[dict[str, Any]]:
    """Where a longer step stops helping."""
    if sweep.best is None:
        return []
    return [
        {
            "x": sweep.best,
            "y": sweep.best_cost,
            "text": f"lowest at η = {short(sweep.best)}",
            "showarrow": True,
            "arrowhead": 2,
            "arrowcolor": COST,
            "xanchor": "left",
            "ax": 24,
            "ay": -50,
        }
    ]


def _level(cost: float, x: str, y: str) -> dict[str, Any]:
    """A dotted line at the cost before the step."""
    line = {"color": MEAN, "width": 1, "dash": "dot"}
    return {
        "type": "line",
        "xref": f"{x} domain",
        "x0": 0,
        "x1": 1,
        "yref": y,
        "y0": cost,
        "y1": cost,
        "line": line,
    }


def _upright(rate: float, axis: str) -> dict[str, Any]:
    line = {"color": MEAN, "width": 1}
    return {
        "type": "line",
        "xref": f"x{axis}",
        "x0": rate,
        "x1": rate,
        "yref": f"y{axis} domain",
        "y0": 0,
        "y1": 1,
        "line": line,
    }


def _axis(longest: float, domain: list[float], **more: str) -> dict[str, Any]:
    return {
        "range": [-0.01 * longest, longest],
        "domain": domain,
        "title": {"text": "learning rate η", "standoff": 8, "font": {"size": 14}},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "tickcolor": MEAN,
        "nticks": 6,
        "hoverformat": ".3g",
    } | more


def _cost_axis(top: float, anchor: str) -> dict[str, Any]:
    return {
        "range": [-0.05 * top, top],
        "anchor": anchor,
        "fixedrange": True,
        "gridcolor": "rgba(128,128,128,0.25)",
        "zeroline": True,
        "zerolinecolor": MEAN,
        "nticks": 6,
        "exponentformat": "e",
        "title": {"text": "cost after the step", "standoff": 6, "font": {"size": 14}}
        if anchor == "x"
        else {},
    }


def describe_sweep(step: TrainingStep, sweep: Sweep) -> str:
    """The chart for people who cannot see it."""
    zero = short(min(sweep.reaches_zero, 1e9))
    return scripts(
        f"Curve of the cost after one update for learning rates from 0 to "
        f"{short(float(sweep.learning_rates[-1]))}: it begins at {short(step.loss_before)} and ends at "
        f"{short(float(sweep.costs[-1]))}. The tangent reaches 0 at η = {zero}. "
        f"Beside it the mean cost of all 150 flowers, lowest at η = {short(sweep.mean_best)}."
    )
