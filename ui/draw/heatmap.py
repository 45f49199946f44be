"""Matrices as heatmaps on one grid, with blank columns between them.

Colours and the law from a number to its colour are those of tokens.css. They are laid over the page with an
opacity of their own, and app.css gives the text the colour of the page's text, so one figure serves the light
and the dark theme. The strongest colour still lets text of both themes reach a contrast of 4.5 to 1 (a test
says so).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from backprop.arrays import FloatArray
from ui.draw import words
from ui.draw.scenes import Block, Matrix
from ui.draw.svg import scripts
from ui.names.numbers import exact, short

Figure = dict[str, Any]
Texts = Sequence[Sequence[str]]
"""Of each entry of a matrix."""

_TOKENS = dict(
    re.findall(
        r"--([\w-]+): (?:light-dark\()?#?(\w+)",
        (Path(__file__).parent / "css/tokens.css").read_text(encoding="utf-8"),
    )
)
"""Colours of the light theme, and shares of them."""
POSITIVE, NEGATIVE, NEUTRAL = (tuple(bytes.fromhex(_TOKENS[name])) for name in ("pos", "neg", "zero"))
WEAKEST, STRONGEST, FLAT = (int(_TOKENS[name]) / 100 for name in ("weakest", "strongest", "flat"))

COLOUR_SCALE = [
    [0.0, f"rgba{(*NEGATIVE, STRONGEST)}"],
    [0.4999, f"rgba{(*NEGATIVE, WEAKEST)}"],
    [0.5, f"rgba{(*NEUTRAL, FLAT)}"],
    [0.5001, f"rgba{(*POSITIVE, WEAKEST)}"],
    [1.0, f"rgba{(*POSITIVE, STRONGEST)}"],
]
CONFIG: dict[str, Any] = {
    "displayModeBar": True,
    "modeBarButtons": [["toImage"]],
    "displaylogo": False,
    # Not SVG, which many slide and document programs cannot take; three times the size stays sharp in print.
    "toImageButtonOptions": {"format": "png", "scale": 3},
    "responsive": True,
    "doubleClick": False,
    "scrollZoom": False,
}
"""Of every chart: the only button saves the picture, whose dark text is for a white page."""


def chart_config(name: str) -> dict[str, Any]:
    """The same for one chart, whose picture is saved under this name, without an ending."""
    return CONFIG | {"toImageButtonOptions": CONFIG["toImageButtonOptions"] | {"filename": name}}


GAP = 0.4
"""Width of the blank column between two blocks, in columns."""

WIDEST_CELL = 92
RIGHT, BOTTOM, TITLE, TICKS, BLOCK_TITLE = 8, 8, 38, 26, 26
FONT_SIZE = 15
SAVED_TEXT = "#1f2430"
"""Of the numbers in a saved picture; left to itself Plotly writes some of them in white on light blue."""

FONT = {"family": '"Source Sans", sans-serif', "size": FONT_SIZE}
BLANK: dict[str, Any] = {"font": FONT, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)"}
"""The layout of a chart that nothing is drawn on: its page shows through."""

MARK = "#b0568c"
"""Of what is chosen in a chart."""


def heatmap_figure(title: str, matrix: Matrix) -> Figure:
    """Blocks side by side with common rows and one colour scale, symmetric about 0.

    Args:
        title: above the figure.
        matrix: its blocks follow no slider.
    """
    rows, blocks = matrix.rows, matrix.blocks
    values = [np.asarray(block.values.start) for block in blocks]
    names = [[[block.entry.format(name) for name in row] for row in matrix.entries] for block in blocks]
    edges, centres = _columns(blocks)
    row_height = 52 if len(rows) <= 3 else 42 if len(rows) <= 6 else 32 if len(rows) <= 10 else 23
    headings = BLOCK_TITLE if any(block.title for block in blocks) else 0
    top = TITLE + headings + TICKS
    left = 16 + 7 * max(len(row) for row in rows)
    return {
        "data": [
            cells(values, map(_in_full, names, values))
            | {
                "x": edges,
                "y": [row - 0.5 for row in range(len(rows) + 1)],
                "text": _with_gaps(map(_texts, values), ""),
                "texttemplate": "%{text}",
                "textfont": {"size": _text_size(edges[-1]), "color": SAVED_TEXT},
            }
        ],
        "layout": BLANK
        | {
            "width": round(left + RIGHT + WIDEST_CELL * min(edges[-1] + 0.5, 20)),
            "height": top + BOTTOM + row_height * len(rows),
            "margin": {"l": left, "r": RIGHT, "t": top, "b": BOTTOM},
            "title": _title(title),
            "annotations": _block_titles(blocks, edges, centres) if headings else [],
            "xaxis": axis(centres, [name for block in blocks for name in block.columns], side="top"),
            "yaxis": axis(list(range(len(rows))), rows, autorange="reversed"),
        },
    }


def cells(blocks: Sequence[FloatArray], hover: Iterable[Texts]) -> dict[str, Any]:
    """The coloured cells of matrices beside each other; `hover` is what each says when pointed at."""
    largest = max(float(np.abs(values).max()) for values in blocks) or 1.0
    return {
        "type": "heatmap",
        "z": _with_gaps((values.tolist() for values in blocks), None),
        "hovertext": _with_gaps(hover, ""),
        "hoverinfo": "text",
        "hoverongaps": False,
        "colorscale": COLOUR_SCALE,
        "zmin": -largest,
        "zmax": largest,
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
    }


def in_short(names: Texts, values: FloatArray) -> Texts:
    """Names and numbers, for who points at them; all digits would be too much to send for many numbers."""
    return _said(names, values, short)


def _columns(blocks: Sequence[Block]) -> tuple[list[float], list[float]]:
    """Edges of all columns, gaps included, and centres of those that hold numbers."""
    edges, centres = [-0.5], []
    for number, block in enumerate(blocks):
        if number:
            edges.append(round(edges[-1] + GAP, 6))
        for _ in block.columns:
            centres.append(round(edges[-1] + 0.5, 6))
            edges.append(round(edges[-1] + 1, 6))
    return edges, centres


def _with_gaps(blocks: Iterable[Sequence[Sequence[Any]]], blank: Any) -> list[list[Any]]:
    """The rows of all blocks joined, with a blank column between two blocks."""
    first, *others = blocks
    return [
        [*row, *(cell for block in others for cell in (blank, *block[number]))]
        for number, row in enumerate(first)
    ]


def _texts(values: FloatArray) -> Texts:
    return [[short(value) for value in row] for row in values.tolist()]


def _in_full(names: Texts, values: FloatArray) -> Texts:
    return _said(names, values, _every_digit)


def _said(names: Texts, values: FloatArray, write: Callable[[float], str]) -> Texts:
    return [
        [f"{scripts(name)} = {write(value)}" for name, value in zip(named, row, strict=True)]
        for named, row in zip(names, values.tolist(), strict=True)
    ]


def _every_digit(value: float) -> str:
    """The number as everywhere, and every digit where it has more."""
    mantissa, _, exponent = exact(value + 0.0).partition("e")  # + 0.0: no −0
    digits = mantissa.removesuffix(".0") + (f"e{int(exponent)}" if exponent else "")
    shown, full = short(value), digits.replace("-", "−")
    return shown if full == shown else f"{shown}<br>{words.all_digits(full)}"


def _block_titles(blocks: Sequence[Block], edges: list[float], centres: list[float]) -> list[dict[str, Any]]:
    titles, first = [], 0
    for block in blocks:
        last = first + len(block.columns) - 1
        titles.append(
            {
                "text": scripts(block.title),
                "x": (centres[first] + centres[last]) / 2,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "yshift": TICKS,
                "showarrow": False,
            }
        )
        first = last + 1
    return titles


def _text_size(columns: float) -> float:
    return FONT_SIZE if columns <= 12 else 13 if columns <= 17 else 12


def _title(text: str) -> dict[str, Any]:
    top_left = {"x": 0, "xanchor": "left", "y": 1, "yanchor": "top", "pad": {"t": 6}}
    return {"text": scripts(text), "font": {"size": 19}} | top_left


def axis(positions: Sequence[float], names: Sequence[str], **more: Any) -> dict[str, Any]:
    """Names of columns or rows, at these places, and no line."""
    return {
        "ticklabeloverflow": "allow",  # else Plotly measures every name, a tenth of the time it draws
        "tickvals": list(positions),
        "ticktext": [scripts(name) for name in names],
        "tickfont": {"size": 14},
        "tickangle": 0,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    } | more
