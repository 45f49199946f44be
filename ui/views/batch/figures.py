"""All rows of D of a batch as one strip. No Streamlit."""

from itertools import groupby
from typing import Any

from backprop.arrays import FloatArray
from ui.draw.heatmap import COLOUR_SCALE, FONT, MARK, Figure
from ui.draw.svg import scripts
from ui.names.numbers import short
from ui.names.symbols import entries
from ui.state.data import SPECIES

LEFT, RIGHT, TOP, BOTTOM = 62, 8, 6, 30
LARGEST_ROW, SMALLEST_ROW = 34, 18


def strip_figure(
    cotangents: FloatArray, flowers: tuple[int, ...], species: tuple[int, ...], layer: int, pick: int
) -> Figure:
    """Dᵀ, one column a flower, which is what Dᵀ A multiplies.

    Args:
        cotangents: D, shape (N, units).
        flowers: numbers of the N flowers, ascending.
        species: their species, numbered as in SPECIES.
        layer: of which D is.
        pick: the flower to mark.
    """
    names = entries(f"z{layer}", cotangents.shape[1])
    largest = float(abs(cotangents).max()) or 1.0
    pitch = LARGEST_ROW if len(names) <= 5 else SMALLEST_ROW
    marked = flowers.index(pick)
    return {
        "data": [
            {
                "type": "heatmap",
                "z": cotangents.T.tolist(),
                "hovertext": [
                    [
                        f"flower {flower}, {SPECIES[kind]}: ∂C/∂{scripts(name)} = {short(value)}"
                        for flower, kind, value in zip(flowers, species, column, strict=True)
                    ]
                    for name, column in zip(names, cotangents.T.tolist(), strict=True)
                ],
                "hoverinfo": "text",
                "colorscale": COLOUR_SCALE,
                "zmin": -largest,
                "zmax": largest,
                "showscale": False,
                "xgap": 1 if len(flowers) <= 60 else 0,
                "ygap": 2,
            }
        ],
        "layout": {
            "height": TOP + BOTTOM + pitch * len(names),
            "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
            "font": FONT,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "shapes": [_frame(marked, len(names)), *_borders(species, len(names))],
            "xaxis": _species_axis(species),
            "yaxis": {
                "tickvals": list(range(len(names))),
                "ticktext": [f"∂C/∂{scripts(name)}" for name in names],
                "autorange": "reversed",
                **_PLAIN,
            },
        },
    }


_PLAIN: dict[str, Any] = {
    "tickfont": {"size": 13},
    "ticks": "",
    "showgrid": False,
    "zeroline": False,
    "fixedrange": True,
}


def _runs(species: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """First column, last column and species of every run of one species; flowers are sorted by species."""
    runs, first = [], 0
    for kind, members in groupby(species):
        count = len(list(members))
        runs.append((first, first + count - 1, kind))
        first += count
    return runs


def _species_axis(species: tuple[int, ...]) -> dict[str, Any]:
    runs = _runs(species)
    return {
        "tickvals": [(first + last) / 2 for first, last, _ in runs],
        "ticktext": [f"{last - first + 1} {SPECIES[kind]}" for first, last, kind in runs],
        "tickangle": 0,
        **_PLAIN,
    }


def _borders(species: tuple[int, ...], rows: int) -> list[dict[str, Any]]:
    """A line between two species."""
    line = {"type": "line", "y0": -0.5, "y1": rows - 0.5, "line": {"color": "#808080", "width": 2}}
    return [line | {"x0": first - 0.5, "x1": first - 0.5} for first, _, _ in _runs(species)[1:]]


def _frame(column: int, rows: int) -> dict[str, Any]:
    corners = {"x0": column - 0.5, "x1": column + 0.5, "y0": -0.5, "y1": rows - 0.5}
    return {"type": "rect", "line": {"color": MARK, "width": 2}} | corners
