"""The cost over the learning rate, with its tangent, as a figure. No Streamlit."""

from typing import Any

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.sweep import Sweep
from ui.data import is_iris, observation_word
from ui.figures.heatmap import FONT, Figure
from ui.numbers import short
from ui.svg import scripts

COST, PREDICTION, MEAN = "#7069d6", "#c2559d", "#808080"
"""Colours with a contrast of 3 to 1 on the light page and on the dark one."""

SWEEP_HEIGHT = 290
HIGHEST = 4.0
LINE_OF_TEXT = 12
"""Pixels from the middle of a label to what it must not touch."""
RISE, APART = 50, 30
"""Pixels of a name above the lowest point, and between two names, which Plotly anchors here and there."""


def sweep_figure(step: TrainingStep, sweep: Sweep) -> Figure:
    """Left: cost of this observation after one update and its tangent. Right: mean cost of all flowers."""
    rates = sweep.learning_rates.tolist()
    rate = step.updates[0].learning_rate
    cost = step.loss_before
    mean_after = sweep.mean_after
    top = 1.12 * max(cost, min(step.loss_after, HIGHEST * cost)) or 1.0
    mean_first = float(sweep.mean_costs[0])
    mean_top = 1.12 * max(mean_first, min(max(sweep.mean_costs.max(), mean_after), 2.5 * mean_first)) or 1.0
    with_mean, word = is_iris(step.config), observation_word(step.config)
    mean = [
        _line(rates, sweep.mean_costs, MEAN, "mean cost of all 150") | _RIGHT,
        _point(rate, mean_after, MEAN) | _RIGHT,
    ]
    right_axes = {
        "xaxis2": _axis(rates[-1], [0.68, 1], anchor="y2"),
        "yaxis2": _cost_axis(mean_top, "x2"),
    }
    return {
        "data": [
            _line(rates, sweep.predicted, PREDICTION, "prediction C − η‖∇‖²", "dash"),
            _line(rates, sweep.costs, COST, f"cost of this {word}"),
            _point(rate, sweep.predicted_after, PREDICTION, "circle-open"),
            _point(rate, step.loss_after, COST),
            *(mean if with_mean else ()),
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
                *_panel_titles(word, with_mean),
                *_current(rate, step, top, rate > 0.6 * rates[-1]),
                *_turn(sweep, step.loss_after, top),
            ],
            "shapes": [_level(cost, "x", "y"), _upright(rate, "")]
            + ([_level(mean_first, "x2", "y2"), _upright(rate, "2")] if with_mean else []),
            "xaxis": _axis(rates[-1], [0, 0.58 if with_mean else 1]),
            "yaxis": _cost_axis(top, "x"),
        }
        | (right_axes if with_mean else {}),
    }


_RIGHT = {"xaxis": "x2", "yaxis": "y2"}


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


def _panel_titles(word: str, with_mean: bool) -> list[dict[str, Any]]:
    left = (
        f'<span style="color:{COST}">━</span> this {word} '
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
        for text, x in ((left, 0), (right, 0.66))[: 2 if with_mean else 1]
    ]


def _current(rate: float, step: TrainingStep, top: float, late: bool) -> list[dict[str, Any]]:
    """The current η, named; above the line at the old cost where it would cross out the name."""
    cost = step.loss_after
    text = f"η = {rate:g}: {short(cost)}"
    to_line = (step.loss_before - cost) / (1.05 * top) * (SWEEP_HEIGHT - 80)  # pixels
    rise = to_line + LINE_OF_TEXT if abs(to_line - LINE_OF_TEXT) < LINE_OF_TEXT else LINE_OF_TEXT
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
            "yshift": rise,
        }
    ]


def _turn(sweep: Sweep, cost: float, top: float) -> list[dict[str, Any]]:
    """Where a longer step stops helping; its name keeps clear of that of the current η, at `cost`."""
    if sweep.best is None or sweep.best_cost is None:
        return []
    above = (sweep.best_cost - min(cost, top)) / (1.05 * top) * (SWEEP_HEIGHT - 80) + RISE - LINE_OF_TEXT
    clear = above if abs(above) > APART else APART if above > 0 else -APART
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
            "ay": -(RISE + clear - above),
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
        "ticklabeloverflow": "allow",  # as in ui.figures.heatmap
        "hoverformat": ".3g",
    } | more


def _cost_axis(top: float, anchor: str) -> dict[str, Any]:
    return {
        "range": [-0.05 * top, top],
        "anchor": anchor,
        "fixedrange": True,
        "ticklabeloverflow": "allow",
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
    lowest = "" if sweep.mean_best is None else f", lowest at η = {short(sweep.mean_best)}"
    beside = f" Beside it the mean cost of all 150 flowers{lowest}."
    if not is_iris(step.config):
        beside = ""
    return scripts(
        f"Curve of the cost after one update for learning rates from 0 to "
        f"{short(float(sweep.learning_rates[-1]))}: it begins at {short(step.loss_before)} and ends at "
        f"{short(float(sweep.costs[-1]))}. The tangent reaches 0 at η = {zero}."
        f"{beside}"
    )
