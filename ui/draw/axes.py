"""Ticks and titles of charts as ready texts: for numbers Plotly has rules of its own."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from ui.names.numbers import as_typed

WIDE = 300
"""From so many times the lowest value up a logarithmic axis names powers of ten alone."""
MOST_POWERS = 7


def nice_values(low: float, high: float, most: int = 6) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten from `low` to `high`, up to `most` of them."""
    step = _nice_step((high - low) / most)
    first, last = int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9))
    return [number * step for number in range(first, last + 1)]


def log_ticks(low: float, high: float) -> dict[str, Any]:
    """Of a logarithmic axis: powers of ten, with 2 and 5 between them where there are few."""
    factors = (1, 2, 5) if high < WIDE * low else (1,)
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    every = -(-len(powers) // MOST_POWERS)
    values = [factor * 10.0**power for power in powers[::every] for factor in factors]
    return named_ticks(values)


def named_ticks(values: Iterable[float]) -> dict[str, Any]:
    """At these values."""
    places = list(values)
    return {"tickmode": "array", "tickvals": places, "ticktext": [as_typed(place) for place in places]}


def _nice_step(size: float) -> float:
    """1, 2 or 5 times a power of ten, not below `size`."""
    power = 10.0 ** np.floor(np.log10(size))
    return float(next(power * factor for factor in (1, 2, 5, 10) if power * factor >= size * (1 - 1e-9)))


def panel_title(text: str, x: float) -> dict[str, Any]:
    """A title above a part of a chart; `x` is its left edge as a share of the chart's width."""
    return {
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
