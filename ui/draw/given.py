"""Matrices as plain tables, which screen readers read, in the one law of colour."""

from collections.abc import Iterable

import numpy as np

from backprop.arrays import FloatArray
from ui.draw.prose import row_head, table
from ui.draw.svg import scripts, sign_class, tag
from ui.names.numbers import exact, short

CORNER = "\u00a0"
"""Who copies the table would lose an empty one, and with it the place of the first column."""

GAP = "…"
"""Name of a row or column that stands for those left out; its values do not count."""


def given_tables(
    given: Iterable[tuple[str, FloatArray, list[str], list[str]]], *notes: str, is_focusable: bool = False
) -> str:
    """Matrices beside each other: of each its title, values, names of rows (or blanks) and of columns.

    Args:
        given: these.
        notes: what is said beside them; empty ones are left out.
        is_focusable: whether those too wide for the page can be scrolled by keyboard.
    """
    tables = (_table(*each, is_focusable) for each in given)
    said = (tag("p", scripts(note), class_="bp-note") for note in notes if note)
    return tag("div", *tables, *said, class_="bp-given")


def _table(title: str, values: FloatArray, rows: list[str], columns: list[str], is_focusable: bool) -> str:
    """A matrix with the names of its rows, if they have any, each number in the colour of its size."""
    scale, is_named = float(np.abs(values).max()) or 1.0, any(rows)
    body = [
        [
            *([row_head(name)] if is_named else []),
            *(
                tag("td") if GAP in (name, column) else _cell(x, scale)
                for x, column in zip(line, columns, strict=True)
            ),
        ]
        for name, line in zip(rows, values.tolist(), strict=True)
    ]
    head = [*([CORNER] if is_named else []), *columns]
    content = table(head, body, is_focusable=is_focusable)
    return tag("div", tag("p", tag("strong", scripts(title))), content)


def _cell(value: float, scale: float) -> str:
    shade = f"--share:{abs(value) / scale:.3f}"
    return tag("td", short(value), class_=sign_class(value), style=shade, data_value=exact(value))
