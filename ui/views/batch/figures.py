"""All rows of D of a batch as one strip."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from backprop.arrays import FloatArray
from ui.draw.heatmap import BLANK, MARK, Figure, axis, cells, in_short
from ui.names.symbols import entries
from ui.state.data import SPECIES

LEFT, RIGHT, TOP, BOTTOM = 66, 8, 6, 30
LARGEST_ROW, SMALLEST_ROW = 34, 18


def strip_figure(
    cotangents: FloatArray, members: Sequence[str], species: tuple[int, ...], layer: int, pick: int
) -> Figure:
    """Dᵀ, one column an observation, which is what Dᵀ A multiplies.

    Args:
        cotangents: D, shape (N, units).
        members: what the N observations are called, such as flower 54.
        species: of flowers, in order, numbered as in SPECIES; else none.
        layer: of which D is.
        pick: the place of the observation to mark.
    """
    names = entries(f"z{layer}", cotangents.shape[1])
    rows = [f"∂C/∂{name}" for name in names]
    columns = [*members]
    below = axis(range(len(members)), [name.split()[-1] for name in members])
    if species:
        columns = [f"{name}, {SPECIES[kind]}" for name, kind in zip(members, species, strict=True)]
        below = _species_axis(species)
    hover = in_short([[f"{column}: {row}" for column in columns] for row in rows], cotangents.T)
    pitch = LARGEST_ROW if len(names) <= 5 else SMALLEST_ROW
    return {
        "data": [cells([cotangents.T], [hover]) | {"xgap": 1 if len(members) <= 60 else 0}],
        "layout": BLANK
        | {
            "height": TOP + BOTTOM + pitch * len(names),
            "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
            "shapes": [_frame(pick, len(names)), *_borders(species, len(names))],
            "xaxis": below,
            "yaxis": axis(range(len(names)), rows, autorange="reversed"),
        },
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
    return axis(
        [(first + last) / 2 for first, last, _ in runs],
        [f"{last - first + 1} {SPECIES[kind]}" for first, last, kind in runs],
    )


def _borders(species: tuple[int, ...], rows: int) -> list[dict[str, Any]]:
    """A line between two species."""
    line = {"type": "line", "y0": -0.5, "y1": rows - 0.5, "line": {"color": "#808080", "width": 2}}
    return [line | {"x0": first - 0.5, "x1": first - 0.5} for first, _, _ in _runs(species)[1:]]


def _frame(column: int, rows: int) -> dict[str, Any]:
    corners = {"x0": column - 0.5, "x1": column + 0.5, "y0": -0.5, "y1": rows - 0.5}
    return {"type": "rect", "line": {"color": MARK, "width": 2}} | corners
