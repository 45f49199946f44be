"""Given tables on the board, as large as there is room for, or an excerpt of them.

Everybody has all numbers on the phone.
"""

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from ui.draw.given import GAP, given_tables
from ui.draw.svg import tag
from ui.questions.given import Given
from ui.questions.polls import Poll
from ui.views.classroom import words

WIDTH, LARGEST, LEGIBLE, SMALLEST = 68.0, 2.2, 1.42, 0.7
"""Room for tables, and sizes of the numbers in them, in hundredths of a wide screen's width. What is LEGIBLE,
18 px of 1280, is read from the back row."""

AROUND, FEWEST, MOST = 3, 3, 12
"""Rows or columns of an excerpt: about the one that is asked for; where all are needed, as many as fit."""


def fitted_markup(poll: Poll, height: float) -> str:
    """The tables of a question in a room of this height; empty where there are none."""
    given, size = fitted(poll.given, poll.units, height, poll.note)
    if not given:
        return ""
    tables = given_tables(given, poll.note, words.EXCERPT if has_gap(given) else "")
    return tag("div", tables, style=f"--size:{size:.2f}", class_="bp-known")


def fitted(
    given: Sequence[Given], units: Collection[str], height: float, note: str = ""
) -> tuple[Sequence[Given], float]:
    """The tables, or if they would be too small the largest excerpt of them that is not, and its size.

    Args:
        given: the tables.
        units: names of those that are asked for.
        height: of the room.
        note: what is said beside them.
    """
    shown, size = given, size_of_tables(given, height, note)
    for most in range(MOST, FEWEST - 1, -1):
        if size >= LEGIBLE:
            break
        shown = [excerpt(each, units, most) for each in given]
        size = size_of_tables(shown, height, f"{note} {words.EXCERPT}")
    return shown, size


def excerpt(given: Given, units: Collection[str], most: int) -> Given:
    """The rows and columns about those asked for, and up to `most` where none is; a gap stands for others."""
    title, values, rows, columns = given
    shown = _shown(rows, units, most), _shown(columns, units, most)
    padded = np.pad(values, ((0, 1), (0, 1)))[np.ix_(*shown)]
    return title, padded, [[*rows, GAP][n] for n in shown[0]], [[*columns, GAP][n] for n in shown[1]]


def _shown(names: Sequence[str], units: Collection[str], most: int) -> list[int]:
    """Places in their order, -1 for a gap."""
    count = len(names)
    asked = next((place for place, name in enumerate(names) if name in units), None)
    if asked is None:
        kept = {*range(count)} if count <= most else {*range(most - 1), count - 1}
    else:
        first = max(0, min(asked - AROUND // 2, count - AROUND))
        kept = {*range(first, first + AROUND)}
    found: list[int] = []
    for place in range(count):
        if place in kept:
            found.append(place)
        elif found[-1:] != [-1]:
            found.append(-1)
    return found


def has_gap(given: Iterable[Given]) -> bool:
    """Whether anything is left out."""
    return any(GAP in (*rows, *columns) for _, _, rows, columns in given)


def size_of_tables(given: Sequence[Given], height: float, note: str = "") -> float:
    """The largest size of numbers at which tables and note, beside and below each other, have room."""
    # In ems: a cell is some four wide; a name, a line and the space between tables as in page.css.
    boxes = [
        (_width(columns) + (2.5 if any(rows) else 0) + 1.3, 1.75 * len(values) + 3.6)
        for _, values, rows, columns in given
    ]
    boxes.append((0.55 * len(note), 1.75 if note.strip() else 0.0))
    size = LARGEST
    while size > SMALLEST and not _fits(boxes, WIDTH / size, height / size):
        size -= 0.05
    return size


def _width(columns: Sequence[str]) -> float:
    return 4.3 * len(columns) - 2.7 * columns.count(GAP)


def _fits(boxes: Sequence[tuple[float, float]], width: float, height: float) -> bool:
    """Whether boxes fit in lines one below the other."""
    x = used = line = 0.0
    for wide, high in boxes:
        if x and x + wide > width:
            used, x, line = used + line, 0.0, 0.0
        x, line = x + wide, max(line, high)
        if x > width:
            return False
    return used + line <= height
