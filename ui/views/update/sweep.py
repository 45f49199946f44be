"""The cost over the learning rate, with its tangent, as a figure. No Streamlit."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.study.sweep import Sweep
from ui.draw.axes import hover, panel_title, ticks
from ui.draw.heatmap import FONT, Figure
from ui.names.numbers import as_typed, short
from ui.state.data import is_iris, observation_word
from ui.views.update import words
from ui.views.update.facts import shown_cost

COST, PREDICTION, MEAN = "#7069d6", "#c2559d", "#808080"
"""Colours with a contrast of 3 to 1 on the light page and on the dark one."""

SWEEP_HEIGHT, ABOVE, BELOW = 290, 30, 50
"""Pixels of the chart, of its legend and of the names under it."""
PANEL = SWEEP_HEIGHT - ABOVE - BELOW
HIGHEST, MEAN_HIGHEST = 4.0, 2.5
"""Costs up to so many times the first are on the chart."""
LINE_OF_TEXT, TWO_LINES = 12, 20
"""Pixels from the middle of a label of one line, or two, to what it must not touch."""
RISE, APART = 50, 42
"""Pixels of a name above the lowest point, and between the middles of two names."""
MIDDLE = 0.45
"""Names of points beyond that share of the chart's width stand left of them."""


def sweep_figure(step: TrainingStep, sweep: Sweep, word: str = "") -> Figure:
    """Left: cost of this observation after one update and its tangent. Right: mean cost of all flowers.

    Args:
        step: the recorded step.
        sweep: along its update.
        word: what the observation is called, where it is not what the network takes.
    """
    rates = sweep.learning_rates.tolist()
    rate = step.updates[0].learning_rate
    cost = step.loss_before
    mean_after = sweep.mean_after
    top = 1.12 * max(cost, min(step.loss_after, HIGHEST * cost)) or 1.0
    mean_first, highest = float(sweep.mean_costs[0]), float(max(sweep.mean_costs.max(), mean_after))
    mean_top = 1.12 * max(mean_first, min(highest, MEAN_HIGHEST * mean_first)) or 1.0
    with_mean, word = is_iris(step.config), word or observation_word(step.config)
    mean = [
        _line(rates, sweep.mean_costs, MEAN, words.MEAN_COST) | _RIGHT,
        _point(rate, mean_after, MEAN) | _RIGHT,
    ]
    right_axes = {
        "xaxis2": _axis(rates[-1], [0.68, 1], 3, anchor="y2"),
        "yaxis2": _cost_axis(mean_top, "x2"),
    }
    place = _place_of_current(step, top)
    return {
        "data": [
            _line(rates, sweep.predicted, PREDICTION, "prediction C − η‖∇‖²", "dash"),
            _line(rates, sweep.costs, COST, words.own_cost(word)),
            _point(rate, sweep.predicted_after, PREDICTION, "circle-open"),
            _point(rate, step.loss_after, COST),
            *(mean if with_mean else ()),
        ],
        "layout": {
            "height": SWEEP_HEIGHT,
            "margin": {"l": 62, "r": 10, "t": ABOVE, "b": BELOW},
            "font": FONT | {"size": 14},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "hovermode": "x",
            "annotations": [
                *_panel_titles(word, with_mean),
                _current(step, top, place, rate > MIDDLE * rates[-1]),
                *_turn(sweep, cost, top, place),
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
        **hover(
            f"η = {short(rate)}: {name} = {short(cost)}"
            for rate, cost in zip(rates, costs.tolist(), strict=True)
        ),
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
    return [panel_title(left, 0), *([panel_title(right, 0.66)] if with_mean else ())]


def _height(cost: float, top: float) -> float:
    """Pixels of a cost above the bottom of the chart."""
    return (cost / top + 0.05) / 1.05 * PANEL


def _free_height(wanted: float, half: float, taken: Iterable[tuple[float, float]]) -> float:
    """The height nearest to `wanted` for a label within the chart that keeps the distance from what is there.

    Args:
        wanted: pixels above the bottom.
        half: of the label's own height.
        taken: heights of what is there, each with the distance to keep.
    """
    places = np.arange(half, PANEL - half + 1)
    away = np.all([abs(places - height) >= distance for height, distance in taken], axis=0)
    return float(min(places[away], key=lambda place: abs(place - wanted)))


def _place_of_current(step: TrainingStep, top: float) -> float:
    """Height of the name of the current η: beside its point, off the line at the old cost."""
    is_off = step.loss_after > top
    half = TWO_LINES if is_off else LINE_OF_TEXT
    wanted = _height(min(step.loss_after, top), top) + LINE_OF_TEXT
    return _free_height(wanted, half, [(_height(step.loss_before, top), half)])


def _current(step: TrainingStep, top: float, place: float, late: bool) -> dict[str, Any]:
    """The current η, named."""
    rate, cost = step.updates[0].learning_rate, step.loss_after
    text = f"η = {as_typed(rate)}: {short(shown_cost(step, cost))}"
    if cost > top:
        text += ",<br>off the chart"
    return {
        "x": rate,
        "y": min(cost, top),
        "text": text,
        "showarrow": False,
        "xanchor": "right" if late else "left",
        "align": "right" if late else "left",
        "xshift": -12 if late else 12,
        "yshift": place - _height(min(cost, top), top),
    }


def _turn(sweep: Sweep, cost: float, top: float, taken: float) -> list[dict[str, Any]]:
    """Where a longer step stops helping, named clear of the line at `cost`, and of a name at `taken`."""
    if sweep.best is None or sweep.best_cost is None:
        return []
    point = _height(sweep.best_cost, top)
    old = _height(cost, top)
    place = _free_height(point + RISE, TWO_LINES, [(taken, APART), (old, TWO_LINES)])
    late = sweep.best > MIDDLE * sweep.learning_rates[-1]
    return [
        {
            "x": sweep.best,
            "y": sweep.best_cost,
            "text": f"{words.lowest(sweep)} at<br>η = {short(sweep.best)}",
            "showarrow": True,
            "arrowhead": 2,
            "arrowcolor": COST,
            "xanchor": "right" if late else "left",
            "align": "right" if late else "left",
            "ax": -16 if late else 16,
            "ay": point - place,
        }
    ]


def _level(cost: float, x: str, y: str) -> dict[str, Any]:
    """A dotted line at the cost before the step."""
    place = {"xref": f"{x} domain", "x0": 0, "x1": 1, "yref": y, "y0": cost, "y1": cost}
    return {"type": "line", **place, "line": {"color": MEAN, "width": 1, "dash": "dot"}}


def _upright(rate: float, axis: str) -> dict[str, Any]:
    place = {"xref": f"x{axis}", "x0": rate, "x1": rate, "yref": f"y{axis} domain", "y0": 0, "y1": 1}
    return {"type": "line", **place, "line": {"color": MEAN, "width": 1}}


def _axis(longest: float, domain: list[float], most: int = 6, **more: str) -> dict[str, Any]:
    return (
        ticks(0.0, longest, most)
        | {
            "range": [-0.01 * longest, longest],
            "domain": domain,
            "title": {"text": "learning rate η", "standoff": 8, "font": {"size": 14}},
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "ticks": "outside",
            "tickcolor": MEAN,
            "ticklabeloverflow": "allow",  # as in ui.draw.heatmap
        }
        | more
    )


def _cost_axis(top: float, anchor: str) -> dict[str, Any]:
    return ticks(0.0, top) | {
        "range": [-0.05 * top, top],
        "anchor": anchor,
        "fixedrange": True,
        "ticklabeloverflow": "allow",
        "gridcolor": "rgba(128,128,128,0.25)",
        "zeroline": True,
        "zerolinecolor": MEAN,
        "title": {"text": words.COST_AFTER, "standoff": 6, "font": {"size": 14}} if anchor == "x" else {},
    }
