"""Cost and accuracy of several rules over the epochs, with bands."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from backprop.arrays import FloatArray
from ui.draw.axes import log_ticks, named_ticks, nice_values, panel_title
from ui.draw.heatmap import FONT, Figure
from ui.names.numbers import percent, short
from ui.views.lab.runs import LabPlan
from ui.views.lab.summary import Band, RuleSummary
from ui.views.lab.words import page as words

LINES = {
    "total": ("#7069d6", "solid"),
    "single": ("#c96a1b", "dash"),
    "diagonal": ("#c2559d", "dot"),
    "last": ("#22946a", "dashdot"),
    "biases": ("#808080", "longdash"),
}
"""Colour and dash of each rule: contrast 3 to 1 on both pages, and no two alike without colour."""

BAND_OPACITY = 0.16
HEIGHT = 310
LOWEST_COST = 1e-12
SHARES = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
LONGEST = 201
"""Points of a curve: more cannot be told apart in half a screen's width."""

_RIGHT = {"xaxis": "x2", "yaxis": "y2"}


def lab_figure(rules: Sequence[RuleSummary], plan: LabPlan) -> Figure:
    """Left: median accuracy over the epochs, if it has a meaning. Right: median cost, logarithmic."""
    data, both = [], plan.tells_classes
    for rule in rules:
        colour, dash = LINES[rule.name]
        title = words.rule_title(rule.name, plan.k)
        if both:
            data += _curve(rule.accuracies, title, colour, dash, _as_share, words.accuracy_text)
        data += [trace | _RIGHT for trace in _curve(rule.costs, title, colour, dash, _as_cost, short)]
    epochs, begins = len(rules[0].costs.median) - 1, 0.56 if both else 0.0
    shares: Figure = {}
    titles = [panel_title(words.COST_PANEL, begins)]
    if both:
        titles.insert(0, panel_title(words.accuracy_panel(plan), 0))
        share = {"range": [-0.02, 1.02], "tickvals": SHARES, "ticktext": [*map(percent, SHARES)]}
        shares = {"xaxis": _epoch_axis(epochs, [0, 0.46]), "yaxis": _value_axis("x", **share)}
    return {
        "data": data,
        "layout": {
            "height": HEIGHT,
            "margin": {"l": 58, "r": 20, "t": 30, "b": 46},
            "font": FONT | {"size": 14},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "hovermode": "x",
            "annotations": titles,
            **shares,
            "xaxis2": _epoch_axis(epochs, [begins, 1], anchor="y2"),
            "yaxis2": _value_axis("x2", type="log", **_cost_ticks(rules)),
        },
    }


def _curve(
    band: Band,
    title: str,
    colour: str,
    dash: str,
    shown: Callable[[FloatArray], list[float | None]],
    written: Callable[[float], str],
) -> list[Figure]:
    """The band between the quartiles, where it has a width, and the median."""
    epochs = _epochs_shown(len(band.median))
    x = epochs.tolist()
    lower, median, upper = (shown(curve[epochs]) for curve in (band.lower, band.median, band.upper))
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": median,
        "name": title,
        "line": {"color": colour, "width": 3, "dash": dash},
        # Ready texts, since Plotly has rules of its own for numbers; names are left to it, for size.
        "customdata": [written(value) for value in band.median[epochs].tolist()],
        "hovertemplate": "%{fullData.name}: %{customdata}<extra></extra>",
    }
    if (band.lower == band.upper).all():
        return [line]
    edges = [(e, low, up) for e, low, up in zip(x, lower, upper, strict=True) if None not in (low, up)]
    outline = [*edges, *reversed(edges)]
    area = {
        "type": "scatter",
        "mode": "lines",
        "x": [edge[0] for edge in outline],
        "y": [edge[1] for edge in edges] + [edge[2] for edge in reversed(edges)],
        "fill": "toself",
        "fillcolor": _transparent(colour),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    return [area, line]


def _epochs_shown(count: int) -> Any:
    """Every epoch, or evenly spaced ones with the first and the last."""
    return np.unique(np.linspace(0, count - 1, min(count, LONGEST)).round().astype(int))


def _as_share(curve: FloatArray) -> list[float | None]:
    return [*curve.tolist()]


def _as_cost(curve: FloatArray) -> list[float | None]:
    return [max(cost, LOWEST_COST) if np.isfinite(cost) else None for cost in curve.tolist()]


def _transparent(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{BAND_OPACITY})"


def _cost_ticks(rules: Sequence[RuleSummary]) -> dict[str, Any]:
    costs = np.concatenate([rule.costs.median for rule in rules])
    costs = np.maximum(costs[np.isfinite(costs)], LOWEST_COST)
    return log_ticks(float(costs.min()), float(costs.max()))


def _epoch_axis(epochs: int, domain: list[float], **more: str) -> dict[str, Any]:
    return {
        "range": [0, epochs],
        "domain": domain,
        "title": {"text": "epoch", "standoff": 6, "font": {"size": 14}},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "tickcolor": "#808080",
        **named_ticks(value for value in nice_values(0, epochs) if value.is_integer()),
    } | more


def _value_axis(anchor: str, **more: Any) -> dict[str, Any]:
    return {
        "anchor": anchor,
        "fixedrange": True,
        "gridcolor": "rgba(128,128,128,0.25)",
        "zeroline": False,
        "nticks": 6,
    } | more
